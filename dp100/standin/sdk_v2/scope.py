"""What the operations of one client are about, and under whom they are done."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dp100.standin.engine.errors import NotOffline
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.access import Principal
from dp100.standin.engine.workspace.workspace import Workspace, find_workspace, open_workspace
from dp100.standin.sdk_v2.errors import answering, missing


@dataclass(slots=True)
class Scope:
    """The client's subscription, resource group and workspace. None of them need exist before they are used.

    Attributes:
        credential: whatever the client was given.
        registry_name: a registry instead of a workspace; nothing can be done with one.
        show_progress: kept.
    """

    subscription_id: str
    resource_group_name: str
    workspace_name: str | None
    credential: Any = field(repr=False)
    registry_name: str | None = None
    show_progress: bool = True

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """Do what is inside under the credential's principal, with the errors of azure-core.

        Raises:
            ClientAuthenticationError: the credential is one of the stand-in's and is wrong.
        """
        principal = getattr(self.credential, "_principal", None)
        if getattr(self.credential, "_refused", None) is not None:
            self.credential.get_token("https://management.azure.com/.default")
        with access.acting_as(principal if isinstance(principal, Principal) else None), answering():
            yield

    @contextlib.contextmanager
    def opened(
        self, name: str | None = None, group: str | None = None, *, readable: bool = True
    ) -> Iterator[Workspace]:
        """:meth:`acting`, with the workspace: the client's, or another.

        Args:
            readable: the principal has to be one who may read the workspace itself. The real client does not look at
                it in every operation, and then an action on what is in it is all that is asked for.

        Raises:
            ResourceNotFoundError: there is no such workspace.
            ValidationException: the client has none.
        """
        if self.registry_name:
            raise NotOffline(
                f"The registry {self.registry_name}", "Registries are shared by workspaces in the cloud."
            )
        wanted = name or self.workspace_name
        if not wanted:
            raise missing("Please provide a workspace name or use a MLClient with a workspace name set.")
        with self.acting():
            find = open_workspace if readable else find_workspace
            yield find(wanted, group or self.resource_group_name, self.subscription_id)


class Operations:
    """What one group of operations has in common with the others."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._operation_scope = scope
