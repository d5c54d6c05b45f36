"""What stands in the lines of Home."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from dp100.tui.dates import days_ago, long_day, weekday
from dp100.tui.widgets.bar import bar, cut, percent, spread
from dp100.tui.widgets.drawn import wrapped
from dp100.tui.widgets.rows import Row, plain

if TYPE_CHECKING:
    from dp100.curriculum.outline import Exam
    from dp100.memory.labs import Progress
    from dp100.memory.learner import Learner
    from dp100.memory.overview import AreaState, Overview

_LABEL = 9


class Upcoming(NamedTuple):
    """What Home says about time and exams.

    Attributes:
        next_due: when the next question is due, as said: "tomorrow".
        exam: what the line on the mock exam says.
        under_way: whether an exam waits to be resumed.
        lab: the work on a lab that was touched last and is not through.
    """

    next_due: str | None
    exam: str
    under_way: bool
    lab: Progress | None = None

    @classmethod
    def of(cls, learner: Learner, overview: Overview) -> Upcoming:
        """As of now."""
        from dp100.memory import labs

        begun = labs.works(learner.store)
        return cls._asked(learner, overview)._replace(
            lab=next((one for one in begun if one.current is not None), None)
        )

    @classmethod
    def _asked(cls, learner: Learner, overview: Overview) -> Upcoming:
        """What there is to say about questions and exams."""
        from dp100.memory import exams
        from dp100.quiz.wording import from_now

        now = learner.clock.now()
        due = None if overview.next_due is None else from_now(overview.next_due, now)
        if (running := exams.running(learner.store)) is not None:
            return cls(due, f"resume, {max(1, round(running.remaining / 60))} min left", True)
        facts = learner.catalogue.outline.exam
        past = exams.history(learner.store)
        if not past or past[-1].finished is None:
            return cls(due, f"{facts.default_questions} questions in {facts.minutes} min", False)
        days = (now.astimezone().date() - past[-1].finished.astimezone().date()).days
        return cls(due, f"last one {past[-1].score}, {days_ago(days)}", False)


def countdown(overview: Overview, today: dt.date) -> str:
    """What the corner says about the date of the exam."""
    day, left = overview.exam_date, overview.days_left
    if day is None:
        return "no exam date · , sets one"
    if left is None:
        return f"your exam was on {weekday(day, today)} · , sets a new date"
    when = {0: "exam today", 1: "exam tomorrow"}.get(left, f"exam in {left} days")
    return f"{when} · {weekday(day, today)}"


def head(overview: Overview, exam: Exam, today: dt.date, width: int) -> list[Content]:
    """The first lines: whose exam and when, and where the learner stands."""
    width -= 2
    title = Content.assemble(("dp100", "bold $accent"), (f"  {exam.code}", "$quiet"))
    lines = [spread(title, Content.styled(countdown(overview, today), "$quiet"), width), Content()]
    if not overview.reviews:
        sentence = (
            "dp100 asks you questions of the exam and brings each one back just before you would forget it. "
            "The bars begin at what guessing would earn."
        )
        lines += wrapped(sentence, width)
    else:
        score = Content.assemble(
            "Estimated score today  ", (f"{overview.score}", "bold"), (" of 1000", "$quiet")
        )
        tail = Content.styled(f" {overview.passing} to pass", "$quiet")
        room = width - score.cell_length - tail.cell_length - 3
        if room >= 8:
            drawn = bar(overview.score / 1000, room, mark=overview.passing / 1000)
            lines.append(Content.assemble(score, "   ", drawn, tail))
        else:
            lines.append(cut(score, width))
    return [Content.assemble("  ", line) for line in lines]


def area_row(area: AreaState) -> Row:
    """A line of the table of areas."""

    def draw(width: int) -> Content:
        weight = f"{area.weight[0]}-{area.weight[1]} %" if area.weight else "–"
        counts = Content.assemble(
            (f"{area.due:>5} due", "" if area.due else "$quiet"),
            (f"{area.new:>5} new", "" if area.new else "$quiet"),
        )
        parts: list[Content] = []
        room = width - 26
        if room >= 26:
            parts.insert(0, counts)
            room -= 18
        if room >= 16:
            parts.insert(0, Content.styled(f"  {weight:<7}", "$quiet"))
            room -= 9
        value = percent(area.mastery)
        if room >= 12:
            title = cut(area.short or area.title, 26)
            drawn = Content.assemble("  ", bar(area.mastery, min(30, room - 8)), f" {value}")
            at = 1 if len(parts) == 2 else 0
            return cut(Content.assemble(title, *parts[:at], drawn, *parts[at:]), width)
        return spread(Content(area.short or area.title), Content(f" {value}"), width)

    return Row(draw, f"area:{area.id}")


def _line(label: str, text: str, tail: str, id: str) -> Row:
    def draw(width: int) -> Content:
        left = Content.assemble(cut(label, _LABEL, "bold"), text)
        return spread(left, Content.styled(f" {tail}" if tail else "", "$quiet"), width)

    return Row(draw, id)


def _under(text: str) -> Row:
    """A remark under the text of the line above."""
    return plain(" " * _LABEL + text, "$quiet")


def next_rows(overview: Overview, upcoming: Upcoming) -> list[Row]:
    """The lines of Next. The first that can be chosen is the one thing to do now."""
    rows: list[Row] = []
    exam_row = _line("Exam", upcoming.exam, "", "exam")
    if upcoming.under_way:
        rows.append(exam_row)
    about = f"about {max(1, round(overview.minutes))} min"
    total = sum(area.total for area in overview.areas)
    fresh = sum(area.new for area in overview.areas)
    if not total:
        rows += [plain("There are no questions yet."), plain("")]
    elif overview.due or overview.new:
        if overview.catch_up:
            away = f"You were away for {overview.away_days} days."
            rows.append(_line("Catch up", f"{overview.due} of {overview.due_total} due", about, "study"))
            rows += [_under(away), _under("The rest waits; nothing is lost.")]
        else:
            rows.append(_line("Study", _today(overview), about, "study"))
    else:
        rows.append(plain(_nothing(overview, upcoming)))
        rows.append(plain(""))
    if overview.weakest is not None and overview.reviews:
        weakest = overview.weakest
        rows.append(
            _line("Weakest", weakest.title, percent(weakest.mastery).strip(), f"weakest:{weakest.id}")
        )
    if fresh and not overview.new and total:
        rows.append(_line("New", f"{min(10, fresh)} more questions", f"{fresh} left", "new"))
    if upcoming.lab is not None:
        rows.append(_lab_line(upcoming.lab))
    if not upcoming.under_way and total:
        rows.append(exam_row)
    return rows


def _lab_line(progress: Progress) -> Row:
    """The lab that is under way, and the step to do."""
    work = progress.work
    step = next(place for place, id in enumerate(work.steps, start=1) if id == progress.current)
    return _line(f"Lab {work.lab[:2]}", work.title, f"step {step}/{len(work.steps)}", f"lab:{work.lab}")


def _today(overview: Overview) -> str:
    if not overview.reviews:
        return f"{overview.new} new questions"
    parts = [f"{overview.due} due"] if overview.due else []
    parts += [f"{overview.new} new"] if overview.new else []
    return ", ".join(parts)


def _nothing(overview: Overview, upcoming: Upcoming) -> str:
    if overview.due_total:
        return "Done for today: the daily limit is reached."
    return f"Nothing is due. Next: {upcoming.next_due}." if upcoming.next_due else "Nothing is due."


def notices(exam: Exam, problems: int, width: int) -> list[Content]:
    """What has to be said once: that the exam is no more, that content could not be read."""
    lines: list[Content] = []
    if problems:
        count = "1 problem" if problems == 1 else f"{problems} problems"
        text = f"{count} in the content; `dp100 questions lint` names {'it' if problems == 1 else 'them'}."
        lines += wrapped(text, width, "$warning")
    if exam.status == "retired":
        when = f" on {long_day(exam.retired)}" if exam.retired else ""
        # The successor's code stands before the first comma; its full name is told on the first run.
        after = f"; {exam.successor.partition(',')[0]} succeeded it" if exam.successor else ""
        lines += wrapped(f"{exam.code} was retired{when}{after}.", width, "$quiet")
    return lines


def diligence(overview: Overview) -> str:
    """How regularly, and how well."""
    if not overview.reviews:
        return "Your days will show here"
    # The border has room for 24 letters.
    parts = [f"Streak {overview.streak}"] if overview.streak else []
    if overview.accuracy is not None:
        parts.append(f"{percent(overview.accuracy).strip()} right")
    return " · ".join(parts) or f"Last answer {days_ago(overview.away_days)}"
