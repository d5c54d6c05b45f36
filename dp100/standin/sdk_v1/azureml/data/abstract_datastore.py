"""What all datastores have in common."""

from __future__ import annotations

from azureml._local.errors import raises as _raises
from azureml.exceptions._azureml_exception import UserErrorException as _UserErrorException

from dp100.standin.engine.data import datastores as _datastores


@_raises(_UserErrorException)
class AbstractDatastore:
    """A name for a place in storage."""

    def __init__(self, workspace, name, datastore_type):
        self._workspace = workspace
        self._name = name
        self._datastore_type = datastore_type

    @property
    def workspace(self):
        """The workspace."""
        return self._workspace

    @workspace.setter
    def workspace(self, value):
        self._workspace = value

    @property
    def name(self):
        """The datastore's name."""
        return self._name

    @name.setter
    def name(self, value):
        self._name = value

    @property
    def datastore_type(self):
        """The service's name for the type."""
        return self._datastore_type

    @datastore_type.setter
    def datastore_type(self, value):
        self._datastore_type = value

    def set_as_default(self):
        """Make it the datastore that is used when none is named."""
        _datastores.set_default(self.workspace._ws, self.name)

    def unregister(self):
        """Forget the datastore; what is stored stays."""
        _datastores.unregister(self.workspace._ws, self.name)

    def _as_dict(self):
        return {"name": self.name, "datastore_type": self.datastore_type}

    def __repr__(self):
        import json

        return json.dumps(self._as_dict(), indent=2)

    def __str__(self):
        return repr(self)
