"""The made-up account that is always signed in: a subscription, a tenant, a user, resource groups, CLI defaults."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dp100.standin.engine import locations, store
from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.workspace.regions import normalized

USER = "learner@example.com"
_GROUP_NAME = re.compile(r"[-\w().]{0,89}[-\w()]")


@dataclass(frozen=True, slots=True)
class Group:
    """A resource group.

    Attributes:
        name: as it was first written; names do not differ by case.
        location: a region, such as ``eastus``.
        tags: what the learner attached.
        id: the ARM id.
    """

    name: str
    location: str
    tags: dict[str, str]
    id: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in, and what the subscription holds. A snapshot: load again to see changes.

    Attributes:
        subscription_id: a GUID that is made up once for each folder of learner data.
        subscription_name: what `az account show` calls it.
        tenant_id: a made-up GUID.
        user: the signed-in user's name, an address.
        user_id: the user's object id, a made-up GUID.
        groups: the resource groups by name.
        defaults: what `az configure --defaults` was given.
    """

    subscription_id: str
    subscription_name: str
    tenant_id: str
    user: str
    user_id: str
    groups: dict[str, Group] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def load() -> Account:
        """The account of this folder of learner data, made up at the first call."""
        folder = locations.azure()
        path = folder / "account.json"
        try:
            record = store.read_json(path)
        except FileNotFoundError:
            with store.locked(path):
                if not path.exists():
                    store.write_json(path, _new())
            record = store.read_json(path)
        subscription = record["subscription_id"]
        return Account(
            subscription_id=subscription,
            subscription_name=record["subscription_name"],
            tenant_id=record["tenant_id"],
            user=record["user"],
            user_id=record["user_id"],
            groups={name: _group(subscription, name, held) for name, held in record["groups"].items()},
            defaults=dict(record["defaults"]),
        )

    def group(self, name: str) -> Group:
        """The resource group of that name, whatever its case.

        Raises:
            NotFound: there is none (``ResourceGroupNotFound``).
        """
        for held, group in self.groups.items():
            if held.casefold() == name.casefold():
                return group
        raise NotFound(
            "Resource group",
            name,
            message=f"Resource group '{name}' could not be found.",
            code="ResourceGroupNotFound",
            target="resource_group",
        )


def create_group(name: str, location: str, tags: Mapping[str, str] | None = None) -> Group:
    """Make a resource group, or change the tags of the one there.

    Raises:
        Invalid: a name or location that Azure does not take, or another location than the group has.
        Forbidden: the current principal may not.
    """
    if not _GROUP_NAME.fullmatch(name):
        raise Invalid(
            f"The provided resource group name '{name}' has these invalid characters or a wrong length: it has 1 "
            "to 90 letters, digits, '_', '-', '.', '(' or ')', and does not end in a period.",
            code="InvalidResourceGroup",
            target="resource_group",
        )
    region = normalized(location)
    _check(name, "write")
    with _changing() as record:
        groups: dict[str, Any] = record["groups"]
        held = next((key for key in groups if key.casefold() == name.casefold()), name)
        if held in groups and groups[held]["location"] != region:
            raise Invalid(
                "Invalid resource group location "
                f"'{region}'. The Resource group already exists in location '{groups[held]['location']}'.",
                code="InvalidResourceGroupLocation",
                target="resource_group",
            )
        kept = groups.get(held, {}).get("tags", {})
        groups[held] = {"location": region, "tags": dict(tags) if tags is not None else kept}
    return Account.load().group(name)


def delete_group(name: str) -> None:
    """Delete a resource group and every workspace in it.

    Raises:
        NotFound: there is none.
        Forbidden: the current principal may not.
    """
    from dp100.standin.engine.workspace import workspace

    group = Account.load().group(name)
    _check(group.name, "delete")
    for found in workspace.list_workspaces(group.name):
        workspace.delete(found)
    with _changing() as record:
        record["groups"].pop(group.name, None)


def list_groups() -> list[Group]:
    """The resource groups by name."""
    groups = Account.load().groups
    return [groups[name] for name in sorted(groups, key=str.casefold)]


def set_defaults(defaults: Mapping[str, str]) -> dict[str, str]:
    """Keep what `az configure --defaults name=value` was given; an empty value takes a default away.

    Returns:
        All defaults, afterwards.
    """
    kept: dict[str, str] = {}
    with _changing() as record:
        kept.update(
            {name: value for name, value in {**record["defaults"], **defaults}.items() if value != ""}
        )
        record["defaults"] = kept
    return kept


def group_id(subscription_id: str, name: str) -> str:
    """The ARM id of a resource group."""
    return f"/subscriptions/{subscription_id}/resourceGroups/{name}"


def _check(name: str, verb: str) -> None:
    from dp100.standin.engine.workspace import access  # which needs the account itself

    scope = group_id(Account.load().subscription_id, name)
    access.check_scope(scope, f"Microsoft.Resources/subscriptions/resourceGroups/{verb}")


@contextlib.contextmanager
def _changing() -> Iterator[dict[str, Any]]:
    """The record of the account, alone, written back when the block ends well."""
    Account.load()
    path = locations.azure() / "account.json"
    with store.locked(path):
        record: dict[str, Any] = store.read_json(path)
        yield record
        store.write_json(path, record)


def _group(subscription_id: str, name: str, held: Mapping[str, Any]) -> Group:
    return Group(name, held["location"], dict(held.get("tags") or {}), group_id(subscription_id, name))


def _new() -> dict[str, Any]:
    return {
        "subscription_id": store.guid(),
        "subscription_name": "Offline subscription",
        "tenant_id": store.guid(),
        "user": USER,
        "user_id": store.guid(),
        "defaults": {},
        "groups": {},
    }
