"""Checks of the lab "Connect to a workspace"."""

from __future__ import annotations

import contextlib
import contextvars
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dp100.labs.work import Seen, Work
from dp100.standin.engine.errors import EngineError, NotFound
from dp100.standin.engine.workspace import access, account, config_file, workspace

NAME, GROUP, SANDBOX, LOCATION = "mlw-rides", "rg-rides", "rg-sandbox", "westeurope"
PRINCIPAL = "sp-rides-nightly"
VARIABLES = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")


def prepare(work: Work) -> None:
    """Make the sandbox of a colleague, which has taken the name of the team's workspace in another group."""
    account.create_group(SANDBOX, "northeurope")
    workspace.create(SANDBOX, NAME, exist_ok=True, description="Mira's sandbox. Gone by Friday.")


def workspace_is_created(work: Work) -> None:
    """The group rg-rides has a workspace mlw-rides in westeurope."""
    found = _team_workspace(work)
    where = found.record["location"]
    assert where == LOCATION, (
        f"{NAME} is in {where}, and should be in {LOCATION}. A workspace cannot be moved. Delete "
        f"it, with `dp100 lab run -- az ml workspace delete --name {NAME} --resource-group {GROUP} "
        "--yes`, and give `create` the `location`."
    )


def config_leads_to_it(work: Work) -> None:
    """A config.json in the learner's folder names the team's workspace."""
    team = _team_workspace(work)
    try:
        found = config_file.find_config(work.folder)
    except NotFound as error:
        raise AssertionError(
            "There is no config.json here, nor in a folder above, so code finds no workspace. The "
            "workspace that `Workspace.create` returns has a method that writes one."
        ) from error
    except EngineError as error:
        raise AssertionError(f"{error.message} Let `ws.write_config()` write it.") from error
    assert work.folder.resolve() in found.path.resolve().parents, (
        f"The config.json that is found is {found.path}, outside of this folder. "
        "`ws.write_config()` without a path writes one into the working folder."
    )
    assert found.workspace_name == team.name, (
        f"{found.path.name} names the workspace {found.workspace_name}, not {team.name}."
    )
    assert found.resource_group == team.group, (
        f"{found.path.name} names {found.workspace_name} in {found.resource_group}. A name is "
        f"unique only within a resource group, and the team's workspace is the one in {team.group}."
    )
    assert found.subscription_id == team.ws.subscription_id, (
        f"{found.path.name} names the subscription {found.subscription_id}, and the workspace is "
        f"in {team.ws.subscription_id}. Let `ws.write_config()` write the file."
    )


def sdk_v1_connects(work: Work) -> None:
    """by_file reads the config.json of any folder, by_name finds a workspace without one."""
    names = work.load("connect_v1.py")
    by_file, by_name = _function(names, "by_file"), _function(names, "by_name")
    with tempfile.TemporaryDirectory() as folder:
        # The team's own file would not tell whether the folder is looked at.
        _write_config(Path(folder), work.find_workspace(NAME, SANDBOX))
        found = _called("by_file", by_file, folder)
        assert found is not None, (
            "by_file() returns nothing. `Workspace.from_config` reads a config.json; return what it gives."
        )
        group = _group(found, "by_file")
        assert group == SANDBOX, (
            f"by_file() was given a folder whose config.json names {NAME} in {SANDBOX}, and opened "
            f"the one in {group}. Hand the folder on as `path`."
        )
        Path(folder, ".azureml", "config.json").unlink()  # by name, no file is needed
        found = _called("by_name", by_name, NAME, SANDBOX)
    assert found is not None, (
        "by_name() returns nothing. `Workspace.get` asks the service for a workspace by its name; "
        "return what it gives."
    )
    for group in (SANDBOX, _team_workspace(work).group):
        opened = _group(_called("by_name", by_name, NAME, group), "by_name")
        assert opened == group, (
            f"by_name() was asked for {NAME} in {group}, and opened the one in {opened}. "
            "`Workspace.get` takes a resource group."
        )


