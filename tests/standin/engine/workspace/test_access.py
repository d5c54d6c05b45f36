from __future__ import annotations

import threading

import pytest

from dp100.standin.engine import locations
from dp100.standin.engine.data import datastores, transfer
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import AlreadyExists, Conflict, EngineError, Forbidden, Invalid, NotFound
from dp100.standin.engine.workspace import access, account, workspace
from dp100.standin.engine.workspace.access import Principal
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace

ML = "Microsoft.MachineLearningServices/workspaces"


def opened_as(ws: Workspace, role: str | None) -> Workspace:
    """The workspace as a new service principal with that role sees it."""
    principal = access.register_principal(f"sp-{role}").principal
    access.assign(ws, principal, "Reader")  # enough to open it
    with access.acting_as(principal):
        seen = workspace.open_workspace(ws.name, ws.group)
    access.unassign(ws.id, principal, "Reader")
    if role:
        access.assign(ws, principal, role)
    return seen


# What the official pages say of each role; the actions are those of the table "Common scenarios".
@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("Owner", ["write", "delete", "computes/write", "Microsoft.Authorization/roleAssignments/write"], []),
        (
            "Contributor",
            ["read", "write", "delete", "computes/write", "jobs/write", "datastores/write", "models/write"],
            [
                "Microsoft.Authorization/roleAssignments/write",
                "Microsoft.Authorization/roleAssignments/delete",
            ],
        ),
        (
            "Reader",
            [
                "read",
                "jobs/read",
                "datastores/read",
                "computes/read",
                "Microsoft.Authorization/roleAssignments/read",
            ],
            [
                "write",
                "delete",
                "jobs/write",
                "datasets/versions/write",
                "computes/start/action",
                "computes/write",
            ],
        ),
        (
            "AzureML Data Scientist",
            [
                "read",
                "jobs/write",
                "experiments/runs/submit/action",
                "datasets/versions/write",
                "datastores/write",
                "environments/write",
                "models/write",
                "models/delete",
                "onlineEndpoints/write",
                "computes/read",
                "computes/start/action",
            ],
            [
                "write",
                "delete",
                "computes/write",
                "computes/delete",
                "listKeys/action",
                "computes/listKeys/action",
            ],
        ),
        (
            "AzureML Compute Operator",
            [
                "computes/read",
                "computes/write",
                "computes/delete",
                "computes/start/action",
                "computes/listKeys/action",
            ],
            ["read", "write", "jobs/write", "jobs/read", "datasets/versions/read"],
        ),
        (None, [], ["read", "jobs/read", "computes/read"]),
    ],
)
def test_roles_allow_what_the_documentation_says(
    ws: Workspace, role: str | None, may: list[str], may_not: list[str]
) -> None:
    seen = opened_as(ws, role)
    assert [action for action in may if not access.allowed(seen, action)] == []
    assert [action for action in may_not if access.allowed(seen, action)] == []


def test_roles_add_up(ws: Workspace) -> None:
    seen = opened_as(ws, "AzureML Data Scientist")
    assert seen.principal is not None
    assert not access.allowed(seen, "computes/write")
    access.assign(ws, seen.principal, "AzureML Compute Operator")
    assert access.allowed(seen, "computes/write")
    assert access.allowed(seen, "jobs/write")


def test_the_signed_in_user_may_do_everything(ws: Workspace) -> None:
    assert access.current() is None
    access.check(ws, "delete")
    assert [(each.principal.name, each.role) for each in access.assignments(ws)] == [
        (Account.load().user, "Owner")
    ]


def test_what_is_forbidden_is_refused_in_the_service_s_words(ws: Workspace) -> None:
    seen = opened_as(ws, "Reader")
    principal = seen.principal
    assert principal is not None
    with pytest.raises(Forbidden) as raised:
        AssetStore(seen, "data").create("d", spec={"path": "x"})
    assert raised.value.code == "AuthorizationFailed"
    assert raised.value.message == (
        f"The client '{principal.client_id}' with object id '{principal.object_id}' does not have authorization to "
        f"perform action '{ML}/datasets/versions/write' over scope '{ws.id}' or the scope is invalid. If access was "
        "recently granted, please refresh your credentials."
    )


