"""Writes the façade's list of the real packages' modules and names: ``python -m tests.standin.sdk_v1.pack_names``.

It is taken from the snapshot, which is not part of the program, and tells a name that the façade lacks from one that
is misspelt. A line for each module: its dotted name, and its names.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.standin.sdk_v1.conformance import truth
from tests.standin.sdk_v1.conftest import FACADE

PACKED: Path = FACADE / "azureml" / "_local" / "real_names.txt.gz"


def text() -> str:
    """The list as it should be."""
    lines = [" ".join([module, *sorted(names)]) for module, names in sorted(truth()["modules"].items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PACKED.write_bytes(gzip.compress(text().encode(), compresslevel=9, mtime=0))
    print(f"{PACKED.name}: {PACKED.stat().st_size // 1024} kB")
