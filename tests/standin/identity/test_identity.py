"""azure.identity offline: the real names and signatures, answered for the principal that is meant."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from dp100.standin.engine.workspace import access, account, workspace
from tests.standin.activate.running import python, run

_NAMES = """
import importlib, inspect, json
found = {}
for module in ("azure.identity", "azure.identity.aio"):
    held = importlib.import_module(module)
    for name in held.__all__:
        thing = getattr(held, name)
        if inspect.isfunction(thing):
            found[f"{module}.{name}"] = [str(p.kind) + p.name for p in inspect.signature(thing).parameters.values()]
            continue
        for method in dir(thing):
            if method.startswith("_") and method != "__init__":
                continue
            made = getattr(thing, method)
            inherited = issubclass(thing, Exception) and method != "__init__"
            if inherited or not (inspect.isfunction(made) or inspect.ismethod(made)):
                continue
            try:
                parameters = inspect.signature(made).parameters.values()
            except (TypeError, ValueError):
                continue
            found[f"{module}.{name}.{method}"] = [
                str(p.kind) + p.name + ("" if p.default is p.empty else repr(p.default)) for p in parameters
            ]
print(json.dumps([importlib.import_module("azure.identity").__file__, found]))
"""


def test_names_and_signatures_are_the_real_ones() -> None:
    if version("azure-identity") != "1.27.0":
        pytest.skip("ours follows azure-identity 1.27.0")
    ours_at, ours = json.loads(python(_NAMES))
    real_at, real = json.loads(run([sys.executable, "-c", _NAMES]).stdout)
    assert ours_at != real_at
    assert ours == real


def test_the_default_credential_answers_without_a_login() -> None:
    code = (
        "from azure.identity import DefaultAzureCredential\n"
        "token = DefaultAzureCredential().get_token('https://management.azure.com/.default')\n"
        "import base64, json\nprint(base64.urlsafe_b64decode(token.token.split('.')[1] + '==').decode())"
    )
    claims = json.loads(python(code))
    assert claims["iss"].startswith("https://offline.invalid/")
    assert claims["upn"] == "learner@example.com"
    assert claims["aud"] == "https://management.azure.com"


def test_the_real_azure_core_and_ml_are_beside_it() -> None:
    code = "import azure.identity, azure.core, azure.ai.ml; print(azure.core.__file__); print(azure.ai.ml.__file__)"
    assert all("site-packages" in Path(line).as_posix() for line in python(code).splitlines())


def test_a_service_principal_has_its_own_roles_and_no_others() -> None:
    account.create_group("rg", "eastus")
    ws = workspace.create("rg", "mlw-one")
    made = access.register_principal("reader", "Reader", [ws.id])
    code = f"""
from azure.identity import ClientSecretCredential, DefaultAzureCredential
from dp100.standin.engine.errors import Forbidden
from dp100.standin.engine.workspace.workspace import open_workspace, update
credential = ClientSecretCredential({made.tenant_id!r}, {made.principal.client_id!r}, {made.secret!r})
ws = open_workspace("mlw-one", "rg")
try:
    update(ws, description="mine")
except Forbidden as error:
    print({made.principal.client_id!r} in str(error))
DefaultAzureCredential()
print(update(open_workspace("mlw-one", "rg"), description="mine")["description"])
"""
    assert python(code) == "True\nmine\n"


def test_a_wrong_secret_is_refused_when_a_token_is_wanted() -> None:
    made = access.register_principal("app")
    code = f"""
from azure.identity import ClientSecretCredential
from azure.core.exceptions import ClientAuthenticationError
credential = ClientSecretCredential({made.tenant_id!r}, {made.principal.client_id!r}, "wrong")
try:
    credential.get_token("https://management.azure.com/.default")
except ClientAuthenticationError as error:
    print(error.message)
"""
    assert "AADSTS7000215" in python(code)


def test_the_environment_names_a_service_principal() -> None:
    made = access.register_principal("app")
    code = """
from azure.identity import DefaultAzureCredential
from dp100.standin.engine.workspace import access
DefaultAzureCredential().get_token("scope")
print(access.current().name)
"""
    assert (
        python(
            code,
            AZURE_TENANT_ID=made.tenant_id,
            AZURE_CLIENT_ID=made.principal.client_id or "",
            AZURE_CLIENT_SECRET=made.secret,
        )
        == "app\n"
    )


def test_a_wrong_secret_in_the_environment_ends_the_chain() -> None:
    account.create_group("rg", "eastus")
    workspace.create("rg", "mlw-one")
    made = access.register_principal("app")
    code = f"""
from azure.ai.ml import MLClient
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import AzureCliCredential, ChainedTokenCredential, DefaultAzureCredential, EnvironmentCredential
for credential in (DefaultAzureCredential(), ChainedTokenCredential(EnvironmentCredential(), AzureCliCredential())):
    try:
        MLClient(credential, {account.Account.load().subscription_id!r}, "rg", "mlw-one").workspaces.get("mlw-one")
    except ClientAuthenticationError as error:
        print(type(credential).__name__, "EnvironmentCredential: " in error.message, "AADSTS7000215" in error.message)
"""
    variables = {"AZURE_TENANT_ID": made.tenant_id, "AZURE_CLIENT_ID": made.principal.client_id or ""}
    assert python(code, **variables, AZURE_CLIENT_SECRET="wrong").splitlines() == [
        "DefaultAzureCredential True True",
        "ChainedTokenCredential True True",
    ]


def test_a_chain_goes_on_to_the_next_credential_that_is_available() -> None:
    code = """
from azure.identity import AzureCliCredential, ChainedTokenCredential, CredentialUnavailableError, EnvironmentCredential
try:
    EnvironmentCredential().get_token("scope")
except CredentialUnavailableError as error:
    print(error.message.splitlines()[0])
print(len(ChainedTokenCredential(EnvironmentCredential(), AzureCliCredential()).get_token("scope").token.split(".")))
"""
    assert python(code).splitlines() == [
        "EnvironmentCredential authentication unavailable. Environment variables are not fully configured.",
        "3",
    ]


def test_asynchronous_credentials_are_awaited() -> None:
    code = """
import asyncio
from azure.identity.aio import ChainedTokenCredential, ManagedIdentityCredential, get_bearer_token_provider
async def main():
    async with ChainedTokenCredential(ManagedIdentityCredential()) as credential:
        token = await credential.get_token("scope")
        other = await get_bearer_token_provider(credential, "scope")()
        return token.token.split(".")[0] == other.split(".")[0]
print(asyncio.run(main()))
"""
    assert python(code) == "True\n"
