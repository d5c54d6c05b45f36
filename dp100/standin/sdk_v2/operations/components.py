"""ml_client.components."""

from __future__ import annotations

import builtins
import shutil
from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from azure.ai.ml import load_component
from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import CommandComponent, Component, Environment, ValidationResult
from azure.ai.ml.exceptions import ErrorTarget

from dp100.standin.engine import store
from dp100.standin.engine.data.assets import Asset, AssetStore
from dp100.standin.engine.errors import AlreadyExists, NotOffline
from dp100.standin.engine.jobs import snapshot
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import assets, codes, records
from dp100.standin.sdk_v2.answers import paged
from dp100.standin.sdk_v2.errors import invalid
from dp100.standin.sdk_v2.operations import environments
from dp100.standin.sdk_v2.scope import Operations

_ANONYMOUS = "azureml_anonymous"


class ComponentOperations(Operations):
    """Components of the workspace."""

    def list(
        self, name: str | None = None, *, list_view_type: ListViewType = ListViewType.ACTIVE_ONLY
    ) -> Iterable[Component]:
        """The versions of a component, the latest first; or every component, with only its latest version's number.

        Raises:
            ResourceNotFoundError: while iterating: there is no component of that name.
        """

        def read() -> builtins.list[Component]:
            with self._scope.opened() as ws:
                found = AssetStore(ws, "components").list(name, **assets.view(list_view_type))
                if name:
                    return [_entity(each) for each in found]
                return [_container(ws, each) for each in found if each.name != _ANONYMOUS]

        return paged(read)

    def get(self, name: str, version: str | None = None, label: str | None = None) -> Component:
        """A version of a component, the latest by default.

        Raises:
            ValidationException: both a version and a label, or a label that there is not.
            ResourceNotFoundError: there is no such version.
        """
        wanted = assets.chosen(name, version, label or (None if version else "latest"), ErrorTarget.COMPONENT)
        with self._scope.opened() as ws:
            return _entity(AssetStore(ws, "components").get(name, wanted))

    def download(
        self, name: str, download_path: PathLike[str] | str = ".", *, version: str | None = None
    ) -> None:
        """Write a component's YAML, ``component_spec.yaml``, and its code into a new folder.

        Raises:
            ResourceNotFoundError: there is no such version.
            OSError: the folder is there and not empty.
        """
        with self._scope.opened() as ws:
            held = dict(AssetStore(ws, "components").get(name, version).spec["component"])
            target = Path(download_path)
            if target.is_dir():
                target.rmdir()
            target.mkdir(parents=True)
            if code := codes.known(ws, held.get("code")):
                shutil.copytree(snapshot.place(ws, code), target / "code")
                held["code"] = "./code"
            store.write_yaml(target / "component_spec.yaml", held)

    def validate(
        self, component: Component | Callable[..., Any], raise_on_failure: bool = False, **kwargs: Any
    ) -> ValidationResult:
        """Check a component without registering it.

        Raises:
            ValidationException: something is wrong with it and ``raise_on_failure`` is true.
        """
        result = _component(component)._validate(raise_error=raise_on_failure)
        assert isinstance(result, ValidationResult)
        return result

    def create_or_update(
        self,
        component: Component,
        version: str | None = None,
        *,
        skip_validation: bool = False,
        **kwargs: Any,
    ) -> Component:
        """Register a version of a component, the next one if it has none. Its code is copied.

        Raises:
            ValidationException: something is wrong with it.
            ResourceExistsError: the version is there with another definition.
        """
        component = _component(component)
        if version is not None:
            component.version = version
        if component.type not in ("command",):
            raise NotOffline(f"A component of the type {component.type}")
        if not skip_validation:
            self.validate(component, raise_on_failure=True)
        with self._scope.opened() as ws:
            return _entity(register(ws, component, anonymous=bool(kwargs.get("is_anonymous"))))

    def prepare_for_sign(self, component: Component) -> None:
        """Not offline: it makes a catalog for a signing tool of the service."""
        raise NotOffline("ml_client.components.prepare_for_sign")

    def archive(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Hide a version, or the component as a whole, from lists.

        Raises:
            ResourceNotFoundError: there is no such component or version.
        """
        assets.set_archived(self._scope, "components", name, version, label, True)

    def restore(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Undo :meth:`archive`."""
        assets.set_archived(self._scope, "components", name, version, label, False)


def register(ws: Workspace, component: Component, *, anonymous: bool = False) -> Asset:
    """Store a version of a command component, with its code and environment as references.

    Raises:
        AlreadyExists: the version is there with another definition.
    """
    assert isinstance(component, CommandComponent)
    code = codes.take(ws, component.code, component.base_path)
    if code is not None:
        component.code = codes.reference(ws, code)
    if isinstance(component.environment, Environment | str):
        component.environment = f"azureml:{environments.reference(ws, component.environment)}"
    form = records.yaml_form(component)
    name, version = str(component.name), component.version
    if anonymous or component._is_anonymous:
        name, version = _ANONYMOUS, str(component._get_anonymous_hash())[:30]
    form.pop("version", None)
    form["name"] = name
    spec = {
        "component": form,
        "description": component.description,
        "tags": dict(component.tags or {}),
        "properties": dict(component.properties or {}),
    }
    held = AssetStore(ws, "components")
    try:
        return held.create(name, version, spec)
    except AlreadyExists:
        there = held.get(name, version)
        loose = {"description", "tags", "display_name", "$schema"}
        if any(there.spec["component"].get(key) != form.get(key) for key in form.keys() - loose):
            raise
        return held.update(name, there.version, spec)


# --- inside ----------------------------------------------------------------------------------------------


def _component(given: Any) -> Component:
    if isinstance(given, Component):
        return given
    if callable(given):
        held = getattr(given, "component", None) or getattr(given, "_component", None)
        if isinstance(held, Component):
            return held
        raise NotOffline("A component made of a function")
    raise invalid(f"{type(given).__name__} is no component.", ErrorTarget.COMPONENT)


def _entity(found: Asset) -> Component:
    component = load_component(
        source=records.stream(dict(found.spec["component"]) | {"version": found.version})
    )
    assert isinstance(component, Component)
    component._id = found.id
    component._creation_context = records.created(found.created, found.created_by, found.modified)
    component.description = found.spec.get("description")
    component.tags = dict(found.spec.get("tags") or {})
    component.properties = dict(found.spec.get("properties") or {})
    component._is_anonymous = found.name == _ANONYMOUS
    return component


def _container(ws: Workspace, latest: Asset) -> Component:
    component = Component(
        id=f"{ws.id}/components/{latest.name}",
        name=latest.name,
        description=latest.spec.get("description"),
        tags=latest.spec.get("tags"),
        creation_context=records.created(latest.created, latest.created_by, latest.modified),
        type="_component_container",
    )
    component.latest_version = latest.version  # type: ignore[assignment]
    return component
