"""Packages that offer names of their modules and import a module only when one of its names is used.

``from azureml.core import Run`` in a script should not cost the import of everything else.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys


def offered(package, homes):
    """``__getattr__`` and ``__dir__`` of a package.

    Args:
        package: its name.
        homes: the names it offers, by the module that has them.
    """
    where = {name: home for home, names in homes.items() for name in names}

    def get(name):
        module = sys.modules[package]
        if name in where:
            value = getattr(importlib.import_module(where[name]), name)
        elif not name.startswith("_") and importlib.util.find_spec(f"{package}.{name}") is not None:
            value = importlib.import_module(f"{package}.{name}")
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(module, name, value)
        return value

    def names():
        return sorted({*vars(sys.modules[package]), *where})

    return get, names
