"""Checks of the lab "Settings and roles"."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dp100.labs.work import Seen, Work
from dp100.standin.engine.compute import compute
from dp100.standin.engine.workspace import access, workspace

NAME, TEST, GROUP = "mlw-dairy", "mlw-dairy-test", "rg-dairy"
FOUND_TAGS = {"cost-center": "4711", "owner": "laboratory"}
NEW_TAGS = {"stage": "production", "data": "confidential"}
AUDIT = "sp-dairy-audit"
PEOPLE = {
    "lena@dairy.example": {"AzureML Data Scientist"},
    "omar@dairy.example": {"AzureML Data Scientist", "AzureML Compute Operator"},
    "ida@dairy.example": {"Reader"},
}
GONE = "jan@dairy.example"
# What reader.py tries, and the actions that the service asks for.
TRIED = {
    "see the workspace": "read",
    "list the models": "models/read",
    "see a datastore": "datastores/read",
    "see its key": "datastores/listsecrets/action",
    "change a tag": "write",
    "create a cluster": "computes/write",
}


def prepare(work: Work) -> None:
    """Fill the workspace as a team leaves it after a year, make a smaller one for tests, and an old role."""
    team = work.workspace.ws
    workspace.update(team, tags=dict(FOUND_TAGS))
    test = workspace.create(GROUP, TEST, exist_ok=True)
    _fill(
        team,
        work.folder,
        {"milk_tests": 240, "collections": 60},
        ["spoilage"],
        ["spoilage-baseline"],
    )
    _fill(test, work.folder, {"milk_tests_small": 12}, ["spoilage-try"], [])
    compute.create(team, "cpu-cluster", "amlcompute", size="Standard_DS3_v2", max_nodes=2, exist_ok=True)
    compute.create(test, "cpu-test", "amlcompute", size="Standard_DS3_v2", max_nodes=1, exist_ok=True)
    access.assign_scope(team.id.split("/providers/")[0], GONE, "Contributor")
    audit = access.register_principal(AUDIT, "Reader", [team.id])
    (work.folder / "audit.env").write_text(
        f"AUDIT_TENANT_ID={audit.tenant_id}\n"
        f"AUDIT_CLIENT_ID={audit.principal.client_id}\n"
        f"AUDIT_CLIENT_SECRET={audit.secret}\n",
        encoding="utf-8",
    )


def settings_are_told(work: Work) -> None:
    """The workspace has its friendly name, a description, the new tags and those it had."""
    held = work.workspace.record
    name = held["friendly_name"]
    assert name == "Dairy quality", (
        f"The friendly name is {name!r} and should be 'Dairy quality'. `ws.update` takes it as "
        "`friendly_name`. The name itself stays: it is part of the workspace's address."
    )
    assert (held["description"] or "").strip(), (
        "The workspace has no description. `ws.update` takes one as `description`; any sentence will do."
    )
    tags = held["tags"]
    for key, value in NEW_TAGS.items():
        assert tags.get(key) == value, (
            f"The tag `{key}` is {tags.get(key)!r} and should be {value!r}. `ws.update` takes "
            "`tags` as a dictionary."
        )
    for key, value in FOUND_TAGS.items():
        assert tags.get(key) == value, (
            f"The tag `{key}: {value}` was there and is lost. `tags` replaces all that there are, "
            "so hand over the old ones with the new. To put it back, name it among the tags once; "
            "the next run then keeps it."
        )


def resources_are_named(work: Work) -> None:
    """resources() finds the associated resources in the details of any workspace, and resources.json has ours."""
    resources = work.load("resources.py").get("resources")
    assert callable(resources), "The function resources() is missing. Keep the name it had at the start."
    held = work.workspace.record
    top = "/subscriptions/0/resourceGroups/rg-elsewhere/providers"
    elsewhere = {
        "name": "mlw-elsewhere",
        "storageAccount": f"{top}/Microsoft.Storage/storageAccounts/stelsewhere",
        "keyVault": f"{top}/Microsoft.KeyVault/vaults/kv-elsewhere",
        "applicationInsights": f"{top}/Microsoft.Insights/components/appi-elsewhere",
    }
    registry = {"containerRegistry": f"{top}/Microsoft.ContainerRegistry/registries/crelsewhere"}
    _compare(resources, elsewhere, ["stelsewhere", "kv-elsewhere", "appi-elsewhere", None])
    _compare(
        resources,
        elsewhere | registry,
        ["stelsewhere", "kv-elsewhere", "appi-elsewhere", "crelsewhere"],
    )
    written = work.json("resources.json")
    for label, key in _RESOURCES.items():
        expected = held[key].rsplit("/", 1)[-1] if held[key] else None
        found = written.get(label) if isinstance(written, dict) else None
        assert found == expected, (
            f"resources.json says {found!r} for the {label} of {NAME}, and it is {expected!r}. Run "
            "the file again."
        )


def studio_pages_are_listed(work: Work) -> None:
    """pages() gives for any workspace what studio lists under Data, Models, Jobs and Compute."""
    pages = work.load("studio.py").get("pages")
    assert callable(pages), "The function pages() is missing. Keep the name it had at the start."
    from azureml.core import Workspace

    for seen in (work.workspace, work.find_workspace(TEST)):
        found = _called("pages", pages, Workspace.get(seen.name, resource_group=seen.group))
        assert isinstance(found, dict), (
            f"pages() returns {_kind(found)}. It should return a dict of lists, by page."
        )
        for page, names in _listed(seen).items():
            told = found.get(page)
            several = isinstance(told, Iterable) and not isinstance(told, str)
            assert several, f"pages() has {_kind(told)} under {page!r}. It should be a list of names."
            told = list(told)
            assert sorted(map(str, told)) == sorted(names), (
                f"Under {page}, studio lists for {seen.name}: {', '.join(names) or 'nothing'}. "
                f"pages() says: {', '.join(map(str, told)) or 'nothing'}. Look at "
                f"`ws.{_COLLECTIONS[page]}`."
            )


def roles_are_least(work: Work) -> None:
    """Lena, Omar and Ida have the roles that they need, in the workspace only, and Jan has none."""
    team = work.workspace
    held: dict[str, list[access.Assignment]] = {}
    for each in team.roles():
        held.setdefault(each.principal.name.casefold(), []).append(each)
    for who, needed in PEOPLE.items():
        name = who.partition("@")[0].capitalize()
        assert who in held, (
            f"{name} has no role yet. `az role assignment create` takes `--assignee {who}`, "
            "`--role` and `--scope`."
        )
        for each in held[who]:
            assert each.scope.casefold() == team.ws.id.casefold(), (
                f"{name} is {each.role} for {each.scope}, and so for whatever else that holds. "
                "Take it away with `dp100 lab run -- az role assignment delete`, with this "
                "`--scope`, and assign the role for the workspace's id."
            )
        roles = {each.role for each in held[who]}
        if too_much := sorted(roles - needed):
            raise AssertionError(
                f"{name} is {' and '.join(too_much)}, which is "
                f"{_EXCESS.get(too_much[0], 'not the role that fits')}. Roles add up, so take this "
                "one away, with `dp100 lab run -- az role assignment delete`."
            )
        assert roles == needed, (
            f"{name} is {roles.pop()}, which is half of it. A Data Scientist may not make compute, "
            "and a Compute Operator may not submit jobs: one person can have both roles."
        )
    if GONE in held:
        each = held[GONE][0]
        where = "the resource group" if each.scope.casefold() != team.ws.id.casefold() else "the workspace"
        raise AssertionError(
            f"Jan has left and is still {each.role} in {where}. What is assigned there holds for "
            "every workspace in it. `az role assignment delete` takes it away; give it the scope "
            "at which the role was assigned."
        )


def refusals_are_told(work: Work) -> None:
    """allowed() tells a refusal from success and from other errors, and reader.json says what a Reader may do."""
    allowed = work.load("probe.py").get("allowed")
    assert callable(allowed), "The function allowed() is missing. Keep the name it had at the start."
    calls: list[str] = []
    found = _called("allowed", allowed, lambda: calls.append("called"))
    assert calls, "allowed() never calls the action. It can find out only by trying."
    assert found is True, f"When the action succeeds, allowed() returns {found!r}. It should be True."
    try:
        found = allowed(_raising(403, "AuthorizationFailed"))
    except BaseException as error:
        raise AssertionError(
            f"When the service refuses the action, allowed() lets the {type(error).__name__} "
            "through. Catch it, and return False when its `status_code` is the one for forbidden."
        ) from error
    assert found is False, (
        f"When the service refuses the action, allowed() returns {found!r}. It should be False."
    )
    for status, code, why in (
        (404, "UserError", "something is not there"),
        (401, "Unauthorized", "nobody has signed in"),
        (409, "Conflict", "something else has just changed it"),
    ):
        try:
            found = allowed(_raising(status, code))
        except BaseException:
            continue
        raise AssertionError(
            f"An error with status {status} means that {why}, and allowed() makes {found!r} of it. "
            "Only a 403 is about rights; `raise` every other error again."
        )
    assert (work.folder / "reader.json").exists(), (
        "There is no reader.json. reader.py writes it at its end; see what it printed."
    )
    written = work.json("reader.json")
    audit = access.find_principal(AUDIT)
    assert audit is not None, f"The service principal {AUDIT} is gone. `dp100 lab reset` brings it back."
    roles = [access.ROLES[each.role] for each in work.workspace.roles() if each.principal == audit]
    for what, action in TRIED.items():
        full = f"Microsoft.MachineLearningServices/workspaces/{action}"
        may = any(role.allows(full) for role in roles)
        said = written.get(what) if isinstance(written, dict) else None
        assert said is may, (
            f"reader.json says {said!r} for {what!r}, and it is {may!r}. Leave reader.py as it "
            "was, and run it again."
        )


# --- inside ----------------------------------------------------------------------------------------------

_RESOURCES = {
    "storage account": "storage_account",
    "key vault": "key_vault",
    "application insights": "application_insights",
    "container registry": "container_registry",
}
_COLLECTIONS = {
    "Data": "datasets",
    "Models": "models",
    "Jobs": "experiments",
    "Compute": "compute_targets",
}
_EXCESS = {
    "Owner": "more than is needed: an Owner grants access to others",
    "Contributor": "more than is needed: a Contributor may change and delete the workspace",
    "AzureML Data Scientist": "more than is needed: a Data Scientist submits jobs and changes data and models",
    "AzureML Compute Operator": "more than is needed: a Compute Operator makes and deletes clusters",
    "User Access Administrator": "more than is needed: this role gives others access",
}


def _compare(resources: Callable[..., Any], details: dict[str, str], expected: list[str | None]) -> None:
    found = _called("resources", resources, dict(details))
    assert isinstance(found, dict), f"resources() returns {_kind(found)}. It should return a dict."
    for label, name in zip(_RESOURCES, expected, strict=True):
        assert label in found, (
            f"resources() says nothing of the {label}. Keep the keys that it had at the start."
        )
        if name is None:
            assert found[label] is None, (
                f"The details name no {label}, and resources() says {found[label]!r}. Say None: it "
                "is made when the first image is built, and `get_details` leaves out what is not "
                "there."
            )
        else:
            assert found[label] == name, (
                f"resources() says {found[label]!r} for the {label} of another workspace; it is "
                f"{name!r}. The details hold an ARM id, whose last part is the name."
            )


def _listed(seen: Seen) -> dict[str, list[str]]:
    return {
        "Data": [each.name for each in seen.assets("data")],
        "Models": sorted({each.name for each in seen.models()}),
        "Jobs": seen.experiments(),
        "Compute": [each.name for each in seen.computes()],
    }


def _called(name: str, function: Callable[..., Any], *given: Any) -> Any:
    try:
        return function(*given)
    except BaseException as error:
        # Errors of SDK v1 print a page; the sentence is their message.
        said = str(getattr(error, "message", None) or error).strip().partition("\n")[0]
        raise AssertionError(f"{name}() stops with {type(error).__name__}: {said}") from error


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"


def _raising(status: int, code: str) -> Callable[[], object]:
    """An action that the service answers with an error of this status."""
    from azure.core.exceptions import (
        ClientAuthenticationError,
        HttpResponseError,
        ResourceNotFoundError,
    )

    kind = {401: ClientAuthenticationError, 404: ResourceNotFoundError}.get(status, HttpResponseError)
    reason = {401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}.get(status, "Conflict")

    def action() -> object:
        error = kind(message=f"({code}) The service answers {status} {reason}.")
        error.status_code, error.reason = status, reason
        error.error = SimpleNamespace(code=code, message=reason)
        error.response = SimpleNamespace(status_code=status, reason=reason)
        raise error

    return action


def _fill(ws: Any, folder: Path, data: dict[str, int], models: list[str], experiments: list[str]) -> None:
    """Register data, models and runs, with the SDK that a team would have used."""
    from azureml.core import Dataset, Experiment, Model, Workspace

    team = Workspace.get(ws.name, resource_group=ws.group)
    made = folder / "made"
    made.mkdir(exist_ok=True)
    chance = random.Random(7)
    for name, rows in data.items():
        lines = [f"{number},{chance.gauss(6.7, 0.1):.2f}" for number in range(rows)]
        (made / f"{name}.csv").write_text("\n".join(["sample,ph", *lines]) + "\n", encoding="utf-8")
        store = team.get_default_datastore()
        store.upload_files([str(made / f"{name}.csv")], target_path=name, overwrite=True, show_progress=False)
        Dataset.File.from_files((store, f"{name}/*.csv")).register(team, name)
    for name in models:
        (made / f"{name}.txt").write_text("spoils = ph < 6.55\n", encoding="utf-8")
        Model.register(team, model_path=str(made / f"{name}.txt"), model_name=name)
    for name in experiments:
        run = Experiment(team, name).start_logging(snapshot_directory=None)
        run.log("recall", 0.61)
        run.complete()
    for file in made.iterdir():
        file.unlink()
    made.rmdir()
