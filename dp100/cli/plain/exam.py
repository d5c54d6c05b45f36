"""The mock exam as a line dialogue."""

from __future__ import annotations

from dp100.cli.plain.dialogue import (
    EndOfInput,
    Remark,
    ask,
    describe,
    print_case,
    print_question,
    read,
    say,
)
from dp100.cli.prose import fit, hang
from dp100.curriculum.catalogue import UnknownId
from dp100.memory.learner import Learner
from dp100.quiz.exam.report import Report
from dp100.quiz.exam.sitting import Form, Locked, Sitting
from dp100.quiz.exam.time_left import TimeLeft
from dp100.quiz.presentation import Answer, present
from dp100.quiz.wording import clock, count, span

HELP = (
    "Answer with one line. - leaves a question open, :p goes back, :go N to question N, :f flags, :review lists, "
    ":end ends the exam, :q stops the clock until you come back."
)

_SECTIONS = {"case": "a case study", "series": "a series"}


class _Moved(Exception):
    """Another question is open now."""


class _Ended(Exception):
    """The exam is over."""


def sit_in_lines(learner: Learner, form: Form) -> None:
    """Go on with the open exam, or begin one, line by line."""
    sitting = Sitting.resume(learner)
    if sitting is None:
        sitting = _begin(learner, form)
    else:
        _say_welcome_back(sitting, form)
    say(fit(HELP))
    try:
        _sit(learner, sitting)
    except (EndOfInput, KeyboardInterrupt) as end:
        sitting.pause()
        left = clock(sitting.remaining)
        say(fit(f"Everything is kept, with {left} on the clock. `dp100 exam --plain` goes on."))
        if isinstance(end, KeyboardInterrupt):
            raise
        return
    except _Ended:
        pass
    say_report(learner, sitting.finish())


def _begin(learner: Learner, form: Form) -> Sitting:
    sitting = Sitting.begin(learner, form)
    book = " The notes may be read with :note; the clock runs on." if form.open_book else ""
    questions, minutes = count(len(sitting.places), "question"), count(sitting.record.minutes, "minute")
    say(f"Mock exam: {questions}, {minutes}.{book}")
    exam = learner.catalogue.outline.exam
    wanted = form.questions or (exam.short_form if form.short else exam.default_questions)
    if len(sitting.places) < wanted:
        say(f"The bank holds no more than {len(sitting.places)} for this outline.")
    return sitting


def _say_welcome_back(sitting: Sitting, form: Form) -> None:
    away = f"You were away for {span(sitting.away.total_seconds())}; the" if sitting.away else "The"
    say(fit(f"Your exam goes on. {away} clock stood still at {clock(sitting.remaining)}."))
    if form != Form():
        say(
            fit("The options are for a new exam; `dp100 exam --discard` throws this one away and begins one.")
        )


def _sit(learner: Learner, sitting: Sitting) -> None:
    given_up: set[int] = set()
    shown: int | None = None
    left = TimeLeft(sitting.remaining)

    def meanwhile() -> str | None:
        sitting.pause()
        return left.line(sitting.remaining)

    while True:
        if sitting.is_over:
            say("Time is up.")
            return
        if line := left.line(sitting.remaining):
            say(line)
        section = sitting.place.section
        if shown != section:
            shown = section
            _say_section(sitting)
        try:
            _one(learner, sitting, given_up, meanwhile)
        except _Moved:
            continue
        open_places = [n for n in range(len(sitting.places)) if _is_open(sitting, n, given_up)]
        ahead = [n for n in open_places if n > sitting.position]
        if ahead:
            sitting.go(ahead[0])
        elif not open_places:
            return
        else:
            _ask_to_end(sitting, meanwhile)


def _is_open(sitting: Sitting, position: int, given_up: set[int]) -> bool:
    """Whether there is still something to do at a place that can be entered."""
    done = sitting.is_answered(position) or position in given_up
    return sitting.can_enter(position) and (sitting.places[position].flagged or not done)


