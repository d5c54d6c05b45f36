"""MLClient: the same client as azure.ai.ml's, on a workspace of this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from azure.ai.ml.entities import (
    BatchDeployment,
    BatchEndpoint,
    Component,
    Compute,
    Datastore,
    Environment,
    Index,
    Job,
    Model,
    OnlineDeployment,
    OnlineEndpoint,
    Registry,
    Schedule,
    ServerlessEndpoint,
    Workspace,
)
from azure.ai.ml.exceptions import ErrorTarget
from azure.core.credentials import TokenCredential
from azure.core.polling import LROPoller

from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.workspace import config_file
from dp100.standin.sdk_v2.errors import invalid
from dp100.standin.sdk_v2.later import Later
from dp100.standin.sdk_v2.scope import Operations, Scope

if TYPE_CHECKING:
    from dp100.standin.sdk_v2.operations.components import ComponentOperations
    from dp100.standin.sdk_v2.operations.compute import ComputeOperations
    from dp100.standin.sdk_v2.operations.data import DataOperations
    from dp100.standin.sdk_v2.operations.datastores import DatastoreOperations
    from dp100.standin.sdk_v2.operations.environments import EnvironmentOperations
    from dp100.standin.sdk_v2.operations.jobs import JobOperations
    from dp100.standin.sdk_v2.operations.models import ModelOperations
    from dp100.standin.sdk_v2.operations.workspaces import WorkspaceOperations

G = TypeVar("G", bound=Operations)

_LEVELS = 20  # folders above the first in which config.json is looked for


class MLClient:
    """A client of a workspace. Nothing is looked up before it is used.

    Args:
        credential: any credential; a service principal's decides what may be done.
        subscription_id: the subscription.
        resource_group_name: the resource group.
        workspace_name: the workspace; optional for operations on workspaces.
        registry_name: a registry, with which nothing can be done offline.
        kwargs: what the real client takes (``cloud``, ``show_progress``, ``enable_telemetry`` ...); nothing is sent
            anywhere whatever they say.

    Raises:
        ValueError: the credential is None.
        ValidationException: both a workspace and a registry.
    """

    def __init__(
        self,
        credential: TokenCredential,
        subscription_id: str | None = None,
        resource_group_name: str | None = None,
        workspace_name: str | None = None,
        registry_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if credential is None:
            raise ValueError("credential can not be None")
        if registry_name and workspace_name:
            raise invalid("Both workspace_name and registry_name cannot be used together, for the ml_client.")
        self._credential = credential
        self._groups: dict[type, Operations] = {}
        self._kwargs = kwargs
        self._operation_scope = Scope(
            subscription_id=str(subscription_id),
            resource_group_name=str(resource_group_name),
            workspace_name=workspace_name,
            credential=credential,
            registry_name=registry_name,
            show_progress=bool(kwargs.get("show_progress", True)),
        )

    @classmethod
    def from_config(
        cls,
        credential: TokenCredential,
        *,
        path: os.PathLike[str] | str | None = None,
        file_name: str | None = None,
        **kwargs: Any,
    ) -> MLClient:
        """A client of the workspace that a config.json names: the file itself, or the first from a folder upwards.

        Args:
            path: the file, or the folder to start in; the working folder by default.
            file_name: the only name to look for.

        Raises:
            ValidationException: there is no such file, or it names no workspace.
            json.JSONDecodeError: it is not JSON.
        """
        start = Path() if path is None else Path(path)
        try:
            found = config_file.find_config(start, file_name, levels=_LEVELS)
        except NotFound as error:
            raise invalid(
                f"We could not find config.json in: {start} or in its parent directories. Please provide the full path "
                "to the config file or ensure that config.json exists in the parent directories.",
                ErrorTarget.GENERAL,
            ) from error
        except Invalid as error:
            if isinstance(error.__cause__, ValueError):
                raise error.__cause__ from None
            raise invalid(error.message, ErrorTarget.GENERAL) from error
        return cls(
            credential=credential,
            subscription_id=found.subscription_id,
            resource_group_name=found.resource_group,
            workspace_name=found.workspace_name,
            **kwargs,
        )

    # --- what needs the cloud, or comes later ----------------------------------------------------------------

    azure_openai_deployments = Later("AzureOpenAIDeploymentOperations")
    batch_deployments = Later("BatchDeploymentOperations")
    batch_endpoints = Later("BatchEndpointOperations")
    capability_hosts = Later("CapabilityHostsOperations")
    connections = Later("WorkspaceConnectionsOperations")
    deployment_templates = Later("DeploymentTemplateOperations")
    evaluators = Later("EvaluatorOperations")
    feature_sets = Later("FeatureSetOperations")
    feature_store_entities = Later("FeatureStoreEntityOperations")
    feature_stores = Later("FeatureStoreOperations")
    indexes = Later("IndexOperations")
    marketplace_subscriptions = Later("MarketplaceSubscriptionOperations")
    online_deployments = Later("OnlineDeploymentOperations")
    online_endpoints = Later("OnlineEndpointOperations")
    registries = Later("RegistryOperations")
    schedules = Later("ScheduleOperations")
    serverless_endpoints = Later("ServerlessEndpointOperations")
    workspace_outbound_rules = Later("WorkspaceOutboundRuleOperations")

    # --- what is here -------------------------------------------------------------------------------------

    @property
    def workspaces(self) -> WorkspaceOperations:
        """Workspaces of the resource group."""
        from dp100.standin.sdk_v2.operations.workspaces import WorkspaceOperations

        return self._made(WorkspaceOperations)

    @property
    def jobs(self) -> JobOperations:
        """Jobs of the workspace."""
        from dp100.standin.sdk_v2.operations.jobs import JobOperations

        return self._made(JobOperations)

    @property
    def compute(self) -> ComputeOperations:
        """Compute targets of the workspace."""
        from dp100.standin.sdk_v2.operations.compute import ComputeOperations

        return self._made(ComputeOperations)

    @property
    def models(self) -> ModelOperations:
        """Registered models of the workspace."""
        from dp100.standin.sdk_v2.operations.models import ModelOperations

        return self._made(ModelOperations)

    @property
    def datastores(self) -> DatastoreOperations:
        """Datastores of the workspace."""
        from dp100.standin.sdk_v2.operations.datastores import DatastoreOperations

        return self._made(DatastoreOperations)

    @property
    def environments(self) -> EnvironmentOperations:
        """Environments of the workspace."""
        from dp100.standin.sdk_v2.operations.environments import EnvironmentOperations

        return self._made(EnvironmentOperations)

    @property
    def data(self) -> DataOperations:
        """Data assets of the workspace."""
        from dp100.standin.sdk_v2.operations.data import DataOperations

        return self._made(DataOperations)

    @property
    def components(self) -> ComponentOperations:
        """Components of the workspace."""
        from dp100.standin.sdk_v2.operations.components import ComponentOperations

        return self._made(ComponentOperations)

    @property
    def subscription_id(self) -> str:
        """The subscription."""
        return self._operation_scope.subscription_id

    @property
    def resource_group_name(self) -> str:
        """The resource group."""
        return self._operation_scope.resource_group_name

    @property
    def workspace_name(self) -> str | None:
        """The workspace, if the client was made for one."""
        return self._operation_scope.workspace_name

    def _made(self, kind: type[G]) -> G:
        """The client's one group of operations of that class. They are imported when one is asked for, so that a
        client costs little.
        """
        found = self._groups.setdefault(kind, kind(self._operation_scope))
        assert isinstance(found, kind)
        return found

    def create_or_update(self, entity: Any, **kwargs: Any) -> Any:
        """Make or change a job, model, environment, component or datastore, whichever the entity is.

        Raises:
            TypeError: it is none of these.
        """
        groups: tuple[tuple[type, str], ...] = (
            (Job, "jobs"),
            (Model, "models"),
            (Environment, "environments"),
            (Component, "components"),
            (Datastore, "datastores"),
            (Index, "indexes"),
        )
        for kind, group in groups:
            if isinstance(entity, kind):
                return getattr(self, group).create_or_update(entity, **kwargs)
        raise TypeError("Please refer to create_or_update docstring for valid input types.")

    def begin_create_or_update(self, entity: Any, **kwargs: Any) -> LROPoller[Any]:
        """Make or change a workspace or compute target; endpoints, deployments and the like are not offline.

        Raises:
            TypeError: it is nothing that is made this way.
        """
        if isinstance(entity, Workspace):
            return self.workspaces.begin_create(entity, **kwargs)
        groups: tuple[tuple[type, str], ...] = (
            (Registry, "registries"),
            (Compute, "compute"),
            (OnlineEndpoint, "online_endpoints"),
            (BatchEndpoint, "batch_endpoints"),
            (OnlineDeployment, "online_deployments"),
            (BatchDeployment, "batch_deployments"),
            (Schedule, "schedules"),
            (ServerlessEndpoint, "serverless_endpoints"),
        )
        for kind, group in groups:
            if isinstance(entity, kind):
                poller: LROPoller[Any] = getattr(self, group).begin_create_or_update(entity, **kwargs)
                return poller
        raise TypeError("Please refer to begin_create_or_update docstring for valid input types.")

    def __repr__(self) -> str:
        return f"""MLClient(credential={self._credential},
         subscription_id={self.subscription_id},
         resource_group_name={self.resource_group_name},
         workspace_name={self.workspace_name})"""
