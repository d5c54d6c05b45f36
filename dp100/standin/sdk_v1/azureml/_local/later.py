"""Names of the real SDK that cannot be used here yet: they import, and say so when they are used."""

from __future__ import annotations

from dp100.standin.engine.errors import NotOffline


class _Absent(type):
    """A class that cannot be made; its static methods and attributes are not there either."""

    def __call__(cls, *args, **kwargs):
        raise NotOffline(cls.__offline_name__)

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotOffline(f"{cls.__offline_name__}.{name}")


def absent(module, *names):
    """Classes of ``module`` that raise NotOffline with their name when they are made or called.

    They are classes, so that ``isinstance`` and ``except`` work with them.
    """
    bases = (Exception,) if module.endswith(".exceptions") else ()
    made = tuple(
        _Absent(
            name,
            bases,
            {
                "__module__": module,
                "__doc__": "Not available offline.",
                "__offline_name__": f"{module}.{name}",
            },
        )
        for name in names
    )
    return made[0] if len(made) == 1 else made


def absent_function(module, name):
    """A function of ``module`` that raises NotOffline with its name."""

    def function(*args, **kwargs):
        raise NotOffline(f"{module}.{name}")

    function.__name__ = function.__qualname__ = name
    function.__module__ = module
    function.__doc__ = "Not available offline."
    function.__dict__["__offline_name__"] = f"{module}.{name}"
    return function


def with_absent(*names):
    """A metaclass of classes of which these members are not there yet; to name one raises NotOffline."""

    class Lacking(type):
        def __getattr__(cls, name):
            if name in names:
                raise NotOffline(f"{cls.__name__}.{name}")
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")

        def __dir__(cls):
            return [*super().__dir__(), *names]

    return Lacking


def is_absent(thing):
    """Whether a class or function is such a placeholder."""
    return "__offline_name__" in getattr(thing, "__dict__", {})
