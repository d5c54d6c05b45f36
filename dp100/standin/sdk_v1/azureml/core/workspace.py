"""Workspaces: where everything else is kept."""

from __future__ import annotations

import contextlib
import json
import logging
import re
from pathlib import Path as _Path

from azureml._local import account as _account
from azureml._local.errors import no_workspace as _no_workspace
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused_workspace as _refused_workspace
from azureml._local.naming import camel as _camel
from azureml._local.workspace_changes import WorkspaceChanges as _WorkspaceChanges
from azureml._local.workspace_contents import WorkspaceContents as _WorkspaceContents
from azureml._version import VERSION
from azureml.core.authentication import InteractiveLoginAuthentication
from azureml.core.compute.amlcompute import AmlCompute
from azureml.exceptions._azureml_exception import (
    ProjectSystemException,
    UserErrorException,
    WorkspaceException,
)

from dp100.standin.engine.errors import EngineError as _EngineError
from dp100.standin.engine.errors import Forbidden as _Forbidden
from dp100.standin.engine.errors import NotFound as _NotFound
from dp100.standin.engine.errors import NotOffline as _NotOffline
from dp100.standin.engine.workspace import access as _access
from dp100.standin.engine.workspace import config_file as _config_file
from dp100.standin.engine.workspace import workspace as _workspaces
from dp100.standin.engine.workspace.regions import REGIONS as _REGIONS

WORKSPACE_DEFAULT_BLOB_STORE_NAME = "workspaceblobstore"

_logger = logging.getLogger(__name__)


