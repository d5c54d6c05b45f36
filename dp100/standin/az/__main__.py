"""``python -m dp100.standin.az``: what `az` runs inside `dp100 offline`."""

import sys

from dp100.standin.az.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
