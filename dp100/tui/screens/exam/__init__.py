"""The mock exam: choosing its form, sitting it, looking over it, ending it, and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dp100.quiz.exam.sitting import Form
    from dp100.tui.app import Dp100App


def open_exam(app: Dp100App, form: Form | None = None) -> None:
    """Go on with the exam that is open; else begin one of this form; else ask for the form."""
    from dp100.quiz.exam.sitting import Form, Sitting
    from dp100.tui.screens.exam.sitting import ExamScreen
    from dp100.tui.screens.exam.start import ResumeScreen, StartScreen

    if sitting := Sitting.resume(app.learner):
        app.push_screen(ResumeScreen(sitting, form if form != Form() else None))
    elif form is not None:
        app.push_screen(ExamScreen(Sitting.begin(app.learner, form)))
    else:
        app.push_screen(StartScreen())
