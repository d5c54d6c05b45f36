"""Values of the workspace's interface."""

from __future__ import annotations

from enum import Enum


class KeyVaultContentType(Enum):
    """What a secret is."""

    not_provided = ""
