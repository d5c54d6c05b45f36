"""Curated environments: those that come with every workspace, under names that begin with ``AzureML-``.

Names, images, tags and packages are those that Azure publishes (github.com/Azure/azureml-assets); the service has
retired some of them, which older material still names. Every version from 1 to the latest can be asked for; all
of them name the same packages here. The service publishes a version every few weeks: how high the numbers are is
about right, not exact.

The first ones were a conda file on an image. All since then are built from a Dockerfile, which puts the packages into
the image: they have no conda file, so to add a package to one's `conda_dependencies` changes nothing. The Dockerfile
here begins with the published base image and installs the packages of the table; it is shorter than the real one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

_SDK = ("azureml-core", "azureml-defaults", "azureml-mlflow", "azureml-telemetry")
_TOOLS = ("ipykernel~=6.0", "tensorboard", "psutil~=5.8.0", "matplotlib~=3.5.0", "tqdm~=4.66.3")


@dataclass(frozen=True, slots=True)
class Curated:
    """A curated environment.

    Attributes:
        name: ``AzureML-...``.
        latest: the highest version.
        description: what it is for.
        python: version of Python.
        conda: packages from conda channels;  pip: packages from PyPI.
        tags: as the service shows them.
        image: Docker image without its tag, which is the version.
        base: the image that its Dockerfile begins with; empty for one that is a conda file on ``image``.
        retired: whether the service has withdrawn it.
    """

    name: str
    latest: int
    description: str
    python: str
    conda: tuple[str, ...]
    pip: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    image: str
    base: str = ""
    retired: bool = False

    def spec(self, version: int | str | None = None) -> dict[str, Any]:
        """The environment as a spec: description, image, os_type, tags, and what is in it.

        That is a ``conda_file``; or a ``dockerfile``, and under ``contents`` what that installs, as a conda file would
        say it.
        """
        chosen = str(version or self.latest)
        packages = {
            "name": "project_environment",
            "channels": ["conda-forge", "anaconda"],
            "dependencies": [
                f"python={self.python}",
                "pip",
                *self.conda,
                *([{"pip": [*self.pip]}] if self.pip else []),
            ],
        }
        return {
            "description": self.description,
            "image": f"{self.image}:{chosen}",
            **(
                {"dockerfile": self._dockerfile(), "contents": packages}
                if self.base
                else {"conda_file": packages}
            ),
            "os_type": "linux",
            "tags": dict(self.tags),
        }

    def _dockerfile(self) -> str:
        short = self.name.removeprefix("AzureML-").lower()
        conda = " ".join(["pip", *(f"'{each}'" for each in self.conda)])
        pip = " \\\n    ".join(f"'{each}'" for each in self.pip)
        return (
            f"FROM {self.base}\n\n"
            f"ENV AZUREML_CONDA_ENVIRONMENT_PATH=/azureml-envs/{short}\n"
            "ENV PATH=$AZUREML_CONDA_ENVIRONMENT_PATH/bin:$PATH\n\n"
            f"RUN conda create -p $AZUREML_CONDA_ENVIRONMENT_PATH -q -y python={self.python} {conda} \\\n"
            "    -c conda-forge -c anaconda\n\n"
            f"RUN pip install --no-cache-dir \\\n    {pip}\n"
        )


class _Versions(Mapping[str, dict[str, Any]]):
    """The specs of one environment by version, each made when it is asked for."""

    def __init__(self, environment: Curated) -> None:
        self.environment = environment

    def __getitem__(self, version: str) -> dict[str, Any]:
        if version.isdecimal() and 1 <= int(version) <= self.environment.latest:
            return self.environment.spec(version)
        raise KeyError(version)

    def __iter__(self) -> Iterator[str]:
        return (str(number) for number in range(1, self.environment.latest + 1))

    def __len__(self) -> int:
        return self.environment.latest


def environments() -> Mapping[str, Mapping[str, dict[str, Any]]]:
    """Name to version, the latest last, to spec; see :meth:`Curated.spec`."""
    return {each.name: _Versions(each) for each in table()}


@cache
def table() -> tuple[Curated, ...]:
    """Every curated environment, by name."""
    return tuple(sorted(_make(), key=lambda each: each.name.casefold()))


# --- the table -------------------------------------------------------------------------------------------


def _make() -> Iterable[Curated]:
    yield _sklearn(
        "AzureML-sklearn-1.5", 42, "1.5", "3.10", "20.04", "4.1.0", short=True, base=_base("24.04")
    )
    yield _sklearn("AzureML-sklearn-1.1-ubuntu20.04-py38-cpu", 30, "1.1", "3.8", "20.04", "4.1.0")
    yield _sklearn("AzureML-sklearn-1.0-ubuntu20.04-py38-cpu", 91, "1.0", "3.8", "20.04", "4.1.0")
    yield _sklearn(
        "AzureML-sklearn-0.24-ubuntu18.04-py37-cpu", 55, "0.24", "3.7", "18.04", "4.1.0", retired=True
    )
    yield _lightgbm("AzureML-lightgbm-3.3", 20, "3.3", "3.10", "24.04")
    yield _lightgbm("AzureML-lightgbm-3.2-ubuntu18.04-py37-cpu", 58, "3.2", "3.7", "18.04", retired=True)
    for version, cuda, python, ubuntu, latest, retired in (
        ("1.7", "11", "3.7", "18.04", 42, True),
        ("1.8", "11", "3.7", "18.04", 40, True),
        ("1.9", "11", "3.7", "18.04", 43, True),
        ("1.10", "11", "3.8", "18.04", 41, True),
    ):
        yield _pytorch(
            f"AzureML-pytorch-{version}-ubuntu{ubuntu}-py{python.replace('.', '')}-cuda{cuda}-gpu",
            latest, version, cuda, python, ubuntu, retired=retired,
        )  # fmt: skip
    for version, cuda, python, ubuntu, latest, retired in (
        ("1.11", "11.3", "3.8", "20.04", 30, True),
        ("1.12", "11.6", "3.9", "20.04", 38, True),
        ("1.13", "11.7", "3.8", "20.04", 57, False),
        ("2.0", "11.7", "3.10", "20.04", 38, True),
        ("2.2", "12.1", "3.10", "20.04", 44, False),
        ("2.8", "12.6", "3.10", "22.04", 20, False),
    ):
        yield _acpt(version, cuda, python, ubuntu, latest, retired)
    for version, cuda, python, ubuntu, latest, retired in (
        ("2.4", "11", "3.7", "18.04", 52, True),
        ("2.5", "11", "3.8", "20.04", 38, True),
        ("2.6", "11", "3.8", "20.04", 44, True),
        ("2.7", "11", "3.8", "20.04", 40, True),
        ("2.11", "11", "3.8", "20.04", 36, True),
        ("2.12", "11", "3.8", "20.04", 34, True),
        ("2.16", "11", "3.9", "20.04", 20, False),
        ("2.16", "12", "3.10", "20.04", 20, False),
    ):
        yield _tensorflow(version, cuda, python, ubuntu, latest, retired)
    yield _responsible_ai("AzureML-responsibleai-tabular", 20, "0.36.0", "3.10", "24.04")
    yield _responsible_ai(
        "AzureML-responsibleai-0.20-ubuntu20.04-py38-cpu", 40, "0.20.0", "3.8", "20.04", retired=True
    )
    yield _responsible_ai(
        "AzureML-responsibleai-0.21-ubuntu20.04-py38-cpu", 20, "0.21.0", "3.8", "20.04", retired=True
    )
    yield _automl("AzureML-AutoML", 170, "AutoML training of models on tables.", ())
    yield _automl("AzureML-AutoML-GPU", 60, "AutoML training of models on tables with GPUs.", ())
    yield _automl("AzureML-AutoML-DNN", 150, "AutoML training of deep models for forecasting.", ("torch",))
    yield _automl("AzureML-AutoML-DNN-GPU", 150, "AutoML training of deep models with GPUs.", ("torch",))
    yield _automl(
        "AzureML-AutoML-DNN-Vision-GPU", 150, "AutoML training on images.", ("torch", "torchvision")
    )
    yield _automl("AzureML-AutoML-DNN-Text-GPU", 60, "AutoML training on text.", ("torch", "transformers"))
    for python, latest, retired in (("3.8", 100, True), ("3.9", 100, True), ("3.11", 20, False)):
        yield _inference(python, latest, retired)
    yield Curated(
        name="AzureML-mlflow-ubuntu20.04-py38-cpu-inference",
        latest=40,
        description="Serving of MLflow models on CPUs, without packages of the models themselves.",
        python="3.8",
        conda=(),
        pip=("azureml-inference-server-http", "mlflow", "scikit-learn", "cloudpickle", "pandas", "numpy"),
        tags=(("OS", "Ubuntu20.04"), ("Inferencing", ""), ("Preview", ""), ("Python", "3.8")),
        image="mcr.microsoft.com/azureml/mlflow-ubuntu20.04-py38-cpu-inference",
        base="mcr.microsoft.com/azureml/inference-base-2004",
    )
    # The first curated environments, which the service has retired and v1 material names.
    yield _early(
        "AzureML-Minimal", ("azureml-core", "azureml-defaults"), "Only what a run needs to be tracked."
    )
    yield _early(
        "AzureML-Tutorial",
        (*_SDK, "azureml-train-automl-client", "azureml-dataset-runtime[pandas,fuse]", "pandas", "scikit-learn",
         "matplotlib", "tqdm"),
        "What the tutorials of SDK v1 use.",
    )  # fmt: skip
    yield _early(
        "AzureML-Scikit-learn-0.20.3",
        (*_SDK, "scikit-learn==0.20.3", "scipy", "joblib"),
        "scikit-learn 0.20.",
    )
    yield _early("AzureML-VowpalWabbit-8.8.0", (*_SDK, "vowpalwabbit==8.8.0"), "Vowpal Wabbit 8.8.")
    yield _early(
        "AzureML-PyTorch-1.6-CPU", (*_SDK, "torch==1.6.0", "torchvision==0.5.0"), "PyTorch 1.6 on CPUs."
    )
    yield _early(
        "AzureML-PyTorch-1.6-GPU", (*_SDK, "torch==1.6.0", "torchvision==0.5.0"), "PyTorch 1.6 on GPUs."
    )
    yield _early("AzureML-TensorFlow-2.3-CPU", (*_SDK, "tensorflow==2.3.0"), "TensorFlow 2.3 on CPUs.")
    yield _early("AzureML-TensorFlow-2.3-GPU", (*_SDK, "tensorflow==2.3.0"), "TensorFlow 2.3 on GPUs.")
    yield _early(
        "AzureML-Hyperdrive-ForecastDNN", (*_SDK, "torch", "pandas"), "Tuning of deep forecasting models."
    )
    yield _early("AzureML-Dask-CPU", (*_SDK, "adlfs", "dask[complete]", "pandas", "pyarrow"), "Dask on CPUs.")
    yield _early("AzureML-PySpark-MmlSpark-0.15", ("azureml-core",), "PySpark with MMLSpark 0.15.")
    yield _early("AzureML-Designer", ("azureml-designer-classic-modules",), "Modules of the designer.")


def _sklearn(
    name: str,
    latest: int,
    version: str,
    python: str,
    ubuntu: str,
    mpi: str,
    *,
    short: bool = False,
    base: str | None = None,
    retired: bool = False,
) -> Curated:
    data = (
        ("pandas~=1.5.3", "scipy~=1.10.0", "numpy~=1.22.0")
        if short
        else ("pandas~=1.1.0", "scipy~=1.5.0", "numpy~=1.21.0")
    )
    return Curated(
        name=name,
        latest=latest,
        description=f"Training of classifiers, regressors and clusters with scikit-learn {version}; the Azure ML SDK "
        "is included.",
        python=python,
        conda=data,
        pip=(*_SDK, f"scikit-learn~={version}.0", "joblib~=1.2.0", *_TOOLS),
        tags=_tags(("Scikit-learn", version), ubuntu, python, mpi=mpi),
        image=f"mcr.microsoft.com/azureml/curated/{name.removeprefix('AzureML-')}",
        base=base or _base(ubuntu),
        retired=retired,
    )


def _lightgbm(
    name: str, latest: int, version: str, python: str, ubuntu: str, *, retired: bool = False
) -> Curated:
    return Curated(
        name=name,
        latest=latest,
        description=f"Training with LightGBM {version}, scikit-learn, XGBoost and Dask; the Azure ML SDK is included.",
        python=python,
        conda=("pandas", "scipy", "numpy"),
        pip=(*_SDK, "scikit-learn", "xgboost", f"lightgbm~={version}.0", "distributed", "adlfs", *_TOOLS),
        # The one for 3.3 has moved on, and kept its name.
        tags=_tags(
            ("LightGBM", "4.6" if ubuntu == "24.04" else version),
            ubuntu,
            python,
            mpi="5.0" if ubuntu == "24.04" else "4.1.0",
        ),
        image=f"mcr.microsoft.com/azureml/curated/{name.removeprefix('AzureML-')}",
        base=_base(ubuntu),
        retired=retired,
    )


def _pytorch(
    name: str, latest: int, version: str, cuda: str, python: str, ubuntu: str, *, retired: bool
) -> Curated:
    return Curated(
        name=name,
        latest=latest,
        description=f"Deep learning with PyTorch {version} on GPUs; the Azure ML SDK is included.",
        python=python,
        conda=(),
        pip=(*_SDK, f"torch=={version}.0", "torchvision", "horovod", "cloudpickle", *_TOOLS),
        tags=(("PyTorch", version), ("GPU", f"Cuda{cuda}"), *_tags(None, ubuntu, python, mpi="4.1.0")),
        image=f"mcr.microsoft.com/azureml/curated/{name.removeprefix('AzureML-')}",
        base=_base(ubuntu, gpu=True),
        retired=retired,
    )


def _acpt(version: str, cuda: str, python: str, ubuntu: str, latest: int, retired: bool) -> Curated:
    name = f"acpt-pytorch-{version}-cuda{cuda}"
    return Curated(
        name=f"AzureML-{name}",
        latest=latest,
        description=f"Azure Container for PyTorch {version} with DeepSpeed and ONNX Runtime training on CUDA {cuda}.",
        python=python,
        conda=(),
        pip=(
            *_SDK,
            "azureml-dataset-runtime",
            f"torch=={version}.0",
            "torchvision",
            "deepspeed",
            "transformers",
            *_TOOLS,
        ),
        tags=(("PyTorch", version), ("GPU", f"Cuda{cuda.partition('.')[0]}"), *_tags(None, ubuntu, python)),
        image=f"mcr.microsoft.com/azureml/curated/{name}",
        base=f"mcr.microsoft.com/aifx/acpt/stable-ubuntu{ubuntu.replace('.', '')}-cu{cuda.replace('.', '')}"
        f"-py{python.replace('.', '')}-torch{version.replace('.', '')}{'1' if version == '1.13' else '0'}",
        retired=retired,
    )


def _tensorflow(version: str, cuda: str, python: str, ubuntu: str, latest: int, retired: bool) -> Curated:
    minor = int(version.partition(".")[2])
    name = (
        f"tensorflow-{version}-cuda{cuda}"
        if minor > 12
        else f"tensorflow-{version}-ubuntu{ubuntu}-py{python.replace('.', '')}-cuda{cuda}-gpu"
    )
    return Curated(
        name=f"AzureML-{name}",
        latest=latest,
        description=f"Deep learning with TensorFlow {version} on GPUs; the Azure ML SDK is included.",
        python=python,
        conda=("pandas", "numpy", "scipy"),
        pip=(*_SDK, f"tensorflow~={version}.0", "horovod", "tensorflow-datasets", *_TOOLS),
        tags=(("Tensorflow", version), ("GPU", f"Cuda{cuda}"), *_tags(None, ubuntu, python)),
        image=f"mcr.microsoft.com/azureml/curated/{name}",
        base=_NVIDIA[cuda] if minor > 12 else _base(ubuntu, gpu=True),
        retired=retired,
    )


def _responsible_ai(
    name: str, latest: int, version: str, python: str, ubuntu: str, *, retired: bool = False
) -> Curated:
    return Curated(
        name=name,
        latest=latest,
        description="Responsible AI dashboards and scorecards for models on tables.",
        python=python,
        conda=(),
        pip=(
            f"responsibleai~={version}",
            f"raiwidgets~={version}",
            "mlflow",
            "scikit-learn",
            "pdfkit",
            "plotly",
            "mltable",
        ),
        tags=_tags(None, ubuntu, python),
        image=f"mcr.microsoft.com/azureml/curated/{name.removeprefix('AzureML-')}",
        base=_base(ubuntu),
        retired=retired,
    )


def _automl(name: str, latest: int, purpose: str, pip: tuple[str, ...]) -> Curated:
    return Curated(
        name=name,
        latest=latest,
        description=purpose,
        python="3.9",
        conda=(),
        pip=("azureml-train-automl-runtime", "azureml-mlflow", "scikit-learn", "pandas", "lightgbm", *pip),
        tags=_tags(None, "20.04", "3.9", mpi="4.1.0"),
        image=f"mcr.microsoft.com/azureml/curated/ai-ml-{name.removeprefix('AzureML-').lower()}",
        base=_base("22.04", gpu=True) if name.endswith("GPU") else _base("24.04"),
    )


def _inference(python: str, latest: int, retired: bool) -> Curated:
    ubuntu = "22.04" if python == "3.11" else "20.04"
    short = f"py{python.replace('.', '')}"
    name = (
        f"minimal-{short}-inference" if python == "3.11" else f"minimal-ubuntu{ubuntu}-{short}-cpu-inference"
    )
    return Curated(
        name=f"AzureML-{name}",
        latest=latest,
        description="The smallest environment in which a scoring script runs on CPUs.",
        python=python,
        conda=(),
        pip=("azureml-inference-server-http", "azure-storage-blob", "azure-identity", "numpy", "joblib"),
        tags=(("OS", f"Ubuntu{ubuntu}"), ("Inferencing", ""), ("Preview", "")),
        image=f"mcr.microsoft.com/azureml/{'curated/' if python == '3.11' else ''}{name}",
        base=f"mcr.microsoft.com/azureml/inference-base-{ubuntu.replace('.', '')}",
        retired=retired,
    )


def _early(name: str, pip: tuple[str, ...], purpose: str) -> Curated:
    return Curated(
        name=name,
        latest=65,
        description=purpose,
        python="3.6.2",
        conda=(),
        pip=pip,
        tags=(),
        image=f"mcr.microsoft.com/azureml/curated/{name.removeprefix('AzureML-').lower()}",
        retired=True,
    )


def _tags(
    first: tuple[str, str] | None, ubuntu: str, python: str, *, mpi: str | None = None
) -> tuple[tuple[str, str], ...]:
    rest = [("OS", f"Ubuntu{ubuntu}"), ("Training", ""), ("Preview", "")]
    if mpi:
        rest.append(("OpenMpi", mpi))
    rest.append(("Python", python))
    return (first, *rest) if first else tuple(rest)


#: What the images for TensorFlow begin with, by CUDA's version in their names.
_NVIDIA = {
    "11": "nvcr.io/nvidia/cuda:12.3.2-cudnn9-devel-ubuntu22.04",
    "12": "nvcr.io/nvidia/cuda:12.8.1-cudnn-devel-ubuntu22.04",
}


def _base(ubuntu: str, *, gpu: bool = False) -> str:
    """Azure's base image for a version of Ubuntu."""
    if gpu:
        kind = "openmpi5.0-cuda12.4" if ubuntu == "22.04" else "openmpi4.1.0-cuda11.1-cudnn8"
    else:
        kind = "openmpi5.0" if ubuntu == "24.04" else "openmpi4.1.0"
    return f"mcr.microsoft.com/azureml/{kind}-ubuntu{ubuntu}"
