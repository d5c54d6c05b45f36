"""Scripts submitted through SDK v1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dp100.standin import NotOffline

Write = Callable[..., Path]


def test_a_script_logs_and_leaves_files(experiment, script: Write, capfd: pytest.CaptureFixture[str]) -> None:
    from azureml.core import ScriptRunConfig

    folder = script(
        "import argparse, os\n"
        "from azureml.core import Run\n"
        "parser = argparse.ArgumentParser(); parser.add_argument('--rate', type=float)\n"
        "rate = parser.parse_args().rate\n"
        "run = Run.get_context()\n"
        "run.log('rate', rate)\n"
        "run.tag('done', 'yes')\n"
        "print('rate is', rate)\n"
        "os.makedirs('outputs', exist_ok=True)\n"
        "open('outputs/model.txt', 'w').write('weights')\n"
        "run.complete()\n"
    )
    config = ScriptRunConfig(folder, script="train.py", arguments=["--rate", 0.25])
    run = experiment.submit(config, tags={"team": "a"})
    details = run.wait_for_completion(show_output=True)
    assert details["status"] == "Completed"
    said = capfd.readouterr().out
    assert "Streaming user_logs/std_log.txt" in said
    assert "rate is 0.25" in said
    assert "Execution Summary" in said
    assert run.get_metrics() == {"rate": 0.25}
    assert run.get_tags() == {"team": "a", "done": "yes"}
    assert {"outputs/model.txt", "user_logs/std_log.txt"} <= set(run.get_file_names())
    assert run.id.startswith("training_")
    assert run.type == "azureml.scriptrun"
    assert type(next(iter(experiment.get_runs()))).__name__ == "ScriptRun"
    assert details["runDefinition"]["script"] == "train.py"
    assert details["properties"]["ContentSnapshotId"] == run.get_snapshot_id()
    logs = run.get_details_with_logs()["logFiles"]
    assert "rate is 0.25" in logs["user_logs/std_log.txt"]
    assert any(path.endswith("std_log.txt") for path in run.get_all_logs("logs"))


def test_a_script_that_fails(experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.exceptions import ActivityFailedException

    folder = script("raise ValueError('no flour')\n")
    run = experiment.submit(ScriptRunConfig(folder, script="train.py"))
    with pytest.raises(ActivityFailedException, match="no flour"):
        run.wait_for_completion()
    assert run.wait_for_completion(raise_on_error=False)["status"] == "Failed"
    assert "exited with status code 1" in run.get_details()["error"]["error"]["message"]


def test_a_missing_script_is_refused(experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.exceptions import AzureMLException, UserErrorException

    with pytest.raises(UserErrorException, match="script path doesn't exist"):
        experiment.submit(ScriptRunConfig(script(""), script="none.py"))
    with pytest.raises(AzureMLException, match="has not been registered"):
        experiment.submit("train.py")


def test_a_command(experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig

    folder = script("import sys; print('got', sys.argv[1])\n")
    run = experiment.submit(ScriptRunConfig(folder, command=["python", "train.py", 7]))
    run.wait_for_completion()
    assert "got 7" in run.get_details_with_logs()["logFiles"]["user_logs/std_log.txt"]


def test_processes_of_a_distributed_job(experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.core.runconfig import MpiConfiguration

    folder = script("import os; print('rank', os.environ['OMPI_COMM_WORLD_RANK'])\n")
    config = ScriptRunConfig(
        folder, "train.py", distributed_job_config=MpiConfiguration(process_count_per_node=2)
    )
    run = experiment.submit(config)
    run.wait_for_completion()
    logs = run.get_details_with_logs()["logFiles"]
    assert sorted(name for name in logs if name.startswith("user_logs")) == [
        "user_logs/std_log_process_00.txt",
        "user_logs/std_log_process_01.txt",
    ]


def test_a_run_on_a_cluster(workspace, experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.core.compute import AmlCompute, ComputeTarget
    from azureml.exceptions import ExperimentExecutionException

    config = AmlCompute.provisioning_configuration("STANDARD_DS11_V2", max_nodes=1)
    cluster = ComputeTarget.create(workspace, "cpu", config)
    run = experiment.submit(ScriptRunConfig(script("print(1)"), "train.py", compute_target=cluster))
    assert run.wait_for_completion()["target"] == "cpu"
    assert list(cluster.get_active_runs()) == []
    with pytest.raises(ExperimentExecutionException, match="not found"):
        experiment.submit(ScriptRunConfig(script("print(1)"), "train.py", compute_target="none"))


def test_canceling(experiment, script: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from azureml.core import ScriptRunConfig

    monkeypatch.setenv("DP100_JOBS", "")
    run = experiment.submit(ScriptRunConfig(script("import time; time.sleep(60)"), "train.py"))
    assert run.get_status() in {"Starting", "Queued", "Preparing", "Running"}
    run.cancel()
    assert run.wait_for_completion()["status"] == "Canceled"


def test_a_child_submitted_from_a_run(experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig

    parent = experiment.start_logging()
    child = parent.submit_child(ScriptRunConfig(script("print(1)"), "train.py"))
    child.wait_for_completion()
    assert [run.id for run in parent.get_children()] == [child.id]


def test_a_model_of_a_run(workspace, experiment, script: Write) -> None:
    from azureml.core import Model, ScriptRunConfig
    from azureml.exceptions import ModelPathNotFoundException

    folder = script("import os; os.makedirs('outputs', exist_ok=True); open('outputs/m.pkl', 'w').write('m')")
    run = experiment.submit(ScriptRunConfig(folder, "train.py"))
    run.wait_for_completion()
    model = run.register_model("bread", "outputs/m.pkl", tags={"a": "b"}, properties={"AUC": 0.9})
    assert (model.name, model.version, model.properties, model.run_id) == ("bread", 1, {"AUC": "0.9"}, run.id)
    assert Model(workspace, "bread").run.id == run.id
    assert [found.id for found in Model.list(workspace, tags=[["a", "b"]])] == ["bread:1"]
    with pytest.raises(ModelPathNotFoundException, match="Could not locate the provided model_path"):
        run.register_model("bread", "outputs/none.pkl")


def test_the_environment_is_registered_with_the_run(workspace, experiment, script: Write) -> None:
    from azureml.core import Environment, ScriptRunConfig

    Path("env.yml").write_text("name: e\ndependencies:\n- python=3.10\n- pip:\n  - no-such-package-at-all\n")
    environment = Environment.from_conda_specification("baking", "env.yml")
    run = experiment.submit(ScriptRunConfig(script("print(1)"), "train.py", environment=environment))
    run.wait_for_completion()
    assert "no-such-package-at-all" in str(run.get_details()["warnings"])
    assert Environment.get(workspace, "baking").version == "1"
    assert run.get_environment().name == "baking"


def test_an_environment_changed_since_it_was_registered(workspace, experiment, script: Write) -> None:
    from azureml.core import Environment, ScriptRunConfig

    Environment("oven").register(workspace)
    changed = Environment.get(workspace, "oven")
    changed.python.conda_dependencies.add_pip_package("no-such-package-at-all")
    run = experiment.submit(ScriptRunConfig(script("print(1)"), "train.py", environment=changed))
    run.wait_for_completion()
    assert "no-such-package-at-all" in str(run.get_details()["warnings"])
    assert Environment.get(workspace, "oven").version == "2"
    again = experiment.submit(
        ScriptRunConfig(script("print(1)"), "train.py", environment=Environment.get(workspace, "oven"))
    )
    again.wait_for_completion()
    assert Environment.get(workspace, "oven").version == "2"


def test_what_submit_does_not_know_is_refused(experiment, script) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.exceptions import AzureMLException, UserErrorException

    config = ScriptRunConfig(script("print(1)"), "train.py")
    with pytest.raises(TypeError, match="unexpected keyword argument 'compute_target'"):
        experiment.submit(config, compute_target="cpu")
    with pytest.raises(AzureMLException, match="Method to be submitted has not been registered"):
        experiment.submit("train.py")
    config.run_config.max_run_duration_seconds = "long"
    with pytest.raises(UserErrorException, match="max_run_duration_seconds has to be a number"):
        experiment.submit(config)
    config.run_config.max_run_duration_seconds = 60
    run = experiment.submit(config, run_id="mine", credential_passthrough=True)
    assert run.id == "mine"
    assert run.get_details()["runDefinition"]["credentialPassthrough"] is True


def test_details_say_when_and_by_whom_as_the_service_does(experiment, script) -> None:
    from azureml.core import ScriptRunConfig

    with experiment.start_logging(snapshot_directory=None) as interactive:
        pass
    run = experiment.submit(ScriptRunConfig(script("raise SystemExit(1)"), "train.py"))
    for found in (interactive.get_details(), run.get_details()):
        assert found["startTimeUtc"].endswith("Z")
        assert found["endTimeUtc"].endswith("Z")
    assert run.get_details()["error"]["time"].endswith("Z")
    assert run.get_details()["submittedBy"] == interactive.get_details()["submittedBy"]


def test_workers_and_parameter_servers_of_tensorflow(workspace, experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.core.compute import AmlCompute, ComputeTarget
    from azureml.core.runconfig import TensorflowConfiguration

    sizes = AmlCompute.provisioning_configuration(vm_size="STANDARD_DS11_V2", max_nodes=2)
    ComputeTarget.create(workspace, "tf-cluster", sizes).wait_for_completion()
    folder = script(
        "import json, os, time\n"
        "from azureml.core import Run\n"
        "held = json.loads(os.environ['TF_CONFIG'])\n"
        "me = held['task']\n"
        "if me['type'] == 'ps':\n"
        "    time.sleep(600)  # a server waits until it is not needed any more\n"
        "sizes = {kind: len(places) for kind, places in held['cluster'].items()}\n"
        "Run.get_context().log_row(f\"worker {me['index']}\", **sizes)\n"
    )
    config = ScriptRunConfig(
        folder,
        "train.py",
        compute_target="tf-cluster",
        distributed_job_config=TensorflowConfiguration(worker_count=2, parameter_server_count=1),
    )
    run = experiment.submit(config)
    run.wait_for_completion(raise_on_error=True)
    assert run.get_metrics() == {f"worker {each}": {"worker": 2, "ps": 1} for each in (0, 1)}


def test_a_script_for_spark_is_not_run_without(experiment, script) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.core.runconfig import RunConfiguration

    config = ScriptRunConfig(script("print(1)"), "train.py", run_config=RunConfiguration(framework="pyspark"))
    with pytest.raises(NotOffline, match=r"RunConfiguration\.framework PySpark"):
        experiment.submit(config)
    assert list(experiment.get_runs()) == []
