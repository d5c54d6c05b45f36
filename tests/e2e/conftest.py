"""What labs in a real terminal start from."""

from __future__ import annotations

from tests.small_lab import one_template, templates

__all__ = ["one_template", "templates"]
