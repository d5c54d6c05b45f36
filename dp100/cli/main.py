"""The ``dp100`` command.

Without words it opens Home, and takes the short way there: typer is imported only for a command.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from dp100.cli import streams
from dp100.errors import Dp100Error

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

NO_READER = 141
"""Exit status when the output was closed early, as shells have it."""


def main(words: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    Errors the learner can act on are one sentence on standard error, with status 1 or 2.
    """
    streams.prepare()
    try:
        status = _status(sys.argv[1:] if words is None else words)
        # Here, where there is someone to tell that it did not work, and not when the interpreter ends.
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; there is no one left to tell.
        streams.give_up_output()
        status = NO_READER
    except OSError as error:
        if not streams.is_output_full(error):
            raise
        streams.give_up_output()
        _tell("What was printed could not be written, for the disk is full. Free some space and try again.")
        status = 1
    sys.exit(status)


def _status(words: Sequence[str]) -> int:
    try:
        return _run(words)
    except Dp100Error as error:
        _tell(str(error))
        return error.status
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(words: Sequence[str]) -> int:
    if words:
        from dp100.cli.commands import run

        return run(words)
    # Nothing that is made on the way to Home is garbage; the app looks for some again once it is drawn.
    gc.disable()
    from dp100.cli.app import open_app

    return open_app()


def _tell(sentence: str) -> None:
    print(f"dp100: {sentence}", file=sys.stderr)


if __name__ == "__main__":
    main()
