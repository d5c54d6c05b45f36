"""ml_client.environments."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import Any

from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import BuildContext, Environment
from azure.ai.ml.exceptions import ErrorTarget

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores
from dp100.standin.engine.data.assets import Asset, AssetStore
from dp100.standin.engine.data.curated import reserved
from dp100.standin.engine.data.uris import parse
from dp100.standin.engine.errors import AlreadyExists, NotFound, NotOffline
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import assets, records, uploads
from dp100.standin.sdk_v2.answers import paged
from dp100.standin.sdk_v2.errors import missing
from dp100.standin.sdk_v2.scope import Operations

ANONYMOUS = "CliV2AnonymousEnvironment"
_LONGEST_VERSION = 30
_DOCKERFILE = "Dockerfile"  # the service's default
# What makes two environments the same, whatever they are tagged with.
_DEFINITION = ("image", "conda_file", "build", "inference_config", "os_type")


class EnvironmentOperations(Operations):
    """Environments of the workspace, those that come with the service among them."""

    def create_or_update(self, environment: Environment) -> Environment:
        """Register a version of an environment. Without a version, one that is as the latest is not registered again.

        Raises:
            MlException: neither or both of image and build context.
            ResourceExistsError: the version is there with another definition.
        """
        environment.validate()
        with self._scope.opened() as ws:
            return _entity(ws, register(ws, environment))

    def get(self, name: str, version: str | None = None, label: str | None = None) -> Environment:
        """A version of an environment.

        Raises:
            ValidationException: both a version and a label, or neither, or a label other than ``latest``.
            ResourceNotFoundError: there is no such version.
        """
        wanted = assets.chosen(name, version, label, ErrorTarget.ENVIRONMENT)
        with self._scope.opened() as ws:
            return _entity(ws, AssetStore(ws, "environments").get(_plain(name), wanted))

    def list(
        self, name: str | None = None, *, list_view_type: ListViewType = ListViewType.ACTIVE_ONLY
    ) -> Iterable[Environment]:
        """The versions of an environment, the latest first; or all of them, each with its latest version's number.

        Raises:
            ResourceNotFoundError: while iterating: there is no environment of that name.
        """

        def read() -> builtins.list[Environment]:
            with self._scope.opened() as ws:
                found = AssetStore(ws, "environments").list(name, **assets.view(list_view_type))
                if name:
                    return [_entity(ws, each) for each in found]
                return [_container(ws, each) for each in found if each.name != ANONYMOUS]

        return paged(read)

    def archive(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Hide a version, or the environment as a whole, from lists.

        Raises:
            ResourceNotFoundError: there is no such environment or version.
        """
        assets.set_archived(self._scope, "environments", _plain(name), version, label, True)

    def restore(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Undo :meth:`archive`."""
        assets.set_archived(self._scope, "environments", _plain(name), version, label, False)

    def share(
        self, name: str, version: str, *, share_with_name: str, share_with_version: str, registry_name: str
    ) -> Environment:
        """Not offline: registries are shared by workspaces in the cloud."""
        raise NotOffline("ml_client.environments.share")


def register(ws: Workspace, environment: Environment) -> Asset:
    """Store a version of an environment, or find the one that is the same.

    Raises:
        AlreadyExists: the version is there with another definition.
    """
    access.check(ws, "environments/write")  # also where one is found that is the same
    held = AssetStore(ws, "environments")
    name, version = str(environment.name), environment.version
    if environment._is_anonymous:
        name, version = ANONYMOUS, str(version)[:_LONGEST_VERSION]
    spec = _spec(ws, environment)
    if not version:
        try:
            latest = held.get(name)
        except NotFound:
            return held.create(name, None, spec)
        return _changed(held, latest, spec) if _same(latest.spec, spec) else held.create(name, None, spec)
    try:
        return held.create(name, version, spec)
    except AlreadyExists:
        there = held.get(name, version)
        if not _same(there.spec, spec):
            raise
        return _changed(held, there, spec)


def reference(ws: Workspace, given: Any) -> str:
    """The ``name:version`` of an environment in any form in which a job may name it; an inline one is registered.

    Args:
        given: an Environment, ``name:version``, ``name@latest``, ``azureml:...``, an ARM id, or one of the azureml
            registry that is also among the curated ones.
    """
    if isinstance(given, Environment):
        if given.id and not given._is_anonymous:
            return reference(ws, given.id)
        given.validate()
        made = register(ws, given)
        return f"{made.name}:{made.version}"
    text = str(given)
    if "://registries/azureml/environments/" in text:
        name, _, rest = text.rpartition("/environments/")[2].partition("/")
        known = f"AzureML-{name}"
        if not any(each.casefold() == known.casefold() for each in AssetStore(ws, "environments").names()):
            raise NotOffline(text, "Registries are shared between workspaces in the cloud.")
        version = rest.rpartition("/")[2] if rest.startswith("versions/") else "latest"
        text = f"azureml:{known}@latest" if version == "latest" else f"azureml:{known}:{version}"
    elif "://registries/" in text:
        raise NotOffline(text, "Registries are shared between workspaces in the cloud.")
    found = parse(text if text.startswith(("azureml:", "/")) else f"azureml:{text}")
    label = found.label if found.version is None else None
    if label:
        assets.check_label(str(found.name), label)
    elif found.version is None and not reserved(str(found.name)):
        raise missing(
            f"Failed to extract version when parsing asset {given} of type environments as arm id. Version must be "
            "provided.",
            ErrorTarget.ASSET,
        )
    held = AssetStore(ws, "environments").get(str(found.name), found.version, label=label)
    return f"{held.name}:{held.version}"


# --- inside ----------------------------------------------------------------------------------------------


def _plain(name: str) -> str:
    return name.removeprefix("azureml:")


def _spec(ws: Workspace, environment: Environment) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "description": environment.description,
        "image": environment.image,
        "conda_file": environment.conda_file,
        "os_type": environment.os_type,
        "inference_config": _config(environment.inference_config),
        "tags": dict(environment.tags or {}),
        "properties": dict(environment.properties or {}),
        "anonymous": bool(environment._is_anonymous),
    }
    if environment.build:
        path = environment.build.path
        if path and not uploads.is_remote(path):
            place = uploads.absolute(path, environment.base_path)
            uri = uploads.upload(ws, place, ErrorTarget.ENVIRONMENT, environment.datastore)
            path = _address(ws, uri)
        spec["build"] = {
            "path": str(path) if path else None,
            "dockerfile_path": environment.build.dockerfile_path or _DOCKERFILE,
        }
    plain = store.plain({key: value for key, value in spec.items() if value not in (None, False)})
    assert isinstance(plain, dict)
    return plain


def _config(given: Any) -> Any:
    """An inference configuration as a mapping, whichever class of the SDK it was given as."""
    if given is None or isinstance(given, dict):
        return given
    return {
        key: _config(value) if hasattr(value, "__dict__") else value for key, value in vars(given).items()
    }


def _address(ws: Workspace, uri: str) -> str:
    """The address of an uploaded folder in its storage account, which is what an environment shows."""
    found = parse(uri)
    held = datastores.get(ws, found.datastore or "")
    return f"https://{held.account}.blob.core.windows.net/{held.container}/{found.path}"


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all((one.get(key) or None) == (other.get(key) or None) for key in _DEFINITION if key != "os_type")


def _changed(held: AssetStore, there: Asset, spec: dict[str, Any]) -> Asset:
    """An environment that is there, with the description and tags it is to have."""
    wanted = {key: spec[key] for key in ("description", "tags", "properties") if spec.get(key)}
    if all(there.spec.get(key) == value for key, value in wanted.items()):
        return there
    return held.update(there.name, there.version, wanted)


def _entity(ws: Workspace, found: Asset) -> Environment:
    spec = found.spec
    build = spec.get("build")
    return Environment(
        id=found.id,
        name=found.name,
        version=found.version,
        description=spec.get("description"),
        tags=spec.get("tags"),
        properties=spec.get("properties"),
        image=spec.get("image"),
        conda_file=spec.get("conda_file"),
        build=BuildContext(
            path=build.get("path"), dockerfile_path=build.get("dockerfile_path") or _DOCKERFILE
        )
        if build
        else None,
        os_type=str(spec.get("os_type") or "linux").capitalize(),
        inference_config=spec.get("inference_config"),
        is_anonymous=bool(spec.get("anonymous")),
        creation_context=records.created(found.created, found.created_by, found.modified),
    )


def _container(ws: Workspace, latest: Asset) -> Environment:
    environment = Environment(
        name=latest.name,
        version="1",
        id=f"{ws.id}/environments/{latest.name}",
        creation_context=records.created(latest.created, latest.created_by, latest.modified),
    )
    environment.latest_version = latest.version
    environment.version = None
    return environment
