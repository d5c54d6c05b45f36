"""Who may do what: role assignments, and the check that every operation makes.

The signed-in user owns the subscription, so everything is allowed until a service principal comes in.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100.standin.engine import locations, store
from dp100.standin.engine.errors import Conflict, Forbidden, Invalid, NotFound
from dp100.standin.engine.workspace import principals as directory
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.principals import (
    Principal,
    Registration,
    acting_as,
    acting_as_service,
    authenticate,
    current,
    find_principal,
    principals,
    set_current,
    unknown,
    user,
)
from dp100.standin.engine.workspace.roles import (
    ROLES,
    Role,
    all_roles,
    create_role,
    custom_role,
    find_role,
    remove_role,
    update_role,
)

if TYPE_CHECKING:
    from dp100.standin.engine.workspace.workspace import Workspace

__all__ = [
    "ROLES",
    "Assignment",
    "Principal",
    "Registration",
    "Role",
    "acting_as",
    "acting_as_service",
    "all_roles",
    "allowed",
    "as_service",
    "assign",
    "assign_scope",
    "assignments",
    "authenticate",
    "check",
    "check_scope",
    "create_role",
    "current",
    "delete_role",
    "find_principal",
    "find_role",
    "principals",
    "register_principal",
    "require",
    "scope_assignments",
    "set_current",
    "unassign",
    "unknown",
    "update_role",
    "user",
]

_ML = "Microsoft.MachineLearningServices"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role given to a principal for a scope.

    Attributes:
        principal: who.
        role: the role's name.
        scope: the ARM id of the subscription, resource group or workspace.
        id: the GUID of the assignment.
    """

    principal: Principal
    role: str
    scope: str
    id: str


def register_principal(
    name: str | None = None, role: str | None = None, scopes: Sequence[str] = ()
) -> Registration:
    """Register an application with a service principal and a secret, as `az ad sp create-for-rbac` does.

    Args:
        name: the display name; made up by default. One that is there gets a new secret, and the old one ends.
        role: the role to assign.
        scopes: ARM ids of what it is assigned for.

    Raises:
        Invalid: a role without a scope, or a scope that is none.
        NotFound: there is no such role, group or workspace.
    """
    if bool(role) != bool(scopes):
        raise Invalid("To assign a role, give both a role and scopes.", target="role")
    places = [_place(scope) for scope in scopes]
    named = find_role(role) if role else None
    registration = directory.register(name)
    if named is not None:
        for place in places:
            _assign(place, registration.principal, named)
    return registration


def assign(ws: Workspace, principal: Principal | str, role: str) -> Assignment:
    """Give a principal a role in a workspace. Giving it twice changes nothing.

    Args:
        ws: the workspace.
        principal: a principal, or the name, address or id of one.
        role: the role's name.

    Raises:
        NotFound: there is no such role or principal.
        Forbidden: the caller may not change role assignments.
    """
    return assign_scope(ws.id, principal, role)


def assign_scope(scope: str, principal: Principal | str, role: str) -> Assignment:
    """Give a principal a role for a subscription, resource group or workspace, named by ARM id; see :func:`assign`."""
    place = _place(scope)
    check_scope(place.scope, "Microsoft.Authorization/roleAssignments/write")
    named = find_role(role)
    return _assign(place, _known(principal), named)


def unassign(scope: str, principal: Principal | str, role: str | None = None) -> int:
    """Take roles for a scope from a principal: the one named, or all.

    Returns:
        How many were taken.
    """
    place = _place(scope)
    check_scope(place.scope, "Microsoft.Authorization/roleAssignments/delete")
    who = _known(principal)
    with store.locked(place.file):
        record = store.read_yaml_or_empty(place.file)
        held = record.get("assignments", [])
        left = [
            each
            for each in held
            if each["object_id"] != who.object_id
            or each["scope"].casefold() != place.scope.casefold()
            or (role and each["role"].casefold() != role.casefold())
        ]
        store.write_yaml(place.file, record | {"assignments": left})
    return len(held) - len(left)


