"""Compute, environments and models through SDK v1."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_a_cluster(workspace, capsys: pytest.CaptureFixture[str]) -> None:
    from azureml.core.compute import AmlCompute, ComputeTarget
    from azureml.core.compute_target import ComputeTargetException

    with pytest.raises(ComputeTargetException, match="ComputeTargetNotFound: Compute Target with name cpu"):
        ComputeTarget(workspace, "cpu")
    config = AmlCompute.provisioning_configuration(
        vm_size="STANDARD_DS11_V2", vm_priority="lowpriority", max_nodes=2, idle_seconds_before_scaledown=600
    )
    made = ComputeTarget.create(workspace, "cpu", config)
    made.wait_for_completion(show_output=True)
    assert "AmlCompute wait for completion finished" in capsys.readouterr().out
    assert type(ComputeTarget(workspace, "cpu")) is AmlCompute
    status = made.get_status()
    assert (status.allocation_state, status.current_node_count, status.vm_size) == (
        "Steady",
        0,
        "STANDARD_DS11_V2",
    )
    assert made.scale_settings.serialize() == {
        "minNodeCount": 0,
        "maxNodeCount": 2,
        "nodeIdleTimeBeforeScaleDown": "PT600S",
    }
    made.update(min_nodes=1, max_nodes=3)
    assert made.scale_settings.maximum_node_count == 3
    assert len(made.list_nodes()) == 1
    assert made.serialize()["properties"]["computeType"] == "AmlCompute"
    with pytest.raises(ComputeTargetException, match="Detach is not supported"):
        made.detach()
    made.delete()
    assert dict(workspace.compute_targets) == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "max nodes count is mandatory"),
        ({"max_nodes": 1, "min_nodes": 2}, "greater than or equal to min nodes"),
        ({"max_nodes": 1, "admin_username": "a"}, "no password or key"),
        ({"max_nodes": 1, "vnet_name": "v"}, "virtual net"),
    ],
)
def test_a_configuration_is_checked(arguments: dict[str, object], message: str) -> None:
    from azureml.core.compute import AmlCompute
    from azureml.exceptions import ComputeTargetException

    with pytest.raises(ComputeTargetException, match=message):
        AmlCompute.provisioning_configuration("STANDARD_DS11_V2", **arguments)


@pytest.mark.parametrize("name", ["a", "1cpu", "two words", "x" * 30])
def test_a_bad_name_is_refused(workspace, name: str) -> None:
    from azureml.core.compute import AmlCompute, ComputeTarget
    from azureml.exceptions import ComputeTargetException

    config = AmlCompute.provisioning_configuration("STANDARD_DS11_V2", max_nodes=1)
    with pytest.raises(ComputeTargetException):
        ComputeTarget.create(workspace, name, config)


def test_an_instance_stops_and_starts(workspace) -> None:
    from azureml.core.compute import ComputeInstance, ComputeTarget
    from azureml.exceptions import ComputeTargetException

    config = ComputeInstance.provisioning_configuration(vm_size="STANDARD_DS3_V2")
    instance = ComputeTarget.create(workspace, "ci-one", config)
    assert instance.get_status().state == "Running"
    instance.stop(wait_for_completion=True)
    assert instance.get_status().state == "Stopped"
    with pytest.raises(ComputeTargetException):
        instance.stop()
    instance.start()
    instance.restart()
    assert ComputeInstance(workspace, "ci-one").get_status().state == "Running"


def test_attached_targets(workspace) -> None:
    from azureml.core.compute import ComputeTarget, DatabricksCompute, RemoteCompute
    from azureml.exceptions import ComputeTargetException

    bricks = DatabricksCompute.attach_configuration("rg", "adb", access_token="t0ken")
    made = ComputeTarget.attach(workspace, "bricks", bricks)
    assert (made.type, made.is_attached) == ("Databricks", True)
    assert "t0ken" not in str(made.serialize())
    machine = RemoteCompute.attach_configuration("me", address="10.0.0.4", password="p")
    assert ComputeTarget.attach(workspace, "machine", machine).address == "10.0.0.4"
    with pytest.raises(ComputeTargetException, match="Try to use detach"):
        made.delete()
    made.detach()
    assert list(workspace.compute_targets) == ["machine"]
    with pytest.raises(ComputeTargetException):
        RemoteCompute.attach_configuration("me", password="p")


_ID = "/subscriptions/s/resourceGroups/rg/providers/{}/kinds/one"


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        ("RemoteCompute", {"username": ""}, "username is not provided."),
        (
            "RemoteCompute",
            {"username": "me", "resource_group": "rg", "vm_name": "vm"},
            "Please provide subscription_id, resource_group, vm_name or provide resource_id or address for virtual "
            "machine being attached.",
        ),
        (
            "RemoteCompute",
            {"username": "me", "address": "10.0.0.4", "vm_name": "vm"},
            "Since address is provided, please do not provide vm_name.",
        ),
        ("HDInsightCompute", {"username": "me", "resource_id": "r"}, "Invalid resource_id provided: r"),
        (
            "DatabricksCompute",
            {},
            "Please provide resource_group and workspace_name for the Databricks compute resource being attached. Or "
            "please provide resource_id for the resource being attached.",
        ),
        ("DatabricksCompute", {"resource_group": "rg"}, "workspace_name is not provided."),
        (
            "DatabricksCompute",
            {"resource_id": _ID.format("Microsoft.Batch")},
            "Invalid resource_id provided, resource type Microsoft.Batch does not match for Databricks",
        ),
        (
            "AksCompute",
            {"resource_id": _ID.format("Microsoft.ContainerService"), "cluster_name": "c"},
            "Since resource_id is provided, please do not provide cluster_name.",
        ),
        (
            "AksCompute",
            {"resource_group": "rg", "cluster_name": "c", "load_balancer_type": "None"},
            'Invalid configuration. Load balancer type should be either "PublicIp" or "InternalLoadBalancer".',
        ),
        ("KubernetesCompute", {}, "Missing argument: resource_id."),
    ],
)
def test_what_is_attached_has_to_be_named_once(kind, given, message) -> None:
    from azureml.core import compute
    from azureml.exceptions import ComputeTargetException

    with pytest.raises(ComputeTargetException) as caught:
        getattr(compute, kind).attach_configuration(**given)
    assert caught.value.message == message


def test_a_machine_may_be_attached_without_a_password(workspace) -> None:
    from azureml.core.compute import ComputeTarget, RemoteCompute

    machine = RemoteCompute.attach_configuration("me", resource_id=_ID.format("Microsoft.Compute"))
    assert ComputeTarget.attach(workspace, "machine", machine).type == "VirtualMachine"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ssl_cname": "c"}, "not all ssl information provided"),
        ({"vnet_name": "v", "subnet_name": "s", "vnet_resourcegroup_name": "rg"}, "docker bridge cidr"),
        ({"agent_count": -1}, "agent count must be a positive integer"),
    ],
)
def test_a_kubernetes_cluster_that_cannot_be_made(given, message) -> None:
    from azureml.core.compute import AksCompute
    from azureml.exceptions import ComputeTargetException

    with pytest.raises(ComputeTargetException, match=message):
        AksCompute.provisioning_configuration(**given)
    config = AksCompute.provisioning_configuration()
    assert config.enable_ssl(leaf_domain_label="loaf") is config
    with pytest.raises(ComputeTargetException, match="leaf domain label should not be provided"):
        config.enable_ssl("cname", "cert.pem", "key.pem")


def test_what_a_cluster_s_configuration_checks_and_an_instance_s_has() -> None:
    from azureml.core.compute import AmlCompute, ComputeInstance
    from azureml.exceptions import ComputeTargetException

    with pytest.raises(ComputeTargetException, match="must have 3 of the following: 1 lowercase character"):
        AmlCompute.provisioning_configuration(
            "STANDARD_DS3_V2", max_nodes=1, admin_username="me", admin_user_password="loafloaf1"
        )
    AmlCompute.provisioning_configuration(
        "STANDARD_DS3_V2", max_nodes=1, admin_username="me", admin_user_password="Loafloaf1"
    )
    assert ComputeInstance.provisioning_configuration().vm_size == "Standard_DS3_V2"


def test_the_name_of_a_target_is_text(workspace) -> None:
    from azureml.core.compute import AmlCompute, ComputeTarget
    from azureml.exceptions import ComputeTargetException

    config = AmlCompute.provisioning_configuration("STANDARD_DS3_V2", max_nodes=1)
    for name in (None, 3):
        with pytest.raises(ComputeTargetException, match="has to be text"):
            ComputeTarget.create(workspace, name, config)


def test_vm_sizes_are_known(workspace) -> None:
    from azureml.core.compute import AmlCompute

    found = {size["name"]: size for size in AmlCompute.supported_vmsizes(workspace)}
    assert found["Standard_DS11_v2"]["vCPUs"] == 2
    assert found["Standard_DS11_v2"]["memoryGB"] == 14


def test_packages() -> None:
    from azureml.core.conda_dependencies import CondaDependencies

    made = CondaDependencies.create(
        conda_packages=["pandas=1.5"], pip_packages=["tqdm"], python_version="3.9"
    )
    made.add_conda_package("pandas=2.0")
    made.add_pip_package("tqdm==4.0")
    made.add_channel("mine")
    assert list(made.conda_packages) == ["python=3.9", "pandas=1.5", "pandas=2.0"]
    assert list(made.pip_packages) == ["tqdm==4.0"]
    assert made.get_python_version() == "3.9"
    made.save("packages.yml")
    assert CondaDependencies("packages.yml").as_dict() == made.as_dict()
    assert "- tqdm==4.0" in made.serialize_to_string()
    made.remove_pip_package("tqdm")
    assert list(made.pip_packages) == []
    assert list(CondaDependencies.create().pip_packages) == ["azureml-defaults"]


def test_environments_have_versions(workspace) -> None:
    from azureml.core import Environment

    made = Environment("mine")
    made.python.conda_dependencies.add_pip_package("tqdm")
    assert made.register(workspace).version == "1"
    assert made.register(workspace).version == "1"
    made.python.conda_dependencies.add_pip_package("rich")
    assert made.register(workspace).version == "2"
    found = Environment.get(workspace, "mine", version="1")
    assert "rich" not in list(found.python.conda_dependencies.pip_packages)
    assert Environment.get(workspace, "mine").version == "2"
    assert "mine" in Environment.list(workspace)
    copy = found.clone("copy")
    assert (copy.name, copy.version) == ("copy", None)
    with pytest.raises(Exception, match="prefix AzureML"):
        Environment("AzureML-mine").register(workspace)
    with pytest.raises(Exception, match="not found"):
        Environment.get(workspace, "nobody")


def test_curated_environments(workspace) -> None:
    from azureml.core import Environment

    names = [name for name in Environment.list(workspace) if name.startswith("AzureML")]
    assert len(names) > 10
    found = Environment.get(workspace, "AzureML-sklearn-1.5")
    assert found.python.user_managed_dependencies is True
    assert found.docker.base_image is None
    assert "scikit-learn~=1.5.0" in found.docker.base_dockerfile
    # Public notebooks print this of every curated environment; it is what every new environment has.
    assert "azureml-defaults" in found.python.conda_dependencies.serialize_to_string()
    own = found.clone("my-sklearn")
    own.python.conda_dependencies.add_pip_package("tqdm")
    assert own.register(workspace).version == "1"
    again = Environment.get(workspace, "my-sklearn")
    assert (again.docker.base_dockerfile, again.python.user_managed_dependencies) == (
        found.docker.base_dockerfile,
        True,
    )
    early = Environment.get(workspace, "AzureML-Minimal")
    assert early.python.user_managed_dependencies is False
    assert "azureml-core" in early.python.conda_dependencies.serialize_to_string()


def test_environments_from_files(workspace) -> None:
    from azureml.core import Environment

    Path("r.txt").write_text("numpy\ntqdm==4.0\n")
    made = Environment.from_pip_requirements("pips", "r.txt")
    assert list(made.python.conda_dependencies.pip_packages) == ["numpy", "tqdm==4.0"]
    image = Environment.from_docker_image("image", "registry/image:1")
    assert (image.docker.base_image, image.python.user_managed_dependencies) == ("registry/image:1", True)
    docker = Environment.from_dockerfile("docker", "FROM scratch\n")
    assert (docker.docker.base_image, docker.docker.base_dockerfile) == (None, "FROM scratch\n")
    made.save_to_directory("kept")
    assert list(Environment.load_from_directory("kept").python.conda_dependencies.pip_packages) == [
        "numpy",
        "tqdm==4.0",
    ]


def test_run_configurations_are_files() -> None:
    from azureml.core import RunConfiguration

    made = RunConfiguration(script="train.py", arguments=["--n", 1])
    made.target = "cpu"
    made.mpi.process_count_per_node = 3
    made.save(".", "mine")
    assert Path(".azureml/mine").is_file()
    read = RunConfiguration.load(".", "mine")
    assert (read.script, read.arguments, read.target, read.mpi.process_count_per_node) == (
        "train.py",
        ["--n", 1],
        "cpu",
        3,
    )


def test_models(workspace) -> None:
    from azureml.core import Model
    from azureml.exceptions import WebserviceException

    Path("m.pkl").write_text("one")
    first = Model.register(
        workspace, "m.pkl", "bread", tags={"a": "1"}, model_framework=Model.Framework.SCIKITLEARN
    )
    Path("m.pkl").write_text("two")
    second = Model.register(workspace, "m.pkl", "bread", description="better")
    assert (first.id, second.id, second.description) == ("bread:1", "bread:2", "better")
    assert [model.version for model in Model.list(workspace, "bread")] == [2, 1]
    assert [model.version for model in Model.list(workspace, latest=True)] == [2]
    assert Model(workspace, "bread", tags=["a"]).version == 1
    assert Model(workspace, id="bread:1").model_framework == "ScikitLearn"
    assert Path(first.download("here")).read_text() == "one"
    with pytest.raises(WebserviceException, match="exist_ok"):
        first.download("here")
    assert Path(Model.get_model_path("bread", _workspace=workspace)).read_text() == "two"
    assert Path("azureml-models/bread/2/m.pkl").is_file()
    first.add_tags({"b": "2"})
    first.remove_tags(["a"])
    assert Model(workspace, id="bread:1").tags == {"b": "2"}
    first.add_properties({"p": "1"})
    with pytest.raises(WebserviceException, match="cannot be changed"):
        first.add_properties({"p": "2"})
    second.delete()
    assert Model(workspace, "bread").version == 1
    with pytest.raises(WebserviceException, match="ModelNotFound: Model with name cake not found"):
        Model(workspace, "cake")
    with pytest.raises(WebserviceException, match="cannot be found"):
        Model.register(workspace, "none.pkl", "bread")
    with pytest.raises(WebserviceException, match="name is invalid"):
        Model.register(workspace, "m.pkl", "two words")


def test_exceptions_look_like_the_sdks() -> None:
    from azureml.exceptions import AzureMLException, UserErrorException

    error = UserErrorException("no flour")
    assert isinstance(error, AzureMLException)
    assert error.message == "no flour"
    assert str(error).startswith(
        "UserErrorException:\n\tMessage: no flour\n\tInnerException None\n\tErrorResponse \n{"
    )
    assert '"code": "UserError"' in str(error)


def test_the_path_of_a_model(workspace) -> None:
    from azureml.core import Model
    from azureml.exceptions import ModelNotFoundException, WebserviceException

    with pytest.raises(ModelNotFoundException, match="not found in cache at azureml-models"):
        Model.get_model_path("bread")
    with pytest.raises(WebserviceException, match="not found in cache at azureml-models"):
        Model.get_model_path("bread", 1)
    with pytest.raises(
        ModelNotFoundException, match=r"Model/Version bread/None not found in workspace\. \[\]"
    ):
        Model.get_model_path("bread", _workspace=workspace)
    for text in ("one", "two"):
        Path("m.pkl").write_text(text)
        Model.register(workspace, "m.pkl", "bread")
        # The latest is that of the workspace, whatever this machine has already.
        assert Path(Model.get_model_path("bread", _workspace=workspace)).read_text() == text
    assert Model.get_model_path("bread") == str(Path("azureml-models/bread/2/m.pkl"))
    Path("azureml-models/bread/1/m.pkl").write_text("mine")
    assert Path(Model.get_model_path("bread", 1, _workspace=workspace)).read_text() == "mine"
    Path("cake").mkdir()
    assert Model.get_model_path("cake") == "cake"


def test_what_an_update_of_a_model_leaves(workspace) -> None:
    from azureml.core import Model
    from azureml.core.resource_configuration import ResourceConfiguration
    from azureml.exceptions import WebserviceException

    Path("m.pkl").write_text("one")
    made = Model.register(workspace, "m.pkl", "bread", tags={"a": "1"}, description="rye")
    made.update(tags={}, description="")
    assert (made.tags, made.description) == ({"a": "1"}, "rye")
    with pytest.raises(WebserviceException, match="memory_in_gb must be greater than zero"):
        made.update(resource_configuration=ResourceConfiguration(cpu=1, memory_in_gb=-1))
