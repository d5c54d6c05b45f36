"""What is in a workspace, by name."""

from __future__ import annotations

import contextlib
from typing import Any

from azureml._local.collections import Experiments as _Experiments
from azureml._local.collections import Lazy as _Lazy
from azureml._local.errors import no_workspace as _no_workspace
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused_workspace as _refused_workspace
from azureml.exceptions._azureml_exception import WorkspaceException


@_raises(WorkspaceException, _refused_workspace, _no_workspace)
class WorkspaceContents:
    """The part of a workspace that gives what is in it."""

    DEFAULT_CPU_CLUSTER_NAME: str
    DEFAULT_GPU_CLUSTER_NAME: str
    _ws: Any

    @property
    def compute_targets(self):
        """The compute targets by name."""
        from azureml.core.compute.compute import ComputeTarget

        return {target.name: target for target in ComputeTarget.list(self)}

    @property
    def datastores(self):
        """The datastores by name, without their credentials; kinds that SDK v1 has no class for are left out."""
        from azureml.data.datastore_client import _datastore

        from dp100.standin.engine.data import datastores
        from dp100.standin.engine.errors import NotOffline

        found = {}
        for held in datastores.list(self._ws):
            with contextlib.suppress(NotOffline):
                found[held.name] = _datastore(self, held)
        return found

    @property
    def datasets(self):
        """The latest version of each dataset, by name."""
        from azureml.data.abstract_dataset import AbstractDataset

        return AbstractDataset.get_all(self)

    @property
    def environments(self):
        """The environments by name."""
        from azureml.core.environment import Environment

        return Environment.list(self)

    @property
    def experiments(self):
        """The experiments by name."""
        return _Experiments(self)

    @property
    def models(self):
        """The latest version of each model, by name."""
        from azureml.core.model import Model

        return {model.name: model for model in Model.list(self, latest=True)}

    @property
    def webservices(self):
        """The web services by name; there are none offline yet."""
        return _Lazy({})

    @property
    def images(self):
        """The images by name; the service has none any more."""
        return _Lazy({})

    @property
    def linked_services(self):
        """The linked services by name."""
        from azureml.core.linked_service import LinkedService

        return {service.name: service for service in LinkedService.list(self)}

    @property
    def private_endpoints(self):
        """The private endpoint that the workspace was made with, by name; there is no network to make others in."""
        from azureml.core.private_endpoint import PrivateEndPoint

        held = self._ws.record
        name = held.get("private_endpoint")
        if not name:
            return {}
        group = held["id"].partition("/providers/")[0]
        return {
            name: PrivateEndPoint(
                f"{held['id']}/privateEndpointConnections/{name}",
                f"{group}/providers/Microsoft.Network/privateEndpoints/{name}",
            )
        }

    def get_run(self, run_id):
        """The run of that id, whatever its experiment."""
        from azureml.core.run import Run

        return Run.get(self, run_id)

    def get_default_datastore(self):
        """The datastore that is used when none is named."""
        from azureml.core.datastore import Datastore

        return Datastore.get_default(self)

    def set_default_datastore(self, name):
        """Make a datastore the default."""
        from dp100.standin.engine.data import datastores

        datastores.set_default(self._ws, name)

    def get_default_keyvault(self):
        """The key vault of the workspace."""
        from azureml.core.keyvault import Keyvault

        return Keyvault(self)

    def get_default_compute_target(self, type):
        """The default cluster of the type ``CPU`` or ``GPU``, or None."""
        names = {"CPU": self.DEFAULT_CPU_CLUSTER_NAME, "GPU": self.DEFAULT_GPU_CLUSTER_NAME}
        if str(type).upper() not in names:
            raise ValueError("Invalid compute type. Accepted values are CPU and GPU")
        return self.compute_targets.get(names[str(type).upper()])
