"""`az role` and `az ad`: service principals, and who may do what."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from dp100.standin.az.errors import NOT_FOUND, USAGE, CliError
from dp100.standin.az.session import Session, warn
from dp100.standin.engine.errors import NotOffline
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.access import Assignment, Principal, Role
from dp100.standin.engine.workspace.account import group_id


def assign(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Give a role for a scope."""
    who = arguments.assignee or arguments.assignee_object_id
    if not who:
        raise CliError("usage error: --assignee STRING | --assignee-object-id GUID", USAGE)
    made = access.assign_scope(_scope(session, arguments), who, arguments.role)
    return _assignment(session, made)


def list_assignments(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Who has which role for a scope, for those around it too if asked for, or in the whole subscription."""
    if arguments.all and (arguments.scope or arguments.resource_group):
        raise CliError("group or scope are not required when --all is used")
    scopes = [_top(session), *_all_scopes(session)] if arguments.all else [_scope(session, arguments)]
    found = {
        each.id: each
        for scope in scopes
        for each in access.scope_assignments(scope)
        if arguments.all
        or arguments.include_inherited
        or each.scope.casefold() == scope.rstrip("/").casefold()
    }
    who = access.find_principal(arguments.assignee) if arguments.assignee else None
    if arguments.assignee and who is None:
        raise CliError(
            f"Cannot find user or service principal in graph database for '{arguments.assignee}'.", 1
        )
    role = access.find_role(arguments.role).name if arguments.role else None
    return [
        _assignment(session, each)
        for each in found.values()
        if (who is None or each.principal.object_id == who.object_id) and role in (None, each.role)
    ]


def unassign(session: Session, arguments: argparse.Namespace) -> None:
    """Take roles away: those of ids, or of somebody for a scope."""
    if arguments.ids:
        scopes = [_top(session), *_all_scopes(session)]
        held = {each.id: each for scope in scopes for each in access.scope_assignments(scope)}
        for text in arguments.ids:
            found = held.get(text.rsplit("/", 1)[-1])
            if found is None:
                raise CliError(f"No role assignment has the id '{text}'.", NOT_FOUND)
            access.unassign(found.scope, found.principal, found.role)
        return
    if not arguments.assignee:
        raise CliError("usage error: --ids ID ... | --assignee STRING", USAGE)
    if not access.unassign(_scope(session, arguments), arguments.assignee, arguments.role):
        warn("No matched assignments were found to delete")


def list_definitions(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """The roles there are."""
    only = str(arguments.custom_role_only or "").lower() == "true"
    return [
        _definition(session, role)
        for role in access.all_roles().values()
        if (not arguments.name or role.name.casefold() == arguments.name.casefold())
        and (role.custom or not only)
    ]


def define(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Make a role from JSON, or from a file with it."""
    given = _given(arguments.role_definition)
    keys = {key.lower() for key, value in given.items() if value}
    if "name" not in keys:
        raise CliError("please provide role name")
    if "assignablescopes" not in keys:
        raise CliError("please provide 'assignableScopes'")
    return _definition(session, access.create_role(given))


def redefine(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Change a role to what JSON, or a file with it, says."""
    given = _given(arguments.role_definition)
    keys = {key[:1].lower() + key[1:]: value for key, value in given.items()}
    name = str(keys.get("roleName" if keys.get("id") else "name") or "")
    if not keys.get("id"):
        warn('Role "id" is missing. Look for the role in the current subscription...')
    if name not in access.all_roles():
        identity = str(keys.get("id") or "").rsplit("/", 1)[-1]
        if any(role.id == identity for role in access.all_roles().values()):
            raise NotOffline(
                "Renaming a role", "Create one of the new name, assign it, and delete the old one."
            )
        raise CliError(f'No definition was found with the name of "{name}"')
    return _definition(session, access.update_role(given))


def delete_definition(session: Session, arguments: argparse.Namespace) -> None:
    """Delete a role; without one of that name nothing happens."""
    custom = str(arguments.custom_role_only or "").lower() == "true"
    for role in access.all_roles().values():
        if arguments.name in (role.name, role.id) and (role.custom or not custom):
            access.delete_role(role.id)


def _given(text: str) -> dict[str, Any]:
    """The definition that an argument is, or the file that it names."""
    path = Path(text.removeprefix("@")).expanduser()
    if not text.lstrip().startswith("{"):
        text = path.read_text(encoding="utf-8-sig")
    try:
        given = json.loads(text)
    except ValueError as error:
        raise CliError(f"Failed to parse the role definition as JSON: {error}") from error
    if not isinstance(given, dict):
        raise CliError("Invalid role definition. A valid dictionary JSON representation is expected.")
    return given


def create_for_rbac(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Make a service principal with a secret, and give it a role."""
    if bool(arguments.role) != bool(arguments.scopes):
        raise CliError(
            "Usage error: To create role assignments, specify both --role and --scopes.",
            USAGE,
        )
    made = access.register_principal(arguments.display_name, arguments.role, arguments.scopes or ())
    warn(
        "The output includes credentials that you must protect. Be sure that you do not include these credentials in "
        "your code or check the credentials into your source control. For more information, see "
        "https://aka.ms/azadsp-cli"
    )
    principal = made.principal
    if arguments.json_auth:
        return {
            "clientId": principal.client_id,
            "clientSecret": made.secret,
            "subscriptionId": session.account.subscription_id,
            "tenantId": made.tenant_id,
        }
    return {
        "appId": principal.client_id,
        "displayName": principal.name,
        "password": made.secret,
        "tenant": made.tenant_id,
    }


def list_principals(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """The service principals, or those whose name starts so."""
    wanted = (arguments.display_name or "").casefold()
    return [_principal(each) for each in access.principals() if each.name.casefold().startswith(wanted)]


def show_principal(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """One service principal."""
    found = access.find_principal(arguments.id)
    if found is None or found.client_id is None:
        raise CliError(
            f"Resource '{arguments.id}' does not exist or one of its queried reference-property objects are not "
            "present.",
            NOT_FOUND,
        )
    return _principal(found)


def signed_in(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """The user."""
    user = access.user(session.account)
    return {
        "displayName": user.name.partition("@")[0],
        "id": user.object_id,
        "mail": user.name,
        "userPrincipalName": user.name,
    }


# --- inside ----------------------------------------------------------------------------------------------


def _top(session: Session) -> str:
    return f"/subscriptions/{session.account.subscription_id}"


def _scope(session: Session, arguments: argparse.Namespace) -> str:
    if arguments.scope:
        return str(arguments.scope)
    if arguments.resource_group:
        return group_id(session.account.subscription_id, arguments.resource_group)
    return _top(session)


def _all_scopes(session: Session) -> list[str]:
    from dp100.standin.engine.workspace.workspace import list_workspaces

    return [*(group.id for group in session.account.groups.values()), *(ws.id for ws in list_workspaces())]


def _assignment(session: Session, held: Assignment) -> dict[str, Any]:
    role = access.find_role(held.role)
    return {
        "id": f"{held.scope}/providers/Microsoft.Authorization/roleAssignments/{held.id}",
        "name": held.id,
        "principalId": held.principal.object_id,
        "principalName": held.principal.client_id or held.principal.name,
        "principalType": held.principal.kind,
        "roleDefinitionId": f"{_top(session)}/providers/Microsoft.Authorization/roleDefinitions/{role.id}",
        "roleDefinitionName": role.name,
        "scope": held.scope,
        "type": "Microsoft.Authorization/roleAssignments",
    }


def _definition(session: Session, role: Role) -> dict[str, Any]:
    return {
        "assignableScopes": [_top(session) if role.custom else "/"],
        "description": role.description,
        "id": f"{_top(session)}/providers/Microsoft.Authorization/roleDefinitions/{role.id}",
        "name": role.id,
        "permissions": [
            {"actions": list(role.actions), "dataActions": [], "notActions": list(role.not_actions)}
        ],
        "roleName": role.name,
        "roleType": "CustomRole" if role.custom else "BuiltInRole",
        "type": "Microsoft.Authorization/roleDefinitions",
    }


def _principal(held: Principal) -> dict[str, Any]:
    return {
        "appId": held.client_id,
        "displayName": held.name,
        "id": held.object_id,
        "servicePrincipalType": "Application",
    }
