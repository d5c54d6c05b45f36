"""Data at a path of the learner's computer that the code names, such as ``as_mount("/tmp/data")``."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

Write = Callable[..., Path]


@pytest.fixture
def fruit(workspace):
    from azureml.core import Dataset

    Path("fruit/deep").mkdir(parents=True)
    Path("fruit/apple.txt").write_text("apple")
    Path("fruit/deep/pear.txt").write_text("pear")
    store = workspace.get_default_datastore()
    store.upload("fruit", "fruit", show_progress=False)
    return Dataset.File.from_files((store, "fruit"))


def _config(folder: Path, *arguments):
    from azureml.core import ScriptRunConfig

    return ScriptRunConfig(folder, "train.py", list(arguments))


def test_inputs_are_where_the_code_says_while_the_job_runs(
    workspace, experiment, fruit, script: Write, tmp_path: Path
) -> None:
    from azureml.core import Dataset, RunConfiguration, ScriptRunConfig

    mount, down, single, referred = (
        tmp_path / "named" / each for each in ("mount", "down", "single", "referred")
    )
    down.mkdir(parents=True)
    store = workspace.get_default_datastore()
    reference = store.path("fruit/deep", "deep").as_download(str(referred))
    configuration = RunConfiguration()
    configuration.data_references["deep"] = reference.to_config()
    folder = script(
        "import os, sys\n"
        f"expected = [{str(mount)!r}, {str(down)!r}, {str(single / 'apple.txt')!r}, {str(referred)!r}]\n"
        "assert sys.argv[1:] == expected, sys.argv\n"
        "assert open(expected[0] + '/deep/pear.txt').read() == 'pear'\n"
        "assert sorted(os.listdir(expected[1])) == ['apple.txt', 'deep']\n"
        "assert open(expected[2]).read() == 'apple'\n"
        "assert os.listdir(expected[3]) == ['pear.txt']\n"
        "open(expected[1] + '/of-the-script.txt', 'w').write('kept')\n"
    )
    arguments = [
        fruit.as_named_input("mounted").as_mount(str(mount)),
        fruit.as_named_input("copied").as_download(str(down)),
        Dataset.File.from_files((store, "fruit/apple.txt")).as_named_input("one").as_mount(str(single)),
        str(reference),
    ]
    for _ in range(2):  # as often as one likes
        run = experiment.submit(ScriptRunConfig(folder, "train.py", arguments, run_config=configuration))
        run.wait_for_completion(raise_on_error=True)
        assert not mount.exists()
        assert not single.exists()
        assert [each.name for each in down.iterdir()] == ["of-the-script.txt"], (
            "only what was put there is taken away"
        )
        (down / "of-the-script.txt").unlink()


def test_an_output_is_collected_from_a_place_outside(
    workspace, experiment, script: Write, tmp_path: Path
) -> None:
    from azureml.core import Dataset
    from azureml.data import OutputFileDatasetConfig

    place = tmp_path / "named" / "out"
    folder = script(
        f"import sys\nassert sys.argv[1] == {str(place)!r}\nopen(sys.argv[1] + '/a.txt', 'w').write('a')\n"
    )
    for version in (1, 2):
        output = OutputFileDatasetConfig("made", source=str(place)).register_on_complete("made")
        experiment.submit(_config(folder, output)).wait_for_completion(raise_on_error=True)
        found = Dataset.get_by_name(workspace, "made")
        assert (found.version, found.to_path()) == (version, ["/a.txt"])
        assert not place.exists()


def test_what_is_there_is_left_alone(experiment, fruit, script: Write, tmp_path: Path) -> None:
    from azureml.data import OutputFileDatasetConfig

    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    for value in (fruit.as_mount(str(full)), OutputFileDatasetConfig(source=str(full))):
        run = experiment.submit(_config(script(""), value))
        run.wait_for_completion(raise_on_error=False)
        assert run.get_status() == "Failed"
        told = run.get_details()["error"]["error"]["message"]
        assert "There is something already" in told
        assert str(full) in told
    run = experiment.submit(_config(script(""), fruit.as_mount(str(full / "mine.txt"))))
    run.wait_for_completion(raise_on_error=False)
    assert run.get_status() == "Failed"
    assert [each.name for each in full.iterdir()] == ["mine.txt"]
    assert (full / "mine.txt").read_text() == "mine"


@pytest.mark.usefixtures("in_background")
def test_two_jobs_do_not_share_a_place(experiment, fruit, script: Write, tmp_path: Path) -> None:
    place = tmp_path / "named"
    folder = script(
        f"import os, sys, time\nwhile not os.path.exists({str(tmp_path / 'enough')!r}): time.sleep(0.02)\n"
    )
    first = experiment.submit(_config(folder, fruit.as_mount(str(place))))
    _until(lambda: first.get_status() == "Running")
    second = experiment.submit(_config(folder, fruit.as_mount(str(place))))
    second.wait_for_completion(raise_on_error=False)
    assert f"The job {first.id} has its data there" in second.get_details()["error"]["error"]["message"]
    assert (place / "apple.txt").read_text() == "apple", "the first one still has its data"
    (tmp_path / "enough").touch()
    first.wait_for_completion(raise_on_error=True)
    assert not place.exists()


@pytest.mark.usefixtures("in_background")
def test_a_killed_job_leaves_nothing_there(
    workspace, experiment, fruit, script: Write, tmp_path: Path
) -> None:
    from dp100.standin.engine.jobs import records

    place = tmp_path / "named"
    run = experiment.submit(_config(script("import time; time.sleep(600)\n"), fruit.as_mount(str(place))))
    _until(lambda: run.get_status() == "Running")
    assert (place / "apple.txt").exists()
    psutil.Process(records.state(workspace._ws, run.id).pid).kill()
    _until(lambda: run.get_status() == "Failed")
    assert not place.exists()


@pytest.mark.usefixtures("in_background")
def test_a_canceled_job_leaves_nothing_there(experiment, fruit, script: Write, tmp_path: Path) -> None:
    place = tmp_path / "named"
    run = experiment.submit(_config(script("import time; time.sleep(600)\n"), fruit.as_download(str(place))))
    _until(lambda: run.get_status() == "Running")
    run.cancel()
    run.wait_for_completion(raise_on_error=False)
    assert run.get_status() == "Canceled"
    assert not place.exists()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
