"""Tells whether the packages that it is given are there, and in which version. Nothing to do in this file."""

import sys
from importlib.metadata import PackageNotFoundError, version

missing = 0
for package in sys.argv[1:]:
    try:
        print(f"{package:16} {version(package)}")
    except PackageNotFoundError:
        print(f"{package:16} is missing")
        missing += 1

sys.exit(1 if missing else 0)
