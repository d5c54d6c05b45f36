"""Studying as a line dialogue."""

from __future__ import annotations

import time

from dp100.cli.plain.dialogue import EndOfInput, ask, print_case, print_feedback, print_question, say
from dp100.cli.prose import fit, hang
from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.quiz.session import Asked, Outcome, StudySession
from dp100.quiz.wording import count, from_now, span

HELP = (
    "Answer with one line; ? behind it means unsure, ?? a guess. :q ends, :note shows the note, :undo takes the "
    "last answer back, :bookmark and :flag TEXT mark the question, :suspend never asks it again."
)


def study_in_lines(learner: Learner, selection: Selection) -> None:
    """Ask what the selection holds, line by line, until it is done or the input ends."""
    queue = learner.queue(selection)
    if not queue:
        _say_nothing_to_do(learner, selection)
        return
    session = StudySession(learner, queue)
    say(fit(f"{count(len(queue), 'question')}. {HELP}"))
    case: str | None = None
    try:
        while (asked := session.current) is not None:
            if asked.item.case != case and asked.item.case is not None:
                say()
                print_case(learner.catalogue.case(asked.item.case))
            case = asked.item.case
            _one(learner, session, asked)
    except EndOfInput:
        pass
    finally:
        _say_summary(session)
    learner.fit()


def _one(learner: Learner, session: StudySession, asked: Asked) -> None:
    title = learner.catalogue.title(asked.item.topic)
    say()
    say(f"{asked.number} of {asked.total}, {title}{', again' if asked.repeat else ''}")
    print_question(asked.presentation)
    since = time.monotonic()
    undone = False

    def undo(_: str) -> None:
        nonlocal undone
        undone = session.undo() is not None
        if not undone:
            say("There is nothing to take back.")
            return
        raise _Undone

    def note(_: str) -> None:
        found = learner.catalogue.note(asked.item.topic)
        say(
            fit(f"{found.summary}\n\n{found.text}".strip())
            if found
            else "There is no note on this topic yet."
        )

    def bookmark(_: str) -> None:
        on = not learner.marks(asked.item.id).bookmarked
        learner.bookmark(asked.item.id, on)
        say("Bookmarked." if on else "The bookmark is gone.")

    def flag(text: str) -> None:
        learner.flag(asked.item.id, text or "(no note)")
        say("Flagged as wrong; `dp100 questions flagged` lists it.")

    def suspend(_: str) -> None:
        learner.suspend(asked.item.id)
        session.drop()
        say(f"{asked.item.id} will not be asked again.")
        raise _Undone

    def scenario(_: str) -> None:
        if asked.item.case:
            print_case(learner.catalogue.case(asked.item.case))
        else:
            say("This question belongs to no case study.")

    commands = {
        "note": note,
        "undo": undo,
        "bookmark": bookmark,
        "flag": flag,
        "suspend": suspend,
        "scenario": scenario,
    }
    try:
        reading = ask(asked.presentation, commands)
    except _Undone:
        return
    assert reading is not None
    outcome = session.answer(reading.answer, reading.confidence, time.monotonic() - since)
    say(_verdict(outcome))
    print_feedback(asked.presentation, outcome.lines)
    session.advance()


class _Undone(Exception):
    """The question that was on is not any more."""


def _verdict(outcome: Outcome) -> str:
    grade = outcome.grade
    if grade.full:
        said = "Right."
    elif grade.partial:
        said = f"Partly right, {grade.points} of {grade.possible} parts."
    else:
        said = "Wrong."
    leech = " Missed again and again: read the note, then learn it anew." if outcome.leech else ""
    return f"{said} Again {outcome.again}.{leech}"


def _say_nothing_to_do(learner: Learner, selection: Selection) -> None:
    if selection != Selection(limit=selection.limit):
        say("There is nothing to ask that the options choose.")
        return
    overview = learner.overview()
    coming = (
        f" The next is due {from_now(overview.next_due, learner.clock.now())}." if overview.next_due else ""
    )
    say(fit(f"There is nothing to ask today.{coming} `dp100 study --plain --weakest` asks all the same."))


def _say_summary(session: StudySession) -> None:
    summary = session.summary()
    say()
    if not summary.asked:
        say("Nothing was answered.")
        return
    say(
        fit(
            f"Done: {summary.right} of {count(summary.firsts, 'question')} right at first sight, "
            f"{count(summary.asked, 'answer')} in {span(summary.seconds)}."
        )
    )
    for title, right, total in summary.by_area:
        say(hang("  ", f"{title}: {right} of {total}"))
    for hard in summary.hardest:
        say(hang("  Hardest: ", f"{hard.topic} ({hard.item}), missed {count(hard.misses, 'time')}"))
    if summary.coming:
        say(hang("  Coming: ", ", ".join(f"{day} {number}" for day, number in summary.coming)))
