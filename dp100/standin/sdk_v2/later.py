"""Groups of operations that need the cloud: they are there, with every method, and each says that it is not offline."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

from azure.ai.ml import operations

from dp100.standin.engine.errors import NotOffline


class Later:
    """A property of the client that gives a group of operations, each of which raises NotOffline.

    Args:
        real: name of the class in azure.ai.ml.operations; a version that lacks it has no such group.
    """

    def __init__(self, real: str) -> None:
        self._real = real
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, client: object | None, owner: type | None = None) -> Any:
        return self if client is None else group(self._real, self._name)


@cache
def group(real: str, name: str) -> Any:
    """An object with the public methods of a class of operations.

    Args:
        real: the class in azure.ai.ml.operations.
        name: the client's name for the group, such as ``online_endpoints``.
    """
    members: dict[str, Any] = {
        "__doc__": f"The operations of ml_client.{name}; none of them is available offline."
    }
    for attribute, member in inspect.getmembers(getattr(operations, real, object)):
        if not attribute.startswith("_") and callable(member):
            members[attribute] = _refusing(f"ml_client.{name}.{attribute}", member)
    return type(real, (), members)()


def _refusing(call: str, real: Any) -> Any:
    def method(*args: Any, **kwargs: Any) -> Any:
        raise NotOffline(call)

    method.__name__ = method.__qualname__ = call.rpartition(".")[2]
    method.__doc__ = f"Not available offline: raises NotOffline, naming {call}."
    method.__signature__ = inspect.signature(real)  # type: ignore[attr-defined]
    return method
