"""Names in the two spellings of the service."""

from __future__ import annotations

import re


def camel(name):
    """``node_count`` as ``nodeCount``."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def snake(name):
    """``nodeCount`` as ``node_count``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found[1], name).lower()
