"""Estimators: what they refuse, and the run configuration that they make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


def test_an_estimator(experiment, fruit, script: Write) -> None:
    from azureml.exceptions import TrainingException
    from azureml.train.estimator import Estimator
    from azureml.train.sklearn import SKLearn

    folder = script(
        "import sys; from azureml.core import Run; Run.get_context().log('n', int(sys.argv[2]))\n"
    )
    run = experiment.submit(
        Estimator(folder, entry_script="train.py", script_params={"--n": 3}, vm_size="STANDARD_D2_V2")
    )
    run.wait_for_completion()
    assert run.get_metrics() == {"n": 3}
    assert run.get_details()["target"] == "serverless"
    assert run.get_details()["runDefinition"]["amlcompute"]["vmSize"] == "STANDARD_D2_V2"
    with pytest.raises(TrainingException, match="Either compute target or VM size should be specified"):
        Estimator(folder, entry_script="train.py", script_params={"--n": 3})
    with pytest.raises(TrainingException, match="script path doesn't exist"):
        experiment.submit(Estimator(folder, entry_script="none.py", compute_target="local"))
    estimator = SKLearn(folder, entry_script="train.py", script_params={"--n": 4}, compute_target="local")
    assert "scikit-learn==0.20.3" in list(estimator.conda_dependencies.pip_packages)
    run = experiment.submit(estimator)
    run.wait_for_completion()
    assert run.get_metrics() == {"n": 4}
    assert experiment.submit(estimator, script_params={"--n": 5}).get_metrics() == {"n": 5}
    assert experiment.submit(estimator).get_metrics() == {"n": 4}
    with pytest.raises(TrainingException, match=r"\['node_count'\] parameters cannot be overridden"):
        experiment.submit(estimator, node_count=2)


def test_an_estimator_fetches_what_its_parameters_refer_to(
    workspace, experiment, fruit, script: Write
) -> None:
    from azureml.train.sklearn import SKLearn

    folder = script(
        "import os, sys; from azureml.core import Run\n"
        "Run.get_context().log('n', len(os.listdir(sys.argv[2])))\n"
    )
    store = workspace.get_default_datastore()
    folders = {"--data": store.path("fruit").as_download()}
    estimator = SKLearn(folder, entry_script="train.py", script_params=folders, compute_target="local")
    assert experiment.submit(estimator).get_metrics() == {"n": 2}
    Path("more.csv").write_text("")
    store.upload_files(["more.csv"], target_path="more", show_progress=False)
    other = {"--data": store.path("more").as_mount()}
    assert experiment.submit(estimator, script_params=other).get_metrics() == {"n": 1}


def test_an_estimator_with_an_environment_has_no_packages_of_its_own(script: Write) -> None:
    from azureml.core import Environment
    from azureml.core.environment import DEFAULT_GPU_IMAGE
    from azureml.exceptions import TrainingException
    from azureml.train.estimator import Estimator

    folder = script("")
    with pytest.raises(TrainingException, match="If environment_definition parameter is specified"):
        Estimator(
            folder, entry_script="train.py", environment_definition=Environment("e"), pip_packages=["tqdm"]
        )
    made = Estimator(folder, entry_script="train.py", compute_target="local", use_gpu=True)
    assert made.run_config.environment.docker.base_image == DEFAULT_GPU_IMAGE


_ENVIRONMENT = (
    "If environment_definition parameter is specified, the following parameters cannot be specified: pip_packages, "
    "pip_requirements_file, conda_packages, conda_dependencies_file, custom_docker_image, image_registry_details, "
    "use_gpu, user_managed, shm_size"
)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"environment_variables": {"A": "1"}, "environment_definition": True}, _ENVIRONMENT),
        (
            {"conda_dependencies_file": "c.yml", "pip_packages": ["tqdm"]},
            "If conda_dependencies_file parameter is specified, the following parameters cannot be specified: "
            "pip_packages, pip_requirements_file, conda_packages",
        ),
        ({"node_count": 0}, "Node count should be at least 1."),
        (
            {"process_count_per_node": 2},
            "'distributed_backend' or 'distributed_training' must be specified when node_count > 1 or "
            "process_count_per_node > 1.",
        ),
        (
            {"node_count": 2, "distributed_backend": "mpi"},
            "Compute target should be AmlCompute or KubernetesCompute for distributed training (node_count > 1).",
        ),
        (
            {"distributed_backend": "ps"},
            "Unsupported distributed backend value: ps. Supported backend(s): ['mpi'].",
        ),
        (
            {"use_docker": False, "custom_docker_image": "loaf"},
            "If use_docker parameter is set to false, custom_docker_image or custom_docker_base_image parameter is "
            "not allowed",
        ),
        (
            {"user_managed": True, "pip_packages": ["tqdm"]},
            "If user_managed is True, then conda_packages, conda_dependencies_file, pip_packages or "
            "pip_requirements_file cannot be specified.",
        ),
        ({"inputs": ["x"]}, "Type <class 'str'> is not supported for inputs."),
        ({"resume_from": "x"}, "resume_from parameter should be of type DataPath. Found <class 'str'>."),
    ],
)
def test_what_excludes_each_other_in_an_estimator(script: Write, given, message) -> None:
    from azureml.core import Environment
    from azureml.exceptions import AzureMLException
    from azureml.train.estimator import Estimator

    if given.get("environment_definition"):
        given = given | {"environment_definition": Environment("mine")}
    with pytest.raises(AzureMLException) as caught:
        Estimator(script(""), entry_script="train.py", compute_target="local", **given)
    assert caught.value.message == message


def test_the_files_of_an_estimator_are_in_its_folder(script: Write) -> None:
    from azureml.exceptions import UserErrorException
    from azureml.train.estimator import Estimator

    folder = script("")
    Path(folder, "needed.txt").write_text("tqdm\n--pre\n", encoding="utf-8")
    Path(folder, "conda.yml").write_text("dependencies: [python=3.8, numpy]\n", encoding="utf-8")
    common = {"entry_script": "train.py", "compute_target": "local"}
    made = Estimator(folder, **common, pip_requirements_file="needed.txt", pip_packages=["rich"])
    assert made.conda_dependencies.as_dict()["dependencies"] == [
        "python=3.8.13",
        {"pip": ["azureml-defaults", "tqdm", "--pre", "rich"]},
    ]
    made = Estimator(folder, **common, conda_dependencies_file="conda.yml")
    assert made.conda_dependencies.as_dict()["dependencies"] == ["python=3.8", "numpy"]
    with pytest.raises(
        UserErrorException, match="The conda dependencies file should be inside the project folder"
    ):
        Estimator(folder, **common, conda_dependencies_file="missing.yml")


def test_what_the_configuration_of_an_estimator_says(script: Write) -> None:
    from azureml.core import Environment
    from azureml.core.runconfig import MpiConfiguration
    from azureml.exceptions import TrainingException
    from azureml.train.estimator import Estimator
    from azureml.train.sklearn import SKLearn

    common = {"source_directory": script(""), "entry_script": "train.py", "compute_target": "local"}
    made = Estimator(
        **common, script_params={"--n": 1, "--quiet": ""}, distributed_training=MpiConfiguration(2)
    )
    assert made.run_config.arguments == ["--n", 1, "--quiet"]
    assert (made.run_config.communicator, made.run_config.mpi.process_count_per_node) == ("IntelMpi", 2)
    assert made.run_config.docker.use_docker is True
    assert Estimator(**common, environment_definition=Environment("e")).run_config.docker.use_docker is False
    made = SKLearn(**common, pip_packages=["joblib==1.0"])
    assert made.conda_dependencies.as_dict()["dependencies"] == [
        "python=3.6.2",
        {"pip": ["joblib==1.0", "azureml-defaults", "scikit-learn==0.20.3", "scipy==1.2.1"]},
    ]
    with pytest.raises(
        TrainingException, match=r"SKLearn 1\.0 is not currently supported by the SKLearn estimator"
    ):
        SKLearn(**common, framework_version="1.0")