def _say_section(sitting: Sitting) -> None:
    kind = sitting.place.kind
    if kind == "main":
        return
    size = sum(place.section == sitting.place.section for place in sitting.places)
    say()
    say(
        fit(
            f"A section of its own: {_SECTIONS[kind]} with {count(size, 'question')}. "
            "Once left, it cannot be entered again."
        )
    )
    if sitting.case is not None:
        print_case(sitting.case)


def _one(learner: Learner, sitting: Sitting, given_up: set[int], meanwhile: Remark) -> None:
    place = sitting.place
    presentation = sitting.presentation
    say()
    say(f"Question {place.position + 1} of {len(sitting.places)}, {clock(sitting.remaining)} left")
    print_question(presentation)
    if place.begun:
        say(fit(f"Your answer so far: {describe(place.answer, presentation)}. - keeps it."))

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
        if found:
            say(fit(found.text.strip()))
        elif sitting.record.open_book:
            say("There is no note on this topic yet.")
        else:
            say("Notes are closed in this exam; begin one with --open-book to read them.")

    def keep(answer: Answer) -> None:
        if not sitting.is_over:
            sitting.answer(answer)

    commands = {
        "f": flag, "flag": flag, "p": previous, "go": go, "review": review, "end": end, "note": note,
    }  # fmt: skip
    reading = ask(presentation, commands, skip="-", so_far=place.answer, keep=keep, meanwhile=meanwhile)
    if reading is None or sitting.is_over:
        return
    if any(part is not None for part in reading.answer):
        sitting.answer(reading.answer)
    if not reading.answer or presentation.form == "series":
        # What could not be read counts as wrong, and a series is answered once.
        given_up.add(place.position)


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


def _ask_to_end(sitting: Sitting, meanwhile: Remark) -> None:
    standing = sitting.standing
    say()
    say(
        fit(
            f"{standing.unanswered} not answered, {standing.flagged} flagged. "
            "End the exam? y, or the number of a question."
        )
    )
    while True:
        line = read("> ", meanwhile).lower()
        if line in ("y", "yes", ":end"):
            raise _Ended
        if line.isdecimal():
            try:
                _go(sitting, int(line) - 1)
            except _Moved:
                return
        elif line in (":q", "q", "quit", ":quit"):
            raise EndOfInput
        else:
            say("Answer y, or the number of a question.")


def say_report(learner: Learner, report: Report) -> None:
    """Print the report of a finished exam."""
    say()
    verdict = "passed" if report.passed else "not passed"
    say(f"Score {report.score} of 1000, {report.passing} to pass: {verdict}.")
    say(
        fit(
            f"An estimate: {report.points} of {report.possible} points on a straight scale; "
            "how the real exam scales its points is not published."
        )
    )
    say(f"Time: {span(report.seconds)} of {report.minutes} min.")
    for area in report.areas:
        weight = f", {area.weight[0]}-{area.weight[1]} % of the exam" if area.weight else ""
        say(hang("  ", f"{area.title}: {area.points} of {area.possible}{weight}"))
        for part in report.objectives:
            if part.area == area.id:
                say(hang("    ", f"{part.title}: {part.points} of {part.possible}"))
    for place in report.places:
        number = f"{place.position + 1}. "
        try:
            presentation = present(learner.catalogue.question(place.item), place.seed)
        except UnknownId:
            say(f"{number}{place.item} has left the bank since; it was not judged.")
            continue
        points = f"{place.points or 0} of {place.possible or 0}"
        say(hang(number, f"{learner.catalogue.title(place.topic)}: {points}, {span(place.seconds)}"))
        if place.points != place.possible:
            say(hang("   yours: ", describe(place.answer, presentation)))
            say(hang("   right: ", describe(presentation.key, presentation)))
    for part in report.next:
        told = f"{part.title} ({part.points} of {part.possible})"
        say(fit(f"Study next: {told}: dp100 study --objective {part.id}"))
    if report.missed:
        say(f"{count(len(report.missed), 'question')} missed: dp100 study --only-mistakes")
