"""More of what SDK v1 has for runs, data, environments, compute and models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dp100.standin import NotOffline

# --- models ----------------------------------------------------------------------------------------------


def test_archived_models_are_in_no_list(workspace) -> None:
    from azureml.core import Model
    from azureml.exceptions import WebserviceException

    from dp100.standin.engine.models import registry

    Path("m.pkl").write_text("one")
    for name in ("bread", "bread", "cake"):
        Model.register(workspace, "m.pkl", name)
    registry.archive(workspace._ws, "bread", 2)
    registry.archive(workspace._ws, "cake")
    assert [model.id for model in Model.list(workspace)] == ["bread:1"]
    assert [model.id for model in Model.list(workspace, latest=True)] == ["bread:1"]
    assert list(workspace.models) == ["bread"]
    assert Model(workspace, "bread").version == 1
    assert Model(workspace, "bread", version=2).id == Model(workspace, id="bread:2").id == "bread:2"
    with pytest.raises(WebserviceException, match="ModelNotFound"):
        Model(workspace, "cake")
    assert Model(workspace, id="cake:1").name == "cake"


def test_what_is_kept_with_a_model(workspace) -> None:
    from azureml.core import Dataset, Model
    from azureml.core.resource_configuration import ResourceConfiguration

    Path("m.pkl").write_text("one")
    Path("a.csv").write_text("a\n1\n")
    store = workspace.get_default_datastore()
    store.upload_files(["a.csv"], show_progress=False)
    data = Dataset.Tabular.from_delimited_files((store, "a.csv")).register(workspace, "rows")
    model = Model.register(
        workspace,
        "m.pkl",
        "bread",
        datasets=[(Dataset.Scenario.TRAINING, data)],
        sample_input_dataset=data,
        resource_configuration=ResourceConfiguration(cpu=2, memory_in_gb=0.5),
    )
    found = Model(workspace, "bread")
    assert [each.name for each in found.datasets["training"]] == ["rows"]
    assert found.sample_input_dataset.id == data.id
    assert (found.resource_configuration.cpu, found.resource_configuration.memory_in_gb) == (2, 0.5)
    assert [each.id for each in Model.list(workspace, dataset_id=data.id)] == [model.id]
    assert Model.list(workspace, dataset_id="none") == []
    model.update_tags_properties(add_tags={"a": "1"}, add_properties={"p": "1"})
    model.update(description="warm")
    again = Model(workspace, id=model.id)
    assert (again.tags, again.properties["p"], again.description) == ({"a": "1"}, "1", "warm")
    assert Model.deserialize(workspace, again.serialize()).id == model.id


# --- runs ------------------------------------------------------------------------------------------------


def test_charts_and_images_come_back(experiment) -> None:
    run = experiment.start_logging(outputs=False, snapshot_directory=None)
    residuals = {
        "schema_type": "residuals",
        "schema_version": "1.0.0",
        "data": {"bin_edges": [0, 1, 2], "bin_counts": [3, 4]},
    }
    run.log_residuals("res", residuals)
    run.log_predictions("pred", json.dumps({"schema_type": "predictions", "data": {}}))
    Path("plots").mkdir()
    image = b"\x89PNG\r\n\x1a\n"
    Path("plots/curve.png").write_bytes(image)
    run.log_image("curve", path="plots/curve.png")
    assert sorted(run.get_file_names()) == ["plots/curve.png", "pred", "res"]
    found = run.get_metrics(populate=True)
    assert (found["res"], found["pred"]["schema_type"]) == (residuals, "predictions")
    run.download_file("plots/curve.png", "back.png")
    assert Path("back.png").read_bytes() == image


def test_a_snapshot_leaves_out_what_amlignore_names(experiment, script) -> None:
    from azureml.core import ScriptRunConfig

    folder = script("import os; print(sorted(os.listdir()))")
    (folder / ".gitignore").write_text("*.md\n")
    (folder / ".amlignore").write_text("secret.txt\ndata/\n")
    (folder / "data").mkdir()
    for name in ("secret.txt", "notes.md", "data/a.csv", "util.py"):
        (folder / name).write_text("x")
    run = experiment.submit(ScriptRunConfig(folder, "train.py"))
    said = run.get_details_with_logs()["logFiles"]["user_logs/std_log.txt"]
    for name, there in (("secret.txt", False), ("data", False), ("notes.md", True), ("util.py", True)):
        assert (repr(name) in said) is there, name


def test_the_run_of_a_script_by_its_first_name(experiment, script) -> None:
    from azureml.core import Run, ScriptRunConfig
    from azureml.exceptions import RunEnvironmentException

    folder = script("from azureml.core import Run; Run.get_submitted_run().log('n', 1)")
    assert experiment.submit(ScriptRunConfig(folder, "train.py")).get_metrics() == {"n": 1}
    with pytest.raises(RunEnvironmentException):
        Run.get_submitted_run()


def test_mlflow_in_a_script_logs_to_its_run(experiment, script) -> None:
    from azureml.core import ScriptRunConfig

    folder = script(
        "import mlflow\n"
        "with mlflow.start_run() as run:\n"
        "    mlflow.log_metric('m', 2)\n"
        "    mlflow.log_param('p', 'x')\n"
        "    mlflow.log_text('hello', 'note.txt')\n"
        "print(run.info.run_id)\n"
    )
    run = experiment.submit(ScriptRunConfig(folder, "train.py"))
    details = run.get_details_with_logs()
    assert details["status"] == "Completed", details
    assert details["logFiles"]["user_logs/std_log.txt"].split()[-1] == run.id
    assert run.get_metrics() == {"m": 2}
    assert "note.txt" in run.get_file_names()


def test_packages_that_this_machine_lacks_are_told_in_the_log(experiment, script) -> None:
    from azureml.core import Environment, ScriptRunConfig

    wanted = Environment("wanted")
    wanted.python.conda_dependencies.add_pip_package("no-such-package-of-anyone==1.0")
    run = experiment.submit(ScriptRunConfig(script("print(1)"), "train.py", environment=wanted))
    assert any("no-such-package-of-anyone" in each["message"] for each in run.get_details()["warnings"])
    assert any(
        "no-such-package-of-anyone" in text for text in run.get_details_with_logs()["logFiles"].values()
    )


def test_a_mounted_input_cannot_be_changed(workspace, experiment, script) -> None:
    """Neither by writing to a file of it, nor by adding one: what is in the datastore stays."""
    from azureml.core import Dataset, ScriptRunConfig

    Path("loaf").mkdir()
    Path("loaf/a.txt").write_text("rye")
    store = workspace.get_default_datastore()
    store.upload("loaf", "loaf", show_progress=False)
    data = Dataset.File.from_files((store, "loaf/"))
    folder = script(
        "import pathlib, sys\n"
        "top = pathlib.Path(sys.argv[1])\n"
        "print([path.name for path in top.rglob('*') if path.is_file()])\n"
        "for path in (top / 'a.txt', top / 'b.txt'):\n"
        "    try:\n"
        "        path.write_text('spoilt')\n"
        "    except OSError as error:\n"
        "        print('refused', path.name)\n"
    )
    config = ScriptRunConfig(folder, "train.py", [data.as_named_input("loaf").as_mount()])
    run = experiment.submit(config)
    said = run.get_details_with_logs()["logFiles"]["user_logs/std_log.txt"]
    assert "['a.txt']" in said
    assert store.download("back", prefix="loaf", show_progress=False) == 1
    assert Path("back/loaf/a.txt").read_text() == "rye"
    assert data.to_path() == ["/a.txt"]


def test_modes_that_need_the_cloud(experiment, script, workspace) -> None:
    from azureml.core import Dataset, ScriptRunConfig

    Path("a.txt").write_text("a")
    store = workspace.get_default_datastore()
    store.upload_files(["a.txt"], show_progress=False)
    data = Dataset.File.from_files((store, "a.txt"))
    config = ScriptRunConfig(script(""), "train.py", [data.as_named_input("a").as_hdfs()])
    with pytest.raises(NotOffline, match="hdfs"):
        experiment.submit(config)
    with pytest.raises(NotOffline, match=r"Dataset\.Tabular\.from_sql_query"):
        Dataset.Tabular.from_sql_query((store, "SELECT 1"))


# --- data ------------------------------------------------------------------------------------------------


def test_paths_of_data(workspace) -> None:
    from azureml.core import Dataset
    from azureml.data.datapath import DataPath

    Path("cities").mkdir()
    for name in ("oslo", "rome"):
        Path(f"cities/{name}.csv").write_text("n\n1\n")
    store = workspace.get_default_datastore()
    store.upload("cities", "cities", show_progress=False)
    for path in (
        (store, "cities/*.csv"),
        DataPath(store, "cities/"),
        [(store, "cities/oslo.csv"), DataPath(store, "cities/rome.csv")],
        (store, "**/*.csv"),
    ):
        assert len(Dataset.File.from_files(path).to_path()) == 2
    found = Dataset.File.from_files((store, "cities/*.csv")).register(workspace, "cities")
    assert len(found.to_path()) == 2
    assert len(Dataset.Tabular.from_delimited_files((store, "cities/*.csv")).to_pandas_dataframe()) == 2


PROGRAM = """
    from azureml.core import Workspace
    store = Workspace.from_config().get_default_datastore()
    store.upload("big", "big", overwrite=True)
