"""Run all benchmarks, or those that are named: ``python -m tests.bench start_up opening``."""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module

NAMES = ("start_up", "answering", "opening", "memory_use", "offline", "labs")

print(
    f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} processors"
)
for name in sys.argv[1:] or NAMES:
    import_module(f"tests.bench.{name}").run()
