"""A bench in threads: what it does takes seconds, and what comes of it arrives at the screen as messages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from textual.message import Message

from dp100.curriculum.lab import Step
from dp100.errors import Dp100Error
from dp100.labs import desk
from dp100.labs.bench import Bench
from dp100.labs.checking import Stopped, Verdict
from dp100.labs.running import Tell
from dp100.labs.watching import Saves

_PATIENCE = 5.0
"""Seconds that the end of the program waits for the end of what runs."""


class Running(Message):
    """The command of a step is about to start."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step


class Told(Message):
    """A check said something."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


class Ended(Message):
    """What was under way has come to its end.

    Attributes:
        why: a sentence when it could not be done; empty otherwise.
        stopped: whether the learner ended it.
    """

    def __init__(self, why: str = "", *, stopped: bool = False) -> None:
        super().__init__()
        self.why = why
        self.stopped = stopped


class Renewed(Message):
    """The lab was put back to its start; ``said`` tells where the old files are."""

    def __init__(self, bench: Bench, said: str) -> None:
        super().__init__()
        self.bench = bench
        self.said = said


class Saved(Message):
    """The learner saved files."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = tuple(names)


class AtWork:
    """One bench at work; one thing at a time.

    Attributes:
        bench: the learner's.
    """

    def __init__(self, bench: Bench, post: Callable[[Message], bool], tell: Tell) -> None:
        """Takes up the work.

        Args:
            bench: the learner's.
            post: takes messages from any thread.
            tell: is given what the commands print, in threads.
        """
        self.bench = bench
        self._sends = post
        self._tell = tell
        self._thread: threading.Thread | None = None
        self._saves: Saves | None = None

    def _post(self, message: Message) -> None:
        self._sends(message)

    # Saves

    def watch(self) -> None:
        """Begins to tell of saves."""
        self._saves = Saves(self.bench.folder, lambda names: self._post(Saved(names)))

    def leave(self) -> None:
        """Ends what runs and tells of no more saves; in threads, as it waits for others to end."""
        saves, self._saves = self._saves, None
        if saves is not None:
            threading.Thread(target=saves.stop, daemon=True).start()
        if not self.busy:
            return
        under_way = self._thread

        def end() -> None:
            self.bench.stop()
            if under_way is not None:
                under_way.join(_PATIENCE)

        # No daemon: the program does not end before the learner's code has.
        threading.Thread(target=end).start()

    # Checks

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._thread is not None and self._thread.is_alive()

    def check(self, steps: Sequence[Step], *, anew: bool = False) -> None:
        """Runs what has to be run, and checks the steps in order."""

        def work() -> None:
            self.bench.check(
                steps,
                tell=self._tell,
                told=lambda verdict: self._post(Told(verdict)),
                running=lambda step: self._post(Running(step)),
                anew=anew,
            )
            self._post(Ended())

        self._begin(work)

    def reset(self) -> None:
        """Puts the lab back to its start."""

        def work() -> None:
            renewed, kept = desk.reset(self.bench)
            self._post(Renewed(renewed, f"The lab is as it was at the start. Your files are in {kept}."))

        self._begin(work)

    def stop(self) -> None:
        """Ends what is under way; waits for nothing."""
        threading.Thread(target=self.bench.stop, daemon=True).start()

    def _begin(self, work: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                work()
            except Stopped:
                self._post(Ended(stopped=True))
            except Dp100Error as error:
                self._post(Ended(str(error)))
            except OSError as error:
                where = f" ({error.filename})" if error.filename else ""
                self._post(Ended(f"The system says: {error.strerror or error}{where}. Your work is kept."))

        self._thread = threading.Thread(target=guarded, name="lab", daemon=True)
        self._thread.start()
