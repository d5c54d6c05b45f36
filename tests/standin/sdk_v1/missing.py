"""Prints what the façade lacks of the real packages: ``python -m tests.standin.sdk_v1.missing [PREFIX]``."""

from __future__ import annotations

import sys
from collections import Counter

from tests.standin.sdk_v1 import conftest
from tests.standin.sdk_v1.conformance import lacking, truth


def main(prefix: str = "azureml") -> None:
    """Print the list, by kind, of what begins with ``prefix``."""
    assert conftest.FACADE.is_dir()
    found = [(kind, name) for kind, name in lacking() if name.startswith(prefix)]
    for kind in ("module", "name", "member", "placeholder"):
        for _, name in filter(lambda each: each[0] == kind, found):
            print(f"{kind:12} {name}")
    counts = Counter(kind for kind, _ in found)
    packages = truth()["packages"]
    print(
        f"\nOf azureml-core {packages['azureml-core']} and its family are missing: {counts['module']} modules, "
        f"{counts['name']} names, {counts['member']} members; {counts['placeholder']} names raise NotOffline."
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
