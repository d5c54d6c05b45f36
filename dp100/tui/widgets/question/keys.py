"""The foot of a question: as many keys as there is room for, and always the one that shows the rest."""

from __future__ import annotations

from dp100.tui.keys import SHARED
from dp100.tui.widgets.keybar import KeyBar


class QuestionKeys(KeyBar):
    """The keys of the pad come with those of the screen, which is more than fits into 80 columns."""

    def hints(self) -> list[tuple[str, str, str]]:
        """What is listed: the last before the help is left out first."""
        kept = super().hints()
        margin = max(1, (self.size.width - self._span) // 2)
        room = self.size.width - margin
        while len(kept) > 2 and sum(len(name) + len(word) + 4 for _, name, word in kept) - 3 > room:
            del kept[-2 if kept[-1][2] == SHARED["help"][1] else -1]
        return kept
