"""A lab: where it is begun, and the screen on which it is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dp100.tui.app import Dp100App
    from dp100.tui.page import Page


def lab_page(app: Dp100App, id: str) -> Page:
    """The page of a lab: at its current step where it was begun, else where it is begun.

    Args:
        app: the app.
        id: the lab's.

    Raises:
        UnknownLab: there is none.
        LabTrouble: it is not whole.
    """
    from dp100.labs import shelf
    from dp100.labs.bench import Bench
    from dp100.labs.folder import LabFolderError, NoLabHere, open_folder
    from dp100.memory.labs import works
    from dp100.tui.screens.lab.begin import BeginScreen
    from dp100.tui.screens.lab.screen import LabScreen

    store = app.learner.store
    begun = works(store, id)
    if not begun:
        return BeginScreen(shelf.find(id))
    last = Path(begun[0].work.folder)
    try:
        folder = open_folder(last, store.home)
    except NoLabHere:
        return BeginScreen(shelf.find(id), gone=last)
    except LabFolderError as error:
        return BeginScreen(shelf.find(id), trouble=str(error))
    if folder.key != begun[0].work.key:
        return BeginScreen(shelf.find(id), gone=last)
    return LabScreen(Bench(folder, store))
