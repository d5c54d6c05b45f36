"""Labs on the screen. Processes really run; a lab is begun in a temporary folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from dp100.labs import making
from dp100.memory import labs as log
from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.memory.store import Store
from dp100.tui.app import Dp100App
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.lab.begin import BeginScreen
from dp100.tui.screens.lab.screen import LabScreen
from dp100.tui.screens.labs import LabsScreen
from dp100.tui.screens.notes import NotesScreen
from dp100.tui.screens.study import StudyScreen

from .at_work import begun, done, greet, seen, until
from .conftest import _forget_labs
from .looking import line_with, shown, text_of, told, type_text

TOPIC = "train.scripts.experiment"


# The list


async def test_without_labs_the_list_says_so(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("l")
        assert "There are no labs in this edition" in text_of(app)
        await pilot.press("enter", "n")
        assert isinstance(app.screen, LabsScreen)


async def test_labs_stand_under_the_area_of_their_first_topic(
    learner: Learner, another_lab: Path, tmp_path: Path
) -> None:
    bench = begun(learner, tmp_path / "work")
    log.note(learner.store, bench.folder.key, "passed", "greet")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("l")
        lines = text_of(app).splitlines()
        area = next(n for n, line in enumerate(lines) if "Run experiments, train" in line)
        assert "08  Greet a workspace" in lines[area + 1]
        assert "v1 v2   20 min" in lines[area + 1].replace("  20", "   20")
        assert "1/3" in lines[area + 1]
        assert "Greet it [bold]again[/]" in lines[area + 2]
        assert "0/1" in lines[area + 2]
        await pilot.press("enter")
        assert isinstance(app.screen, LabScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LabsScreen)


async def test_a_lab_that_is_through_has_a_tick(learner: Learner, a_lab: Path, tmp_path: Path) -> None:
    bench = begun(learner, tmp_path / "work")
    for step in bench.folder.lab.steps:
        log.note(learner.store, bench.folder.key, "passed", step.id)
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("l")
        assert "✓ 08" in line_with(app, "Greet a workspace")


async def test_a_topic_leads_to_its_only_lab_or_to_its_labs_or_says_it_has_none(
    learner: Learner, a_lab: Path, labs: Path
) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_labs("deploy.service.markup")
        await pilot.pause()
        assert told(app) == ["There is no lab for this topic."]
        app.open_labs(TOPIC)
        await pilot.pause()
        assert isinstance(app.screen, BeginScreen)
        await pilot.press("escape")
        making.make("09-again", labs, topic=TOPIC)
        making.make("10-other", labs, topic="workspace.create.workspace")
        _forget_labs()
        app.open_labs(TOPIC)
        await pilot.pause()
        assert isinstance(app.screen, LabsScreen)
        assert "08" in text_of(app)
        assert "10  Other" not in text_of(app)
        await pilot.press("l")
        assert "10  Other" in text_of(app)


# Beginning


async def test_a_lab_not_begun_shows_what_it_is_and_enter_begins(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        words = text_of(app)
        assert "what the learner will have done" in words
        assert "Why it matters" in words
        assert "2 Write a function" in words
        assert not (tmp_path / "08-greet").exists()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        await seen(pilot, "step 1 of 3")
        assert (tmp_path / "08-greet" / "main.py").is_file()
        assert "Edit  main.py  line 8" in text_of(app)


async def test_a_folder_that_holds_something_is_left_alone(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "08-greet").mkdir()
    (tmp_path / "08-greet" / "own.txt").write_text("mine")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("enter")
        await seen(pilot, "which were not touched")
        await pilot.press("f", "end", "ctrl+u")
        await type_text(pilot, "elsewhere")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        assert (tmp_path / "elsewhere" / "main.py").is_file()


async def test_a_lab_whose_workspace_cannot_be_made_says_so(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with (a_lab / "check.py").open("a") as file:
        file.write("\n\ndef prepare(work):\n    raise ValueError('no milk today')\n")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("enter")
        await seen(pilot, "could not make its workspace or its data")


async def test_a_folder_that_was_moved_is_asked_for_and_progress_goes_with_it(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    bench = begun(learner, tmp_path / "work")
    log.note(learner.store, bench.folder.key, "passed", "greet")
    shutil.move(tmp_path / "work", tmp_path / "moved")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        assert isinstance(app.screen, BeginScreen)
        assert "is not there any more" in " ".join(text_of(app).split())
        await pilot.press("f", "end", "ctrl+u")
        await type_text(pilot, str(tmp_path / "moved"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        await seen(pilot, "step 2 of 3")
        await pilot.press("escape")
        app.open_lab("08-greet")
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)


# Steps


def _write_goal(lab: Path, goal: str) -> None:
    """Gives a lab another goal."""
    file = lab / "lab.yaml"
    file.write_text(
        file.read_text().replace("One or two sentences: what the learner will have done.", goal),
        encoding="utf-8",
    )
    _forget_labs()


async def test_a_save_is_checked_and_the_step_stays_until_the_learner_goes_on(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await seen(pilot, "step 1 of 3")
        greet(folder, "[red]nobody[/]")
        await seen(pilot, "✗ step 1: greeting.txt says '[red]nobody[/]'")
        await pilot.press("enter")
        assert "step 1 of 3" in text_of(app)
        greet(folder)
        await seen(pilot, "✓ step 1")
        assert "✓ 1 Greet the workspace" in text_of(app)
        assert "step 1 of 3" in text_of(app)
        await pilot.press("enter")
        assert "step 2 of 3" in text_of(app)
        assert "Write mean." in text_of(app)
        progress = log.works(learner.store)[0]
        assert progress.done == {"greet"}


async def test_the_whole_lab_and_what_comes_after(
    learner: Learner, a_lab: Path, another_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    _write_goal(a_lab, "You will have greeted a workspace.")
    begun(learner, folder)
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("d")
        assert "h gives a hint" in text_of(app)
        await pilot.press("1")
        done(folder)
        await seen(pilot, "✓ step 1")
        for number in (2, 3):
            await pilot.press("enter")
            await seen(pilot, f"step {number} of 3")
            if number == 3:
                (folder / "numbers.py").write_text("def mean(v):\n    return sum(v) / len(v)  # mine\n")
            else:
                await pilot.press("c")
                await seen(pilot, "✓ step 2")
        await seen(pilot, "Lab 08 is through")
        assert "Create and run an experiment" in text_of(app)
        assert "You have greeted a workspace." in text_of(app)
        await pilot.press("d")
        await seen(pilot, "+    return sum(v) / len(v)")
        assert "-    return sum(v) / len(v)  # mine" in text_of(app)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BeginScreen)
        assert "Greet it [bold]again[/]" in text_of(app)
        await pilot.press("escape")
        app.open_lab("08-greet")
        await pilot.pause()
        assert "Lab 08 is through" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)


async def test_a_step_that_holds_says_all_the_same_that_the_code_failed(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    greet(folder)
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("c")
        await seen(pilot, "✓ step 1")
        assert "but " not in line_with(app, "✓ step 1")
        (folder / "main.py").write_text("def x(:\n")
        await seen(pilot, "main.py, line 1: SyntaxError")
        assert "✓ step 1" in text_of(app)
        (folder / "main.py").unlink()
        await seen(pilot, "main.py is not in the folder, so nothing was run.")
        greet(folder)
        await until(pilot, lambda: "nothing was run" not in text_of(app) and "✓ step 1" in text_of(app))


async def test_what_is_saved_while_something_runs_is_checked_afterwards(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    (folder / "main.py").write_text("import time\nwhile True:\n    time.sleep(0.05)\n")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("r")
        await seen(pilot, "Running python main.py")
        greet(folder)
        await seen(pilot, "your save comes next")
        await pilot.press("x")
        await seen(pilot, "✓ step 1")
        assert "your save comes next" not in text_of(app)


async def test_hints_come_one_after_the_other(learner: Learner, a_lab: Path, tmp_path: Path) -> None:
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app, (100, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        assert "Hint 1" not in text_of(app)
        await pilot.press("h")
        await seen(pilot, "Hint 1 of 3")
        assert "json.load reads it" in text_of(app)
        assert "Hint 2 of 3" not in text_of(app)
        await pilot.press("h", "h", "h")
        await seen(pilot, "Hint 3 of 3")
        assert log.works(learner.store)[0].hints == {"greet": 3}


async def test_output_is_text_and_an_endless_loop_can_be_stopped(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    app = Dp100App(learner)
    (folder / "main.py").write_text(
        "import time\nprint('[bold]loud[/] \\x1b[31mred\\x1b[0m', flush=True)\n"
        "while True:\n    print('epoch 3/10', flush=True); time.sleep(0.05)\n"
    )
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("r")
        await seen(pilot, "[bold]loud[/] red")
        assert "▸ Output" in text_of(app)
        assert "Running python main.py" in text_of(app)
        await pilot.press("escape")
        await seen(pilot, "Stopped.")
        assert isinstance(app.screen, LabScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_what_prints_without_end_does_not_hold_the_keys(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    app = Dp100App(learner)
    (folder / "main.py").write_text("while True:\n    print('x' * 300)\n")
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("r")
        await seen(pilot, "xxxxxxxxxx")
        await pilot.press("1")
        await seen(pilot, "▸ Instructions")
        await pilot.press("x")
        await seen(pilot, "Stopped.")


async def test_the_output_is_at_its_end_when_its_tab_is_opened_and_stays_where_it_was_scrolled_to(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    (folder / "main.py").write_text("for n in range(60):\n    print('line', n)\n")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("c")
        await seen(pilot, "✗ step 1")
        await pilot.press("2")
        await seen(pilot, "line 59")
        await pilot.press("home")
        await until(pilot, lambda: "line 59" not in text_of(app))
        await pilot.press("r")
        await seen(pilot, "✗ step 1")
        assert "$ python main.py" in text_of(app).splitlines()[5]


async def test_what_another_terminal_does_shows(learner: Learner, a_lab: Path, tmp_path: Path) -> None:
    bench = begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        with Store.beside(learner.store.home) as other:
            log.note(other, bench.folder.key, "passed", "greet")
        await seen(pilot, "✓ 1 Greet the workspace")
        assert "step 1 of 3" in text_of(app)


async def test_starting_over_asks_once_and_keeps_the_files(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    bench = begun(learner, folder)
    log.note(learner.store, bench.folder.key, "passed", "greet")
    (folder / "main.py").write_text("mine = 1\n")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("z")
        assert "z once more starts the lab over" in text_of(app)
        assert (folder / "main.py").read_text() == "mine = 1\n"
        await pilot.press("z")
        await seen(pilot, "The lab is as it was at the start")
        assert "TODO" in (folder / "main.py").read_text()
        (kept,) = tmp_path.glob("work-before-*")
        assert (kept / "main.py").read_text() == "mine = 1\n"
        assert "step 1 of 3" in text_of(app)


async def test_where_no_editor_can_be_opened_the_path_is_told(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", sys.executable)
    monkeypatch.delenv("VISUAL", raising=False)
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("o")  # a terminal under test cannot be suspended
        assert str(tmp_path / "work" / "main.py") in told(app)[-1]
        monkeypatch.setenv("EDITOR", "no-such-editor")
        await pilot.press("o")
        assert "`no-such-editor` is not installed" in told(app)[-1]


async def test_a_folder_that_goes_away_meanwhile_is_a_sentence(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        shutil.rmtree(tmp_path / "work")
        await pilot.press("c")
        await until(pilot, lambda: "not there" in " ".join(text_of(app).split()))


# Runs


async def test_runs_show_states_plots_tables_and_values(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    from dp100.labs.seen import workspaces

    bench = begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app, (120, 50)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("3")
        await seen(pilot, "No runs yet")
        tracking = workspaces(bench.folder.azure)[0].tracking
        run = tracking.create_run("milk", "first_1", "[b]first[/]")
        for step, value in enumerate((0.9, 0.5, 0.3)):
            tracking.log_metric(run.id, "loss", value, step=step)
        tracking.log_metric(run.id, "recall", 0.75)
        tracking.log_table(run.id, "by [i]farm[/]", {"farm": ["Hof", "Au"], "spoiled": [3, 40]})
        await seen(pilot, "[b]first[/]")
        await seen(pilot, "loss   0.3")
        words = text_of(app)
        assert "Running" in line_with(app, "[b]first[/]")
        assert "0.75" in line_with(app, "recall")
        assert "spoiled" in line_with(app, "farm  s")
        tracking.set_status(run.id, "Failed")
        await until(pilot, lambda: "✗" in line_with(app, "[b]first[/]"))
        assert "Steps" in words
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape")
        assert isinstance(app.screen, LabScreen)


# Links


async def test_home_names_the_lab_under_way(learner: Learner, a_lab: Path, tmp_path: Path) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        assert "Lab 08" not in text_of(app)
        bench = begun(learner, tmp_path / "work")
        log.note(learner.store, bench.folder.key, "passed", "greet")
        app.open_stats()
        await pilot.pause()
        await pilot.press("escape")
        assert "step 2/3" in line_with(app, "Lab 08")
        await pilot.press("down", "enter")
        assert isinstance(app.screen, LabScreen)


async def test_from_the_lab_to_the_note_and_back_to_the_same_place(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        screen = app.screen
        await pilot.press("2", "n")
        await pilot.pause(0.3)
        assert isinstance(app.screen, NotesScreen)
        assert app.screen.topic == TOPIC
        await pilot.press("l")
        assert app.screen is screen
        await pilot.press("n")
        await pilot.pause(0.3)
        await pilot.press("escape")
        assert app.screen is screen
        assert "▸ Output" in text_of(app)


async def test_an_answer_leads_to_the_lab_of_its_topic_and_back(learner: Learner, a_lab: Path) -> None:
    item = learner.catalogue.items(topic=TOPIC)[0].id
    app = Dp100App(learner, start=("study", Selection(mode="items", items=(item,))))
    async with shown(app, (100, 40)) as pilot:
        await pilot.pause(0.2)
        assert "the lab" not in text_of(app)
        await pilot.press("g")
        await pilot.press("g")
        await pilot.pause(0.2)
        study = app.screen
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, BeginScreen)
        await pilot.press("escape")
        assert app.screen is study


async def test_the_palette_opens_a_lab(learner: Learner, a_lab: Path) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("ctrl+p")
        await type_text(pilot, "lab: greet")
        await seen(pilot, "Lab: Greet a workspace")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BeginScreen))


async def test_a_tiny_terminal_is_survived(learner: Learner, a_lab: Path, tmp_path: Path) -> None:
    app = Dp100App(learner)
    async with shown(app, (20, 5)) as pilot:
        app.open_labs()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape")
        begun(learner, tmp_path / "work")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("1", "2", "3", "4", "h", "c")
        await seen(pilot, "✗")
