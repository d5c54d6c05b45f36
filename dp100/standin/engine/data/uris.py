"""Every way to name a place or an asset, taken apart, made, and found on disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores
from dp100.standin.engine.data.assets import Asset, AssetStore
from dp100.standin.engine.errors import Invalid, NotFound, NotOffline
from dp100.standin.engine.workspace.workspace import Workspace, list_workspaces, open_workspace

_RESOURCE = (
    r"/?subscriptions/(?P<subscription>[^/]+)/resourcegroups/(?P<group>[^/]+)"
    r"(?:/providers/Microsoft\.MachineLearningServices)?/workspaces/(?P<workspace>[^/]+)"
)
_LONG = re.compile(rf"{_RESOURCE}/datastores/(?P<datastore>[^/]+)(?:/paths(?:/(?P<path>.*))?)?", re.I | re.S)
_ARM = re.compile(
    rf"{_RESOURCE}/(?P<kind>data|datasets|environments|components|models|codes|code)/(?P<name>[^/]+)"
    r"/(?:versions/(?P<version>[^/]+)|labels/(?P<label>[^/]+))(?:/(?P<path>.*))?",
    re.I | re.S,
)
_LOCATION = re.compile(
    r"/?locations/[^/]+/workspaces/(?P<id>[^/]+)/(?P<kind>[^/]+)/(?P<name>[^/]+)/versions/(?P<version>[^/]+)",
    re.I,
)
_SHORT = re.compile(r"/?datastores/(?P<datastore>[^/]+)(?:/paths(?:/(?P<path>.*))?)?", re.I | re.S)
_OUTPUT = re.compile(r"/?datastores/(?P<datastore>[^/]+)/(?P<path>ExperimentRun/.+)", re.S)
_JOB = re.compile(
    r"/?jobs/(?P<job>[^/]+)/outputs/(?P<output>[^/]+)(?:/paths(?:/(?P<path>.*))?)?", re.I | re.S
)
_BARE = re.compile(
    r"/?(?P<kind>data|models|environments|components)/(?P<name>[^/]+)/versions/(?P<version>[^/]+)", re.I
)
_RUN = re.compile(r"runs:/+(?P<job>[^/]+)(?:/(?P<path>.*))?", re.S)
_NAMED = re.compile(r"(?P<name>[^/:@\\]+)(?::(?P<version>[^/:@\\]+)|@(?P<label>[^/:@\\]+))?")
_STORAGE = re.compile(r"(?P<account>[^.]+)\.(?P<service>blob|file|dfs)\.(?P<endpoint>.+)", re.I)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: "C:" is a drive

_DEEPEST = 8  # assets that lead to assets
_KINDS = {"datasets": "data", "code": "codes"}
_SERVES = {
    "blob": ("AzureBlob", "AzureDataLakeGen2"),
    "dfs": ("AzureDataLakeGen2", "AzureBlob"),
    "file": ("AzureFile",),
}


@dataclass(frozen=True, slots=True)
class Uri:
    """A URI taken apart.

    Attributes:
        form: ``"datastore"``, ``"asset"``, ``"job"``, ``"storage"``, ``"url"`` or ``"local"``.
        path: the path in the datastore, container or job output, or the local path; "" is the whole.
        datastore: the datastore's name.
        kind: of an asset: ``data``, ``environments``, ``components``, ``models`` or ``codes``; None when not said.
        name: the asset's name.
        version: the asset's version.
        label: the asset's label.
        job: the run id.
        output: the output's name; ``"default"`` are the run's artifacts.
        account: the storage account.
        container: the container, share or file system.
        service: ``"blob"``, ``"file"``, ``"dfs"`` or ``"adl"``.
        workspace: the workspace's name, where the URI says it.
        group: its resource group.
        subscription: its subscription.
        text: the URI as it was given.
    """

    form: str
    text: str
    path: str = ""
    datastore: str | None = None
    kind: str | None = None
    name: str | None = None
    version: str | None = None
    label: str | None = None
    job: str | None = None
    output: str | None = None
    account: str | None = None
    container: str | None = None
    service: str | None = None
    workspace: str | None = None
    group: str | None = None
    subscription: str | None = None


def parse(uri: str) -> Uri:
    """Take a URI, ARM id, ``azureml:`` reference or local path apart. Nothing is looked up.

    Raises:
        Invalid: an ``azureml:`` form or ARM id that names no place and no asset.
    """
    text = str(uri)
    if text.startswith(("file:", "folder:")) and not text.startswith("file://"):
        text = text.split(":", 1)[1]  # SDK v1 and v2 both put these before a datastore URI
    if text.lower().startswith("azureml:"):
        return _azureml(text, text[len("azureml:") :])
    if text.lower().startswith("/subscriptions/"):
        return _azureml(text, text)
    if found := _RUN.fullmatch(text):
        return Uri("job", text, path=found["path"] or "", job=found["job"], output="default")
    if not _SCHEME.match(text):
        return Uri("local", text, path=text)
    parts = urlsplit(text)
    if parts.scheme == "file":
        return Uri("local", text, path=_local(unquote(parts.path)))
    return _storage(text, parts.scheme.lower(), parts.netloc, unquote(parts.path).lstrip("/"))


def datastore_uri(datastore: str, path: str = "") -> str:
    """``azureml://datastores/N/paths/P``."""
    return f"azureml://datastores/{datastore}/paths/{path.lstrip('/')}"


