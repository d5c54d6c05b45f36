"""Credentials of a datastore, read when they are asked for: not everybody who uses a datastore may see them."""

from __future__ import annotations

from azureml._local.errors import translated
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.data import datastores


class Credential:
    """An attribute of a datastore: a value, or a function that is called whenever it is asked for."""

    def __set_name__(self, owner, name):
        self._name = f"_{name}"

    def __get__(self, made, owner=None):
        if made is None:
            return self
        value = made.__dict__[self._name]
        return value() if callable(value) else value

    def __set__(self, made, value):
        made.__dict__[self._name] = value


def credential(workspace, datastore, *names):
    """A function for :class:`Credential` that reads the first of these credentials that there is, or None.

    It raises UserErrorException where the caller's roles do not allow it.
    """

    @translated(UserErrorException)
    def read():
        held = datastores.credentials(workspace._ws, datastore)
        return next((held[name] for name in names if held.get(name) is not None), None)

    return read
