"""A question with its answer and every reason, for authors and for those who look something up."""

from __future__ import annotations

from dp100.cli.plain.dialogue import blank, one_line, say
from dp100.cli.prose import fit, hang
from dp100.quiz.feedback import feedback
from dp100.quiz.presentation import Presentation


def print_solution(presentation: Presentation) -> None:
    """Print the right answer, and why each entry is right or wrong; + before what is right."""
    say("Answer")
    fill = presentation.form == "fill"
    arrange = presentation.interaction == "arrange"
    for number, line in enumerate(feedback(presentation, presentation.key)):
        sign = "+" if line.mark == "right" else "-"
        place = f"{number + 1}. " if arrange and line.mark == "right" else ""
        prompt = f"{blank(number) if fill else one_line(line.prompt)}: " if line.prompt else ""
        formula = f" = {line.formula}" if line.formula else ""
        say(hang(f"  {sign} ", f"{place}{prompt}{one_line(line.text)}{formula}"))
        if line.why:
            say(hang("      ", one_line(line.why)))
        if fill:
            _print_others(presentation, number)
    if presentation.explain:
        say()
        say(fit(presentation.explain.strip()))
    for link in presentation.links:
        say(f"{link.title}: {link.url}")


def _print_others(presentation: Presentation, number: int) -> None:
    """The wrong options of a blank."""
    slot = presentation.slots[number]
    for option in slot.options:
        if option.index != slot.key:
            say(hang("  - ", f"{blank(number)}: {one_line(option.text)}"))
            if option.why:
                say(hang("      ", one_line(option.why)))
