"""Environments of SDK v1 as assets of the engine, and back."""

from __future__ import annotations

import json
import re

from azureml.core.conda_dependencies import CondaDependencies
from azureml.core.environment import Environment

from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import EngineError, Forbidden, Invalid, NotFound
from dp100.standin.engine.workspace import access

# As for every asset that SDK v2 can name too: the service says "Resource name can only contain alphanumeric
# characters, dashes, and underscores, with a limit of 255 characters.", and has taken dots since.
_NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}")


def spec(environment):
    """What the engine keeps of an environment: SDK v2's form, with the whole definition beside it."""
    packages = environment.python.conda_dependencies
    own = not environment.python.user_managed_dependencies and packages is not None
    return {
        "image": environment.docker.base_image,
        **({"conda_file": packages.as_dict()} if own else {}),
        **({"dockerfile": environment.docker.base_dockerfile} if environment.docker.base_dockerfile else {}),
        "os_type": "linux",
        "tags": {},
        "v1": {"definition": environment._to_dict()},
    }


def is_registered(ws, environment):
    """Whether the version that an environment says it is has its content: it may have been changed since."""
    try:
        held = of_asset(AssetStore(ws, "environments").get(environment.name, environment.version))
    except NotFound:
        return False
    return _same(spec(held)) == _same(spec(environment))


def register(ws, environment, *, keep_version=True):
    """Register an environment; one that is the same as the latest version keeps that.

    Args:
        keep_version: give it the version that it has, if it has one, and not the next.

    Raises:
        Exception: the service refuses it; the SDK raises nothing narrower.
    """
    try:
        if keep_version:  # a job's submission is asked for its own actions
            access.check(ws, "environments/write")
        return _registered(ws, environment, keep_version)
    except EngineError as error:
        raise Exception(refusal(error)) from error


def refusal(error):
    """What the SDK says of an answer other than 200 (``EnvironmentClient._register_environment_definition``)."""
    status = 403 if isinstance(error, Forbidden) else 400
    code = "UserError" if status == 400 else error.code
    content = {"error": {"code": code, "message": error.message, "target": error.target}}
    return f"Error registering the environment definition. Code: {status}\n: {json.dumps(content, indent=2)}"


def check_name(name):
    """Refuse a name that the service does not take.

    Raises:
        Invalid: it is none.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise Invalid(
            "Resource name is invalid. Resource name can only contain alphanumeric characters, dashes, underscores "
            f"and dots, with a limit of 255 characters: '{name}'.",
            code="UserError",
            target="environment",
        )


def _registered(ws, environment, keep_version):
    check_name(environment.name)
    assets = AssetStore(ws, "environments")
    wanted = spec(environment)
    try:
        last = assets.get(environment.name)
    except NotFound:
        last = None
    chosen = environment.version if keep_version else None
    if last is None or _same(spec(of_asset(last))) != _same(wanted):
        # What was fetched, changed and registered again is the next version, as in the service.
        known = chosen is not None and any(
            each.version == chosen for each in _versions(assets, environment.name)
        )
        last = assets.create(environment.name, None if known else chosen, wanted)
    return of_asset(last)


def _versions(assets, name):
    try:
        return assets.list(name, include_archived=True)
    except NotFound:
        return []


def find(ws, name, version=None, label=None):
    """The environment of that name and version or label.

    Raises:
        Exception: there is none; the SDK raises nothing narrower.
    """
    try:
        chosen = (label or "").lower()
        asset = AssetStore(ws, "environments").get(
            name, version, label=(chosen if chosen == "latest" else label) or None
        )
    except NotFound as error:
        where = f", version: {version}" if version else ""
        raise Exception(
            f"Error retrieving the environment definition. Environment {name}{where} not found."
        ) from error
    return of_asset(asset)


def of_asset(asset):
    """The SDK's object for an asset, whichever SDK has registered it."""
    held = (asset.spec.get("v1") or {}).get("definition")
    if held:
        made = from_dict(held)
    elif asset.curated and asset.spec.get("dockerfile"):
        made = Environment(asset.name)
        # What the service gives has the conda section that every new environment has; nobody installs it.
        made.python.user_managed_dependencies = True
        made.docker.base_image = None
        made.docker.base_dockerfile = asset.spec["dockerfile"]
    else:
        made = Environment(asset.name)
        conda = asset.spec.get("conda_file")
        if isinstance(conda, dict):
            made.python.conda_dependencies = CondaDependencies(_underlying_structure=conda)
        else:
            made.python.user_managed_dependencies = True
        made.docker.base_image = asset.spec.get("image")
        made._environment_variables = {}
    made.name = asset.name
    made.version = asset.version
    made.asset_id = asset.id
    return made


def from_dict(held):
    """The environment with the content of its dict form."""
    from azureml._local.runconfig_files import filled

    made = Environment(held.get("name"))
    made._environment_variables = {}
    return filled(made, held)


def _same(held):
    definition = dict((held.get("v1") or {}).get("definition") or held)
    for name in ("version", "assetId", "name"):
        definition.pop(name, None)
    return definition
