"""Places in datastores, without how a script is to find them."""

from __future__ import annotations

from azureml.data.data_reference import DataReference


class DataPath:
    """A place in a datastore."""

    def __init__(self, datastore=None, path_on_datastore=None, name=None):
        self._datastore = datastore
        self._path_on_datastore = path_on_datastore
        self._name = name

    @property
    def datastore_name(self):
        """The datastore's name."""
        return self._datastore.name if self._datastore is not None else None

    @property
    def path_on_datastore(self):
        """The place in it."""
        return self._path_on_datastore

    def create_data_reference(self, data_reference_name=None, datapath_compute_binding=None):
        """A reference to the place."""
        binding = datapath_compute_binding or DataPathComputeBinding()
        return DataReference(
            self._datastore,
            data_reference_name or self._name,
            self._path_on_datastore,
            binding._mode,
            binding._path_on_compute,
            binding._overwrite,
        )

    @staticmethod
    def create_from_data_reference(data_reference):
        """The place that a reference is to."""
        return DataPath(
            data_reference.datastore,
            data_reference.path_on_datastore,
            data_reference.data_reference_name,
        )


class DataPathComputeBinding:
    """How a script is to find a place."""

    def __init__(self, mode="mount", path_on_compute=None, overwrite=False):
        self._mode = mode
        self._path_on_compute = path_on_compute
        self._overwrite = overwrite

    def create_data_reference(self, data_reference_name=None, datapath=None):
        """A reference to a place, bound like this."""
        return datapath.create_data_reference(data_reference_name, self)

    @staticmethod
    def create_from_data_reference(data_reference):
        """How a reference is bound."""
        return DataPathComputeBinding(
            data_reference.mode, data_reference.path_on_compute, data_reference.overwrite
        )
