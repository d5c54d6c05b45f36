"""Scripts submitted through SDK v1."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dp100.standin import NotOffline

Write = Callable[..., Path]


@pytest.fixture
def experiment(workspace):
    from azureml.core import Experiment

    return Experiment(workspace, "training")


@pytest.fixture
def fruit(workspace):
    """A registered tabular and a registered file dataset."""
    from azureml.core import Dataset

    Path("fruit").mkdir()
    Path("fruit/a.csv").write_text("name,grams\napple,100\npear,120\n")
    Path("fruit/b.csv").write_text("name,grams\nplum,40\n")
    store = workspace.get_default_datastore()
    store.upload("fruit", "fruit", show_progress=False)
    table = Dataset.Tabular.from_delimited_files((store, "fruit/*.csv"))
    files = Dataset.File.from_files((store, "fruit/*.csv"))
    return table.register(workspace, "fruit table"), files.register(workspace, "fruit files")


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
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException, match="script path doesn't exist"):
        experiment.submit(ScriptRunConfig(script(""), script="none.py"))
    with pytest.raises(UserErrorException, match="Cannot submit an object"):
        experiment.submit("train.py")


def test_datasets_reach_the_script(experiment, fruit, script: Write) -> None:
    from azureml.core import ScriptRunConfig

    table, files = fruit
    folder = script(
        "import glob, os, sys\n"
        "from azureml.core import Run\n"
        "run = Run.get_context()\n"
        "identity, mounted, downloaded = sys.argv[1:]\n"
        "assert run.input_datasets['table'].id == identity\n"
        "run.log('grams', run.input_datasets['table'].to_pandas_dataframe()['grams'].sum())\n"
        "run.log('mounted', len(glob.glob(mounted + '/*.csv')))\n"
        "run.log('downloaded', len(glob.glob(run.input_datasets['copy'] + '/*.csv')))\n"
        "assert run.input_datasets['copy'] == downloaded\n"
    )
    config = ScriptRunConfig(
        folder,
        script="train.py",
        arguments=[
            table.as_named_input("table"),
            files.as_named_input("mount").as_mount(),
            files.as_named_input("copy").as_download(),
        ],
    )
    run = experiment.submit(config)
    details = run.wait_for_completion(raise_on_error=True)
    assert run.get_metrics() == {"grams": 260, "mounted": 2, "downloaded": 2}
    assert {each["consumptionDetails"]["inputName"] for each in details["inputDatasets"]} == {
        "table",
        "mount",
        "copy",
    }


def test_a_dataset_of_a_single_file_is_that_file(workspace, experiment, fruit, script: Write) -> None:
    """So says the documentation of as_mount and as_download; of a folder or a pattern it is the folder."""
    from azureml.core import Dataset, ScriptRunConfig

    store = workspace.get_default_datastore()
    folder = script(
        "import os, sys\n"
        "from azureml.core import Run\n"
        "run = Run.get_context()\n"
        "names = ('mounted', 'copied', 'put', 'pattern', 'two')\n"
        "for name, path in zip(names, sys.argv[1:], strict=True):\n"
        "    assert run.input_datasets[name] == path == os.environ['AZUREML_DATAREFERENCE_' + name]\n"
        "    there = open(path).read() if os.path.isfile(path) else ' '.join(sorted(os.listdir(path)))\n"
        "    run.tag(name, os.path.basename(path) + ': ' + there)\n"
        "assert os.path.samefile('deep/apple.txt', sys.argv[3])\n"
    )
    for name in ("apple", "pear"):
        Path(f"{name}.txt").write_text(f"one {name}")
    store.upload_files(["apple.txt", "pear.txt"], target_path="basket")
    apple = Dataset.File.from_files((store, "basket/apple.txt"))
    arguments = [
        apple.as_named_input("mounted").as_mount(),
        apple.as_named_input("copied").as_download(),
        apple.as_named_input("put").as_mount("deep"),
        Dataset.File.from_files((store, "basket/app*.txt")).as_named_input("pattern").as_mount(),
        Dataset.File.from_files([(store, "basket/apple.txt"), (store, "basket/pear.txt")])
        .as_named_input("two")
        .as_download(),
    ]
    run = experiment.submit(ScriptRunConfig(folder, "train.py", arguments))
    run.wait_for_completion(raise_on_error=True)
    told = run.get_tags()
    for name in ("mounted", "copied", "put"):
        assert told[name] == "apple.txt: one apple"
    assert told["pattern"].endswith(": apple.txt")
    assert "apple.txt" not in told["two"].partition(":")[0]


def test_data_at_a_path_below_the_working_folder(workspace, experiment, fruit, script: Write) -> None:
    from azureml.core import RunConfiguration, ScriptRunConfig

    _, files = fruit
    folder = script(
        "import os, sys\n"
        "from azureml.core import Run\n"
        "run = Run.get_context()\n"
        "for place, path in zip(('down', 'deep/mount', 'reference'), sys.argv[1:], strict=True):\n"
        "    assert os.path.samefile(place, path), path\n"
        "    run.log(place, len(os.listdir(place)))\n"
        "assert run.input_datasets['copy'] == sys.argv[1]\n"
        "assert run.input_datasets['mount'] == sys.argv[2]\n"
    )
    reference = workspace.get_default_datastore().path("fruit", "fruit").as_download("reference")
    configuration = RunConfiguration()
    configuration.data_references["fruit"] = reference.to_config()
    arguments = [
        files.as_named_input("copy").as_download(path_on_compute="down"),
        files.as_named_input("mount").as_mount(path_on_compute="./deep/mount/"),
        str(reference),
    ]
    run = experiment.submit(ScriptRunConfig(folder, "train.py", arguments, run_config=configuration))
    run.wait_for_completion()
    assert run.get_metrics() == {"down": 2, "deep/mount": 2, "reference": 2}


def test_paths_outside_of_the_working_folder_are_refused(workspace, experiment, fruit, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.data.data_reference import DataReference
    from azureml.exceptions import UserErrorException

    _, files = fruit
    folder = script("")
    store = workspace.get_default_datastore()

    def submit(value):
        referred = isinstance(value, DataReference)
        config = ScriptRunConfig(folder, "train.py", arguments=[str(value) if referred else value])
        if referred:
            config.run_config.data_references[value.data_reference_name] = value.to_config()
        return experiment.submit(config)

    for path in ("\\fruit", "C:\\fruit") if os.name == "posix" else ("/fruit",):
        for value in (files.as_download(path), files.as_mount(path), store.as_download(path)):
            with pytest.raises(NotOffline) as refused:
                submit(value)
            assert f"path_on_compute '{path}'" in str(refused.value)
    for value in (files.as_download("../fruit"), store.as_download("a/../../fruit")):
        with pytest.raises(UserErrorException, match="leaves its folder"):
            submit(value)


def test_a_reference_is_uploaded_from_its_path_on_compute(workspace, experiment, script: Write) -> None:
    from azureml.core import RunConfiguration, ScriptRunConfig

    reference = workspace.get_default_datastore().path("made").as_upload(path_on_compute="out/made")
    configuration = RunConfiguration()
    configuration.data_references = {reference.data_reference_name: reference.to_config()}
    folder = script(
        "import os, sys\nopen('out/made/a.txt', 'w').write(str(os.path.samefile('out/made', sys.argv[1])))\n"
    )
    config = ScriptRunConfig(folder, "train.py", arguments=[str(reference)], run_config=configuration)
    experiment.submit(config).wait_for_completion(raise_on_error=True)
    assert workspace.get_default_datastore().download("got", prefix="made", show_progress=False) == 1
    assert Path("got/made/a.txt").read_text() == "True"


def test_modes_that_do_not_fit_are_refused(experiment, fruit, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.exceptions import UserErrorException

    table, files = fruit
    with pytest.raises(UserErrorException, match="Only FileDataset supports"):
        table.as_named_input("table").as_mount()
    with pytest.raises(UserErrorException, match="cannot be used directly"):
        experiment.submit(ScriptRunConfig(script(""), script="train.py", arguments=[files]))
    with pytest.raises(UserErrorException, match="Invalid input name"):
        table.as_named_input("two words")


def test_an_output_becomes_a_dataset(workspace, experiment, script: Write) -> None:
    from azureml.core import Dataset, ScriptRunConfig
    from azureml.data import OutputFileDatasetConfig

    folder = script(
        "import os, sys\n"
        "for place in sys.argv[1:]:\n"
        "    os.makedirs(place, exist_ok=True)\n"
        "    open(os.path.join(place, 'made.csv'), 'w').write('a,b\\n1,2\\n')\n"
    )
    store = workspace.get_default_datastore()
    files = OutputFileDatasetConfig("files", (store, "made/{run-id}/{output-name}")).register_on_complete(
        "made-files"
    )
    table = (
        OutputFileDatasetConfig("table").as_upload().register_on_complete("made-table", "a table", {"k": "v"})
    )
    run = experiment.submit(
        ScriptRunConfig(folder, script="train.py", arguments=[files, table.read_delimited_files()])
    )
    run.wait_for_completion()
    assert Dataset.get_by_name(workspace, "made-files").to_path() == ["/made.csv"]
    found = Dataset.get_by_name(workspace, "made-table")
    assert found.to_pandas_dataframe().to_dict("list") == {"a": [1], "b": [2]}
    assert (found.description, found.tags) == ("a table", {"k": "v"})
    assert store.download("got", prefix=f"made/{run.id}", show_progress=False) == 1


@pytest.mark.parametrize("upload", [False, True])
def test_an_output_is_copied_from_its_source(workspace, experiment, script: Write, upload: bool) -> None:
    from azureml.core import Dataset, ScriptRunConfig
    from azureml.data import OutputFileDatasetConfig

    folder = script(
        "import os, sys\n"
        "assert os.path.samefile('work/made', sys.argv[1])\n"
        "open('work/made/a.txt', 'w').write('a')\n"
        "open('work/b.txt', 'w').write('b')\n"
    )
    output = OutputFileDatasetConfig("made", source="work/made").register_on_complete("made")
    output = output.as_upload() if upload else output
    run = experiment.submit(ScriptRunConfig(folder, script="train.py", arguments=[output]))
    assert run.wait_for_completion()["status"] == "Completed"
    assert Dataset.get_by_name(workspace, "made").to_path() == ["/a.txt"]


def test_sources_outside_of_the_working_folder_are_refused(experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.data import OutputFileDatasetConfig
    from azureml.exceptions import UserErrorException

    def submit(source: str) -> None:
        output = OutputFileDatasetConfig(source=source)
        experiment.submit(ScriptRunConfig(script(""), script="train.py", arguments=[output]))

    with pytest.raises(NotOffline, match="no path of this computer"):
        submit("C:\\made" if os.name == "posix" else "/made")
    with pytest.raises(UserErrorException, match="leaves its folder"):
        submit("../made")


def test_the_name_of_a_registered_output(workspace, experiment, script: Write) -> None:
    from azureml.core import Dataset, ScriptRunConfig
    from azureml.data import OutputFileDatasetConfig
    from azureml.exceptions import UserErrorException

    folder = script("import sys; open(sys.argv[1] + '/a.txt', 'w').write('a')")
    output = OutputFileDatasetConfig().register_on_complete("two words")
    run = experiment.submit(ScriptRunConfig(folder, script="train.py", arguments=[output]))
    assert run.wait_for_completion()["status"] == "Completed"
    assert Dataset.get_by_name(workspace, "two words").to_path() == ["/a.txt"]
    for name in ("a/b", "what?", "x" * 256):
        wrong = OutputFileDatasetConfig().register_on_complete(name)
        with pytest.raises(UserErrorException, match="register_on_complete is invalid"):
            experiment.submit(ScriptRunConfig(folder, script="train.py", arguments=[wrong]))


def test_data_references(workspace, experiment, fruit, script: Write) -> None:
    from azureml.core import RunConfiguration, ScriptRunConfig
    from azureml.data.data_reference import DataReference

    folder = script("import os, sys; print(sorted(os.listdir(sys.argv[1])))\n")
    reference = DataReference(workspace.get_default_datastore(), "fruit", "fruit")
    config = RunConfiguration()
    config.data_references[reference.data_reference_name] = reference.to_config()
    run = experiment.submit(ScriptRunConfig(folder, "train.py", [str(reference)], run_config=config))
    run.wait_for_completion()
    assert "['a.csv', 'b.csv']" in run.get_details_with_logs()["logFiles"]["user_logs/std_log.txt"]


def test_a_data_reference_is_no_argument_and_no_entry(workspace, experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig

    folder = script("import sys; print('got', sys.argv[1])\n")
    reference = workspace.get_default_datastore().path("fruit", "fruit")
    with pytest.raises(TypeError, match="DataReference is not JSON serializable"):
        experiment.submit(ScriptRunConfig(folder, "train.py", [reference]))
    run = experiment.submit(ScriptRunConfig(folder, "train.py", [str(reference)]))
    run.wait_for_completion()
    assert run.get_details()["runDefinition"]["dataReferences"] == {}
    logs = run.get_details_with_logs()["logFiles"]["user_logs/std_log.txt"]
    assert "got $AZUREML_DATAREFERENCE_fruit" in logs


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


def test_an_estimator(experiment, fruit, script: Write) -> None:
    from azureml.exceptions import ExperimentExecutionException, TrainingException
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
    with pytest.raises(ExperimentExecutionException, match="Must specify VM size"):
        experiment.submit(Estimator(folder, entry_script="train.py", script_params={"--n": 3}))
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