def long_uri(ws: Workspace, datastore: str, path: str = "") -> str:
    """The form that names the workspace too: ``azureml://subscriptions/S/resourcegroups/G/workspaces/W/...``."""
    return (
        f"azureml://subscriptions/{ws.subscription_id}/resourcegroups/{ws.group}/workspaces/{ws.name}"
        f"/datastores/{datastore}/paths/{path.lstrip('/')}"
    )


def asset_id(ws: Workspace, kind: str, name: str, version: str) -> str:
    """The ARM id of a version of an asset."""
    return f"{ws.id}/{kind}/{name}/versions/{version}"


def locate(ws: Workspace, uri: str, *, kind: str = "data") -> Path:
    """The local file or folder that a URI stands for; it need not exist where a path in a datastore is named.

    Args:
        ws: the workspace that short forms are about.
        uri: any form that :func:`parse` knows.
        kind: what ``azureml:name:version`` names: ``data``, ``models`` ...

    Raises:
        NotFound: there is no such datastore, asset, version, job or workspace.
        Invalid: the path leaves its datastore, or an asset has no path.
        NotOffline: an address that no datastore of the workspace stands for.
    """
    return _locate(ws, parse(uri), kind, 0)


def asset(ws: Workspace, uri: str, kind: str) -> Asset:
    """The data, environment or component that a reference or ARM id names.

    Raises:
        Invalid: it names something else.
        NotFound: there is none.
    """
    found = parse(uri)
    if found.form != "asset" or found.kind not in (None, kind):
        raise Invalid(f"'{uri}' does not name a version of an asset of the kind {kind}.", target=kind)
    assert found.name is not None
    return AssetStore(_workspace(ws, found), kind).get(found.name, found.version, label=found.label)


# --- inside ----------------------------------------------------------------------------------------------


def _azureml(text: str, rest: str) -> Uri:
    slashes = len(rest) - len(rest.lstrip("/"))
    body = rest.lstrip("/")
    if slashes:
        for form, pattern in (
            ("datastore", _LONG),
            ("asset", _ARM),
            ("datastore", _OUTPUT),
            ("datastore", _SHORT),
            ("job", _JOB),
            ("asset", _LOCATION),
            ("asset", _BARE),
        ):
            if found := pattern.fullmatch(body):
                held = found.groupdict()
                kind = (held.get("kind") or "").lower()
                return Uri(
                    form,
                    text,
                    path=held.get("path") or "",
                    datastore=held.get("datastore"),
                    kind=_KINDS.get(kind, kind) or None,
                    name=held.get("name"),
                    version=held.get("version"),
                    label=held.get("label"),
                    job=held.get("job"),
                    output=held.get("output"),
                    workspace=held.get("workspace") or held.get("id"),
                    group=held.get("group"),
                    subscription=held.get("subscription"),
                )
        if body.startswith("registries/"):
            raise NotOffline(text, "Registries are shared between workspaces in the cloud.")
        raise Invalid(f"Invalid AzureML datastore path URI {text}", target="datastore")
    if found := _NAMED.fullmatch(body):
        return Uri("asset", text, name=found["name"], version=found["version"], label=found["label"])
    raise Invalid(
        f"Could not parse {text}. If providing an ARM id, it should start with a '/'.", target="asset"
    )


def _local(path: str) -> str:
    """The path in a file URI: ``/C:/data`` is a drive's."""
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path


