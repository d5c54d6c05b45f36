"""Objects that have a logger named after themselves and what they are part of."""

from __future__ import annotations

import logging
import os


class ChainedIdentity:
    """Has a logger; its name is that of the parent's with one more part."""

    DELIM = "#"

    def __init__(self, _ident=None, _parent_logger=None, **kwargs):
        parent = _parent_logger or logging.getLogger("azureml")
        self._identity = _ident or f"{type(self).__name__}{os.urandom(4).hex()}"
        self._logger = parent.getChild(self._identity)

    @property
    def identity(self):
        """The logger's name."""
        return self._identity
