"""What may be logged as list, table or image; the rest is refused in the SDK's words (``azureml.core._metrics``)."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from azureml._common.exceptions import AzureMLException

_KNOWN = (float, str, bool, type(None), int)

# What `imghdr` knows an image by, in its first bytes; an SVG is none for it.
_IMAGE = re.compile(
    rb".{6}(?:JFIF|Exif)|\xff\xd8\xff\xdb|\x89PNG\r\n\x1a\n|GIF8[79]a|MM|II|\x01\xda|P[1-6][ \t\n\r]"
    rb"|\x59\xa6\x6a\x95|#define |BM|RIFF.{4}WEBP|\x76\x2f\x31\x01",
    re.DOTALL,
)


def check_list(values):
    """Refuse a list with something in it that is no value."""
    if not all(_is_value(each) for each in values):
        raise _unsupported(values)


def check_row(cells):
    """Refuse a row, a dict, with a cell that is a list or no value."""
    for column, cell in cells.items():
        if isinstance(cell, list):
            raise AzureMLException(f"Rows cannot contain list values, column {column} contains a list.")
        if not _is_value(cell):
            raise _unsupported(cell)


def check_table(columns):
    """Refuse a table, a dict of columns, with a cell that is no value, or with columns of several lengths."""
    if not isinstance(columns, dict):
        return
    lists = {name: cells if isinstance(cells, list) else [cells] for name, cells in columns.items()}
    first = next(iter(lists), None)
    for name, cells in lists.items():
        if len(cells) != len(lists[first]):
            raise AzureMLException(
                f"Columns must have the same length, column {first} had length {len(lists[first])}, however, column "
                f"{name} had length {len(cells)}."
            )
        check_list(cells)


def check_image(path):
    """Refuse a file that is no image."""
    with Path(path).open("rb") as file:
        if not _IMAGE.match(file.read(32)):
            raise AzureMLException(f"Argument [{path}] is malformed.")


def image_name(path):
    """What the file of an image is named in the run: a relative path as it is; of others the last part."""
    given = PurePath(path)
    return given.name if given.anchor or ".." in given.parts else given.as_posix()


def _is_value(given):
    if isinstance(given, _KNOWN):
        return True
    # NumPy's and PyTorch's scalars. 1.61 itself refuses 64-bit integers of NumPy 2, which has no `int0` for it to know.
    item = getattr(given, "item", None)
    return callable(item) and getattr(given, "ndim", None) == 0 and isinstance(item(), _KNOWN)


def _unsupported(given):
    return AzureMLException(
        f"Value of type {type(given)} is not supported, supported types include [{list(_KNOWN)}]"
    )
