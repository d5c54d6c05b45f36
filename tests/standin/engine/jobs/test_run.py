"""A job from submission to its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dp100.standin.engine.errors import AlreadyExists, Forbidden, Invalid, NotFound, NotOffline
from dp100.standin.engine.jobs import logs, records
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.submit import submit
from dp100.standin.engine.workspace import access
from tests.standin.engine.jobs.conftest import Jobs, until

URI = "azureml://datastores/workspaceblobstore/paths/made"


def test_a_job_runs_in_a_copy_of_the_snapshot_and_leaves_artifacts(jobs: Jobs) -> None:
    ended = jobs.run(
        """
        import os, pathlib
        print("in", pathlib.Path.cwd())
        pathlib.Path("outputs/model.pkl").write_bytes(b"model")
        pathlib.Path("logs/note.txt").write_text("noted")
        pathlib.Path("main.py").unlink()
        """,
        experiment="diabetes",
        display_name="first",
        tags={"kind": "test"},
        description="what it is about",
    )
    assert ended.state.status == "Completed"
    assert ended.state.exit_code == 0
    assert ended.state.error is None
    assert ended.state.submitted < ended.state.started < ended.state.ended
    assert (jobs.folder / "src" / "main.py").is_file()
    assert str(jobs.folder / "src") not in ended.log
    names = jobs.tracking.artifacts.names(ended.run_id)
    assert {"outputs/model.pkl", "logs/note.txt", "user_logs/std_log.txt"} <= set(names)
    assert jobs.tracking.artifacts.read(ended.run_id, "outputs/model.pkl") == b"model"
    assert jobs.tracking.artifacts.read(ended.run_id, "user_logs/std_log.txt").decode() == ended.log
    run = jobs.tracking.run(ended.run_id)
    assert (run.state, run.status, run.name, run.experiment) == ("Completed", "FINISHED", "first", "diabetes")
    assert run.tags["kind"] == "test"
    assert run.tags["mlflow.note.content"] == "what it is about"
    assert run.properties["ContentSnapshotId"]
    assert not (records.folder(jobs.ws, ended.run_id) / "work").exists()


def test_submitting_returns_before_the_job_has_ended(jobs: Jobs) -> None:
    gate = jobs.folder / "gate"
    run_id = jobs.submit(
        f"import pathlib, time\nwhile not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.02)"
    )
    assert not jobs.state(run_id).over
    jobs.until(run_id, "Running")
    until(lambda: jobs.tracking.run(run_id).state, lambda state: state == "Running")  # is told a moment later
    gate.touch()
    assert jobs.until(run_id, "Completed", "Failed").status == "Completed"


def test_waiting_is_asked_for_in_the_environment(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DP100_JOBS", "wait")
    assert jobs.state(jobs.submit("import time; time.sleep(0.3)")).status == "Completed"


def test_a_job_outlives_its_submitter(jobs: Jobs) -> None:
    (jobs.folder / "s").mkdir()
    (jobs.folder / "s" / "main.py").write_text("import time; time.sleep(0.5); print('still here')")
    code = (
        "import sys\nfrom dp100.standin.engine.workspace.workspace import open_workspace\n"
        "from dp100.standin.engine.jobs.spec import JobSpec\nfrom dp100.standin.engine.jobs.submit import submit\n"
        f"ws = open_workspace({jobs.ws.name!r}, {jobs.ws.group!r})\n"
        f"print(submit(ws, JobSpec(code={str(jobs.folder / 's')!r}, command='python main.py')))\n"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    run_id = done.stdout.strip()
    assert jobs.until(run_id, "Completed", "Failed").status == "Completed"
    assert "still here" in logs.read(jobs.ws, run_id)


def test_the_variables_that_the_service_sets(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FROM_THE_SUBMITTER", "kept")
    monkeypatch.setenv("PYTHONPATH", str(jobs.folder / "learner"))
    ended = jobs.run(
        "import os, json, sys; print(json.dumps(dict(os.environ, executable=sys.executable)))",
        experiment="variables",
        environment_variables={"MINE": "1"},
    )
    found = json.loads(ended.log)
    record = jobs.ws.record
    experiment = jobs.tracking.experiment("variables", create=False)
    assert found["AZUREML_RUN_ID"] == found["MLFLOW_RUN_ID"] == ended.run_id
    assert found["AZUREML_ARM_SUBSCRIPTION"] == record["subscription_id"]
    assert found["AZUREML_ARM_RESOURCEGROUP"] == jobs.ws.group
    assert found["AZUREML_ARM_WORKSPACE_NAME"] == jobs.ws.name
    assert found["AZUREML_ARM_PROJECT_NAME"] == found["MLFLOW_EXPERIMENT_NAME"] == "variables"
    assert found["AZUREML_EXPERIMENT_ID"] == found["MLFLOW_EXPERIMENT_ID"] == experiment.id
    assert found["MLFLOW_TRACKING_URI"] == record["mlflow_tracking_uri"]
    assert found["MINE"] == "1"
    assert found["FROM_THE_SUBMITTER"] == "kept"
    assert found["PYTHONPATH"] == str(jobs.folder / "learner")
    assert found["executable"] == sys.executable
    assert not [name for name in found if name.startswith("DP100_SUPERVISES")]


def test_a_trial_of_a_sweep_has_its_inputs_outputs_and_parameters_as_variables(jobs: Jobs) -> None:
    # As CommandJob of azure-ai-ml says in its documentation.
    main = """
    import os
    for key in sorted(os.environ):
        if "PARAMETER" in key:
            print(f"{key}={os.environ[key]}")
    """
    inputs = {
        "rate": 0.5,
        "table": {"type": "uri_folder", "path": "azureml://x", "mode": "direct"},
        "none": None,
    }
    outputs = {"made": {"type": "uri_folder", "mode": "direct", "path": URI}}
    ended = jobs.run(main, inputs=inputs, outputs=outputs, search_space={"depth": 3})
    assert ended.log.splitlines() == [
        "AZUREML_PARAMETER_depth=3",
        f"AZUREML_PARAMETER_made={URI}",
        "AZUREML_PARAMETER_rate=0.5",
        "AZUREML_PARAMETER_table=azureml://x",
    ]
    assert jobs.run(main, inputs=inputs, outputs=outputs).log == ""


@pytest.mark.skipif(os.name == "nt", reason="the launcher is a shell script")
def test_python_is_the_learners_whatever_path_says(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    other = jobs.folder / "bin"
    other.mkdir()
    for name in ("python", "python3", "az"):
        (other / name).write_text("#!/bin/sh\necho another\n")
        (other / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{other}{os.pathsep}{os.environ['PATH']}")
    ended = jobs.run("import sys; print(sys.prefix)", command="python main.py && python3 main.py && az")
    assert ended.log.split() == [sys.prefix, sys.prefix, "another"]


def test_mlflow_in_a_job_logs_to_that_job(jobs: Jobs) -> None:
    ended = jobs.run(
        """
        import mlflow
        with mlflow.start_run():
            mlflow.log_metric("accuracy", 0.75)
            mlflow.log_param("rate", 0.1)
            mlflow.log_text("hello", "greeting.txt")
        """,
        experiment="with-mlflow",
    )
    assert ended.state.status == "Completed", ended.log
    run = jobs.tracking.run(ended.run_id)
    assert run.metrics == {"accuracy": 0.75}
    assert run.params == {"rate": "0.1"}
    assert run.state == "Completed"
    assert "greeting.txt" in jobs.tracking.artifacts.names(ended.run_id)
    assert [each.id for each in jobs.tracking.runs("with-mlflow")] == [ended.run_id]


def test_a_script_with_arguments_needs_no_shell(jobs: Jobs) -> None:
    ended = jobs.run(
        "import sys; print(sys.argv[1:])",
        script="main.py",
        arguments=["--rate", 0.1, "two words", "$HOME", "*", "${{inputs.n}}"],
        inputs={"n": 3},
        sdk="v1",
    )
    assert ended.log.strip() == "['--rate', '0.1', 'two words', '$HOME', '*', '3']"
    assert ended.run_id.startswith("Default_")


def test_a_command_goes_through_the_shell(jobs: Jobs) -> None:
    ended = jobs.run("import sys; print(sys.argv[1])", command="python main.py $AZUREML_RUN_ID && echo after")
    assert ended.log.split() == [ended.run_id, "after"]


def test_a_job_without_code_is_fine(jobs: Jobs) -> None:
    assert jobs.run(code=None, command="echo hello").log.strip() == "hello"


def test_logs_stream_until_the_end(jobs: Jobs) -> None:
    run_id = jobs.submit("import time\nfor i in range(3): print('line', i, 'é'); time.sleep(0.1)")
    assert "".join(logs.stream(jobs.ws, run_id)).splitlines() == ["line 0 é", "line 1 é", "line 2 é"]


def test_artifacts_are_there_while_the_job_runs(jobs: Jobs) -> None:
    run_id = jobs.submit("open('outputs/early.txt', 'w').write('x'); import time; time.sleep(60)")
    until(lambda: (jobs.tracking.artifacts.folder(run_id) / "outputs" / "early.txt").exists(), bool)
    assert jobs.state(run_id).status == "Running"


def test_a_job_may_submit_a_job(jobs: Jobs) -> None:
    ended = jobs.run(
        f"""
        import os
        from dp100.standin.engine.workspace.workspace import open_workspace
        from dp100.standin.engine.jobs.spec import JobSpec
        from dp100.standin.engine.jobs.submit import submit
        ws = open_workspace({jobs.ws.name!r}, {jobs.ws.group!r})
        spec = JobSpec(command="echo child of $AZUREML_ROOT_RUN_ID is $AZUREML_RUN_ID $AZUREML_OLD",
                       parent=os.environ["AZUREML_RUN_ID"], name="the_child")
        submit(ws, spec)
        """,
        environment_variables={"PYTHONPATH": str(Path(__file__).parents[4]), "AZUREML_OLD": "old"},
    )
    assert ended.state.status == "Completed", ended.log
    child = jobs.until("the_child", "Completed", "Failed")
    assert child.status == "Completed"
    assert logs.read(jobs.ws, "the_child").strip() == f"child of {ended.run_id} is the_child"
    assert [run.id for run in jobs.tracking.runs(parent=ended.run_id)] == ["the_child"]


def test_the_processes_of_a_distributed_job_know_who_they_are(jobs: Jobs) -> None:
    ended = jobs.run(
        "import os; print(os.environ['RANK'], os.environ['WORLD_SIZE'], os.environ['LOCAL_RANK'])",
        distribution={"type": "PyTorch", "process_count_per_instance": 2},
    )
    assert ended.state.status == "Completed"
    assert [logs.read(jobs.ws, ended.run_id, logs.log_name(rank, True)).split() for rank in (0, 1)] == [
        ["0", "2", "0"],
        ["1", "2", "1"],
    ]


def test_tensorflow_has_as_many_workers_and_parameter_servers_as_are_asked_for(jobs: Jobs) -> None:
    # A parameter server waits for ever; the job is over when its workers are.
    ended = jobs.run(
        """
        import json, os, time
        config = json.loads(os.environ["TF_CONFIG"])
        kinds = {kind: len(config["cluster"][kind]) for kind in config["cluster"]}
        print(kinds, config["task"]["type"], config["task"]["index"], config["environment"], flush=True)
        if config["task"]["type"] == "ps":
            open("serving", "w").close()
            time.sleep(600)
        while not os.path.exists("serving"):
            time.sleep(0.02)
        """,
        distribution={"type": "tensorflow", "worker_count": 2, "parameter_server_count": 1},
    )
    assert (ended.state.status, ended.state.exit_code) == ("Completed", 0)
    said = [logs.read(jobs.ws, ended.run_id, logs.log_name(rank, True)).strip() for rank in range(3)]
    kinds = "{'worker': 2, 'ps': 1}"
    assert said == [f"{kinds} worker 0 cloud", f"{kinds} worker 1 cloud", f"{kinds} ps 0 cloud"]


def test_a_parameter_server_that_fails_fails_the_job(jobs: Jobs) -> None:
    ended = jobs.run(
        """
        import os, time
        if '"ps", "index"' in os.environ["TF_CONFIG"]:
            raise ValueError("no more memory")
        time.sleep(600)
        """,
        distribution={"type": "tensorflow", "parameter_server_count": 1},
    )
    assert (ended.state.status, ended.state.exit_code) == ("Failed", 1)
    assert "no more memory" in (ended.state.error or {})["message"]


@pytest.mark.parametrize("wrong", [{"worker_count": 0}, {"parameter_server_count": -1}])
def test_numbers_of_tensorflow_that_are_none(jobs: Jobs, wrong: dict[str, int]) -> None:
    with pytest.raises(Invalid, match=next(iter(wrong))):
        jobs.submit(distribution={"type": "tensorflow"} | wrong)


def test_packages_that_are_missing_are_named_in_the_log(jobs: Jobs) -> None:
    ended = jobs.run(
        environment={"name": "e", "conda_file": {"dependencies": ["python=3.8", "no-such-thing=1.0"]}}
    )
    assert ended.log.splitlines()[0].startswith(
        "WARNING: The environment e names packages that this machine does not"
    )
    assert "no-such-thing=1.0" in ended.log
    assert ended.log.splitlines()[-1] == "done"


def test_latest_is_settled_when_a_job_is_submitted(jobs: Jobs) -> None:
    run_id = jobs.submit(environment="AzureML-sklearn-1.5@latest")
    name, _, version = str(records.spec(jobs.ws, run_id).environment).partition(":")
    assert name == "AzureML-sklearn-1.5"
    assert version.isdecimal()


@pytest.mark.parametrize(
    ("wrong", "error", "sentence"),
    [
        ({"command": None}, Invalid, "needs a command"),
        ({"command": "python main.py ${{inputs.data}}"}, Invalid, r"names \$\{\{inputs.data\}\}"),
        ({"compute": "no-such-cluster"}, NotFound, "no-such-cluster not found"),
        ({"environment": "no-such-environment:1"}, NotFound, "no-such-environment"),
        ({"environment": "AzureML-sklearn-1.5:1000"}, NotFound, "1000"),
        ({"code": "/no/such/folder"}, Invalid, "does not exist"),
        ({"code": "git+https://github.com/a/b"}, NotOffline, "not available offline"),
        ({"inputs": {"a": {"type": "uri_flie", "path": "x"}}}, Invalid, "uri_flie"),
        ({"inputs": {"a-b": 1}}, Invalid, "no input name"),
        ({"inputs": {"a": {"type": "uri_file", "path": ""}}}, Invalid, "can't be empty"),
        ({"outputs": {"a": {"mode": "ro_mount"}}}, Invalid, "ro_mount"),
        ({"instance_count": 0}, Invalid, "at least 1"),
        ({"timeout": -1}, Invalid, "negative"),
        ({"distribution": {"type": "ray"}}, NotOffline, "Ray"),
        ({"distribution": {"type": "mpj"}}, Invalid, "mpj"),
    ],
)  # fmt: skip
def test_what_the_service_refuses(
    jobs: Jobs, wrong: dict[str, object], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        jobs.submit(**wrong)  # type: ignore[arg-type]
    assert list(records.run_ids(jobs.ws)) == []


def test_a_run_id_is_taken_once(jobs: Jobs) -> None:
    jobs.submit(name="mine")
    with pytest.raises(AlreadyExists):
        jobs.submit(name="mine")


def test_a_reader_may_not_submit(jobs: Jobs) -> None:
    from dataclasses import replace

    principal = access.register_principal("reader").principal
    access.assign(jobs.ws, principal, "Reader")
    with pytest.raises(Forbidden, match="jobs/write"):
        submit(replace(jobs.ws, principal=principal), JobSpec(command="echo"))
