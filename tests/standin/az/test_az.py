"""`az` offline: commands, output, errors and exit statuses, as scripts of the course use them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.az.output import table, tsv
from dp100.standin.engine.workspace.workspace import Workspace
from tests.standin.activate.running import offline
from tests.standin.az.conftest import Az

# --- the account, without the SDK ------------------------------------------------------------------------


def test_groups_come_and_go(az: Az) -> None:
    assert az("group", "create", "-n", "rg1", "-l", "East US", "--tags", "a=1", "b=2")["tags"] == {
        "a": "1",
        "b": "2",
    }
    assert az("group", "exists", "-g", "RG1") is True
    assert az("group", "show", "--name", "rg1", "--query", "location", "-o", "tsv") == "eastus\n"
    assert [each["name"] for each in az("group", "list", "--tag", "a=1")] == ["rg1"]
    az("group", "delete", "-n", "rg1", "--yes")
    assert az("group", "exists", "-n", "rg1") is False


def test_what_is_not_there_has_status_three(az: Az) -> None:
    assert az("group", "show", "-n", "nope", status=3) == (
        "ERROR: (ResourceGroupNotFound) Resource group 'nope' could not be found.\n"
        "Code: ResourceGroupNotFound\nMessage: Resource group 'nope' could not be found.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("group", "create", "-n", "x"), "the following arguments are required: --location/-l"),
        (("group", "show"), "the following arguments are required: --name/--resource-group/-g/-n"),
        (("group", "show", "-n", "x", "--nope", "1"), "unrecognized arguments: --nope 1"),
        (("group",), "the following arguments are required: _subcommand"),
        (("grup", "list"), "'grup' is misspelled or not recognized by the system.\nDid you mean 'group' ?"),
        (("account", "show", "-o", "xml"), "invalid choice: 'xml'"),
        (("account", "show", "--query", "[["), "invalid jmespath_type value: '[['"),
        (("configure", "--defaults", "group"), "usage error: --defaults"),
        (
            ("ml", "job", "show", "-n", "x"),
            "the following arguments are required: --resource-group/-g, --workspace-name/-w",
        ),
    ],
)
def test_words_that_do_not_fit_have_status_two(az: Az, words: tuple[str, ...], said: str) -> None:
    assert said in az(*words, status=2)


@pytest.mark.parametrize(
    "words", [("vm", "create"), ("ml", "online-endpoint", "create"), ("storage", "account", "list")]
)
def test_what_there_is_nothing_of_is_named(az: Az, words: tuple[str, ...]) -> None:
    assert az(*words, status=1) == f"ERROR: az {' '.join(words)} is not available offline.\n"


def test_defaults_stand_in_for_options(az: Az) -> None:
    az("configure", "--defaults", "group=rg1", "workspace=w1")
    assert {each["name"]: each["value"] for each in az("configure", "-l")} == {
        "group": "rg1",
        "workspace": "w1",
    }
    az("configure", "--defaults", "workspace=")
    az("config", "set", "defaults.location=westus")
    assert [each["name"] for each in az("config", "get")["defaults"]] == ["group", "location"]
    assert az("group", "create", "-n", "rg1")["location"] == "westus"


def test_no_account_is_needed(az: Az) -> None:
    assert az("login")[0]["user"] == {"name": "learner@example.com", "type": "user"}
    shown = az("account", "show")
    assert shown["state"] == "Enabled"
    az("account", "set", "--subscription", shown["id"])
    assert "doesn't exist in cloud" in az("account", "set", "-s", "other", status=1)
    az("logout")
    assert az("account", "show")["id"] == shown["id"]


def test_extensions_and_providers(az: Az) -> None:
    assert "is not installed" in az("extension", "remove", "-n", "azure-cli-ml", status=1)
    az("extension", "remove", "-n", "ml")
    az("extension", "add", "-n", "ml", "-y")
    assert [each["name"] for each in az("extension", "list")] == ["ml"]
    assert az("provider", "show", "-n", "microsoft.storage")["registrationState"] == "NotRegistered"
    az("provider", "register", "--namespace", "Microsoft.Storage")
    assert az("provider", "show", "-n", "Microsoft.Storage")["registrationState"] == "Registered"
    assert "InvalidResourceNamespace" in az("provider", "register", "-n", "storage", status=3)


def test_a_service_principal_may_do_what_its_role_allows(az: Az, ws: Workspace) -> None:
    made = az("ad", "sp", "create-for-rbac", "-n", "reader", "--role", "Reader", "--scopes", ws.id)
    held = az("role", "assignment", "list", "--scope", ws.id, "--assignee", made["appId"])
    assert [(each["roleDefinitionName"], each["principalType"]) for each in held] == [
        ("Reader", "ServicePrincipal")
    ]
    az("login", "--service-principal", "-u", made["appId"], "-p", made["password"], "-t", made["tenant"])
    said = az("group", "create", "-n", "mine", "-l", "eastus", status=1)
    assert "(AuthorizationFailed)" in said
    assert made["appId"] in said
    az("login")
    az("role", "assignment", "delete", "--scope", ws.id, "--assignee", made["appId"])
    assert az("role", "assignment", "list", "--scope", ws.id, "--assignee", made["appId"]) == []


def test_assignments_of_a_scope_and_those_it_inherits(az: Az, ws: Workspace) -> None:
    group = ws.id.partition("/providers/")[0]
    made = az("ad", "sp", "create-for-rbac", "-n", "reader", "--role", "Reader", "--scopes", group)
    listing = ("role", "assignment", "list", "--assignee", made["appId"])
    assert az(*listing, "--scope", ws.id) == []
    assert [each["scope"] for each in az(*listing, "--scope", ws.id, "--include-inherited")] == [group]
    assert [each["scope"] for each in az(*listing, "-g", ws.group)] == [group]
    assert [each["scope"] for each in az(*listing, "--all")] == [group]
    assert "not required when --all is used" in az(*listing, "--all", "--scope", ws.id, status=1)


def test_a_role_is_defined_changed_and_deleted(az: Az, ws: Workspace) -> None:
    top = ws.id.partition("/resourceGroups/")[0]

    def role(verb: str, actions: list[str], status: int = 0, **more: object) -> Any:
        definition = {"Name": "Looker", "Actions": actions, "AssignableScopes": [top]} | more
        return az("role", "definition", verb, "--role-definition", json.dumps(definition), status=status)

    assert "please provide 'assignableScopes'" in role("create", ["*/read"], 1, AssignableScopes=[])
    assert "No definition was found" in role("update", ["*/read"], 1)
    made = role("create", ["*/read"])
    assert "(RoleDefinitionWithSameNameExists)" in role("create", ["*/write"], 1)
    changed = role("update", ["*/write"])
    assert (changed["name"], changed["permissions"][0]["actions"]) == (made["name"], ["*/write"])
    (shown,) = az("role", "definition", "list", "-n", "Looker")
    assert shown == changed
    shown["permissions"][0]["actions"] = ["*"]
    assert az("role", "definition", "update", "--role-definition", json.dumps(shown))["permissions"] == [
        {"actions": ["*"], "dataActions": [], "notActions": []}
    ]
    az("role", "definition", "delete", "-n", "Looker")
    az("role", "definition", "delete", "-n", "Looker")
    assert az("role", "definition", "list", "--custom-role-only", "true") == []


def test_account_and_group_do_not_import_the_sdk() -> None:
    done = offline(sys.executable, "-X", "importtime", "-m", "dp100.standin.az", "group", "list")
    assert "azure.ai.ml" not in done.stderr
    assert "azure.core" not in done.stderr


# --- forms of output -------------------------------------------------------------------------------------


def test_tables_show_single_values() -> None:
    rows = [{"name": "a", "id": "/x", "tags": {}, "n": 1}, {"name": "bb", "id": "/y", "tags": {}, "n": None}]
    assert table(rows) == "Name  N\n----  -\na     1\nbb"
    assert table(rows, kept=True).splitlines()[0] == "Name  Id  N"
    assert table([[1, True]]) == "Column1  Column2\n-------  -------\n1        True"
    assert table([]) == ""


def test_tab_separated_values_have_no_names() -> None:
    assert tsv([{"b": True, "a": None}, {"b": "x", "a": [1, 2]}]) == "None\ttrue\n2\tx"
    assert tsv(["x", 1]) == "x\n1"


def test_yaml_and_nothing(az: Az) -> None:
    assert "state: Enabled\n" in az("account", "show", "-o", "yaml")
    assert az("account", "show", "-o", "none") is None
    assert az("account", "show", "--query", "nope") is None


# --- the workspace, over the SDK -------------------------------------------------------------------------


def test_workspaces(az: Az, group: str) -> None:
    made = az(
        "ml", "workspace", "create", "-n", "mlw-one", "-g", group, "--description", "mine", "--tags", "a=1"
    )
    assert (made["name"], made["resourceGroup"], made["location"], made["tags"]) == (
        "mlw-one",
        group,
        "eastus",
        {"a": "1"},
    )
    assert [each["name"] for each in az("ml", "workspace", "list", "-g", group)] == ["mlw-one"]
    changed = az(
        "ml",
        "workspace",
        "update",
        "-n",
        "mlw-one",
        "-g",
        group,
        "--display-name",
        "One",
        "--set",
        "tags.b=2",
    )
    assert (changed["display_name"], changed["tags"]) == ("One", {"a": "1", "b": "2"})
    assert "Use --yes" in az("ml", "workspace", "delete", "-n", "mlw-one", "-g", group, status=1)
    az("ml", "workspace", "delete", "-n", "mlw-one", "-g", group, "-y")
    assert az("ml", "workspace", "show", "-n", "mlw-one", "-g", group, status=3)
    assert az("ml", "workspace", "create", "-n", "mlw-one", "-g", "nope", status=3)


def test_a_workspace_is_made_from_a_file_beside_the_default_one(az: Az, ws: Workspace, here: Path) -> None:
    (here / "workspace.yml").write_text(
        "name: mlw-basic\ndescription: from a file\nhbi_workspace: true\ntags: {purpose: demonstration}\n"
    )
    before = az("ml", "workspace", "show")
    made = az("ml", "workspace", "create", "-f", "workspace.yml")
    assert (made["name"], made["description"], made["hbi_workspace"]) == ("mlw-basic", "from a file", True)
    assert az("ml", "workspace", "show") == before
    other = az("ml", "workspace", "create", "-f", "workspace.yml", "-n", "mlw-other")
    assert other["name"] == "mlw-other"


def test_compute(az: Az, here: Path) -> None:
    made = az(
        "ml",
        "compute",
        "create",
        "-n",
        "aml-cluster",
        "--type",
        "AmlCompute",
        "--size",
        "STANDARD_DS11_V2",
        "--max-instances",
        "2",
    )
    assert (made["min_instances"], made["max_instances"], made["tier"]) == (0, 2, "dedicated")
    assert az("ml", "compute", "update", "-n", "aml-cluster", "--max-instances", "4")["max_instances"] == 4
    az("ml", "compute", "create", "-n", "ci-one", "--type", "computeinstance")
    az("ml", "compute", "stop", "-n", "ci-one")
    assert az("ml", "compute", "show", "-n", "ci-one", "--query", "state") == "Stopped"
    az("ml", "compute", "start", "-n", "ci-one")
    assert az("ml", "compute", "list", "--query", "[].name") == ["aml-cluster", "ci-one"]
    assert az("ml", "compute", "list-nodes", "-n", "aml-cluster") == []
    assert "Standard_DS11_v2" in az("ml", "compute", "list-sizes", "--query", "[].name")
    az("ml", "compute", "delete", "-n", "aml-cluster", "--yes")
    assert "Not found compute" in az("ml", "compute", "show", "-n", "aml-cluster", status=3)
    assert "--type/-t" in az("ml", "compute", "create", "-n", "x1", status=2)


def test_data_from_options_and_from_a_file(az: Az, here: Path) -> None:
    (here / "d.csv").write_text("a\n1\n")
    assert (
        az("ml", "data", "create", "--name", "d", "--type", "uri_file", "--path", "d.csv")["version"] == "1"
    )
    (here / "data.yml").write_text("name: d\ntype: uri_file\npath: d.csv\nversion: '7'\n")
    assert az("ml", "data", "create", "-f", "data.yml", "--set", "description=mine")["description"] == "mine"
    assert [each["version"] for each in az("ml", "data", "list", "-n", "d")] == ["7", "1"]
    az("ml", "data", "archive", "-n", "d", "-v", "1")
    assert [each["version"] for each in az("ml", "data", "list", "-n", "d")] == ["7"]
    az("ml", "data", "restore", "-n", "d", "-v", "1")
    assert az("ml", "data", "show", "-n", "d", "--label", "latest")["type"] == "uri_file"
    assert az("ml", "data", "update", "-n", "d", "-v", "7", "--set", "tags.k=v")["tags"] == {"k": "v"}
    assert "either version or label" in az("ml", "data", "show", "-n", "d", status=1)
    assert az("ml", "data", "show", "-n", "d", "-v", "9", status=3)
    assert "No such file or directory: nope.yml" in az("ml", "data", "create", "-f", "nope.yml", status=1)


def test_datastores_environments_and_models(az: Az, here: Path) -> None:
    (here / "ds.yml").write_text(
        "$schema: https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json\nname: mine\ntype: azure_blob\n"
        "account_name: acc\ncontainer_name: box\ncredentials:\n  account_key: secret\n"
    )
    assert "secret" not in str(az("ml", "datastore", "create", "-f", "ds.yml"))
    assert "mine" in az("ml", "datastore", "list", "--query", "[].name")
    az("ml", "datastore", "delete", "-n", "mine")
    assert az("ml", "datastore", "show", "-n", "mine", status=3)

    (here / "conda.yml").write_text("name: e\ndependencies: [python=3.11, pip]\n")
    made = az("ml", "environment", "create", "-n", "env", "--image", "ubuntu:22.04", "-c", "conda.yml")
    assert (made["version"], made["image"]) == ("1", "ubuntu:22.04")
    assert len(az("ml", "environment", "list", "-r", "2")) == 2

    (here / "m.pkl").write_bytes(b"model")
    az("ml", "model", "create", "-n", "m", "--path", "m.pkl", "--type", "custom_model", "--tags", "a=1")
    assert az("ml", "model", "list", "-n", "m", "--query", "[].[name, version]", "-o", "tsv") == "m\t1\n"
    az("ml", "model", "download", "-n", "m", "-v", "1", "-p", "got")
    assert [each.read_bytes() for each in here.glob("got/**/m.pkl")] == [b"model"]
    az("ml", "model", "delete", "-n", "m", "-v", "1", "-y")
    assert az("ml", "model", "show", "-n", "m", "-v", "1", status=3)


def test_changes_that_a_property_does_not_take(az: Az, here: Path) -> None:
    (here / "d.csv").write_text("a\n1\n")
    az("ml", "data", "create", "-n", "d", "--type", "uri_file", "--path", "d.csv")
    az("ml", "compute", "create", "-n", "cpu", "--type", "amlcompute")
    data = ("ml", "data", "update", "-n", "d", "-v", "1")
    compute = ("ml", "compute", "update", "-n", "cpu")
    for words, said in (
        ((*data, "--set", "tags=one"), "'tags' holds names and values"),
        ((*data, "--set", "tags=[1"), "'tags' holds names and values"),
        ((*data, "--set", "_path.x=1"), "Couldn't find"),
        ((*data, "--set", "creation_context=now"), "'creation_context' cannot be changed"),
        ((*data, "--add", "description", "more"), "usage error: --add"),
        ((*data, "--add", "tags", "more"), "usage error: --add"),
        ((*compute, "--set", "tags=5"), "'tags' holds names and values"),
        ((*compute, "--set", "min_instances=few"), "'min_instances' is a whole number"),
        ((*compute, "--set", "idle_time_before_scale_down=few"), "is a whole number"),
        ((*compute, "--set", "provisioning_state=Failed"), "'provisioning_state' cannot be changed"),
    ):
        told = az(*words, status=2 if "usage" in said else 1)
        assert said in told, words
        assert "Traceback" not in told
    assert az("ml", "compute", "update", "-n", "cpu", "--set", "max_instances=3")["max_instances"] == 3
    assert az(*data, "--add", "tags", "a=1", "b=2")["tags"] == {"a": "1", "b": "2"}


def test_a_job_from_its_file_to_its_outputs(az: Az, here: Path) -> None:
    (here / "src").mkdir()
    (here / "src" / "t.py").write_text(
        "import os, sys\nprint('hello', sys.argv[1])\nos.makedirs('outputs', exist_ok=True)\n"
        "open('outputs/x.txt', 'w').write('1')\n"
    )
    (here / "job.yml").write_text(
        "$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncode: src\n"
        "command: python t.py ${{inputs.x}}\ninputs:\n  x: 3\nenvironment:\n  image: ubuntu:22.04\ncompute: local\n"
        "experiment_name: e1\n"
    )
    said = offline(
        "az", "ml", "job", "create", "-f", "job.yml", "--name", "j1", "--stream", cwd=here, DP100_JOBS="wait"
    ).stdout
    assert "hello 3" in said
    assert json.loads(said[said.index("\n{") :])["status"] == "Completed"
    assert az("ml", "job", "show", "-n", "j1", "--query", "[name, status, experiment_name]") == [
        "j1",
        "Completed",
        "e1",
    ]
    az("ml", "job", "download", "-n", "j1", "--all", "-p", "got")
    assert [each.read_text() for each in here.glob("got/**/outputs/x.txt")] == ["1"]
    change = ("ml", "job", "update", "-n", "j1", "--set")
    for path in ("bogus", "status", "inputs.x", "command"):
        assert f"'{path}' of a job cannot be changed" in az(*change, f"{path}=1", status=1)
    assert "'tags' holds names and values" in az(*change, "tags=one", status=1)
    az("ml", "job", "archive", "-n", "j1")
    assert az("ml", "job", "list") == []
    az("ml", "job", "restore", "-n", "j1")
    assert az("ml", "job", "update", "-n", "j1", "--set", "display_name=mine", "tags.a=1")["tags"] == {
        "a": "1"
    }
    refused = offline("az", "ml", "job", "create", "-f", "job.yml", "--set", "bogus=1", cwd=here, status=1)
    assert refused.stderr.startswith("ERROR: ")  # and no notes of the SDK's before it
    failed = offline(
        "az",
        "ml",
        "job",
        "create",
        "-f",
        "job.yml",
        "--stream",
        "--set",
        "command=python nope.py",
        cwd=here,
        status=1,
        DP100_JOBS="wait",
    )
    assert "nope.py" in failed.stderr
    assert az("ml", "job", "show", "-n", "nope", status=3)


@pytest.mark.skipif(os.name == "nt", reason="the script is for bash")
def test_the_set_up_script_of_the_labs(tmp_path: Path) -> None:
    """What a set-up script of the course does, from the first group to config.json."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "diabetes.csv").write_text("a\n1\n")
    (tmp_path / "setup.sh").write_text(
        "set -e\naz group create --name rg --location eastus -o none\naz configure --defaults group=rg\n"
        "az ml workspace create --name mlw-labs -o none\naz configure --defaults workspace=mlw-labs\n"
        "az ml compute create --name ci-labs --size STANDARD_DS11_V2 --type ComputeInstance -o none\n"
        "az ml data create --type uri_file --name diabetes --path src/diabetes.csv -o none\n"
        'printf \'{"subscription_id": "%s", "resource_group": "rg", "workspace_name": "mlw-labs"}\' '
        '"$(az account show --query id --output tsv)" > config.json\n'
    )
    offline("bash", "setup.sh", cwd=tmp_path)
    assert json.loads((tmp_path / "config.json").read_text())["workspace_name"] == "mlw-labs"