def delete_role(name: str) -> None:
    """Forget a custom role that nobody has.

    Raises:
        NotFound: there is none.
        Invalid: it is built in.
        Conflict: somebody has it, in any scope.
    """
    role = custom_role(name)
    top = locations.azure()
    for file in (top / "roles.yaml", *(top / "workspaces").glob("*/*/roles.yaml")):
        if any(each["role"] == role.name for each in store.read_yaml_or_empty(file).get("assignments", [])):
            raise Conflict(
                f"There are existing role assignments referencing the role '{role.name}'. Delete them first.",
                code="RoleDefinitionHasAssignments",
                target="role",
            )
    remove_role(role)


def assignments(ws: Workspace) -> list[Assignment]:
    """The role assignments that hold in a workspace, with those of its group and subscription."""
    return _holding(ws.id)


def scope_assignments(scope: str) -> list[Assignment]:
    """The role assignments that hold for a scope, with those of the scopes around it."""
    return _holding(_place(scope).scope)


def allowed(ws: Workspace, action: str) -> bool:
    """Whether the principal that uses the workspace may do ``action``; see :func:`check`."""
    principal = _caller(ws)
    return principal is None or _may(principal, ws.id, _full(action))


def check(ws: Workspace, action: str) -> None:
    """Refuse what the principal that uses the workspace may not do.

    Args:
        ws: the workspace.
        action: the service's name for it, in full or without ``Microsoft.MachineLearningServices/workspaces/``:
            ``"computes/write"``, ``"datastores/read"``, ``"jobs/write"``; ``"write"`` is the workspace itself.

    Raises:
        Forbidden: with the service's message (``AuthorizationFailed``).
        NotFound: the workspace has been deleted; nothing may be written into its folder again.
    """
    require(ws)
    principal = _caller(ws)
    if principal is not None and not _may(principal, ws.id, _full(action)):
        raise _forbidden(principal, _full(action), ws.id)


def _caller(ws: Workspace) -> Principal | None:
    """The service principal that uses a workspace; None is the user, who owns everything."""
    principal = ws.principal or current()
    return None if principal is None or principal.kind == "User" else principal


def require(ws: Workspace) -> None:
    """Refuse a workspace that somebody has deleted since it was opened.

    Raises:
        NotFound: in the service's words.
    """
    if not (ws.folder / "workspace.yaml").is_file():
        from dp100.standin.engine.workspace import workspace

        raise workspace.not_found(ws.name, ws.group)


@contextlib.contextmanager
def as_service(ws: Workspace) -> Iterator[Workspace]:
    """The workspace as the service itself uses it: what an allowed request entails is not asked for again.

    A job that a principal may submit makes a run, for instance, though SDK v2 asks for ``jobs/write`` only.
    """
    with acting_as_service():
        yield dataclasses.replace(ws, principal=None) if ws.principal is not None else ws


def check_scope(scope: str, action: str) -> None:
    """Refuse what the current principal may not do in a scope; ``action`` is a full one."""
    principal = current()
    if principal is not None and not _may(principal, scope, action):
        raise _forbidden(principal, action, scope)


def _full(action: str) -> str:
    return action if action.startswith("Microsoft.") else f"{_ML}/workspaces/{action}"


def _may(principal: Principal, scope: str, action: str) -> bool:
    # The files are read once for each state that they are in: a service principal may log a thousand metrics.
    files = _files(scope)
    key = (locations.azure(), scope, principal.object_id, *(_mark(file) for file in files))
    roles = _roles.get(key)
    if roles is None:
        given = {held.role for held in _holding(scope) if held.principal.object_id == principal.object_id}
        known = all_roles() if given else {}
        roles = tuple(known[name] for name in given if name in known)
        if len(_roles) >= _MOST:
            _roles.clear()
        _roles[key] = roles
    return any(role.allows(action) for role in roles)


_MOST = 64
_roles: dict[tuple[object, ...], tuple[Role, ...]] = {}


def _mark(file: Path) -> tuple[int, int, int] | None:
    """What changes when the file is replaced."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _forbidden(principal: Principal, action: str, scope: str) -> Forbidden:
    client = principal.client_id or principal.name
    return Forbidden(
        f"The client '{client}' with object id '{principal.object_id}' does not have authorization to perform "
        f"action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please "
        "refresh your credentials."
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A scope, and the file that keeps its assignments."""

    scope: str
    file: Path


