"""Runs the Azure CLI and gives its answer as Python values. Nothing to do here."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any


def az(*words: str) -> Any:
    """Run `az` with these words, as in az("account", "show"), and return what it answers."""
    program = shutil.which("az")
    if program is None:
        raise SystemExit("There is no az on this machine.")
    done = subprocess.run(
        [program, *words, "--output", "json"], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"az {' '.join(words[:3])} ended with status {done.returncode}.")
    return json.loads(done.stdout) if done.stdout.strip() else None
