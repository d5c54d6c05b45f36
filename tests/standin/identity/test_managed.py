"""Managed identities, and credentials inside a job and in the children of a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dp100.standin.engine.tracking import database
from dp100.standin.engine.workspace import access, account, principals, workspace
from dp100.standin.engine.workspace.workspace import Workspace
from tests.standin.activate.running import python

WHO = """
import base64, json
def who(credential):
    token = credential.get_token("https://management.azure.com/.default").token
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return claims["name"], claims["idtyp"]
"""
OPEN = """
from dp100.standin.engine.errors import Forbidden
from dp100.standin.engine.workspace.workspace import open_workspace, update
def may_change():
    try:
        return update(open_workspace("mlw-one"), description="mine")["description"]
    except Forbidden:
        return "forbidden"
"""


@pytest.fixture
def mine(home: Path) -> Iterator[Workspace]:
    account.create_group("rg", "eastus")
    yield workspace.create("rg", "mlw-one")
    database.close()


def test_the_machine_s_own_identity_is_the_user_s(mine: Workspace) -> None:
    code = f"{WHO}{OPEN}" + (
        "from azure.identity import ManagedIdentityCredential\n"
        "print(*who(ManagedIdentityCredential()), may_change())"
    )
    assert python(code) == "learner@example.com user mine\n"


def test_a_user_assigned_identity_has_the_roles_it_was_given(mine: Workspace) -> None:
    identity = access.register_principal("uami", "Reader", [mine.id]).principal
    code = f"{WHO}{OPEN}" + (
        "from azure.identity import ManagedIdentityCredential\n"
        f"print(*who(ManagedIdentityCredential(client_id={identity.client_id!r})), may_change())"
    )
    assert python(code) == "uami app forbidden\n"


def test_an_identity_that_nobody_registered_has_no_roles(mine: Workspace) -> None:
    client = "11111111-2222-3333-4444-555555555555"
    code = f"{OPEN}" + (
        "from azure.identity import ManagedIdentityCredential\n"
        f"ManagedIdentityCredential(client_id={client!r})\nprint(may_change())"
    )
    assert python(code) == "forbidden\n"


def test_the_client_of_sdk_v2_is_used_as_the_managed_identity(mine: Workspace) -> None:
    identity = access.register_principal("uami", "Reader", [mine.id]).principal
    code = f"""
from azure.ai.ml import MLClient
from azure.ai.ml.entities import AmlCompute
from azure.core.exceptions import HttpResponseError
from azure.identity import ManagedIdentityCredential
for given in ({{}}, {{"client_id": {identity.client_id!r}}}):
    client = MLClient(ManagedIdentityCredential(**given), {mine.subscription_id!r}, "rg", "mlw-one")
    try:
        print(client.compute.begin_create_or_update(AmlCompute(name="cpu")).result().name)
    except HttpResponseError as error:
        print(error.status_code)
"""
    assert python(code).split() == ["cpu", "403"]


def test_every_credential_of_a_job_is_its_submitter_s(mine: Workspace) -> None:
    submitter = access.register_principal("ci", "Reader", [mine.id]).principal
    code = f"{WHO}{OPEN}" + (
        "from azure.identity import AzureCliCredential, DefaultAzureCredential, ManagedIdentityCredential\n"
        "for kind in (AzureCliCredential, DefaultAzureCredential, ManagedIdentityCredential):\n"
        "    print(*who(kind()), may_change())"
    )
    found = python(code, **{principals.VARIABLE: submitter.client_id or ""})
    assert found.splitlines() == ["ci app forbidden"] * 3


#: Starts a child as a notebook's server starts a kernel: with the variables that it was given, and few others.
CHILD = """
import os, subprocess, sys
kept = {name: os.environ[name] for name in os.environ if name in
        ("PYTHONPATH", "PATH", "DP100_HOME", "DP100_AZURE", "HOME", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE")}
print(subprocess.run([sys.executable, "-c", sys.argv[1]], env=kept, capture_output=True, text=True, check=True).stdout)
"""


def test_a_child_with_few_variables_is_still_offline(mine: Workspace) -> None:
    inner = (
        "import azure.identity, socket\n"
        "from azure.ai.ml import MLClient\n"
        f"client = MLClient(azure.identity.DefaultAzureCredential(), {mine.subscription_id!r}, 'rg', 'mlw-one')\n"
        "print(client.workspaces.get().name, MLClient.__module__)\n"
        "try:\n    socket.create_connection(('management.azure.com', 443))\n"
        "except Exception as error:\n    print(type(error).__name__)"
    )
    code = CHILD.replace("sys.argv[1]", repr(inner))
    assert python(code).split() == ["mlw-one", "dp100.standin.sdk_v2.client", "NotOffline"]
