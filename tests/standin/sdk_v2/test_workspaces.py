from __future__ import annotations

import pytest
from azure.ai.ml.entities import (
    FqdnDestination,
    Hub,
    IdentityConfiguration,
    ManagedIdentityConfiguration,
    ManagedNetwork,
    Workspace,
)
from azure.ai.ml.exceptions import ValidationException
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.core.paging import ItemPaged

from dp100.standin import NotOffline
from dp100.standin.sdk_v2.client import MLClient


def test_a_workspace_comes_back_with_what_the_service_fills_in(client: MLClient) -> None:
    made = client.workspaces.begin_create(
        Workspace(name="second", location="westeurope", display_name="Second one", tags={"team": "vision"})
    ).result()
    assert made.id.endswith(
        "/resourceGroups/rg-dp100/providers/Microsoft.MachineLearningServices/workspaces/second"
    )
    assert (made.location, made.display_name, made.resource_group) == ("westeurope", "Second one", "rg-dp100")
    assert made.tags["team"] == "vision"
    assert made.storage_account.rpartition("/")[0].endswith("Microsoft.Storage/storageAccounts")
    assert made.mlflow_tracking_uri.startswith("sqlite:///")
    assert made.discovery_url == "https://westeurope.api.azureml.ms/discovery"
    assert made.creation_context.created_by_type == "User"
    found = client.workspaces.list()
    assert isinstance(found, ItemPaged)
    assert [each.name for each in found] == ["mlw-dp100", "second"]
    assert {each.name for each in client.workspaces.list(scope="subscription")} == {"mlw-dp100", "second"}


def test_what_is_only_kept_is_shown_again(client: MLClient) -> None:
    rule = FqdnDestination(name="pypi", destination="pypi.org")
    client.workspaces.begin_create(
        Workspace(
            name="guarded",
            managed_network=ManagedNetwork(isolation_mode="AllowOnlyApprovedOutbound", outbound_rules=[rule]),
            identity=IdentityConfiguration(
                type="user_assigned",
                user_assigned_identities=[ManagedIdentityConfiguration(resource_id="/id")],
            ),
            image_build_compute="builder",
            hbi_workspace=True,
        )
    )
    found = client.workspaces.get("guarded")
    assert found is not None
    assert found.hbi_workspace
    assert found.image_build_compute == "builder"
    assert found.managed_network is not None
    assert found.managed_network.isolation_mode.lower().replace("_", "") == "allowonlyapprovedoutbound"
    assert found.identity is not None
    assert found.identity.type == "user_assigned"


def test_creating_what_is_there_updates_it(client: MLClient) -> None:
    client.workspaces.begin_create(Workspace(name="twice", tags={"a": "1"}, description="first"))
    client.begin_create_or_update(Workspace(name="twice", tags={"b": "2"}, description="second"))
    found = client.workspaces.get("twice")
    assert found is not None
    assert found.description == "second"
    assert found.tags is not None
    assert {"a", "b"} <= found.tags.keys()


def test_update(client: MLClient) -> None:
    workspace = client.workspaces.get()
    assert workspace is not None
    workspace.description = "changed"
    assert client.workspaces.begin_update(workspace).result().description == "changed"
    workspace.container_registry = "/subscriptions/x/registries/mine"
    with pytest.raises(ValidationException, match="update_dependent_resources"):
        client.workspaces.begin_update(workspace)
    changed = client.workspaces.begin_update(workspace, update_dependent_resources=True).result()
    assert changed.container_registry == "/subscriptions/x/registries/mine"


def test_delete(client: MLClient) -> None:
    assert client.workspaces.begin_delete("mlw-dp100", delete_dependent_resources=False).result() is None
    with pytest.raises(ResourceNotFoundError, match="was not found"):
        client.workspaces.get()
    with pytest.raises(ResourceNotFoundError):
        client.workspaces.begin_delete("mlw-dp100", delete_dependent_resources=False)


def test_refusals(client: MLClient) -> None:
    with pytest.raises(HttpResponseError, match="between 3 and 33 characters"):
        client.workspaces.begin_create(Workspace(name="a b"))
    with pytest.raises(ResourceNotFoundError, match="ResourceGroupNotFound"):
        client.workspaces.begin_create(Workspace(name="fine", resource_group="nowhere"))
    with pytest.raises(NotOffline, match="hub"):
        client.workspaces.begin_create(Hub(name="hub"))
    with pytest.raises(NotOffline, match="get_keys"):
        client.workspaces.get_keys()
