"""What stands in the lines of a lab: its head, its steps, what its checks said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from dp100.tui.widgets.bar import bar, cut, percent, spread
from dp100.tui.widgets.drawn import wrapped
from dp100.tui.widgets.rows import Row

if TYPE_CHECKING:
    from dp100.curriculum.lab import Lab, Step
    from dp100.labs.checking import Verdict


def sdk_words(sdk: str) -> str:
    """``v1``, ``v2``, or ``v1 and v2``."""
    return "v1 and v2" if sdk == "any" else sdk


def head(lab: Lab, right: str, width: int) -> Content:
    """The first line: which lab, and something in its right corner."""
    left = Content.assemble((f"Lab {lab.number}", "bold $accent"), (f" · {lab.title}", "bold"))
    return spread(left, Content.styled(f"  {right}", "$quiet"), width)


def about(lab: Lab) -> str:
    """What a lab is about, as Markdown."""
    return f"{lab.goal.strip()}\n\n**Why it matters**\n\n{lab.why.strip()}"


def achieved(lab: Lab) -> str:
    """The goal as reached, in plain words: it is written as what the learner will have done."""
    goal = " ".join(lab.goal.replace("`", "").replace("*", "").split())
    return goal.replace("You will have ", "You have ", 1)


def sign(step: Step, shown: Step | None, done: Collection[str], verdicts: Mapping[str, Verdict]) -> Content:
    """How a step stands: ✓, ✗, ▸ for the one on show, or a blank."""
    verdict = verdicts.get(step.id)
    if verdict is not None and not verdict.passed:
        return Content.styled("✗", "$error" if verdict.verdict == "failed" else "$warning")
    if verdict is not None or step.id in done:
        return Content.styled("✓", "$success")
    return Content.styled("▸", "$accent") if shown is not None and step.id == shown.id else Content(" ")


def step_rows(
    steps: Sequence[Step], shown: Step | None, done: Collection[str], verdicts: Mapping[str, Verdict]
) -> list[Row]:
    """The steps, a line each."""
    return [_step_row(number, step, shown, done, verdicts) for number, step in enumerate(steps, start=1)]


def _step_row(
    number: int, step: Step, shown: Step | None, done: Collection[str], verdicts: Mapping[str, Verdict]
) -> Row:
    here = shown is not None and step.id == shown.id
    mark = sign(step, shown, done, verdicts)

    def draw(width: int) -> Content:
        title = Content.assemble((f"{number} ", "$quiet"), (step.title, "bold" if here else ""))
        return cut(Content.assemble(mark, " ", title), width)

    return Row(draw, step.id)


def steps_line(
    steps: Sequence[Step],
    shown: Step | None,
    done: Collection[str],
    verdicts: Mapping[str, Verdict],
    width: int,
) -> Content:
    """All steps in one line; of the one on show the title too."""
    parts: list[Content] = []
    for number, step in enumerate(steps, start=1):
        mark = sign(step, None, done, verdicts)
        if shown is not None and step.id == shown.id:
            lead = mark if mark.plain != " " else Content.styled("▸", "$accent")
            parts.append(Content.assemble(lead, f" {number} ", (step.title, "bold")))
        elif mark.plain == " ":
            parts.append(Content.styled(f"  {number}", "$quiet"))
        else:
            parts.append(Content.assemble(mark, (f" {number}", "$quiet")))
    return cut(Content("   ").join(parts), width)


def verdict_lines(lab: Lab, verdict: Verdict, width: int) -> list[Content]:
    """A step that holds, and whether its code failed all the same; what to look at for one that does not."""
    number = next((place for place, step in enumerate(lab.steps, start=1) if step.id == verdict.step), 0)
    if verdict.passed:
        step = lab.steps[number - 1]
        holds = wrapped(Content.assemble(("✓", "bold $success"), f" step {number}: {step.title}"), width)
        if verdict.message:
            holds += wrapped(Content.assemble(("! ", "$warning"), f"but {verdict.message}"), width)
        return holds
    style = "bold $error" if verdict.verdict == "failed" else "bold $warning"
    lines: list[Content] = []
    for place, line in enumerate(verdict.message.splitlines() or [""]):
        lead = Content.assemble(("✗", style), f" step {number}: ") if place == 0 else Content("  ")
        first, *rest = wrapped(Content.assemble(lead, line), width) or [Content()]
        lines.append(first)
        if rest:  # what goes on hangs under the words of the first line
            text = Content(" ").join(rest)
            lines += [Content.assemble("  ", more) for more in wrapped(text, width - 2)]
    return lines


def topic_lines(topics: Sequence[tuple[str, float | None]], width: int) -> list[Content]:
    """Topics by title, each with the bar of its mastery where it has questions."""
    lines = []
    for title, mastery in topics:
        if mastery is None:
            lines.append(cut(title, width))
            continue
        value = Content.assemble(" ", bar(mastery, 18 if width >= 60 else 8), f" {percent(mastery)}")
        lines.append(spread(Content(title), value, width))
    return lines
