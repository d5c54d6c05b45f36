"""Assets with versions: data, environments and components, a YAML file for each version."""

from __future__ import annotations

import builtins
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.data import curated
from dp100.standin.engine.data.index import Index, version_file
from dp100.standin.engine.data.secrecy import without_secrets
from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace

_NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}")
_V1_NAME = re.compile(r"\w[^\x00-\x1f/\\:@<>\"|?*%]{0,254}")  # a v1 dataset may be called "diabetes dataset"
_VERSION = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,29}")
_LATEST = "latest"

# kind -> what the service calls it in messages, and in the actions of roles
_KINDS = {
    "data": ("data", "datasets/versions"),
    "environments": ("environment", "environments"),
    "components": ("component", "components/versions"),
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One version of an asset.

    Attributes:
        name: the asset's name.
        version: the version, text; whole numbers where the service chose it.
        spec: what it was created with.
        created: UTC.
        created_by: the user or service principal.
        modified: when tags or the like were last changed, UTC.
        archived: whether this version, or the asset as a whole, is archived.
        id: the ARM id.
        curated: whether it comes with the service (environments only).
    """

    name: str
    version: str
    spec: dict[str, Any]
    created: datetime
    created_by: str
    modified: datetime
    archived: bool = False
    id: str = ""
    curated: bool = field(default=False, compare=False)


class AssetStore:
    """The assets of one kind in a workspace.

    The environments that come with the service are there too, though they are in no file; they cannot be changed.

    Args:
        ws: the workspace.
        kind: ``"data"``, ``"environments"`` or ``"components"``.
    """

    def __init__(self, ws: Workspace, kind: str) -> None:
        self.ws = ws
        self.kind = kind
        self._word, self._action = _KINDS[kind]
        self._folder = ws.folder / kind

    # --- reading -----------------------------------------------------------------------------------------

    def get(self, name: str, version: str | int | None = None, *, label: str | None = None) -> Asset:
        """One version: the one named, or the latest, the one created last that is not archived.

        Args:
            name: the asset's name.
            version: a version, or a label.
            label: ``"latest"``, the only label there is.

        Raises:
            NotFound: there is no such asset, version or label.
        """
        access.check(self.ws, f"{self._action}/read")
        if label is not None and label != _LATEST:
            message = f"Label {label} not found for {name}."
            raise NotFound("Label", f"{name}@{label}", message=message, target=self._word)
        if version is None or version == _LATEST:
            return self._output(name, _LATEST) or self._latest(name)
        held = self._held(self._entry(name), str(version)) if name else None
        found = self._asset(*held) if held else self._curated(name, str(version))
        found = found or self._output(name, str(version))
        if found is None:
            raise self._missing(name, str(version))
        return found

    def list(
        self, name: str | None = None, *, include_archived: bool = False, archived_only: bool = False
    ) -> builtins.list[Asset]:
        """The versions of one asset, the latest first; or of every asset its latest version, by name.

        Args:
            name: an asset's name; without it all assets.
            include_archived: archived ones too.
            archived_only: nothing but archived ones.

        Raises:
            NotFound: the asset is named and missing.
        """
        access.check(self.ws, f"{self._action}/read")
        if name is not None:
            found = self._versions(name)
            if not found:
                raise self._missing(name)
            return [each for each in found if archived_only is each.archived or include_archived]
        names = self._names()
        latest = [self._representative(each, include_archived, archived_only) for each in names]
        return [each for each in latest if each is not None]

    def names(self) -> builtins.list[str]:
        """The names of all assets, archived ones too, sorted."""
        access.check(self.ws, f"{self._action}/read")
        return self._names()

    def next_version(self, name: str) -> str:
        """The version that an asset registered without one would get now."""
        return str(store.next_version(self._entry(name)))

    # --- changing ----------------------------------------------------------------------------------------

    def create(
        self,
        name: str,
        version: str | int | None = None,
        spec: Mapping[str, Any] | None = None,
        *,
        v1: bool = False,
    ) -> Asset:
        """Register a version.

        Args:
            name: 1 to 255 letters, digits, ``_``, ``-`` and ``.``; a v1 dataset's may have spaces.
            version: at most 30 letters, digits, ``_``, ``-`` and ``.``; the highest number plus one by default.
            v1: the name may have what a v1 dataset's may, though the spec has no ``v1``: an output of a v1 run is
                registered before anybody has said how it is to be read.
            spec: anything that YAML can hold. ``v1`` in it marks a dataset of SDK v1. Passwords, keys and the
                signatures of SAS URLs in it are not kept; see :mod:`~dp100.standin.engine.data.secrecy`.

        Raises:
            Invalid: a name or version that the service does not take, or a name kept for curated environments.
            AlreadyExists: the version is registered.
            Invalid: data of another type than the versions before, unless it comes from SDK v1.
            Forbidden: the principal may not.
        """
        access.check(self.ws, f"{self._action}/write")
        content = without_secrets(spec or {})
        self._check(name, version, v1=v1 or bool(content.get("v1")))
        with store.locked(self._folder):
            folder = self._entry(name)
            index = Index(folder, name)
            chosen = str(index.next_version()) if version is None else str(version)
            path = version_file(folder, chosen)
            if path.exists():
                raise self._taken(index.name, chosen)
            if self.kind == "data" and not v1 and not content.get("v1"):
                self._refuse_other_type(index, content.get("type", "uri_folder"))
            created = store.now()
            record = {
                "name": index.name,
                "version": chosen,
                "created": created,
                "created_by": (self.ws.principal or access.current() or access.user()).name,
                "archived": False,
                "spec": content,
            }
            store.write_yaml(path, record)
            index.add(chosen, created)
            record["spec"] = store.plain(content)
            return self._asset(record, index.archived)

    def update(self, name: str, version: str | int, changes: Mapping[str, Any]) -> Asset:
        """Change part of a version's spec: its description, tags and properties. The rest is up to the caller.

        Raises:
            NotFound: there is no such version.
            Invalid: it comes with the service.
        """
        access.check(self.ws, f"{self._action}/write")

        def change(record: dict[str, Any]) -> None:
            record["spec"] = dict(record["spec"] or {}) | without_secrets(changes)

        return self._change(name, str(version), change)

    def archive(self, name: str, version: str | int | None = None, *, label: str | None = None) -> None:
        """Hide a version, or without a version and label the asset as a whole, from lists. It can still be used.

        Raises:
            NotFound: there is no such asset or version.
        """
        self._set_archived(name, version, label, True)

    def restore(self, name: str, version: str | int | None = None, *, label: str | None = None) -> None:
        """Undo :meth:`archive`."""
        self._set_archived(name, version, label, False)

    def delete(self, name: str, version: str | int | None = None) -> None:
        """Forget a version, or all of them; as v1's unregister does. What it points to stays.

        Raises:
            NotFound: there is no such asset or version.
        """
        access.check(self.ws, f"{self._action}/delete")
        self._refuse_curated(name)
        with store.locked(self._folder):
            folder = self._entry(name)
            index = Index(folder, name)
            gone = builtins.list(index.versions) if version is None else [str(version)]
            if not index.versions or not set(gone) <= set(index.versions):
                raise self._missing(name, None if version is None else str(version))
            for each in gone:
                version_file(folder, each).unlink(missing_ok=True)
            index.remove(gone)

    # --- inside ------------------------------------------------------------------------------------------

    def _entry(self, name: str) -> Path:
        return store.entry(self._folder, name)

    def _check(self, name: str, version: str | int | None, *, v1: bool) -> None:
        if not isinstance(name, str) or not (_V1_NAME if v1 else _NAME).fullmatch(name):
            raise Invalid(
                f"The {self._word} name '{name}' is invalid. A name has 1 to 255 letters, digits, underscores, "
                "hyphens and periods, and starts with a letter, digit or underscore.",
                code="UserError",
                target=self._word,
            )
        if version is not None and (not _VERSION.fullmatch(str(version)) or str(version) == _LATEST):
            long = len(str(version)) > 30
            raise Invalid(
                "Argument 'version' exceeded maximum length of 30."
                if long
                else f"The version '{version}' of {self._word} '{name}' is invalid. A version has letters, digits, "
                "underscores, hyphens and periods, and is not the label 'latest'.",
                code="UserError",
                target=self._word,
            )
        self._refuse_curated(name)

    def _refuse_curated(self, name: str) -> None:
        if self.kind == "environments" and curated.reserved(name):
            raise Invalid(
                "Environment name can not start with the prefix AzureML. To alter a curated environment first create "
                "a copy of it."
                if name.lower().startswith("azureml")
                else "Environment name can not start with the prefix Microsoft.",
                code="UserError",
                target=self._word,
            )

    def _refuse_other_type(self, index: Index, kind: str) -> None:
        # Source: https://learn.microsoft.com/azure/machine-learning/how-to-create-data-assets#delete-a-data-asset
        for version in index.versions:
            held = self._held(self._entry(index.name), version)
            spec = dict(held[0]["spec"] or {}) if held else {"v1": True}
            if spec.get("v1"):
                continue  # what a v1 dataset is in SDK v2 follows from how it is read
            if (first := spec.get("type", "uri_folder")) != kind:
                raise Invalid(
                    f"The type of the data asset '{index.name}' is {first} and cannot be changed: a new version with "
                    f"the type {kind} is not allowed. Archive it and create a data asset of another name.",
                    code="UserError",
                    target=self._word,
                )
            return

    def _taken(self, name: str, version: str) -> AlreadyExists:
        word = self._word
        article = "An" if word[0] in "aeiou" else "A"
        return AlreadyExists(
            f"{word.capitalize()} version",
            f"{name}:{version}",
            message=f"{article} {word} version with this name and version already exists. If you are trying to create "
            f"a new {word} version, use a different name or version. If you are trying to update an existing {word} "
            f"version, the existing asset's {'data uri' if word == 'data' else 'definition'} cannot be changed. Only "
            "tags, description, and isArchived can be updated.",
            target=word,
        )

    def _missing(self, name: str, version: str | None = None) -> NotFound:
        what = f"{name}:{version}" if version is not None else name
        return NotFound(
            f"{self._word.capitalize()} {'version' if version is not None else 'container'}",
            what,
            target=self._word,
        )

    def _held(self, folder: Path, version: str) -> tuple[dict[str, Any], bool] | None:
        try:
            record = store.read_yaml(version_file(folder, version))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return record, Index.archived_at(folder)

    def _asset(self, record: Mapping[str, Any], archived: bool) -> Asset:
        name, version = record["name"], str(record["version"])
        return Asset(
            name=name,
            version=version,
            spec=dict(record["spec"] or {}),
            created=store.moment(record["created"]),
            created_by=record.get("created_by") or "",
            modified=store.moment(record.get("modified") or record["created"]),
            archived=bool(record.get("archived")) or archived,
            id=f"{self.ws.id}/{self.kind}/{name}/versions/{version}",
        )

    def _curated(self, name: str, version: str) -> Asset | None:
        return curated.get(self.ws, name, version) if self.kind == "environments" and name else None

    def _output(self, name: str, version: str) -> Asset | None:
        """The asset that stands for an output of a job, which is in no file."""
        if self.kind != "data" or not str(name).startswith("azureml_"):
            return None
        from dp100.standin.engine.jobs import output_assets

        held = output_assets.find(self.ws, name, version)
        return self._asset(held, False) if held else None

    def _names(self) -> builtins.list[str]:
        found = list(curated.names()) if self.kind == "environments" else []
        try:
            with os.scandir(self._folder) as entries:
                folders = [
                    Path(each.path) for each in entries if not each.name.startswith(".") and each.is_dir()
                ]
        except FileNotFoundError:
            folders = []
        for folder in folders:
            index = Index(folder, None)
            if index.versions:
                found.append(index.name)
        return sorted(found, key=str.casefold)

    def _versions(self, name: str) -> builtins.list[Asset]:
        """All versions, the one created last first."""
        if self.kind == "environments" and (come := curated.versions(self.ws, name)):
            return come
        folder = self._entry(name)
        index = Index(folder, name)
        found = []
        for version in reversed(index.versions):
            try:
                found.append(self._asset(store.read_yaml(version_file(folder, version)), index.archived))
            except FileNotFoundError:
                continue  # deleted meanwhile
        return found

    def _newest(self, name: str, archived: bool | None) -> Asset | None:
        """The version created last, of those that are or are not archived (None: any)."""
        if self.kind == "environments" and (come := curated.latest(self.ws, name)):
            return None if archived else come
        folder = self._entry(name)
        index = Index(folder, name)
        for version in reversed(index.versions):
            if (held := self._held(folder, version)) is not None:
                asset = self._asset(held[0], index.archived)
                if archived is None or asset.archived is archived:
                    return asset
        return None

    def _representative(self, name: str, include_archived: bool, archived_only: bool) -> Asset | None:
        if include_archived and not archived_only:
            return self._newest(name, False) or self._newest(name, True)
        return self._newest(name, archived_only)

    def _latest(self, name: str) -> Asset:
        found = (self._newest(name, False) or self._newest(name, None)) if name else None
        if found is None:
            raise self._missing(name)
        return found

    def _change(self, name: str, version: str, change: Any) -> Asset:
        self._refuse_curated(name)
        with store.locked(self._folder):
            folder = self._entry(name)
            held = self._held(folder, version)
            if held is None:
                raise self._missing(name, version)
            record, archived = held
            change(record)
            record["modified"] = store.now()
            record["spec"] = store.plain(record["spec"])
            store.write_yaml(version_file(folder, version), record)
            return self._asset(record, archived)

    def _set_archived(self, name: str, version: str | int | None, label: str | None, archived: bool) -> None:
        access.check(self.ws, f"{self._action}/write")
        if version is not None and label is not None:
            raise Invalid("Cannot specify both version and label.", target=self._word)
        if label is not None:
            version = self.get(name, label=label).version
        if version is not None:

            def change(record: dict[str, Any]) -> None:
                record["archived"] = archived

            self._change(name, str(version), change)
            return
        self._refuse_curated(name)
        with store.locked(self._folder):
            index = Index(self._entry(name), name)
            if not index.versions:
                raise self._missing(name)
            index.set_archived(archived)