def _storage(text: str, scheme: str, host: str, path: str) -> Uri:
    if scheme in {"wasb", "wasbs", "abfs", "abfss"} and "@" in host:
        container, _, server = host.partition("@")
        if found := _STORAGE.fullmatch(server):
            service = found["service"].lower()
            return Uri("storage", text, path, account=found["account"], container=container, service=service)
    if scheme in {"http", "https"} and (found := _STORAGE.fullmatch(host)):
        container, _, rest = path.partition("/")
        service = found["service"].lower()
        return Uri("storage", text, rest, account=found["account"], container=container, service=service)
    if scheme == "adl" and host.lower().endswith(".azuredatalakestore.net"):
        return Uri("storage", text, path, account=host.split(".")[0], service="adl")
    return Uri("url", text, path)


def _locate(ws: Workspace, uri: Uri, kind: str, depth: int) -> Path:
    if uri.form == "local":
        return Path(uri.path).expanduser()
    place = _workspace(ws, uri)
    if uri.form == "datastore":
        assert uri.datastore is not None
        if uri.datastore.lower() == "workspaceartifactstore" and uri.path.startswith("ExperimentRun/dcid."):
            job, _, path = uri.path[len("ExperimentRun/dcid.") :].partition("/")
            return _artifact(place, job, path)
        return store.inside(datastores.folder(place, uri.datastore), uri.path)
    if uri.form == "job":
        assert uri.job is not None
        assert uri.output is not None
        return _of_job(place, uri.job, uri.output, uri.path, depth)
    if uri.form == "asset":
        return _asset_path(place, uri, kind, depth)
    if uri.form == "storage":
        assert uri.account is not None
        kinds = _SERVES.get(uri.service or "", ("AzureDataLakeGen1",))
        if held := datastores.at(place, kinds, uri.account, uri.container):
            return store.inside(datastores.folder(place, held), uri.path)
        raise NotOffline(uri.text, "No datastore of the workspace stands for that container.")
    raise NotOffline(uri.text)


def _asset_path(ws: Workspace, uri: Uri, kind: str, depth: int) -> Path:
    assert uri.name is not None
    kind = uri.kind or kind
    if kind == "models":
        from dp100.standin.engine.models import registry

        return store.inside(registry.path(ws, uri.name, uri.version, label=uri.label), uri.path)
    if kind not in {"data", "environments", "components"}:
        raise Invalid(f"'{uri.text}' does not name a file or folder.", target=kind)
    found = AssetStore(ws, kind).get(uri.name, uri.version, label=uri.label)
    path = found.spec.get("path")
    if not path or depth > _DEEPEST:
        raise Invalid(f"{kind} {found.name}:{found.version} has no path.", target=kind)
    return store.inside(_locate(ws, parse(str(path)), kind, depth + 1), uri.path)


def _of_job(ws: Workspace, job: str, output: str, path: str, depth: int) -> Path:
    """A place in one of a job's outputs; ``default`` and ``artifacts`` are the files of its run."""
    from dp100.standin.engine.jobs import bindings, records

    for part in (job, output, path):
        store.inside(ws.folder, part)
    spec = records.spec(ws, job) if records.exists(ws, job) else None
    if spec is not None and output in spec.outputs and depth <= _DEEPEST:
        place = parse(bindings.output_uri(ws, spec, output))
        return store.inside(_locate(ws, place, "data", depth + 1), path)
    if output in ("default", "artifacts"):
        return _artifact(ws, job, path)
    if spec is None:
        raise NotFound("Job", job, target="job")
    raise NotFound(
        "Output",
        output,
        message=f"Job {job} has no output {output}. It has {', '.join(spec.outputs) or 'none'}.",
    )


def _artifact(ws: Workspace, job: str, path: str) -> Path:
    """A file or folder among a run's artifacts, which need not be there; models that MLflow logged are among them."""
    from dp100.standin.engine.tracking.artifacts import Artifacts

    artifacts = Artifacts(ws)
    for part in (job, path):
        store.inside(ws.folder, part)
    try:
        return artifacts.locate(job, path)
    except NotFound as error:
        if error.kind != "Artifact":
            raise
        return store.inside(artifacts.folder(job), path)


def _workspace(ws: Workspace, uri: Uri) -> Workspace:
    """The workspace that a URI names, or else the one at hand."""
    if uri.workspace is None:
        return ws
    if uri.group is not None:
        if (uri.workspace.casefold(), uri.group.casefold()) == (ws.name.casefold(), ws.group.casefold()):
            return ws
        return open_workspace(uri.workspace, uri.group, uri.subscription)
    for each in (ws, *list_workspaces()):
        if uri.workspace.casefold() in (each.name.casefold(), str(each.record["workspace_id"]).casefold()):
            return each
    return open_workspace(uri.workspace)
