"""Datasets, references and outputs of scripts that are submitted through SDK v1."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dp100.standin import NotOffline

Write = Callable[..., Path]


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


def test_details_tell_of_datasets_as_the_service_does(workspace, experiment, fruit, script: Write) -> None:
    from azureml.core import Dataset, ScriptRunConfig
    from azureml.data import OutputFileDatasetConfig

    table, files = fruit
    store = workspace.get_default_datastore()
    folder = script("import os, sys\nopen(os.path.join(sys.argv[2], 'made.txt'), 'w').write('x')\n")
    made = OutputFileDatasetConfig("made", (store, "made/here"))
    kept = OutputFileDatasetConfig("kept").register_on_complete("kept-files")
    arguments = [
        table.as_named_input("table"),
        made,
        kept,
        files.as_named_input("mount").as_mount(),
        "--x",
        1,
    ]
    details = experiment.submit(ScriptRunConfig(folder, "train.py", arguments=arguments)).get_details()
    assert details["runDefinition"]["arguments"] == [
        "DatasetConsumptionConfig:table",
        "DatasetOutputConfig:made",
        "DatasetOutputConfig:kept",
        "DatasetConsumptionConfig:mount",
        "--x",
        "1",
    ]
    first, second = details["inputDatasets"]
    assert (first["dataset"].id, second["dataset"].id) == (table.id, files.id)
    assert first["dataset"].to_pandas_dataframe().equals(table.to_pandas_dataframe())
    assert f"{{'dataset': {{'id': '{table.id}'}}, 'consumptionDetails': " in str(details["inputDatasets"])
    outputs = {each["outputDetails"]["outputName"]: each for each in details["outputDatasets"]}
    assert outputs["made"]["dataset"].to_path() == ["/made.txt"]
    assert outputs["kept"]["dataset"].name == "kept-files"
    for each in outputs.values():
        assert Dataset.get_by_id(workspace, each["identifier"]["savedId"]).id == each["dataset"].id


def test_a_data_reference_is_no_output_dataset(workspace, experiment, script: Write) -> None:
    from azureml.core import ScriptRunConfig

    reference = workspace.get_default_datastore().path("out").as_upload("made.txt")
    config = ScriptRunConfig(script("open('made.txt', 'w').write('x')\n"), "train.py")
    config.run_config.data_references = {reference.data_reference_name: reference.to_config()}
    assert experiment.submit(config).get_details()["outputDatasets"] == []