def sdk_v2_reads_it(work: Work) -> None:
    """workspace.json holds what the service tells about the team's workspace."""
    team = _team_workspace(work)
    assert (work.folder / "workspace.json").exists(), (
        "There is no workspace.json. connect_v2.py writes it at its end; see what it printed."
    )
    facts = work.json("workspace.json")
    assert isinstance(facts, dict), "workspace.json should hold one object with names and values."
    assert facts, (
        "workspace.json is empty. Make the client with `MLClient.from_config`, and get the "
        "workspace with `client.workspaces.get`."
    )
    expected = {
        "name": team.name,
        "resource_group": team.group,
        "location": team.record["location"],
        "storage_account": team.record["storage_account"],
    }
    for key, value in expected.items():
        assert key in facts, (
            f"workspace.json has no `{key}`. The workspace that you got has an attribute of that name."
        )
        assert facts[key] == value, (
            f"`{key}` in workspace.json is {facts[key]!r}, and the service says {value!r}. Write "
            "down what `client.workspaces.get` gives for the workspace of config.json."
        )


def principal_may_read(work: Work) -> None:
    """sp-rides-nightly is Reader of the workspace and nothing else, and nightly.env signs it in."""
    team = _team_workspace(work)
    who = access.find_principal(PRINCIPAL)
    assert who is not None, (
        f"There is no service principal {PRINCIPAL}. `az ad sp create-for-rbac` makes one; it "
        "takes the name with `--name`."
    )
    held = [each for each in team.roles() if each.principal.object_id == who.object_id]
    assert held, (
        f"{PRINCIPAL} has no role in {team.name}, so it sees nothing. Give `create-for-rbac` both "
        "`--role` and `--scopes`; the scope is the ARM id of the workspace."
    )
    remove = "`dp100 lab run -- az role assignment delete`, with `--assignee`, `--role` and `--scope`,"
    for each in held:
        assert each.scope == team.ws.id, (
            f"{PRINCIPAL} is {each.role} for {each.scope}, which is more than the workspace. "
            f"{remove} takes that away; the assignee is {who.client_id}. Then assign the role for "
            "the workspace's own id."
        )
    roles = sorted({each.role for each in held})
    assert roles == ["Reader"], (
        f"{PRINCIPAL} has the roles: {', '.join(roles)}. It only has to look, which is what Reader "
        f"is for, and roles add up. {remove} takes away what is too much; the assignee is "
        f"{who.client_id}."
    )
    secrets = _credentials(work)
    try:
        signed_in = access.authenticate(
            secrets["AZURE_CLIENT_ID"], secrets["AZURE_CLIENT_SECRET"], secrets["AZURE_TENANT_ID"]
        )
    except EngineError as error:
        raise AssertionError(
            f"The credentials in nightly.env are refused: {error.message} Each `create-for-rbac` "
            "makes a new secret and ends the old one: write the latest to nightly.env."
        ) from error
    assert signed_in == who, f"nightly.env signs in {signed_in.name}, not {PRINCIPAL}."
    for file in work.folder.rglob("*.py"):
        assert secrets["AZURE_CLIENT_SECRET"] not in file.read_text(encoding="utf-8", errors="replace"), (
            f"The secret is written in {file.name}. Code is shared and secrets are not: keep it in "
            "nightly.env."
        )


def job_signs_in(work: Work) -> None:
    """connect() opens the team's workspace as the service principal that the environment names."""
    connect = _function(work.load("nightly.py"), "connect")
    secrets = _credentials(work)
    with _environment(secrets):
        found = contextvars.copy_context().run(_called, "connect", connect)
        assert found is not None, (
            "connect() returns nothing. `Workspace.from_config` opens the workspace, and takes "
            "who signs in as `auth`."
        )
        group = _group(found, "connect")
        who = contextvars.copy_context().run(_signed_in, found)
    wanted = access.find_principal(secrets["AZURE_CLIENT_ID"])
    assert who is not None, (
        "connect() opens the workspace as you, not as the service principal. Hand a "
        "`ServicePrincipalAuthentication` on as `auth`."
    )
    assert who == wanted, (
        f"connect() signs in {who.name}. It should be the one whose id AZURE_CLIENT_ID holds, {PRINCIPAL}."
    )
    assert group == GROUP, (
        f"connect() opens {NAME} in {group}. The team's is in {GROUP}, and config.json names it."
    )
    with _environment(secrets | {"AZURE_CLIENT_SECRET": "not-the-secret"}):
        try:
            opened = contextvars.copy_context().run(_use, connect)
        except BaseException:
            opened = None  # refused, as it has to be
    assert opened is None, (
        "With a wrong AZURE_CLIENT_SECRET in the environment, connect() still signs in. Take "
        "tenant, id and secret from os.environ each time; that is where a build server puts them."
    )


