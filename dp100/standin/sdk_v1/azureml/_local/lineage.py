"""The datasets that a run has read and made, as its details tell of them."""

from __future__ import annotations

from collections.abc import Sequence


class InputDatasets(Sequence):
    """What a run has read: shown by its ids, and with the datasets themselves for who takes one out.

    Args:
        datasets: ``id`` and ``mode`` by the name of the input.
    """

    def __init__(self, workspace, datasets):
        self._workspace = workspace
        self._datasets = datasets
        self._found = None

    def __getitem__(self, key):
        if self._found is None:
            from azureml.data.abstract_dataset import AbstractDataset

            self._found = self._told(lambda identity: AbstractDataset.get_by_id(self._workspace, identity))
        return self._found[key]

    def __len__(self):
        return len(self._datasets)

    def __eq__(self, other):
        return isinstance(other, InputDatasets) and str(self) == str(other)

    __hash__ = None  # type: ignore[assignment]  # as Python does for classes with __eq__

    def __repr__(self):
        return str(self._told(lambda identity: {"id": identity}))

    def _told(self, shown):
        return [
            {
                "dataset": shown(each["id"]),
                "consumptionDetails": {
                    "type": "RunInput",
                    "inputName": name,
                    "mechanism": each["mode"].capitalize(),
                },
            }
            for name, each in self._datasets.items()
        ]


def outputs(workspace, spec, now):
    """What a run has made, once it has ended well: a list with the datasets."""
    if now.status != "Completed":
        return []
    told = []
    for name, definition in (spec.extra.get("made") or {}).items():
        dataset = _made(workspace, definition, now.registered.get(name))
        told.append(
            {
                "identifier": {"savedId": dataset.id},
                "outputType": "RunOutput",
                "outputDetails": {"outputName": name},
                "dataset": dataset,
            }
        )
    return told


def _made(workspace, definition, registered):
    """The dataset of an output: the version that it was registered as, if that is still there."""
    from azureml.data import _registry
    from azureml.data.abstract_dataset import AbstractDataset
    from azureml.exceptions._azureml_exception import UserErrorException

    if registered:
        try:
            return AbstractDataset.get_by_name(workspace, registered["name"], registered["version"])
        except UserErrorException:  # archived or deleted meanwhile
            pass
    return AbstractDataset.get_by_id(workspace, _registry.save(workspace._ws, definition))
