"""What a command works with: the account, whom it acts as, and the client of the workspace."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100.standin.az.errors import CliError
from dp100.standin.engine import locations, store
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.access import Principal
from dp100.standin.engine.workspace.account import Account

if TYPE_CHECKING:
    from dp100.standin.sdk_v2.client import MLClient


@dataclass(frozen=True, slots=True)
class _Credential:
    """A credential for the SDK, for whoever `az login` has signed in."""

    _principal: Principal | None
    _refused: None = None

    def get_token(self, *scopes: str, **kwargs: Any) -> Any:
        """A token that is worth nothing: what the client does stays here."""
        from azure.core.credentials import AccessToken

        return AccessToken("offline", 2**31)


class Session:
    """The account's state for one command."""

    @cached_property
    def account(self) -> Account:
        """The account, as it was when it was first looked at."""
        return Account.load()

    @property
    def defaults(self) -> Mapping[str, str]:
        """What `az configure --defaults` was given."""
        return self.account.defaults

    @cached_property
    def principal(self) -> Principal | None:
        """The service principal that `az login --service-principal` has signed in; None is the user."""
        client = self.kept().get("service_principal")
        return access.find_principal(client) if client else None

    def check_subscription(self, given: str | None) -> None:
        """Refuse a subscription that there is not.

        Raises:
            CliError: with az's sentence.
        """
        known = (self.account.subscription_id, self.account.subscription_name)
        if given and given.casefold() not in (name.casefold() for name in known):
            raise CliError(f"The subscription of '{given}' doesn't exist in cloud 'AzureCloud'.")

    def client(self, arguments: argparse.Namespace) -> MLClient:
        """The SDK's client for the resource group and workspace of the arguments."""
        from dp100.standin.sdk_v2.client import MLClient

        return MLClient(
            _Credential(self.principal),
            self.account.subscription_id,
            arguments.resource_group,
            getattr(arguments, "workspace_name", None),
        )

    def kept(self) -> dict[str, Any]:
        """What `az` itself remembers: extensions, providers, who is signed in."""
        try:
            held: dict[str, Any] = store.read_json(_file())
        except FileNotFoundError:
            return {}
        return held

    def keep(self, **changes: Any) -> None:
        """Remember; None forgets."""
        with store.locked(_file()):
            held = self.kept() | changes
            store.write_json(_file(), {key: value for key, value in held.items() if value is not None})


def _file() -> Path:
    return locations.azure() / "cli.json"


def warn(text: str) -> None:
    """Say something on standard error."""
    print(f"WARNING: {text}", file=sys.stderr)


def confirm(
    arguments: argparse.Namespace, question: str = "Are you sure you want to perform this operation?"
) -> None:
    """Ask before something is deleted, unless ``--yes`` was given.

    Raises:
        CliError: the answer was no, or there is nobody to ask.
    """
    if arguments.yes:
        return
    if not sys.stdin.isatty():
        raise CliError("Unable to prompt for confirmation as no tty available. Use --yes.")
    sys.stderr.write(f"{question} (y/n): ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CliError("Operation cancelled.")
