"""Run by Python at its start inside `dp100 offline`: the little that cannot wait until something is imported.

Python has one sitecustomize; the one that this file stands in front of is run at the end.
"""

from __future__ import annotations

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib would cost 5 ms


def _put_folders() -> None:
    """Make ``azureml``, ``azure.identity`` and ``mltable`` ours, before any installed package of that name."""
    standin = os.path.dirname(os.path.dirname(_HERE))  # noqa: PTH120
    folders = [
        os.path.join(standin, name)  # noqa: PTH118
        for name in ("sdk_v1", "identity", "mltable_local")
    ]
    after = sys.path.index(_HERE) + 1 if _HERE in sys.path else 0
    sys.path[after:after] = [folder for folder in folders if folder not in sys.path]


def _run_next() -> None:
    """Run the sitecustomize that would have been run without us, under its own name."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("sitecustomize", [path for path in sys.path if path != _HERE])
    if spec is None or spec.loader is None:
        return
    from importlib.util import module_from_spec

    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


_put_folders()
__import__("dp100_offline").install()
_run_next()
