"""Synapse workspaces that a workspace is linked with, and their Spark pools as compute."""

from __future__ import annotations

import pytest

from dp100.standin import NotOffline
from dp100.standin.engine.workspace import access


@pytest.fixture
def link(workspace):
    from azureml.core import LinkedService, SynapseWorkspaceLinkedServiceConfiguration

    config = SynapseWorkspaceLinkedServiceConfiguration("sub", "rg-spark", "syn-bakery")
    return LinkedService.register(workspace, "synapse1", config)


def test_a_link_is_registered_found_and_taken_away(workspace, link) -> None:
    from azureml.core import LinkedService
    from azureml.exceptions import UserErrorException

    found = LinkedService.get(workspace, "synapse1")
    assert (found.name, found.type) == ("synapse1", "Synapse")
    assert found.linked_service_resource_id == (
        "/subscriptions/sub/resourcegroups/rg-spark/providers/Microsoft.Synapse/workspaces/syn-bakery"
    )
    assert len(found.system_assigned_identity_principal_id) == 36
    assert repr(found).startswith("LinkedService(workspace=Workspace.create(")
    assert [each.name for each in LinkedService.list(workspace)] == ["synapse1"]
    found.unregister()
    assert LinkedService.list(workspace) == []
    with pytest.raises(UserErrorException, match="synapse1"):
        LinkedService.get(workspace, "synapse1")


def test_what_cannot_be_linked(workspace) -> None:
    from azureml.core import LinkedService
    from azureml.core.linked_service import (
        LinkedServiceConfiguration,
        SynapseWorkspaceLinkedServiceConfiguration,
    )
    from azureml.exceptions import UserErrorException

    config = SynapseWorkspaceLinkedServiceConfiguration("sub", "rg", "syn")
    for name in ("s", "two words", "-dash", "a/../b"):
        with pytest.raises(UserErrorException, match="between 3 and 33 characters"):
            LinkedService.register(workspace, name, config)
    with pytest.raises(UserErrorException, match="A linked_service_config is required"):
        LinkedService.register(workspace, "synapse1", {"name": "syn"})
    with pytest.raises(UserErrorException, match="only synapse workspace"):
        LinkedService.register(workspace, "synapse1", LinkedServiceConfiguration())


def test_a_reader_sees_links_and_makes_none(workspace, link) -> None:
    from azureml.core import LinkedService, SynapseWorkspaceLinkedServiceConfiguration, Workspace
    from azureml.core.authentication import ServicePrincipalAuthentication
    from azureml.exceptions import UserErrorException

    given = access.register_principal("robot", "Reader", [workspace._ws.id])
    auth = ServicePrincipalAuthentication(given.tenant_id, given.principal.client_id, given.secret)
    seen = Workspace.get(workspace.name, auth=auth, resource_group=workspace.resource_group)
    assert LinkedService.get(seen, "synapse1").name == "synapse1"
    with pytest.raises(UserErrorException, match="linkedServices/write"):
        LinkedService.register(seen, "other", SynapseWorkspaceLinkedServiceConfiguration("s", "g", "n"))
    with pytest.raises(UserErrorException, match="linkedServices/delete"):
        LinkedService.get(seen, "synapse1").unregister()


def test_a_pool_of_a_link_is_compute(workspace, link) -> None:
    from azureml.core.compute import ComputeTarget, SynapseCompute
    from azureml.exceptions import ComputeTargetException

    config = SynapseCompute.attach_configuration(link, type="SynapseSpark", pool_name="pool1")
    made = ComputeTarget.attach(workspace, "spark", config)
    made.wait_for_completion()
    assert made.type == "SynapseSpark"
    assert workspace.compute_targets["spark"].type == "SynapseSpark"
    assert isinstance(ComputeTarget(workspace, "spark"), SynapseCompute)
    made.detach()
    assert "spark" not in workspace.compute_targets
    for arguments, said in (
        ((None, "SynapseSpark", "pool1"), "A valid linked_service object"),
        ((link, "SynapseSql", "pool1"), "Only SynapseSpark type"),
        ((link, "SynapseSpark", ""), "pool_name must be provided"),
    ):
        with pytest.raises(ComputeTargetException, match=said):
            SynapseCompute.attach_configuration(*arguments)


def test_tokens_of_runs_are_not_made_offline() -> None:
    """Inside a job the workspace is opened with `Run.get_context().experiment.workspace`."""
    from azureml.core.authentication import AzureMLTokenAuthentication

    with pytest.raises(NotOffline, match="AzureMLTokenAuthentication"):
        AzureMLTokenAuthentication("token")
