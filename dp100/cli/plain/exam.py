"""The mock exam as a line dialogue."""

from __future__ import annotations

from dp100.cli.plain.dialogue import EndOfInput, ask, describe, print_case, print_question, read, say
from dp100.errors import Dp100Error
from dp100.memory.learner import Learner
from dp100.quiz.exam.report import Report
from dp100.quiz.exam.sitting import Form, Locked, Sitting
from dp100.quiz.presentation import present
from dp100.quiz.wording import clock, count, span

HELP = (
    "Answer with one line. - leaves a question open, :p goes back, :go N to question N, :f flags, :review lists, "
    ":end ends the exam, :q stops the clock until you come back."
)


class _Moved(Exception):
    """Another question is open now."""


class _Ended(Exception):
    """The exam is over."""


def sit_in_lines(learner: Learner, form: Form) -> None:
    """Go on with the open exam, or begin one, line by line."""
    sitting = Sitting.resume(learner)
    if sitting is not None:
        away = span(sitting.away.total_seconds()) if sitting.away else "0 s"
        say(
            f"Your exam goes on. You were away for {away}; the clock stood still at {clock(sitting.remaining)}."
        )
    else:
        sitting = Sitting.begin(learner, form)
        book = " The notes may be read with :note; the clock runs on." if form.open_book else ""
        say(f"Mock exam: {count(len(sitting.places), 'question')}, {sitting.record.minutes} minutes.{book}")
        if len(sitting.places) < (form.questions or 0):
            say(f"The bank holds no more than {len(sitting.places)} for this outline.")
    say(HELP)
    try:
        _sit(learner, sitting)
    except EndOfInput:
        sitting.pause()
        say(
            f"Everything is kept, with {clock(sitting.remaining)} on the clock. `dp100 exam --plain` goes on."
        )
        return
    except _Ended:
        pass
    say_report(learner, sitting.finish())


def _sit(learner: Learner, sitting: Sitting) -> None:
    left_open: set[int] = set()
    shown: int | None = None
    while True:
        if sitting.is_over:
            say("Time is up.")
            return
        position = sitting.position
        section = sitting.place.section
        if shown != section:
            shown = section
            _say_section(sitting)
        try:
            _one(learner, sitting, left_open)
        except _Moved:
            continue
        following = next((n for n in range(position + 1, len(sitting.places)) if sitting.can_enter(n)), None)
        if following is not None:
            sitting.go(following)
        elif not left_open and not sitting.standing.flagged:
            return
        else:
            _ask_to_end(sitting)


def _say_section(sitting: Sitting) -> None:
    kind = sitting.place.kind
    if kind == "main":
        return
    size = sum(place.section == sitting.place.section for place in sitting.places)
    what = "case study" if kind == "case" else "series"
    say()
    say(
        f"A section of its own: a {what} with {count(size, 'question')}. Once left, it cannot be entered again."
    )
    if sitting.case is not None:
        print_case(sitting.case)


def _one(learner: Learner, sitting: Sitting, left_open: set[int]) -> None:
    place = sitting.place
    presentation = sitting.presentation
    say()
    say(f"Question {place.position + 1} of {len(sitting.places)}, {clock(sitting.remaining)} left")
    print_question(presentation)
    if place.begun:
        say(f"Your answer so far: {describe(place.answer, presentation)}")

    def flag(_: str) -> None:
        say("Flagged for review." if sitting.flag() else "The flag is off.")

    def previous(_: str) -> None:
        _go(sitting, place.position - 1)

    def go(number: str) -> None:
        _go(sitting, int(number) - 1 if number.isdecimal() else -1)

    def review(_: str) -> None:
        _say_review(sitting)

    def end(_: str) -> None:
        raise _Ended

    def note(_: str) -> None:
        found = learner.catalogue.note(place.topic) if sitting.record.open_book else None
        say(
            found.text.strip()
            if found
            else "Notes are closed in this exam; begin one with --open-book to read them."
        )

    commands = {
        "f": flag, "flag": flag, "p": previous, "go": go, "review": review, "end": end, "note": note,
    }  # fmt: skip
    reading = ask(presentation, commands, skip="-")
    if sitting.is_over:
        return
    if reading is None:
        left_open.add(place.position)
        return
    left_open.discard(place.position)
    if reading.answer:
        try:
            sitting.answer(reading.answer)
        except Locked as error:
            say(str(error))


def _go(sitting: Sitting, position: int) -> None:
    if not 0 <= position < len(sitting.places):
        say(f"There are questions 1 to {len(sitting.places)}.")
        return
    try:
        sitting.go(position)
    except Locked as error:
        say(str(error))
        return
    raise _Moved


def _say_review(sitting: Sitting) -> None:
    for place in sitting.places:
        state = "answered" if sitting.is_answered(place.position) else "not answered"
        flagged = ", flagged" if place.flagged else ""
        locked = ", closed" if place.locked else ""
        say(f"  {place.position + 1}: {state}{flagged}{locked}")


def _ask_to_end(sitting: Sitting) -> None:
    standing = sitting.standing
    say()
    say(
        f"{standing.unanswered} not answered, {standing.flagged} flagged. End the exam? y, or the number of a question."
    )
    while True:
        line = read("> ").lower()
        if line in ("y", "yes", ":end"):
            raise _Ended
        if line.isdecimal():
            try:
                _go(sitting, int(line) - 1)
            except _Moved:
                return
        else:
            say("Answer y, or the number of a question.")


def say_report(learner: Learner, report: Report) -> None:
    """Print the report of a finished exam."""
    say()
    verdict = "passed" if report.passed else "not passed"
    say(f"Score {report.score} of 1000, {report.passing} to pass: {verdict}.")
    say(
        f"An estimate: {report.points} of {report.possible} points on a straight scale; "
        "how the real exam scales its points is not published."
    )
    say(f"Time: {span(report.seconds)} of {report.minutes} min.")
    for area in report.areas:
        weight = f", {area.weight[0]}-{area.weight[1]} % of the exam" if area.weight else ""
        say(f"  {area.title}: {area.points} of {area.possible}{weight}")
    for place in report.places:
        try:
            presentation = present(learner.catalogue.question(place.item), place.seed)
        except Dp100Error:
            say(f"{place.position + 1}. {place.item} has left the bank since; it was not judged.")
            continue
        points = f"{place.points or 0} of {place.possible or 0}"
        say(f"{place.position + 1}. {learner.catalogue.title(place.topic)}: {points}, {span(place.seconds)}")
        if place.points != place.possible:
            say(f"   yours: {describe(place.answer, presentation)}")
            say(f"   right: {describe(presentation.key, presentation)}")
    for part in report.next:
        say(f"Study next: {part.title} ({part.points} of {part.possible}): dp100 study --objective {part.id}")
    if report.missed:
        say(f"{count(len(report.missed), 'question')} missed: dp100 study --only-mistakes")
