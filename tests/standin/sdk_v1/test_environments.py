"""Environments of SDK v1: what the service takes as one."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("name", ["bad name!", "", "a/b", "x" * 256, "ümlaut"])
def test_a_name_that_the_service_does_not_take(workspace, name: str) -> None:
    from azureml.core import Environment

    made = Environment(name)  # the constructor looks at the type only
    with pytest.raises(
        Exception, match=r"^Error registering the environment definition\. Code: 400\n"
    ) as caught:
        made.register(workspace)
    assert type(caught.value) is Exception
    assert "Resource name can only contain alphanumeric characters" in str(caught.value)
    assert name not in list(workspace.environments)
    with pytest.raises(TypeError, match="Environment name expected str, <class 'int'> found"):
        Environment(3)


def test_a_name_of_the_services_own(workspace) -> None:
    from azureml.core import Environment

    with pytest.raises(Exception, match="can not start with the prefix AzureML"):
        Environment("AzureML-mine").register(workspace)


def test_a_changed_curated_environment_is_no_environment_of_a_run(workspace, script) -> None:
    from azureml.core import Environment, Experiment, ScriptRunConfig
    from azureml.exceptions import ExperimentExecutionException

    curated = next(name for name in workspace.environments if name.startswith("AzureML-"))
    found = Environment.get(workspace, curated)
    folder = script("print('fresh')")
    run = Experiment(workspace, "baking").submit(
        ScriptRunConfig(folder, script="train.py", environment=found)
    )
    assert run.get_status() == "Completed"
    found.python.conda_dependencies.add_pip_package("flour")
    with pytest.raises(
        ExperimentExecutionException, match="To alter a curated environment first create a copy"
    ):
        Experiment(workspace, "baking").submit(ScriptRunConfig(folder, script="train.py", environment=found))
    copy = found.clone("mine")
    run = Experiment(workspace, "baking").submit(ScriptRunConfig(folder, script="train.py", environment=copy))
    assert run.get_environment().name == "mine"


def test_no_image_is_built(workspace) -> None:
    from azureml.core import Environment

    from dp100.standin import NotOffline

    made = Environment("mine").register(workspace)
    for name in ("build", "build_local", "get_image_details"):
        with pytest.raises(NotOffline, match=rf"Environment\.{name}"):
            getattr(made, name)(workspace)


@pytest.mark.parametrize(
    ("given", "merged"),
    [
        (["numpy==1", "numpy<2"], ["numpy==1,<2"]),
        (["a[b]==1", "a>2"], ["a[b]==1,>2"]),
        (["conda-forge::numpy=1"], ["conda-forge::numpy=1"]),
        ([""], [""]),
        (["-r needed.txt", "git+https://host/loaf"], ["-r needed.txt", "git+https://host/loaf"]),
    ],
)
def test_requirements_are_merged_as_the_sdk_merges_them(given, merged) -> None:
    from azureml.core.conda_dependencies import CondaDependencies

    assert CondaDependencies.merge_requirements(given) == merged


def test_conda_packages_are_named_as_they_were_added() -> None:
    from azureml.core.conda_dependencies import CondaDependencies
    from azureml.exceptions import UserErrorException

    made = CondaDependencies()
    made.add_conda_package("python=3.9")
    assert made.as_dict()["dependencies"][0] == "python=3.9"
    made.add_conda_package("numpy=1")
    made.add_conda_package("numpy=1")
    made.remove_conda_package("numpy")
    assert list(made.conda_packages) == ["python=3.9", "numpy=1"]
    made.remove_conda_package("numpy=1")
    made.remove_conda_package("python")
    assert list(made.conda_packages) == ["python=3.9"]
    with pytest.raises(UserErrorException, match="python must not be removed from conda dependencies"):
        made.remove_conda_package("python=3.9")
    assert made.get_default_number_of_packages() == (1, 1)


def test_options_of_pip_are_no_packages() -> None:
    from azureml.core.conda_dependencies import CondaDependencies
    from azureml.exceptions import UserErrorException

    made = CondaDependencies()
    made.set_pip_option("--pre")
    made.set_pip_option("--index-url https://one")
    made.set_pip_index_url("--index-url https://two")
    assert made.as_dict()["dependencies"][1]["pip"] == [
        "azureml-defaults",
        "--pre",
        "--index-url https://two",
    ]
    for name, given, message in (
        ("add_pip_package", "-e .", "Invalid package name -e ."),
        ("remove_pip_package", "--pre", "Invalid package name --pre"),
        ("set_pip_option", "pre", "Invalid pip option pre"),
        ("set_pip_index_url", "https://two", "Invalid pip option https://two"),
        ("add_tensorflow_pip_package", "tpu", "Invalid core type tpu. Only accept 'cpu' or 'gpu'"),
    ):
        with pytest.raises(UserErrorException) as caught:
            getattr(made, name)(given)
        assert caught.value.message == message
    made.set_pip_requirements(["tqdm"])
    assert list(made.pip_options) == []


def test_one_tensorflow_at_a_time() -> None:
    from azureml.core.conda_dependencies import CondaDependencies

    made = CondaDependencies()
    made.add_tensorflow_pip_package()
    made.add_tensorflow_pip_package("gpu", "1.15")
    assert list(made.pip_packages) == ["azureml-defaults", "tensorflow-gpu==1.15"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1]", "Environment error: not a valid YAML structure"),
        (
            "name: a\npackages: [b]\n",
            "Environment error: unknown packages key in environment specification",
        ),
    ],
)
def test_a_file_that_is_no_conda_file(tmp_path, text, message) -> None:
    from azureml.core.conda_dependencies import CondaDependencies
    from azureml.exceptions import UserErrorException

    file = tmp_path / "conda.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserErrorException) as caught:
        CondaDependencies(str(file))
    assert caught.value.message == message


def test_a_conda_file_is_saved_where_it_can_be(tmp_path) -> None:
    from azureml.core.conda_dependencies import CondaDependencies
    from azureml.exceptions import UserErrorException

    made = CondaDependencies()
    with pytest.raises(
        UserErrorException, match="Cannot save a conda environment specification file to a dir"
    ):
        made.save(str(tmp_path))
    with pytest.raises(UserErrorException, match="to an invalid path"):
        made.save(str(tmp_path / "missing" / "conda.yml"))
    (tmp_path / "bare.yml").write_text("dependencies: [numpy]", encoding="utf-8")
    with pytest.raises(UserErrorException, match="Python package is missing"):
        CondaDependencies(str(tmp_path / "bare.yml")).save(str(tmp_path / "conda.yml"))
    assert CondaDependencies(str(tmp_path / "bare.yml")).get_python_version() is None


def test_a_misspelt_setting_is_refused() -> None:
    from azureml.core import Environment, RunConfiguration
    from azureml.core.runconfig import MpiConfiguration

    class Own(MpiConfiguration):
        def __init__(self):
            super().__init__()
            self.mine = 1

    run = RunConfiguration()
    run.node_count = 2
    for element in (run, run.docker, run.environment.python, Environment("mine").docker, Own()):
        with pytest.raises(AttributeError, match="has no attribute node_cuont"):
            element.node_cuont = 2


def test_a_run_configuration_keeps_all_of_it_in_files(tmp_path) -> None:
    from azureml.core import RunConfiguration
    from azureml.core.databricks import PyPiLibrary
    from azureml.core.environment import SparkPackage
    from azureml.core.runconfig import (
        ApplicationEndpointConfiguration,
        Data,
        DataLocation,
        DataPath,
        DataReferenceConfiguration,
        Dataset,
        OutputData,
        OutputOptions,
        UploadOptions,
    )

    made = RunConfiguration(script="train.py", arguments=["--n", 1])
    made.target = "cpu"
    made.node_count = 2
    made.environment_variables = {"MY_VAR": "1"}
    made.data["x"] = Data(DataLocation(Dataset("id", "loaf", "1")), mechanism="mount")
    made.data_references["d"] = DataReferenceConfiguration("store", "download", "from", "to", True)
    made.output_data["o"] = OutputData(
        DataLocation(data_path=DataPath("store", "to")),
        "upload",
        OutputOptions("p", None, UploadOptions(True)),
    )
    made.services["j"] = ApplicationEndpointConfiguration("JupyterLab")
    made.environment.spark.packages = [SparkPackage("g", "a", "1")]
    made.environment.databricks.pypi_libraries = [PyPiLibrary("tqdm")]
    made.environment.docker.base_image_registry.address = "mine.azurecr.io"
    made.environment.python.conda_dependencies.add_pip_package("tqdm")
    made.save(str(tmp_path), "mine", separate_environment_yaml=True)
    assert sorted(file.name for file in (tmp_path / ".azureml").iterdir()) == [
        "conda_dependencies.yml",
        "environment.yml",
        "mine",
    ]
    read = RunConfiguration.load(str(tmp_path), "mine")
    assert read.environment.python.conda_dependencies_file == ".azureml/conda_dependencies.yml"
    read.environment.python._conda_dependencies_file = None
    assert read._to_dict() == made._to_dict()
    assert read.data["x"].data_location.dataset.name == "loaf"
    made.save(str(tmp_path / "own.yml"))
    assert (tmp_path / "conda_dependencies.yml").is_file()
    assert RunConfiguration.load(str(tmp_path / "own.yml")).data["x"].mechanism == "mount"


def test_run_configurations_in_snake_case_and_under_their_older_names(tmp_path) -> None:
    from azureml.core import RunConfiguration
    from azureml.exceptions import RunConfigurationException, UserErrorException

    folder = tmp_path / "aml_config"
    folder.mkdir()
    file = folder / "old.runconfig"
    file.write_text(
        "target: cpu\nnode_count: 3\nenvironment:\n  name: mine\n  environment_variables: {MY_VAR: a}\n"
        "  docker: {base_image: loaf}\nhistory: {output_collection: false}\n",
        encoding="utf-8",
    )
    read = RunConfiguration.load(str(tmp_path), "old")
    assert (read.target, read.node_count, read.history.output_collection) == ("cpu", 3, False)
    assert (read.environment.name, read.environment.docker.base_image) == ("mine", "loaf")
    assert read.environment.environment_variables == {"MY_VAR": "a"}
    with pytest.raises(UserErrorException, match=r"Failed to load RunConfiguration from path=.* name=other"):
        RunConfiguration.load(str(tmp_path), "other")
    RunConfiguration.delete(str(tmp_path), "old")
    with pytest.raises(UserErrorException, match="Run config old not found in"):
        RunConfiguration.delete(str(tmp_path), "old")
    file.write_text("nodeCount: many\n", encoding="utf-8")
    with pytest.raises(RunConfigurationException, match="node_count"):
        RunConfiguration.load(str(file))


def test_copies_of_an_environment_have_all_of_it(workspace) -> None:
    from azureml.core import Environment
    from azureml.core.environment import SparkPackage

    made = Environment("mine")
    made.spark.packages = [SparkPackage("g", "a", "1")]
    made.docker.base_image_registry.password = "kept"
    assert made.clone("other").docker.base_image_registry.password == "kept"
    assert made.register(workspace).spark.packages[0].artifact == "a"


def test_what_a_run_cannot_have_here_is_refused_by_name(workspace, tmp_path) -> None:
    from azureml.core import Experiment, ScriptRunConfig
    from azureml.core.runconfig import ApplicationEndpointConfiguration, OutputData

    from dp100.standin.engine.errors import NotOffline

    (tmp_path / "train.py").write_text("", encoding="utf-8")
    config = ScriptRunConfig(str(tmp_path), "train.py")
    config.run_config.services["j"] = ApplicationEndpointConfiguration("JupyterLab")
    with pytest.raises(NotOffline, match="services"):
        Experiment(workspace, "mine").submit(config)
    config.run_config.services.clear()
    config.run_config.output_data["o"] = OutputData()
    with pytest.raises(NotOffline, match="OutputData"):
        Experiment(workspace, "mine").submit(config)


def test_image_dockerfile_and_build_context_exclude_each_other(caplog, tmp_path) -> None:
    import io

    from azureml.core import Environment

    docker = Environment("mine").docker
    assert docker.base_image.startswith("mcr.microsoft.com/azureml/")
    docker.base_dockerfile = "FROM loaf"
    assert docker.base_image is None
    assert caplog.messages == [
        "Property base_image is mutually exclusive with base_dockerfile. Reset base_image to None"
    ]
    docker.build_context = "folder"
    assert docker.base_dockerfile is None
    docker.base_image = "loaf"
    assert docker.build_context is None
    docker.base_dockerfile = io.StringIO("FROM crust")
    assert (docker.base_dockerfile, docker.base_image) == ("FROM crust", None)
    docker.base_dockerfile = None
    assert docker.base_dockerfile is None


def test_a_requirements_file_is_taken_as_it_is(workspace, tmp_path) -> None:
    from azureml.core import Environment

    file = tmp_path / "needed.txt"
    file.write_text("# ours\n\ntqdm>=1 # bars\n--pre\n", encoding="utf-8")
    made = Environment.from_pip_requirements("mine", str(file), pip_version="20.1")
    assert made.python.conda_dependencies.as_dict()["dependencies"] == [
        "python=3.8.13",
        {"pip": ["# ours", "", "tqdm>=1 # bars", "--pre"]},
        "pip=20.1",
    ]
    assert made.register(workspace).version == "1"


def test_a_build_context_has_no_packages_of_its_own(workspace, tmp_path) -> None:
    from azureml.core import Environment
    from azureml.core.environment import DockerBuildContext
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException, match="is not a valid directory"):
        DockerBuildContext.from_local_directory(workspace, str(tmp_path / "missing"))
    (tmp_path / "Dockerfile").write_text("FROM loaf", encoding="utf-8")
    context = DockerBuildContext.from_local_directory(workspace, str(tmp_path))
    made = Environment.from_docker_build_context("mine", context)
    held = made.register(workspace)
    for each in (made, held, Environment.get(workspace, "mine")):
        assert each.python.conda_dependencies is None
        assert not each.python.user_managed_dependencies
        assert each.docker.base_image is None
        assert each.docker.build_context.location_type is DockerBuildContext.LocationType.StorageAccount
        assert each.environment_variables == {}


def test_a_saved_environment_has_packages_and_dockerfile_in_files_of_their_own(tmp_path) -> None:
    import json

    from azureml.core import Environment

    made = Environment.from_dockerfile("mine", "FROM loaf")
    made.save_to_directory(str(tmp_path / "saved"))
    held = json.loads((tmp_path / "saved/azureml_environment.json").read_text(encoding="utf-8"))
    assert "condaDependencies" not in held["python"]
    assert "baseDockerfile" not in held["docker"]
    (tmp_path / "saved/BaseDockerfile").write_text("FROM crust", encoding="utf-8")
    read = Environment.load_from_directory(str(tmp_path / "saved"))
    assert (read.docker.base_dockerfile, read.docker.base_image) == ("FROM crust", None)
    assert read.python.user_managed_dependencies
    with pytest.raises(FileExistsError):
        made.save_to_directory(str(tmp_path / "saved"))


def test_an_environment_of_conda_needs_conda(monkeypatch) -> None:
    from azureml.core import Environment

    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="conda"):
        Environment.from_existing_conda_environment("mine", "base")
