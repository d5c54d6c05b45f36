"""What the real packages have and this one lacks: to import it raises NotOffline with its name.

Such an error is an ImportError too, so that ``try: import azureml.explain`` / ``except ImportError:`` goes on working.
A name that the real packages lack as well, a misspelt one, stays the plain error of Python.
"""

from __future__ import annotations

import re
import sys
from importlib.machinery import PathFinder, SourceFileLoader

from dp100.standin.engine.errors import NotOffline

# Packages of the family whose names are not in our list: whatever is asked for below them counts as theirs. After
# those that are on PyPI by themselves, the private parts of azureml-core.
_PACKAGES = re.compile(
    r"azureml\.(accel|ai|assets|contrib|dataprep|evaluate|explain|featurestore|fsspec|metrics|monitoring"
    r"|opendatasets|rai|responsibleai|studio|tensorboard|training|automl\.(dnn|runtime)"
    r"|train\.(automl\.runtime|restclients)"
    r"|_async|_base_sdk_common|_cli|_common|_compute|_execution|_file_utils|_history|_html|_introspect"
    r"|_jupyter_common|_model_converters|_model_management|_project|_restclient|_run_impl|_tracing|_vendor"
    r"|_workspace)(\..+)?"
)


class _NameNotOffline(NotOffline, ImportError):
    """A name that a module of the real packages has."""

    def __reduce__(self):
        return _error, (self.what, isinstance(self, ModuleNotFoundError))


class _ModuleNotOffline(_NameNotOffline, ModuleNotFoundError):
    """A module that the real packages have.

    Its attribute ``name`` stays None: Python takes an error with the name of a module that it looks for in a
    ``from azureml import explain`` for its own, and drops it.
    """


for _each in (_NameNotOffline, _ModuleNotOffline):  # a traceback calls them by the name to catch them by
    _each.__module__, _each.__name__, _each.__qualname__ = "dp100.standin", "NotOffline", "NotOffline"


def _error(name, of_module):
    return (_ModuleNotOffline if of_module else _NameNotOffline)(name)


def install():
    """Have the imports of this package's modules looked after, once for each process."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def known(name):
    """The public names of a module of the real packages; None where it is none of theirs."""
    found = _names().get(name)
    if found is None and _PACKAGES.fullmatch(name):
        return frozenset()
    return found


class _Finder:
    """Finds the modules of this package, and refuses those that only the real packages have."""

    def find_spec(self, name, path=None, target=None):
        if not name.startswith("azureml.") or path is None:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None:
            if known(name) is not None:
                raise _ModuleNotOffline(name)
        elif type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    """Runs a module, and answers for the names that it lacks."""

    def exec_module(self, module):
        super().exec_module(module)
        answer_for(module)


def answer_for(module):
    """Let a module raise NotOffline for the names that its real one has."""
    own = vars(module).get("__getattr__")

    def __getattr__(name):  # noqa: N807 - the name that Python asks for
        if own is not None:
            try:
                return own(name)
            except AttributeError:
                pass
        if not name.startswith("__") and name in (known(module.__name__) or ()) and not _here(module, name):
            raise _NameNotOffline(f"{module.__name__}.{name}")
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    module.__getattr__ = __getattr__


def _here(package, name):
    """Whether a package has a module of that name, which only has not been imported."""
    path = getattr(package, "__path__", None)
    return path is not None and PathFinder.find_spec(f"{package.__name__}.{name}", path) is not None


def _names():
    if not _held:
        import gzip
        from pathlib import Path

        text = gzip.decompress(Path(__file__).with_name("real_names.txt.gz").read_bytes()).decode()
        for line in text.splitlines():
            module, *names = line.split()
            _held[module] = frozenset(names)
    return _held


_held: dict = {}
