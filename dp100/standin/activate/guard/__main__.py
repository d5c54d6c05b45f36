"""What the front-ends in the folders beside this file run: ``python -m dp100.standin.activate.guard curl ...``."""

import sys

from dp100.standin.activate.outgoing import main

sys.exit(main(sys.argv[1], sys.argv[2:]))
