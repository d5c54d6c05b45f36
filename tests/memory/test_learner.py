from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dp100.errors import Dp100Error
from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.memory.store import InUse
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON

ROOT = Path(__file__).parents[2]


def give(learner: Learner, id: str, points: int = 1) -> None:
    learner.record(
        learner.catalogue.item(id),
        points=points,
        possible=1,
        confidence=None,
        seconds=5,
        source="exam",
        answer=[None],
        seed=0,
    )


def test_what_was_learned_is_there_the_next_time(home: Path, small_content: Path) -> None:
    with Learner.open(home, clock=FixedClock(NOON)) as learner:
        assert learner.queue() == [f"question-{n}" for n in range(5)]
        give(learner, "question-0")
        card, overview = learner.card("question-0"), learner.overview()
        learner.change_settings(introduced=True)
    with Learner.open(home, clock=FixedClock(NOON)) as learner:
        assert learner.card("question-0") == card
        assert learner.overview() == overview
        assert learner.settings.introduced
        assert learner.queue() == [f"question-{n}" for n in range(1, 5)]


def test_a_reader_beside_a_writer(home: Path, small_content: Path) -> None:
    with Learner.open(home, clock=FixedClock(NOON)) as learner:
        give(learner, "question-0")
        with pytest.raises(InUse):
            Learner.open(home)
        with Learner.open(home, clock=FixedClock(NOON), write=False) as reader:
            assert reader.overview() == learner.overview()
            give(learner, "question-1")
            assert reader.overview().reviews == 2
            with pytest.raises(Dp100Error, match="opened for reading"):
                give(reader, "question-2")
            assert not reader.fit()


def test_a_reader_of_nothing(home: Path, small_content: Path) -> None:
    with Learner.open(home, write=False) as reader:
        assert reader.overview().reviews == 0
        assert len(reader.queue()) == 5
    assert not (home / "memory.sqlite").exists()


def test_packs_of_the_settings_and_of_the_moment(home: Path, tmp_path: Path, small_content: Path) -> None:
    mine = (small_content / "questions" / "small.yaml").read_text()
    for name in ("lasting", "passing"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.yaml").write_text(mine.replace("question-", f"{name}-"))
    with Learner.open(home) as learner:
        learner.change_settings(packs=(str(tmp_path / "lasting"),))
        assert "lasting-0" in learner.queue(Selection("new"))
    with Learner.open(home, packs=[tmp_path / "passing"]) as learner:
        assert {"lasting-0", "passing-0", "question-0"} <= set(learner.queue(Selection("new")))
        give(learner, "passing-0")
    with Learner.open(home) as learner:
        assert learner.overview().seen == 0  # its question is not here today
        assert learner.overview().reviews == 1
        learner.change_settings(packs=())
        assert learner.queue(Selection("new")) == [f"question-{n}" for n in range(5)]


def test_a_damaged_index_is_made_anew_while_studying(home: Path, small_content: Path) -> None:
    with Learner.open(home, clock=FixedClock(NOON)) as learner:
        give(learner, "question-0")
        before = learner.overview()
        index = learner.catalogue.index
        whole = index.read_bytes()
        index.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
        assert learner.overview() == before
        assert learner.catalogue.index.exists()
        give(learner, "question-1")
        assert learner.overview().seen == 2


def test_opening_again_imports_neither_pydantic_nor_yaml(home: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom dp100.memory.learner import Learner\n"
        "from dp100.curriculum import sources\n"
        "sources.bundled = lambda name: Path(sys.argv[2]) / name\n"
        "learner = Learner.open(Path(sys.argv[1]))\n"
        "learner.overview(); learner.queue(); learner.topics(); learner.card('question-0')\n"
        "learner.record(learner.catalogue.item('question-0'), points=1, possible=1, confidence=None, seconds=1,\n"
        "               source='study', answer=[0], seed=1)\n"
        "learner.close()\n"
        "heavy = ('pydantic', 'yaml', 'typer', 'textual', 'pandas', 'sklearn', 'numpy', 'mlflow', 'optuna', 'azure')\n"
        "print(sorted(name for name in heavy if name in sys.modules))\n"
    )
    content = home.parent / "bundled"
    make_content(content)
    for expected in (None, "[]\n"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(home), str(content)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert expected is None or done.stdout == expected


def make_content(folder: Path) -> None:
    from tests.memory.conftest import OUTLINE, QUESTION

    (folder / "content" / "outlines").mkdir(parents=True)
    (folder / "content" / "outlines" / "small.yaml").write_text(OUTLINE)
    (folder / "questions").mkdir()
    (folder / "questions" / "small.yaml").write_text(
        "questions:" + QUESTION.format(id="question-0", topic="one.first.topic")
    )
