"""The ``dp100`` command.

Without words it opens Home, and takes the short way there: typer is imported only for a command.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dp100.errors import Dp100Error


def main(words: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    Errors the learner can act on are one sentence on standard error, with status 1 or 2.
    """
    words = sys.argv[1:] if words is None else words
    try:
        if words:
            from dp100.cli.commands import run

            status = run(words)
        else:
            from dp100.cli.app import open_app

            status = open_app()
    except Dp100Error as error:
        print(f"dp100: {error}", file=sys.stderr)
        status = error.status
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; there is no one left to tell.
        sys.stderr.close()
        status = 141
    sys.exit(status)


if __name__ == "__main__":
    main()
