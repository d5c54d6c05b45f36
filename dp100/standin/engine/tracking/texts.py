"""What may be a name or a value in the store: MLflow's limits, so that MLflow can write the same records."""

from __future__ import annotations

from dp100.standin.engine.errors import Invalid

NAME_LENGTH = 250
PARAM_LENGTH = 6000
TAG_LENGTH = 8000


def name_of(kind: str, name: object, limit: int = NAME_LENGTH) -> str:
    """``name`` as it is stored.

    Raises:
        Invalid: it is empty, too long, or holds half of a surrogate pair or a NUL, which SQLite cannot keep.
    """
    text = str(name) if name is not None else ""
    if not text:
        raise Invalid(f"The name of a {kind} must not be empty.", target=kind)
    if len(text) > limit:
        raise Invalid(
            f"The name of a {kind} must have at most {limit} characters, not {len(text)}.", target=kind
        )
    return _storable(kind, text)


def value_of(kind: str, value: object, limit: int) -> str:
    """``value`` as text, cut at ``limit`` characters as MLflow does."""
    return _storable(kind, ("" if value is None else str(value))[:limit])


def _storable(kind: str, text: str) -> str:
    if "\0" in text:
        raise Invalid(f"A {kind} must not contain the character NUL.", target=kind)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Invalid(f"A {kind} must be valid Unicode: {error.reason}.", target=kind) from error
    return text
