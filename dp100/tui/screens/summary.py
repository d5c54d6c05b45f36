"""The end of a session: how many, how many right, what was hardest, what comes when."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from dp100.quiz.session import Summary
from dp100.quiz.wording import count, span
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.widgets.bar import bar, cut, percent
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar


class SummaryScreen(Page):
    """What came of a study session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "home", "Home"),
        key("study", "again", "study on"),
        key("back", "home"),
        key("leave", "home", show=False),
    ]
    CSS = """
    SummaryScreen { align-horizontal: center; }
    SummaryScreen #frame { width: 100%; max-width: 92; padding: 1 2; height: 1fr; }
    """

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self.summary = summary

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="frame"), Vertical():
            yield Drawn(self._lines)
        yield KeyBar()

    def action_home(self) -> None:
        """Home."""
        self.dp100.go_home()

    def action_again(self) -> None:
        """Another session with what is due."""
        from dp100.memory.selection import Selection

        self.dp100.go_back()
        self.dp100.open_study(Selection())

    def _lines(self, width: int) -> list[Content]:
        return summary_lines(self.summary, width)


def summary_lines(summary: Summary, width: int) -> list[Content]:
    """The summary as lines of at most ``width`` cells."""
    share = summary.right / summary.firsts if summary.firsts else 0.0
    lines = [
        Content.styled("Session done", "bold"),
        Content(""),
        Content.assemble(
            (f"{summary.right} of {summary.firsts}", "bold"),
            f" right at first sight · {percent(share).strip()}",
            (f" · {count(summary.asked, 'answer')} in {span(summary.seconds)}", "$quiet"),
        ),
        Content(""),
    ]
    room = max(10, min(42, width - 38))
    for title, right, total in summary.by_area:
        tail = Content.assemble(bar(right / total, min(24, width // 4)), f" {right} of {total}")
        lines.append(Content.assemble(cut(title, room), "  ", tail))
    if summary.hardest:
        lines += [Content(""), Content.styled("Hardest", "bold")]
        for hard in summary.hardest:
            times = "once" if hard.misses == 1 else f"{hard.misses} times"
            lines.append(
                Content.assemble(
                    cut(hard.topic, room), "  ", (f"missed {times}", "$warning"), (f"  {hard.item}", "$quiet")
                ).truncate(width, ellipsis=True)
            )
    if summary.unlearned:
        what = count(summary.unlearned, "question")
        lines += [
            Content(""),
            *wrapped(f"{what} not right yet; they come first next time.", width, "$warning"),
        ]
    lines += [Content(""), Content.styled("What comes", "bold")]
    if summary.coming:
        lines += wrapped(" · ".join(f"{day} {number}" for day, number in summary.coming), width)
    else:
        lines.append(Content("Nothing within a week."))
    return lines