@_raises(WorkspaceException, _refused_workspace, _no_workspace)
class Workspace(_WorkspaceContents, _WorkspaceChanges):
    """A workspace of Azure Machine Learning.

    Args:
        subscription_id: the subscription.
        resource_group: the resource group.
        workspace_name: the workspace's name.
        auth: who calls; the signed-in user by default.
    """

    DEFAULT_CPU_CLUSTER_CONFIGURATION = AmlCompute.provisioning_configuration(
        min_nodes=0, max_nodes=2, vm_size="STANDARD_DS2_V2", vm_priority="dedicated"
    )
    DEFAULT_CPU_CLUSTER_NAME = "cpu-cluster"
    DEFAULT_GPU_CLUSTER_CONFIGURATION = AmlCompute.provisioning_configuration(
        min_nodes=0, max_nodes=2, vm_size="STANDARD_NC6", vm_priority="dedicated"
    )
    DEFAULT_GPU_CLUSTER_NAME = "gpu-cluster"

    def __init__(
        self,
        subscription_id,
        resource_group,
        workspace_name,
        auth=None,
        _location=None,
        _disable_service_check=False,
        _workspace_id=None,
        sku="basic",
        tags=None,
        _cloud="AzureCloud",
    ):
        self._auth = auth or InteractiveLoginAuthentication()
        with _account.acting_as(auth):
            self._ws = _account.kept(_opened(workspace_name, resource_group, subscription_id))

    @classmethod
    def _of(cls, ws, auth=None):
        """The object for a handle of the engine."""
        made = cls.__new__(cls)
        made._auth = auth or InteractiveLoginAuthentication()
        made._ws = _account.kept(ws)
        return made

    # --- making and finding --------------------------------------------------------------------------------

    @staticmethod
    def from_config(path=None, auth=None, _logger=None, _file_name=None):
        """The workspace that the config.json names which is found from ``path`` upwards."""
        try:
            found = _config_file.find_config(path, _file_name)
        except _NotFound as error:
            start = _Path("." if path is None else path).absolute()
            raise UserErrorException(
                f"The workspace configuration file config.json, could not be found in {start} or its parent "
                "directories. Please check whether the workspace configuration file exists, or provide the full "
                "path to the configuration file as an argument. You can download a configuration file for your "
                "workspace, via http://ml.azure.com and clicking on the name of your workspace in the right top."
            ) from error
        except _EngineError as error:
            # The real SDK lets the parser's own error through where the file is no JSON.
            if isinstance(error.__cause__, ValueError):
                raise error.__cause__ from error
            raise UserErrorException(error.message) from error
        return Workspace.get(
            found.workspace_name,
            auth=auth,
            subscription_id=found.subscription_id,
            resource_group=found.resource_group,
        )

    @staticmethod
    def create(
        name,
        auth=None,
        subscription_id=None,
        resource_group=None,
        location=None,
        create_resource_group=True,
        sku="basic",
        tags=None,
        friendly_name=None,
        storage_account=None,
        key_vault=None,
        app_insights=None,
        container_registry=None,
        adb_workspace=None,
        primary_user_assigned_identity=None,
        cmk_keyvault=None,
        resource_cmk_uri=None,
        hbi_workspace=False,
        default_cpu_compute_target=None,
        default_gpu_compute_target=None,
        private_endpoint_config=None,
        private_endpoint_auto_approval=True,
        exist_ok=False,
        show_output=True,
        user_assigned_identity_for_cmk_encryption=None,
        system_datastores_auth_mode="accessKey",
        v1_legacy_mode=None,
    ):
        """Make a workspace, and its resource group if that is missing and ``create_resource_group`` is set."""
        try:
            _workspaces.check_name(name)
        except _EngineError as error:
            raise UserErrorException(error.message) from error
        held = _account.account()
        if subscription_id:
            _account.check_subscription(subscription_id)
        if not resource_group:
            letters = re.sub("[^a-z]", "", name.lower())[:8]
            resource_group = f"{letters}rsgroup{held.subscription_id[:8]}"
        if location and location.lower().replace(" ", "") not in _REGIONS:
            raise WorkspaceException("Location not available for that subscription.")
        if resource_group.casefold() not in {group.casefold() for group in held.groups}:
            if not location:
                raise WorkspaceException(
                    "Resource group was not found and location was not provided. "
                    "Provide location with --location to create a new resource group."
                )
            if not create_resource_group:
                raise WorkspaceException("Resource group was not found.")
        if private_endpoint_config is not None and v1_legacy_mode is None:
            v1_legacy_mode = True
        properties = {
            "adb_workspace": adb_workspace,
            "primary_user_assigned_identity": primary_user_assigned_identity,
            "cmk_keyvault": cmk_keyvault,
            "resource_cmk_uri": resource_cmk_uri,
            "user_assigned_identity_for_cmk_encryption": user_assigned_identity_for_cmk_encryption,
            "v1_legacy_mode": v1_legacy_mode,
            "private_endpoint": getattr(private_endpoint_config, "name", None),
        }
        with _account.acting_as(auth):
            if exist_ok:
                with contextlib.suppress(_NotFound):
                    return Workspace._of(_workspaces.open_workspace(name, resource_group), auth)
            try:
                made = _workspaces.create(
                    resource_group,
                    name,
                    location=location,
                    exist_ok=exist_ok,
                    create_resource_group=create_resource_group,
                    tags={"createdByToolkit": f"sdk-v1-{VERSION}", **(tags or {})},
                    friendly_name=friendly_name,
                    storage_account=storage_account,
                    key_vault=key_vault,
                    application_insights=app_insights,
                    container_registry=container_registry,
                    hbi_workspace=hbi_workspace,
                    sku="Basic",  # the only one there is; the parameter is from when there were two
                    system_datastores_auth_mode=system_datastores_auth_mode,
                    **{key: value for key, value in properties.items() if value is not None},
                )
            except _Forbidden as error:
                raise WorkspaceException(f"Unable to create the workspace. {error.message}") from error
        if show_output:
            print(f"Deployed Workspace with name {made.name}.")
        workspace = Workspace._of(made, auth)
        for cluster, configuration in (
            (Workspace.DEFAULT_CPU_CLUSTER_NAME, default_cpu_compute_target),
            (Workspace.DEFAULT_GPU_CLUSTER_NAME, default_gpu_compute_target),
        ):
            if configuration:
                from azureml.core.compute.compute import ComputeTarget

                ComputeTarget.create(workspace, cluster, configuration)
        return workspace

    @staticmethod
    def get(
        name,
        auth=None,
        subscription_id=None,
        resource_group=None,
        location=None,
        cloud="AzureCloud",
        id=None,
    ):
        """The workspace of that name; the group is needed where two groups have one."""
        with _account.acting_as(auth):
            return Workspace._of(_opened(name, resource_group, subscription_id), auth)

    @staticmethod
    def list(subscription_id, auth=None, resource_group=None):
        """The workspaces by name; a list for each name, as two groups may use one."""
        with _account.acting_as(auth):
            if subscription_id:
                _account.check_subscription(subscription_id)
            found: dict = {}
            try:
                there = _workspaces.list_workspaces(resource_group)
            except _NotFound as error:
                raise ProjectSystemException("Workspaces not found.") from error
            for ws in there:
                found.setdefault(ws.name, []).append(Workspace._of(ws, auth))
        return found

    @staticmethod
    def setup():
        """Ask for a workspace and make it, as the SDK did in its first versions."""
        raise _NotOffline("Workspace.setup", "Call Workspace.create.")

    def write_config(self, path=None, file_name=None):
        """Write ``.azureml/config.json`` for :meth:`from_config`."""
        try:
            _config_file.write_config(self._ws, path, file_name)
        except OSError as error:
            raise UserErrorException(
                f"Could not write the config file to: {_Path(path or '.').absolute()}\n{error}"
            ) from error

    # --- what it tells -------------------------------------------------------------------------------------

    @property
    def name(self):
        """The workspace's name."""
        return self._ws.name

    @property
    def resource_group(self):
        """The resource group's name."""
        return self._ws.group

    @property
    def subscription_id(self):
        """The subscription."""
        return self._ws.subscription_id

    @property
    def location(self):
        """The region."""
        return self._ws.record["location"]

    @property
    def sku(self):
        """The edition."""
        return self._ws.record["sku"]

    @property
    def tags(self):
        """The tags."""
        return dict(self._ws.record["tags"])

    @property
    def discovery_url(self):
        """Where clients would find the service's addresses."""
        return self._ws.record["discovery_url"]

    @property
    def service_context(self):
        """How requests would be made."""
        raise _NotOffline("Workspace.service_context")

    def get_details(self):
        """Everything that is known of the workspace, by the service's names."""
        held = self._ws.record
        found = {
            "id": held["id"],
            "name": held["name"],
            "identity": {"principal_id": held["workspace_id"], "type": "SystemAssigned"},
            "location": held["location"],
            "type": "Microsoft.MachineLearningServices/workspaces",
            "tags": dict(held["tags"]),
            "sku": held["sku"],
            "workspaceid": held["workspace_id"],
            "sdkTelemetryAppInsightsKey": "",
            "description": held["description"] or "",
            "friendlyName": held["friendly_name"],
            "keyVault": held["key_vault"],
            "applicationInsights": held["application_insights"],
            "storageAccount": held["storage_account"],
            "containerRegistry": held["container_registry"],
            "hbiWorkspace": held["hbi_workspace"],
            "provisioningState": "Succeeded",
            "discoveryUrl": held["discovery_url"],
            "creationTime": held["created"],
            "publicNetworkAccess": held["public_network_access"],
            "systemDatastoresAuthMode": held.get("system_datastores_auth_mode") or "accessKey",
        }
        for name in (
            "image_build_compute",
            "resource_cmk_uri",
            "service_managed_resources_settings",
            "v1_legacy_mode",
        ):
            if held.get(name) is not None:
                found[_camel(name)] = held[name]
        return {name: value for name, value in found.items() if value is not None}

    def get_mlflow_tracking_uri(self, _with_auth=False):
        """The tracking URI for MLflow: here a local SQLite file."""
        from dp100.standin.engine.tracking.store import Tracking

        return Tracking(self._ws).uri

    def list_keys(self):
        """Keys of the associated resources; they open nothing."""
        _access.check(self._ws, "listKeys/action")
        return {
            "userStorageKey": "offline",
            "userStorageResourceId": self._ws.record["storage_account"],
            "appInsightsInstrumentationKey": "offline",
            "containerRegistryCredentials": None,
        }

    # --- looks ---------------------------------------------------------------------------------------------

    def __repr__(self):
        return (
            f"Workspace.create(name='{self.name}', subscription_id='{self.subscription_id}', "
            f"resource_group='{self.resource_group}')"
        )

    def __eq__(self, other):
        return isinstance(other, Workspace) and self._ws.folder == other._ws.folder

    def __hash__(self):
        return hash(self._ws.folder)

    def _repr_html_(self):
        return (
            f"<pre>{json.dumps({'name': self.name, 'resource_group': self.resource_group}, indent=1)}</pre>"
        )


def _opened(name, group, subscription):
    if subscription:
        _account.check_subscription(subscription)
    try:
        return _workspaces.open_workspace(name, group, subscription)
    except _NotFound as error:
        _logger.error(
            "get_workspace error using subscription_id=%s, resource_group_name=%s, workspace_name=%s",
            subscription,
            group,
            name,
        )
        raise ProjectSystemException("Workspace not found.") from error
    except _Forbidden as error:
        raise ProjectSystemException(error.message) from error
