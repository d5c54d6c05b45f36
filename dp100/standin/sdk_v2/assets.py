"""What data, environments, models and components have in common: versions, labels and what is archived."""

from __future__ import annotations

from typing import Any

from azure.ai.ml.constants import ListViewType
from azure.ai.ml.exceptions import ErrorTarget, ValidationErrorType

from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.sdk_v2.errors import bad_request, invalid, missing
from dp100.standin.sdk_v2.scope import Scope


def chosen(
    name: str,
    version: Any,
    label: str | None,
    target: str,
    need: str = "Must provide either version or label.",
) -> str | None:
    """The version that was asked for; None stands for the latest.

    Raises:
        ValidationException: both a version and a label, or neither, or a label that there is not.
    """
    if version and label:
        raise invalid("Cannot specify both version and label.", target)
    if label:
        check_label(name, label)
        return None
    if not version:
        raise missing(need, target)
    return str(version)


def check_label(name: str, label: str) -> None:
    """Refuse a label that the service does not manage.

    Raises:
        ValidationException: it is not ``latest``.
    """
    if label != "latest":
        raise invalid(
            f"Asset {name} with version label {label} does not exist in workspace.",
            ErrorTarget.ASSET,
            ValidationErrorType.RESOURCE_NOT_FOUND,
        )


def view(kind: Any) -> dict[str, bool]:
    """The engine's arguments for a view of a list.

    Args:
        kind: a ListViewType or its text.

    Raises:
        HttpResponseError: the text is none of a view.
    """
    text = view_of(kind)
    return {
        "include_archived": text == ListViewType.ALL.value,
        "archived_only": text == ListViewType.ARCHIVED_ONLY.value,
    }


def view_of(kind: Any) -> str:
    """``ActiveOnly``, ``ArchivedOnly`` or ``All``.

    The real client hands any text on as it is. The service takes the three values in any case, and nothing else: not
    the names that the enumeration has in Python.

    Args:
        kind: a ListViewType or its text.

    Raises:
        HttpResponseError: the text is none of the three.
    """
    text = str(getattr(kind, "value", kind))
    for each in ListViewType:
        if text.casefold() == str(each.value).casefold():
            return str(each.value)
    values = ", ".join(str(each.value) for each in ListViewType)
    raise bad_request(f"The value '{text}' is not valid for listViewType. It is one of {values}.")


def set_archived(scope: Scope, kind: str, name: str, version: Any, label: str | None, archived: bool) -> None:
    """Archive or restore a version, the labelled version, or the asset as a whole.

    Args:
        kind: of the engine's assets, such as ``data``.

    Raises:
        ValidationException: both a version and a label, or a label that there is not.
        ResourceNotFoundError: there is no such asset or version.
    """
    if version and label:
        raise invalid(
            "Cannot specify both version and label.",
            ErrorTarget.ASSET,
            ValidationErrorType.RESOURCE_NOT_FOUND,
        )
    if label:
        check_label(name, label)
    with scope.opened() as ws:
        held = AssetStore(ws, kind)
        act = held.archive if archived else held.restore
        act(name, str(version) if version else None, label=label)
