"""``python -m dp100``."""

from dp100.cli.main import main

main()
