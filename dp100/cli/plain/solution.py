"""A question with its answer and every reason, for authors and for those who look something up."""

from __future__ import annotations

from dp100.cli.plain.dialogue import say
from dp100.quiz.feedback import feedback
from dp100.quiz.presentation import Presentation


def print_solution(presentation: Presentation) -> None:
    """Print the right answer, and why each entry is right or wrong."""
    say("Answer")
    lines = feedback(presentation, presentation.key)
    for line in lines:
        sign = "+" if line.mark == "right" else "-"
        prompt = f"{' '.join(line.prompt.split())}: " if line.prompt else ""
        formula = f" = {line.formula}" if line.formula else ""
        say(f"  {sign} {prompt}{' '.join(line.text.split())}{formula}")
        if line.why:
            say(f"    {' '.join(line.why.split())}")
    for slot in presentation.slots:
        for option in slot.options:
            if option.index != slot.key and option.why:
                say(f"  - {' '.join(slot.prompt.split())}: {option.text}")
                say(f"    {' '.join(option.why.split())}")
    if presentation.explain:
        say()
        say(presentation.explain.strip())
    for link in presentation.links:
        say(f"{link.title}: {link.url}")