# --- inside ----------------------------------------------------------------------------------------------


def _team_workspace(work: Work) -> Seen:
    """The workspace that the learner makes; the sandbox has its name, so the group decides."""
    for found in work.workspaces():
        if (found.name, found.group) == (NAME, GROUP):
            return found
    others = [f"{found.name} in {found.group}" for found in work.workspaces() if found.group != SANDBOX]
    raise AssertionError(
        f"The resource group {GROUP} has no workspace {NAME}. "
        + (f"You have made: {', '.join(others)}. " if others else "")
        + "`Workspace.create` makes one from name, group and location."
    )


def _function(names: dict[str, Any], name: str) -> Any:
    found = names.get(name)
    assert callable(found), f"The function {name}() is missing. Keep the name it had at the start."
    return found


def _called(name: str, function: Any, *given: str) -> Any:
    try:
        return function(*given)
    except BaseException as error:
        called = f"{name}({', '.join(repr(each) for each in given)})"
        if isinstance(error, KeyError) and error.args[0] in VARIABLES:
            raise AssertionError(
                f"{called} wants {error.args[0]}, which is not set. Run step 5 first."
            ) from error
        raise AssertionError(f"{called} stops with {type(error).__name__}: {_said(error)}") from error


def _said(error: BaseException) -> str:
    """What an error says, in a line: those of SDK v1 print a page."""
    text = str(getattr(error, "message", None) or error).strip()
    return text.splitlines()[0] if text else "no more is said."


def _group(found: Any, name: str) -> str:
    """The resource group of a Workspace, or of an MLClient."""
    for attribute in ("resource_group", "resource_group_name"):
        if isinstance(group := getattr(found, attribute, None), str):
            return group
    raise AssertionError(f"{name}() returns a {type(found).__name__}. It should return the workspace.")


def _signed_in(found: Any) -> access.Principal | None:
    """Whom a Workspace, or an MLClient, works for; None is the signed-in user."""
    who = getattr(getattr(found, "_auth", None), "_principal", None)
    if callable(who):
        return who()
    credential = getattr(getattr(found, "_operation_scope", None), "credential", None)
    return getattr(credential, "_principal", None)


def _use(connect: Any) -> Any:
    """Connect and ask for the workspace: a client of SDK v2 asks nobody before it is used."""
    found = connect()
    if hasattr(found, "workspaces"):
        found.workspaces.get(found.workspace_name)
    return found


def _credentials(work: Work) -> dict[str, str]:
    assert (work.folder / "nightly.env").exists(), (
        "There is no nightly.env. register_principal.py (step 5) writes it from what `az ad sp "
        "create-for-rbac` gives."
    )
    lines = (line.partition("=") for line in work.text("nightly.env").splitlines())
    found = {name.strip(): value.strip() for name, _, value in lines}
    for name in VARIABLES:
        assert found.get(name), (
            f"nightly.env has no {name}. It comes from what `az ad sp create-for-rbac` printed."
        )
    return {name: found[name] for name in VARIABLES}


@contextlib.contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _write_config(folder: Path, seen: Seen) -> None:
    place = folder / ".azureml"
    place.mkdir()
    held = {
        "subscription_id": seen.ws.subscription_id,
        "resource_group": seen.group,
        "workspace_name": seen.name,
    }
    (place / "config.json").write_text(json.dumps(held), encoding="utf-8")
