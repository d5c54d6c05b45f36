"""What tabular and file datasets have in common: how they are registered, found and described."""

from __future__ import annotations

import json
from typing import Any

from azureml._local.errors import raises as _raises
from azureml.data import _expressions, _places, _registry
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.data.assets import AssetStore as _AssetStore


class _Factory:
    """A factory of :mod:`azureml.data.dataset_factory`, which itself needs the datasets."""

    def __init__(self, name):
        self._name = name

    def __get__(self, instance, owner):
        from azureml.data import dataset_factory

        return getattr(dataset_factory, self._name)


@_raises(UserErrorException)
class AbstractDataset:
    """A reference to data, with the steps that are done when it is read; the data stays where it is."""

    File = _Factory("FileDatasetFactory")
    Tabular = _Factory("TabularDatasetFactory")

    def __init__(self):
        if type(self) is AbstractDataset:
            raise UserErrorException("Cannot create instance of abstract class AbstractDataset")
        self._workspace: Any = None
        self._definition: Any = None
        self._asset: Any = None
        self._saved = None

    @classmethod
    def _make(cls, workspace, definition, asset=None):
        made = cls()
        made._workspace = workspace
        made._definition = definition
        made._asset = asset
        made._saved = (asset.spec.get("v1") or {}).get("id") if asset is not None else None
        return made

    def _then(self, *step):
        """The dataset with one more step."""
        definition = {**self._definition, "steps": [*self._definition["steps"], list(step)]}
        return type(self)._make(self._workspace, definition)

    # --- what it tells -------------------------------------------------------------------------------------

    @property
    def id(self):
        """The id of what is registered or saved, or None."""
        return self._saved

    @property
    def name(self):
        """The registered name, or None."""
        return self._asset.name if self._asset is not None else None

    @property
    def version(self):
        """The registered version, or None."""
        return (
            int(self._asset.version) if self._asset is not None and self._asset.version.isdecimal() else None
        )

    @property
    def description(self):
        """The registered description, or None."""
        return self._asset.spec.get("description") if self._asset is not None else None

    @property
    def tags(self):
        """The registered tags, or None."""
        return dict(self._asset.spec.get("tags") or {}) if self._asset is not None else None

    @property
    def data_changed_time(self):
        """When a file of the dataset was last changed, UTC."""
        from datetime import UTC, datetime

        times = [file.path.stat().st_mtime for file in self._files()]
        return datetime.fromtimestamp(max(times), UTC) if times else None

    @property
    def partition_keys(self):
        """The columns that a partition format makes."""
        from azureml.data._reading import partition_columns

        return partition_columns(self._definition["source"].get("options", {}).get("partition_format"))

    def get_partition_key_values(self, partition_keys=None):
        """The different values of the partition keys, a list of dicts."""
        known = self.partition_keys
        if not known:
            raise UserErrorException(
                "cannot retrieve partition key values for a dataset that has no partition keys"
            )
        wanted = partition_keys or known
        wrong = [key for key in wanted if key not in known]
        if wrong:
            raise UserErrorException(f"{wrong} are invalid partition keys")
        from azureml.data._reading import _partitions

        text = self._definition["source"]["options"]["partition_format"]
        found = []
        for file in self._files():
            values = _partitions(text, file)
            row = {key: values[key] for key in wanted}
            if row not in found:
                found.append(row)
        return found

    def __getitem__(self, key):
        if isinstance(key, str):
            return _expressions.column(key)
        raise KeyError(key)

    # --- registering ---------------------------------------------------------------------------------------

    def register(self, workspace, name, description=None, tags=None, create_new_version=False):
        """Give the dataset a name; returns the registered dataset."""
        asset = _registry.register(
            workspace._ws, self._definition, name, description, tags, create_new_version
        )
        return type(self)._make(workspace, self._definition, asset)

    def update(self, description=None, tags=None):
        """Change the description and the tags of the registered version; returns the dataset."""
        changes = {"description": description, "tags": tags}
        return self._changed("update", {k: v for k, v in changes.items() if v is not None})

    def add_tags(self, tags=None):
        """Add tags to the registered version; returns the dataset."""
        return self._changed("add tags to", {"tags": {**(self.tags or {}), **(tags or {})}})

    def remove_tags(self, tags=None):
        """Take tags, a list of names, from the registered version; returns the dataset."""
        left = {key: value for key, value in (self.tags or {}).items() if key not in (tags or ())}
        return self._changed("remove tags from", {"tags": left})

    def _changed(self, what, changes):
        if self._asset is None:
            raise UserErrorException(f"To {what} this dataset it must be registered.")
        if "tags" in changes:
            changes["tags"] = {str(key): str(value) for key, value in changes["tags"].items()}
        self._asset = _AssetStore(self._workspace._ws, "data").update(
            self._asset.name, self._asset.version, changes
        )
        return self

    def unregister_all_versions(self):
        """Forget every version of the name; the data stays."""
        if self._asset is None:
            return
        _AssetStore(self._workspace._ws, "data").delete(self._asset.name)
        self._asset = None

    @staticmethod
    def get_by_name(workspace, name, version="latest", **kwargs):
        """The registered dataset of that name and version."""
        if version != "latest":
            try:
                version = int(version)
            except (TypeError, ValueError):
                raise UserErrorException(
                    f'Invalid value {version} for version. Version value must be number or "latest".'
                ) from None
        return _dataset(workspace, _registry.find(workspace._ws, name, version))

    @staticmethod
    def get_by_id(workspace, id, **kwargs):
        """The registered or saved dataset of that id."""
        definition = _registry.load(workspace._ws, id)
        asset = _registry.registered_as(workspace._ws, id)
        made = _class(definition)._make(workspace, definition, asset)
        made._saved = id
        return made

    @staticmethod
    def get_all(workspace):
        """The latest version of every registered dataset, by name."""
        from azureml._local.collections import Named

        return Named(
            _registry.names(workspace._ws), lambda name: AbstractDataset.get_by_name(workspace, name)
        )

    def as_named_input(self, name):
        """The dataset as an input of a run, under a name."""
        from azureml.data.dataset_consumption_config import DatasetConsumptionConfig

        return DatasetConsumptionConfig(name, self)

    # --- inside --------------------------------------------------------------------------------------------

    def _ensure_saved(self, workspace):
        """Keep the definition, so that a run finds it; returns its id."""
        if self._workspace is None:
            self._workspace = workspace
        if self._saved is None:
            self._saved = _registry.save(workspace._ws, self._definition)
        return self._saved

    def _files(self):
        return _places.files(self._workspace, self._definition["source"]["paths"])

    def __repr__(self):
        source = self._definition["source"]
        steps = [
            "GetDatastoreFiles" if "datastore" in source["paths"][0] else "GetFiles",
            *(
                {
                    "delimited": ["ParseDelimited"],
                    "parquet": ["ReadParquetFile"],
                    "json_lines": ["ParseJsonLines"],
                }.get(source["type"], [])
            ),
            *(step[0].capitalize() for step in self._definition["steps"]),
        ]
        content = {"source": _places.describe(source["paths"]), "definition": steps}
        if self._asset is not None:
            content["registration"] = {
                "id": self.id,
                "name": self.name,
                "version": self.version,
                **({"description": self.description} if self.description else {}),
                **({"tags": self.tags} if self.tags else {}),
                "workspace": repr(self._workspace),
            }
        return json.dumps(content, indent=2)

    def __str__(self):
        return f"{type(self).__name__}\n{self!r}"


def _class(definition):
    from azureml.data.file_dataset import FileDataset
    from azureml.data.tabular_dataset import TabularDataset

    return TabularDataset if definition["kind"] == "tabular" else FileDataset


def _dataset(workspace, asset):
    """The dataset that a version of a data asset is, whichever SDK has registered it."""
    if not asset.spec.get("v1"):
        asset = _registry.of_output(workspace._ws, asset)
    v1 = asset.spec.get("v1")
    definition = v1["definition"] if v1 else _places.asset(workspace, asset)
    return _class(definition)._make(workspace, definition, asset)
