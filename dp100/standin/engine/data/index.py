"""The order in which the versions of an asset were created."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dp100.standin.engine import store


class Index:
    """The versions of an asset in the order they were created, kept beside them so that lists need not read each.

    A journal: a line of JSON with the asset's name and whether it is archived as a whole, then one for each version.
    The version files are the truth: an index that does not name exactly those that are there, because a process was
    killed between the two writes or a learner moved a file, is made anew from them.
    """

    def __init__(self, folder: Path, name: str | None) -> None:
        self._path = folder / "index.jsonl"
        there = set(store.versions(folder))
        head, self.versions = self._read()
        self.archived = bool(head.get("archived"))
        self.name: str = head.get("name") or name or ""
        self._whole = set(self.versions) == there
        if not self._whole:
            records = [store.read_yaml(version_file(folder, version)) for version in there]
            records.sort(key=lambda record: store.moment(record["created"]))
            self.versions = {str(record["version"]): str(record["created"]) for record in records}
            if records:
                self.name = records[0]["name"]

    def next_version(self) -> int:
        """The highest whole number plus one."""
        return max((int(version) for version in self.versions if version.isdecimal()), default=0) + 1

    def add(self, version: str, created: str) -> None:
        """Put a version last."""
        fresh = not self.versions
        self.versions[version] = created
        if fresh or not self._whole:
            self._write()
        else:  # replacing the file for every version would take ten times as long
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([version, created]) + "\n")

    def remove(self, versions: list[str]) -> None:
        """Forget versions."""
        for version in versions:
            self.versions.pop(version, None)
        self.archived = self.archived and bool(self.versions)
        self._write()

    def set_archived(self, archived: bool) -> None:
        """Archive or restore the asset as a whole."""
        self.archived = archived
        self._write()

    @staticmethod
    def archived_at(folder: Path) -> bool:
        """Whether the asset as a whole is archived."""
        try:
            with (folder / "index.jsonl").open(encoding="utf-8") as file:
                return bool(json.loads(file.readline()).get("archived"))
        except (OSError, ValueError, AttributeError):
            return False

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
            head = json.loads(lines[0])
            return dict(head), {str(version): str(created) for version, created in map(json.loads, lines[1:])}
        except (OSError, ValueError, TypeError, IndexError):
            return {}, {}  # damaged is as good as missing: it can be made anew

    def _write(self) -> None:
        lines = [
            {"name": self.name, "archived": self.archived},
            *(list(held) for held in self.versions.items()),
        ]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        store.atomic_write(self._path, text)


def version_file(folder: Path, version: str) -> Path:
    """The file of a version in an asset's folder."""
    return store.entry(folder, version, ".yaml")
