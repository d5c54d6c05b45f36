"""What is asked of both sides: files, how a dataset is made of them, and what is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FIRST = "x.csv"


@dataclass(frozen=True)
class Case:
    """One question.

    Attributes:
        files: by path; a text alone is the file ``x.csv``.
        path: of what the dataset is made; the first file by default.
        options: further arguments, as they are written in the code.
        then: an expression with ``d``, the dataset. A dataset that it gives is shown as a data frame.
        make: the method of ``Dataset`` that makes it.
    """

    files: str | bytes | Mapping[str, str | bytes]
    path: str | tuple[str, ...] = ""
    options: str = ""
    then: str = "d"
    make: str = "Tabular.from_delimited_files"

    @property
    def written(self) -> dict[str, bytes]:
        """The files by path."""
        files = {FIRST: self.files} if isinstance(self.files, str | bytes) else self.files
        return {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}

    @property
    def paths(self) -> tuple[str, ...]:
        """Of what the dataset is made."""
        if isinstance(self.path, tuple):
            return self.path
        return (self.path or next(iter(self.written)),)

    def write(self, folder: Path) -> None:
        """Write the files below a folder."""
        for path, text in self.written.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