def test_operations_are_enforced(ws: Workspace) -> None:
    AssetStore(ws, "data").create("d", spec={"path": "x"})
    reader = opened_as(ws, "Reader")
    assert AssetStore(reader, "data").get("d").version == "1"
    assert datastores.default(reader).name == "workspaceblobstore"
    assert transfer.files(reader, "workspaceblobstore") == []
    for forbidden in (
        lambda: AssetStore(reader, "data").archive("d"),
        lambda: AssetStore(reader, "data").delete("d"),
        lambda: datastores.register(reader, "x", "DBFS"),
        lambda: transfer.upload(reader, "workspaceblobstore", __file__),
        lambda: datastores.unregister(reader, "workspacefilestore"),
        lambda: datastores.set_default(reader, "workspacefilestore"),
        lambda: workspace.update(reader, description="x"),
        lambda: workspace.delete(reader),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    scientist = opened_as(ws, "AzureML Data Scientist")
    datastores.set_default(scientist, "workspacefilestore")
    assert datastores.default(ws).name == "workspacefilestore"


def test_a_principal_without_a_role_sees_no_workspace(ws: Workspace) -> None:
    stranger = access.register_principal("stranger").principal
    with access.acting_as(stranger):
        assert workspace.list_workspaces() == []
        with pytest.raises(Forbidden, match=f"'{ML}/read'"):
            workspace.open_workspace(ws.name)
        with pytest.raises(Forbidden, match=f"'{ML}/write'"):
            workspace.create(ws.group, "another")
    assert workspace.list_workspaces() == [ws]


def test_a_role_in_the_group_holds_in_its_workspaces(ws: Workspace) -> None:
    group_id = account.list_groups()[0].id
    made = access.register_principal("ci", role="Contributor", scopes=[group_id])
    with access.acting_as(made.principal):
        mine = workspace.create(ws.group, "made-by-ci")
        assert workspace.list_workspaces() == [mine, workspace.open_workspace(ws.name)]
        with pytest.raises(Forbidden, match="subscriptions/resourceGroups/write"):
            account.create_group("of-its-own", "eastus")
        with pytest.raises(Forbidden, match="roleAssignments/write"):
            access.assign(ws, made.principal, "Owner")
    assert mine.record["created_by"] == "ci"
    assert ("ci", "Owner") in [(each.principal.name, each.role) for each in access.assignments(mine)]


def test_a_role_in_the_subscription_holds_everywhere(ws: Workspace) -> None:
    scope = f"/subscriptions/{ws.subscription_id}"
    made = access.register_principal("auditor", role="reader", scopes=[scope])
    with access.acting_as(made.principal):
        assert workspace.open_workspace(ws.name).principal == made.principal
    assert [each.role for each in access.scope_assignments(scope)] == ["Reader"]


def test_a_group_whose_name_begins_alike_is_another_scope(ws: Workspace) -> None:
    account.create_group("rg-dp100-two", "eastus")
    other = workspace.create("rg-dp100-two", "mlw")
    made = access.register_principal("ci", role="Contributor", scopes=[Account.load().group("rg-dp100").id])
    with access.acting_as(made.principal), pytest.raises(Forbidden):
        workspace.open_workspace(other.name)


def test_assigning_twice_changes_nothing_and_unassigning_ends_it(ws: Workspace) -> None:
    first = access.assign(ws, "colleague@contoso.com", "Reader")
    assert access.assign(ws, "colleague@contoso.com", "reader") == first
    assert first.principal.kind == "User"
    assert access.unassign(ws.id, "colleague@contoso.com") == 1
    assert access.unassign(ws.id, "colleague@contoso.com") == 0


def test_unknown_roles_principals_and_scopes_are_named(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="Role 'Chef' doesn't exist"):
        access.assign(ws, "a@b.c", "Chef")
    with pytest.raises(NotFound, match="for 'nobody'"):
        access.assign(ws, "nobody", "Reader")
    with pytest.raises(Invalid, match="'everywhere'"):
        access.assign_scope("everywhere", "a@b.c", "Reader")
    with pytest.raises(NotFound) as raised:
        access.assign_scope("/subscriptions/other", "a@b.c", "Reader")
    assert raised.value.code == "SubscriptionNotFound"
    with pytest.raises(Invalid, match="both"):
        access.register_principal("x", role="Reader")
    assert access.principals() == []


def test_custom_roles_work_like_built_in_ones(ws: Workspace) -> None:
    definition = {
        "Name": "Data Scientist Custom",
        "Actions": [f"{ML}/*/read", f"{ML}/*/write"],
        "NotActions": [f"{ML}/write", f"{ML}/computes/*/write"],
    }
    assert access.create_role(definition).custom
    seen = opened_as(ws, "data scientist custom")
    assert access.allowed(seen, "read")
    assert access.allowed(seen, "jobs/write")
    assert not access.allowed(seen, "computes/write")
    assert not access.allowed(seen, "jobs/delete")
    with pytest.raises(AlreadyExists, match="'Owner'"):
        access.create_role({"Name": "Owner", "Actions": ["*"]})
    with pytest.raises(Invalid, match="Actions"):
        access.create_role({"Name": "Nothing"})


def test_a_role_is_made_once_changed_and_deleted(ws: Workspace) -> None:
    made = access.create_role({"Name": "Looker", "Actions": [f"{ML}/read"]})
    with pytest.raises(AlreadyExists) as refused:
        access.create_role({"Name": "looker", "Actions": [f"{ML}/write"]})
    assert refused.value.code == "RoleDefinitionWithSameNameExists"
    seen = opened_as(ws, "Looker")
    assert access.allowed(seen, "read")
    changed = access.update_role({"Name": "Looker", "Actions": [f"{ML}/jobs/read"], "Description": "Looks"})
    assert (changed.id, changed.description) == (made.id, "Looks")
    assert not access.allowed(seen, "read")
    assert access.allowed(seen, "jobs/read")
    with pytest.raises(Conflict) as held:
        access.delete_role("Looker")
    assert held.value.code == "RoleDefinitionHasAssignments"
    assert seen.principal is not None
    access.unassign(ws.id, seen.principal)
    access.delete_role("Looker")
    assert "Looker" not in access.all_roles()
    for change in (access.delete_role, lambda name: access.update_role({"Name": name, "Actions": ["*"]})):
        with pytest.raises(NotFound, match="Looker"):
            change("Looker")
        with pytest.raises(Invalid, match="built-in role 'Owner'"):
            change("Owner")


def test_a_service_principal_signs_in_with_its_secret() -> None:
    made = access.register_principal("ci")
    tenant = Account.load().tenant_id
    assert made.principal.client_id is not None
    assert access.authenticate(made.principal.client_id, made.secret, tenant) == made.principal
    for client, secret, where, code in (
        (made.principal.client_id, "wrong", tenant, "AADSTS7000215"),
        ("00000000-0000-0000-0000-000000000000", made.secret, tenant, "AADSTS700016"),
        (made.principal.client_id, made.secret, "00000000-0000-0000-0000-000000000000", "AADSTS90002"),
    ):
        with pytest.raises(EngineError) as raised:
            access.authenticate(client, secret, where)
        assert raised.value.code == code
        assert made.secret not in str(raised.value)


def test_a_new_secret_ends_the_old_one() -> None:
    first = access.register_principal("ci")
    second = access.register_principal("ci")
    assert first.principal == second.principal
    assert second.principal.client_id is not None
    assert access.authenticate(second.principal.client_id, second.secret)
    with pytest.raises(EngineError, match="AADSTS7000215"):
        access.authenticate(second.principal.client_id, first.secret)


def test_secrets_of_principals_are_written_nowhere(ws: Workspace) -> None:
    made = access.register_principal("ci", role="Reader", scopes=[ws.id])
    assert made.secret not in repr(made)
    assert [
        file for file in locations.azure().rglob("*") if file.is_file() and made.secret in file.read_text()
    ] == []


def test_principals_are_found_by_any_of_their_names() -> None:
    made = access.register_principal("ci").principal
    assert made.client_id is not None
    for who in ("CI", made.client_id.upper(), made.object_id):
        assert access.find_principal(who) == made
    assert access.find_principal(Account.load().user) == access.user()
    assert access.find_principal("") is None


def test_another_thread_uses_the_workspace_as_who_opened_it(ws: Workspace) -> None:
    reader = opened_as(ws, "Reader")
    seen: list[bool] = []
    thread = threading.Thread(target=lambda: seen.append(access.allowed(reader, "write")))
    thread.start()
    thread.join()
    assert seen == [False]


def test_acting_as_ends_with_its_block(ws: Workspace) -> None:
    principal = Principal("ServicePrincipal", "x", "1", "2")
    with access.acting_as(principal):
        assert access.current() == principal
        with access.acting_as(access.user()):
            assert access.current() is None
        assert access.current() == principal
    assert access.current() is None


def test_a_contributor_neither_gives_access_nor_manages_blueprints() -> None:
    """The NotActions of https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged."""
    contributor = access.find_role("Contributor")
    for action in (
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Blueprint/blueprintAssignments/delete",
        "Microsoft.Compute/galleries/share/action",
        "Microsoft.Purview/consents/write",
        "Microsoft.Subscription/cancel/action",
    ):
        assert not contributor.allows(action)
        assert access.find_role("Owner").allows(action)
    assert contributor.allows("Microsoft.Authorization/roleAssignments/read")
