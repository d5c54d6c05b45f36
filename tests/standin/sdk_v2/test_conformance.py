"""Our operations against those of the installed azure-ai-ml: the same public methods with the same parameters."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from azure.ai.ml import operations as real
from azure.ai.ml._ml_client import MLClient as RealClient

from dp100.standin import NotOffline
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import Credential

OURS = {
    "workspaces": real.WorkspaceOperations,
    "compute": real.ComputeOperations,
    "datastores": real.DatastoreOperations,
    "data": real.DataOperations,
    "environments": real.EnvironmentOperations,
    "models": real.ModelOperations,
    "jobs": real.JobOperations,
    "components": real.ComponentOperations,
}


def public(kind: type) -> dict[str, Any]:
    return {
        name: member
        for name, member in inspect.getmembers(kind)
        if not name.startswith("_") and (callable(member) or isinstance(member, property))
    }


def parameters(function: Any) -> list[tuple[str, Any, Any]]:
    return [(each.name, each.kind, each.default) for each in inspect.signature(function).parameters.values()]


def client() -> MLClient:
    return MLClient(Credential(), "subscription", "group", "workspace")


def methods() -> Iterator[Any]:
    for group, kind in OURS.items():
        for name, member in public(kind).items():
            yield pytest.param(group, name, member, id=f"{group}.{name}")


@pytest.mark.parametrize(("group", "name", "member"), methods())
def test_a_method_has_the_parameters_of_the_real_one(group: str, name: str, member: Any) -> None:
    ours = getattr(type(getattr(client(), group)), name)
    assert parameters(ours) == parameters(member)


@pytest.mark.parametrize("group", OURS)
def test_a_group_has_no_public_method_that_the_real_one_lacks(group: str) -> None:
    assert public(type(getattr(client(), group))).keys() <= public(OURS[group]).keys()


@pytest.mark.parametrize("name", [name for name, member in public(RealClient).items() if name not in "TR"])
def test_the_client_has_what_the_real_one_has(name: str) -> None:
    ours, theirs = (inspect.getattr_static(kind, name) for kind in (MLClient, RealClient))
    if isinstance(theirs, property):
        assert not callable(ours)
    else:
        assert isinstance(ours, classmethod) is isinstance(theirs, classmethod)
        assert parameters(getattr(MLClient, name)) == parameters(getattr(RealClient, name))


def test_the_client_has_nothing_public_of_its_own() -> None:
    assert {name for name in vars(MLClient) if not name.startswith("_")} <= public(RealClient).keys()


def test_the_client_is_made_with_the_same_parameters() -> None:
    assert parameters(MLClient.__init__) == parameters(RealClient.__init__)
    assert not issubclass(MLClient, RealClient)


LATER = {
    name: name
    for name, member in public(RealClient).items()
    if isinstance(member, property)
    and name not in {*OURS, "subscription_id", "resource_group_name", "workspace_name"}
}


@pytest.mark.parametrize("group", LATER)
def test_a_group_that_needs_the_cloud_is_there_and_says_so_by_name(group: str) -> None:
    held = getattr(client(), group)
    there = public(getattr(real, type(held).__name__))
    assert public(type(held)).keys() == there.keys() - {
        name for name, each in there.items() if not callable(each)
    }
    for name, member in public(type(held)).items():
        assert parameters(member) == parameters(there[name])
        with pytest.raises(NotOffline, match=rf"ml_client\.{group}\.{name} is not available offline"):
            getattr(held, name)()
