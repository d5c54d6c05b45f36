"""The labs by area, and the ways to one of them."""

from __future__ import annotations

from pathlib import Path

from dp100.labs import making
from dp100.memory import labs as log
from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.tui.app import Dp100App
from dp100.tui.screens.lab.begin import BeginScreen
from dp100.tui.screens.lab.screen import LabScreen
from dp100.tui.screens.labs import LabsScreen

from ..at_work import TOPIC, begun, seen, until
from ..conftest import _forget_labs
from ..looking import line_with, shown, text_of, told, type_text


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
