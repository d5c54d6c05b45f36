"""``dp100 lab watch``: told after each save which step holds."""

from __future__ import annotations

from queue import SimpleQueue
from typing import NamedTuple

from dp100.cli.plain import keypress
from dp100.cli.plain import lab as lines
from dp100.cli.plain.dialogue import say
from dp100.cli.prose import hang
from dp100.curriculum.lab import Step
from dp100.errors import Dp100Error
from dp100.labs import desk, editor
from dp100.labs.bench import Bench
from dp100.labs.checking import Stopped
from dp100.labs.watching import Saves

_KEYS = "r run   n next step   h hint   s steps   o open in editor   q quit"


class _Event(NamedTuple):
    key: str  # empty: a file was saved
    files: tuple[str, ...] = ()


def watch(bench: Bench, step: Step) -> None:
    """Runs and checks a step at every save, until the learner quits or input ends."""
    _Watch(bench, step).go()


class _Watch:
    def __init__(self, bench: Bench, step: Step) -> None:
        self.bench = bench
        self.step = step
        self.holds = False
        self.events: SimpleQueue[_Event] = SimpleQueue()

    def go(self) -> None:
        folder = self.bench.folder
        say(f"Lab {folder.lab.number} · {folder.lab.title}")
        say(hang("", f"Watching {folder.path}. Every save runs and checks the step."))
        say(_KEYS)
        saves = Saves(folder, lambda names: self.events.put(_Event("", tuple(names))))
        try:
            with keypress.Keys(self.pressed) as keys:
                self.begin()
                while self.take(self.events.get(), keys):
                    pass
        except (KeyboardInterrupt, Stopped):
            say()
        finally:
            saves.stop()
        say("Your progress is kept. `dp100 lab watch` goes on here.")

    def pressed(self, key: str) -> None:
        """Takes a key from the thread that reads them; Ctrl-C ends what is running, too."""
        self.events.put(_Event(key))
        if key == keypress.CTRL_C:
            self.bench.stop()

    def begin(self) -> None:
        """Shows the step, and how it stands."""
        say()
        lines.print_step(self.bench, self.step)
        self.look()

    def look(self, *, anew: bool = False) -> None:
        """Runs and checks the step and those before it."""
        steps = self.bench.folder.lab.steps
        until = steps[: steps.index(self.step) + 1]
        say()
        try:
            found = self.bench.check(until, tell=lines.tell if anew else None, anew=anew)
        except Dp100Error as error:
            say(hang("", str(error)))
            return
        self.holds = len(found) == len(until) and all(verdict.passed for verdict in found)
        for verdict in found:
            if not verdict.passed or verdict.step == self.step.id:
                lines.print_verdict(self.bench.folder.lab, verdict)
        if not self.holds:
            return
        if self.bench.current() is None:
            say(
                hang(
                    "",
                    "All steps hold: the lab is through. `dp100 lab solution` shows how we would have done it.",
                )
            )
        else:
            say("This step holds. n goes on to the next one, when you are ready.")

    def take(self, event: _Event, keys: keypress.Keys) -> bool:
        """Does what a save or a key asks for; False when it asks for the end."""
        match event.key:
            case "":
                while not self.events.empty() and (more := self.events.get()).key:
                    if not self.take(more, keys):
                        return False
                say(f"\nsaved: {', '.join(event.files)}")
                self.look()
            case "r" | "c":
                self.look(anew=event.key == "r")
            case "n":
                self.go_on()
            case "h":
                hint = desk.hint(self.bench, self.step)
                say()
                if hint is None:
                    say("This step has no hints. Its instructions say all there is.")
                else:
                    lines.print_hint(hint)
            case "s":
                say()
                lines.print_steps(self.bench, self.step)
            case "o":
                with keys.away():
                    self.open()
            case keypress.CTRL_C:
                say()
                return False
            case "q" | keypress.CTRL_D:
                return False
            case "?":
                say(_KEYS)
        return True

    def go_on(self) -> None:
        """To the next step, once this one holds."""
        if not self.holds:
            say("\nThis step does not hold yet. h gives a hint.")
            return
        following = self.bench.current()
        if following is None:
            say("\nThe lab is through. q leaves.")
            return
        self.step, self.holds = following, False
        self.begin()

    def open(self) -> None:
        """Opens the step's file in the learner's editor."""
        file = self.bench.folder.path / self.step.file
        try:
            number = self.bench.folder.lab.steps.index(self.step) + 1
            editor.edit(file, editor.todo(file, number))
        except Dp100Error as error:
            say(str(error))