_SCOPE = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)(?:/resourceGroups/(?P<group>[^/]+)"
    r"(?:/providers/Microsoft\.MachineLearningServices/workspaces/(?P<workspace>[^/]+)(?:/.*)?)?)?/?",
    re.IGNORECASE,
)


def _place(scope: str) -> _Place:
    from dp100.standin.engine.workspace import workspace

    found = _SCOPE.fullmatch(scope)
    account = Account.load()
    if found is None:
        raise Invalid(
            f"The scope '{scope}' is not the ARM id of a subscription, resource group or workspace.",
            code="InvalidScope",
            target="scope",
        )
    if found["subscription"].casefold() != account.subscription_id.casefold():
        raise NotFound(
            "Subscription",
            found["subscription"],
            message=f"The subscription '{found['subscription']}' could not be found.",
            code="SubscriptionNotFound",
            target="scope",
        )
    top = f"/subscriptions/{account.subscription_id}"
    if found["group"] is None:
        return _Place(top, locations.azure() / "roles.yaml")
    group = account.group(found["group"])
    if found["workspace"] is None:
        return _Place(group.id, locations.azure() / "roles.yaml")
    with acting_as_service():  # whether the caller may read it is not the question here
        ws = workspace.open_workspace(found["workspace"], group.name)
    return _Place(ws.id, ws.folder / "roles.yaml")


def _assign(place: _Place, principal: Principal, named: Role) -> Assignment:
    with store.locked(place.file):
        record = store.read_yaml_or_empty(place.file)
        held = record.get("assignments", [])
        for each in held:
            if (each["object_id"], each["role"], each["scope"]) == (
                principal.object_id,
                named.name,
                place.scope,
            ):
                return _assignment(each)
        new = {
            "id": store.guid(),
            "role": named.name,
            "scope": place.scope,
            "kind": principal.kind,
            "principal": principal.name,
            "object_id": principal.object_id,
            "client_id": principal.client_id,
        }
        store.write_yaml(place.file, record | {"assignments": [*held, new]})
    return _assignment(new)


def _assignment(held: Mapping[str, Any]) -> Assignment:
    principal = Principal(held["kind"], held["principal"], held["object_id"], held["client_id"])
    return Assignment(principal, held["role"], held["scope"], held["id"])


def _files(scope: str) -> list[Path]:
    """The files with the assignments that hold for a scope; the first has the learner's own roles too."""
    files = [locations.azure() / "roles.yaml"]
    found = _SCOPE.fullmatch(scope)
    if found and found["workspace"]:
        group = store.entry(locations.azure() / "workspaces", found["group"])
        files.append(store.entry(group, found["workspace"]) / "roles.yaml")
    return files


def _holding(scope: str) -> list[Assignment]:
    wanted = scope.casefold().rstrip("/") + "/"
    return [
        _assignment(held)
        for file in _files(scope)
        for held in store.read_yaml_or_empty(file).get("assignments", [])
        if wanted.startswith(held["scope"].casefold().rstrip("/") + "/")
    ]


def _known(principal: Principal | str) -> Principal:
    if isinstance(principal, Principal):
        return principal
    found = find_principal(principal)
    if found is None:
        if "@" in principal:
            import uuid

            # a colleague: addresses need no registration to be given a role
            return Principal(
                "User", principal, str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{principal.lower()}"))
            )
        raise NotFound(
            "Principal",
            principal,
            message=f"Cannot find user or service principal in graph database for '{principal}'. If the assignee is "
            "an appId, make sure the corresponding service principal is created.",
            target="principal",
        )
    return found


def write_first_roles(folder: Path, account: Account) -> None:
    """The assignments of a workspace just being made: who makes it owns it."""
    record = store.read_yaml(folder / "workspace.yaml")
    owner = current() or user(account)
    held = {
        "id": store.guid(),
        "role": "Owner",
        "scope": f"/subscriptions/{record['subscription_id']}/resourceGroups/{record['resource_group']}/providers/"
        f"{_ML}/workspaces/{record['name']}",
        "kind": owner.kind,
        "principal": owner.name,
        "object_id": owner.object_id,
        "client_id": owner.client_id,
    }
    store.write_yaml(folder / "roles.yaml", {"assignments": [held]})
