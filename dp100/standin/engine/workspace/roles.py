"""Role definitions: what the built-in roles allow, and those that the learner makes.

Sources: https://learn.microsoft.com/azure/machine-learning/how-to-assign-roles and
https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dp100.standin.engine import locations, store
from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound

_ML = "Microsoft.MachineLearningServices"


@dataclass(frozen=True, slots=True)
class Role:
    """A role definition.

    Attributes:
        name: as it is assigned, such as ``"AzureML Data Scientist"``.
        id: the GUID of the definition; the built-in ones have Azure's.
        description: Azure's sentence.
        actions: patterns of what it allows; ``*`` stands for anything.
        not_actions: patterns of what is taken from that.
        custom: whether the learner made it.
    """

    name: str
    id: str
    description: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...] = ()
    custom: bool = False

    def allows(self, action: str) -> bool:
        """Whether the role gives ``action``, a full one such as ``Microsoft.MachineLearningServices/.../read``."""
        return any(_matches(pattern, action) for pattern in self.actions) and not any(
            _matches(pattern, action) for pattern in self.not_actions
        )


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str]:
    # "a/*/write" covers "a/write" too: it is how AzureML Data Scientist, whose only grants are of that form, may
    # read the workspace itself, and why its NotActions have to take workspaces/write away again.
    parts = re.escape(text).replace(r"/\*/", "/(?:.*/)?").replace(r"\*", ".*")
    return re.compile(parts, re.IGNORECASE)


def _matches(pattern: str, action: str) -> bool:
    return _pattern(pattern).fullmatch(action) is not None


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role(
            "Owner",
            "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            "Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.",
            ("*",),
        ),
        Role(
            "Contributor",
            "b24988ac-6180-42a0-ab88-20f7382dd24c",
            "Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC, "
            "manage assignments in Azure Blueprints, or share image galleries.",
            ("*",),
            (
                "Microsoft.Authorization/*/Delete",
                "Microsoft.Authorization/*/Write",
                "Microsoft.Authorization/elevateAccess/Action",
                "Microsoft.Blueprint/blueprintAssignments/write",
                "Microsoft.Blueprint/blueprintAssignments/delete",
                "Microsoft.Compute/galleries/share/action",
                "Microsoft.Purview/consents/write",
                "Microsoft.Purview/consents/delete",
                "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
                "Microsoft.Subscription/cancel/action",
                "Microsoft.Subscription/enable/action",
            ),
        ),
        Role(
            "Reader",
            "acdd72a7-3385-48ef-bd42-f606fba81ae7",
            "View all resources, but does not allow you to make any changes.",
            ("*/read",),
        ),
        Role(
            "User Access Administrator",
            "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
            "Lets you manage user access to Azure resources.",
            ("*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"),
        ),
        Role(
            "AzureML Data Scientist",
            "f6c7c914-8db3-469d-8ca1-694a8f32e121",
            "Can perform all actions within an Azure Machine Learning workspace, except for creating or deleting "
            "compute resources and modifying the workspace itself.",
            tuple(f"{_ML}/workspaces/*/{verb}" for verb in ("read", "action", "delete", "write")),
            (
                f"{_ML}/workspaces/delete",
                f"{_ML}/workspaces/write",
                f"{_ML}/workspaces/computes/*/write",
                f"{_ML}/workspaces/computes/*/delete",
                f"{_ML}/workspaces/computes/listKeys/action",
                f"{_ML}/workspaces/listKeys/action",
                f"{_ML}/workspaces/hubs/write",
                f"{_ML}/workspaces/hubs/delete",
                f"{_ML}/workspaces/featurestores/write",
                f"{_ML}/workspaces/featurestores/delete",
            ),
        ),
        Role(
            "AzureML Compute Operator",
            "e503ece1-11d0-4e8e-8e2c-7a6c3bf38815",
            "Can access and perform CRUD operations on Machine Learning Services managed compute resources "
            "(including Notebook VMs).",
            (f"{_ML}/workspaces/computes/*", f"{_ML}/workspaces/notebooks/vm/*"),
        ),
    )
}


def all_roles() -> dict[str, Role]:
    """Every role by name: the built-in ones, then those that the learner has made."""
    custom = store.read_yaml_or_empty(locations.azure() / "roles.yaml").get("definitions", [])
    return ROLES | {held["name"]: _role(held) for held in custom}


def create_role(definition: Mapping[str, Any]) -> Role:
    """Make a custom role from a definition as `az role definition create` takes it.

    Args:
        definition: with ``Name``, ``Actions`` and, where wanted, ``Description`` and ``NotActions``.

    Raises:
        Invalid: it has no name or no actions.
        AlreadyExists: a role has that name, in any case.
    """
    held = _written(definition, store.guid())
    with _changing() as definitions:
        taken = {each["name"].casefold() for each in definitions} | {each.casefold() for each in ROLES}
        if held["name"].casefold() in taken:
            raise AlreadyExists(
                "Role",
                held["name"],
                message=f"A custom role with the same name already exists in this directory: '{held['name']}'. Use a "
                "different name.",
                code="RoleDefinitionWithSameNameExists",
                target="role",
            )
        definitions.append(held)
    return _role(held)


def update_role(definition: Mapping[str, Any]) -> Role:
    """Change the custom role of a definition's name; what it says takes the place of all that was said before.

    Raises:
        Invalid: it has no name or no actions, or the role is a built-in one.
        NotFound: there is no role of that name.
    """
    held = _written(definition, "")
    named = custom_role(held["name"])
    held |= {"name": named.name, "id": named.id}
    with _changing() as definitions:
        definitions[:] = [held if each["id"] == named.id else each for each in definitions]
    return _role(held)


def remove_role(role: Role) -> None:
    """Forget a custom role; whether somebody has it is up to the caller."""
    with _changing() as definitions:
        definitions[:] = [each for each in definitions if each["id"] != role.id]


def custom_role(name: str) -> Role:
    """The custom role of that name or GUID.

    Raises:
        NotFound: there is none.
        Invalid: it is built in.
    """
    found = find_role(name)
    if not found.custom:
        raise Invalid(f"The built-in role '{found.name}' cannot be changed or deleted.", target="role")
    return found


def _written(definition: Mapping[str, Any], identity: str) -> dict[str, Any]:
    """What is kept of a definition, whose keys may begin with capitals."""
    keys = {key.lower(): value for key, value in definition.items()}
    # What `az role definition list` shows has the name in roleName, a GUID in name.
    name, actions = keys.get("rolename") or keys.get("name"), keys.get("actions")
    if not actions and isinstance(keys.get("permissions"), list) and keys["permissions"]:
        keys |= {key.lower(): value for key, value in keys["permissions"][0].items()}
        actions = keys.get("actions")
    if not name or not actions:
        raise Invalid(
            "A role definition needs a Name and Actions.", code="InvalidRoleDefinition", target="role"
        )
    return {
        "name": name,
        "id": identity,
        "description": keys.get("description") or "",
        "actions": list(actions),
        "not_actions": list(keys.get("notactions") or ()),
    }


@contextlib.contextmanager
def _changing() -> Iterator[list[dict[str, Any]]]:
    """The learner's own definitions, written back at the end."""
    path = locations.azure() / "roles.yaml"
    with store.locked(path):
        record = store.read_yaml_or_empty(path)
        definitions = [dict(each) for each in record.get("definitions", [])]
        yield definitions
        store.write_yaml(path, record | {"definitions": definitions})


def _role(held: Mapping[str, Any]) -> Role:
    return Role(
        held["name"],
        held["id"],
        held["description"],
        tuple(held["actions"]),
        tuple(held["not_actions"]),
        True,
    )


def find_role(name: str) -> Role:
    """The role of that name (any case) or GUID.

    Raises:
        NotFound: there is none.
    """
    wanted = name.rsplit("/", 1)[-1].casefold()
    for each in all_roles().values():
        if wanted in (each.name.casefold(), each.id):
            return each
    raise NotFound("Role", name, message=f"Role '{name}' doesn't exist.", target="role")