"""


def test_a_process_killed_during_an_upload(workspace) -> None:
    """What is in the datastore is whole, and the workspace still opens."""
    Path("big").mkdir()
    size, count = 100_000, 300
    for number in range(count):
        Path(f"big/{number:03}.bin").write_bytes(bytes([number % 251]) * size)
    workspace.write_config()
    command = [sys.executable, "-u", "-c", textwrap.dedent(PROGRAM)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("Uploaded "):
                child.kill()
                break
    from azureml.core import Dataset, Workspace

    store = Workspace.from_config().get_default_datastore()
    arrived = Dataset.File.from_files((store, "big/")).to_path()
    assert 0 < len(arrived) < count
    assert store.download("part", prefix="big", show_progress=False) == len(arrived)
    for file in Path("part/big").iterdir():
        assert file.read_bytes() == Path("big", file.name).read_bytes()
    store.upload("big", "big", show_progress=False)
    assert len(Dataset.File.from_files((store, "big/")).to_path()) == count


# --- environments, compute, workspaces -------------------------------------------------------------------


def test_environments_from_images_and_labels(workspace) -> None:
    from azureml.core import Environment
    from azureml.core.environment import DockerBuildContext

    Path("context").mkdir()
    Path("context/Dockerfile").write_text("FROM python:3.11\n")
    context = DockerBuildContext.from_local_directory(workspace, "context")
    built = Environment.from_docker_build_context("built", context).register(workspace)
    image = Environment.from_docker_image("image", "python:3.11").register(workspace)
    filed = Environment.from_dockerfile("filed", "FROM python:3.11\n").register(workspace)
    assert Environment.get(workspace, "built").docker.build_context.dockerfile_path == "Dockerfile"
    assert Environment.get(workspace, "image", label="Latest").docker.base_image == "python:3.11"
    assert Environment.get(workspace, "filed").docker.base_dockerfile == "FROM python:3.11\n"
    assert {each.version for each in (built, image, filed)} == {"1"}
    curated = next(name for name in workspace.environments if name.startswith("AzureML-"))
    assert Environment.get(workspace, curated, label="latest").version == (
        Environment.get(workspace, curated).version
    )
    with pytest.raises(Exception, match="not found"):
        Environment.get(workspace, "image", version="7")


def test_further_targets(workspace) -> None:
    from azureml.core.compute import ComputeTarget, KubernetesCompute

    cluster = (
        f"/subscriptions/{workspace.subscription_id}/resourceGroups/g/providers/"
        "Microsoft.ContainerService/managedClusters/k8s"
    )
    made = ComputeTarget.attach(
        workspace, "k8s", KubernetesCompute.attach_configuration(resource_id=cluster, namespace="ml")
    )
    assert type(ComputeTarget(workspace, "k8s")) is KubernetesCompute
    assert made.provisioning_state == "Succeeded"
    made.detach()
    assert "k8s" not in workspace.compute_targets


def test_connections_are_kept(workspace) -> None:
    from azureml.exceptions import UserErrorException

    workspace.set_connection("feed", "PythonFeed", "https://example.org", "PAT", "t0ken")
    assert [each["name"] for each in workspace.list_connections(category="PythonFeed")] == ["feed"]
    assert "t0ken" not in str(workspace.list_connections())
    assert workspace.get_connection("feed")["target"] == "https://example.org"
    workspace.delete_connection("feed")
    with pytest.raises(UserErrorException, match="feed not found"):
        workspace.get_connection("feed")


def test_tokens_of_the_callers_own(workspace) -> None:
    from azureml.core import Workspace
    from azureml.core.authentication import ArmTokenAuthentication, TokenAuthentication
    from azureml.exceptions import UserErrorException

    auth = ArmTokenAuthentication("first")
    auth.update_arm_access_token("second")
    assert auth.get_authentication_header() == {"Authorization": "Bearer second"}
    assert Workspace.get(workspace.name, auth=auth) == workspace
    with pytest.raises(UserErrorException):
        ArmTokenAuthentication(7)
    asked = []
    auth = TokenAuthentication(lambda audience: asked.append(audience.name) or "mine")
    assert auth.get_token() == "mine"
    assert asked == ["ARM"]
