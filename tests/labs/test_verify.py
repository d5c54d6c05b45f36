"""Proving labs: those that come with the program, and what a lab can do wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100.curriculum.catalogue import Catalogue
from dp100.curriculum.lab import DEFINITION, Lab
from dp100.labs import shelf
from dp100.labs.verifying import verify
from dp100.locations import bundled
from tests.labs.conftest import TOPIC, dp100

LABS = sorted(file.parent.name for file in bundled("labs").glob(f"*/{DEFINITION}"))


@pytest.mark.long
@pytest.mark.parametrize("id", LABS)
def test_every_check_fails_on_the_start_and_passes_on_the_solution(id: str) -> None:
    proof = verify(shelf.find(id))
    assert proof.faults == []


def test_nothing_is_wrong_with_the_shelf() -> None:
    assert shelf.problems() == ()
    assert [lab.id for lab in shelf.labs()] == LABS
    numbers = [lab.number for lab in shelf.labs()]
    assert len(set(numbers)) == len(numbers)


def test_a_sound_lab(lab: Lab, tmp_path: Path) -> None:
    said = dp100("lab", "verify", str(lab.folder), "--twice", "--messages", cwd=tmp_path)
    assert "✓ 77-trial" in said
    assert "mean: numbers.py has no function mean." in said
    assert "1 lab verified." in said


@pytest.mark.parametrize(
    ("file", "text", "wanted"),
    [
        ("start/numbers.py", "def mean(v):\n    return 3\n", "step mean: the check passes on start/"),
        ("solution/numbers.py", "def mean(v):\n    return 4\n", "step mean: the solution does not pass: mean("),
        ("solution/main.py", "import sys; sys.exit('no')\n", "step greet: the solution does not pass"),
        ("check.py", "\n\ndef mean_is_right(work):\n    {}['month']\n", "the check has no message of its own"),
        ("solution/main.py", "from pathlib import Path\nPath('once').mkdir()\n"
         "Path('greeting.txt').write_text('mlw-lab')\n", "step greet: the solution does not pass when it is run again"),
    ],
)  # fmt: skip
def test_a_lab_that_is_not_sound(file: str, text: str, wanted: str, definition: Path, tmp_path: Path) -> None:
    whole = (definition / file).read_text()
    (definition / file).write_text(whole + text if file == "check.py" else text)
    if "again" in wanted:  # a check that looks at whether the script ran to its end
        checks = (definition / "check.py").read_text()
        ended = '    assert work.ran and work.ran.ok, "main.py did not run to its end."\n    greeting ='
        (definition / "check.py").write_text(checks.replace("    greeting =", ended))
    said = dp100("lab", "verify", str(definition), "--twice", cwd=tmp_path, status=1)
    assert "✗ 77-trial" in said
    assert wanted in said


def test_new_makes_a_lab_that_can_be_verified(tmp_path: Path) -> None:
    dp100("lab", "new", "55-my-own", "--topic", TOPIC, "--title", "My own", cwd=tmp_path)
    assert "✓ 55-my-own" in dp100("lab", "verify", "55-my-own", cwd=tmp_path)
    assert "is there already" in dp100("lab", "new", "55-my-own", "--topic", TOPIC, cwd=tmp_path, status=1)
    assert "no id of a lab" in dp100("lab", "new", "My Own", "--topic", TOPIC, cwd=tmp_path, status=1)
    assert "no topic" in dp100("lab", "new", "56-x", "--topic", "workspace.dta", cwd=tmp_path, status=1)


def test_a_topic_that_no_outline_has(definition: Path, tmp_path: Path) -> None:
    text = (definition / "lab.yaml").read_text()
    (definition / "lab.yaml").write_text(text.replace(TOPIC, "workspace.data.datastore"))
    said = dp100("lab", "verify", str(definition), cwd=tmp_path, status=1)
    assert "no outline has the topic `workspace.data.datastore`" in said
    assert "Did you mean `workspace.data.datastores`?" in said


def test_a_solution_whose_command_fails_after_the_work(definition: Path, tmp_path: Path) -> None:
    with (definition / "solution" / "main.py").open("a") as file:
        file.write("raise RuntimeError('late')\n")
    said = dp100("lab", "verify", str(definition), cwd=tmp_path, status=1)
    assert (
        "step greet: the solution passes, but its command fails: main.py, line 9: RuntimeError: late" in said
    )


def test_the_labs_cover_what_they_are_for(home: Path) -> None:
    """The first area, scripts and metrics, registering models, developer tools and MLflow."""
    wanted = ("workspace.", "train.scripts.", "train.metrics.", "optimize.models.register", "optimize.models.history",
              "foundations.tools.", "foundations.mlflow.")  # fmt: skip
    with Catalogue.open(home) as catalogue:
        known = catalogue.all_topics()
    covered = {topic for lab in shelf.labs() for topic in lab.topics}
    assert covered <= known
    assert {topic for topic in known if topic.startswith(wanted)} <= covered
    assert len(shelf.labs()) >= 14
