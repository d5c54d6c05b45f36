"""Where what a job or model names is on this machine."""

from __future__ import annotations

import re
from pathlib import Path

from dp100.standin.engine.data import uris
from dp100.standin.engine.jobs import bindings, records
from dp100.standin.engine.workspace.workspace import Workspace

_ARTIFACTS = re.compile(r"^(azureml:/{1,2}(?:.*/)?jobs/[^/]+/outputs/)artifacts(?=/|$)", re.IGNORECASE)
_LEGACY = re.compile(r"^azureml://jobs/([^/]+)/outputs/([^/]+)/(?!paths/)(.+)$", re.IGNORECASE)


def normal(uri: str) -> str:
    """A URI in a form that the engine knows: ``artifacts`` is another word for a job's default output."""
    text = _LEGACY.sub(r"azureml://jobs/\1/outputs/\2/paths/\3", uri)
    return _ARTIFACTS.sub(r"\1default", text)


def settled(ws: Workspace, uri: str) -> str:
    """A URI that the engine finds on every platform: a named output of a job becomes the place that it was put to."""
    text = normal(uri)
    found = uris.parse(text)
    if found.form == "job" and found.output not in (None, "default") and records.exists(ws, found.job or ""):
        spec = records.spec(ws, found.job or "")
        if found.output in spec.outputs:
            place = bindings.output_uri(ws, spec, found.output or "")
            return f"{place.rstrip('/')}/{found.path}" if found.path else place
    return text


def locate(ws: Workspace, uri: str, kind: str = "data") -> Path:
    """The file or folder that a URI stands for.

    Raises:
        NotFound: there is no such datastore, asset or job.
        NotOffline: an address that only the cloud has.
    """
    return uris.locate(ws, settled(ws, uri), kind=kind)


def job_of(uri: str) -> str | None:
    """The run that a URI names: in a job's output, or among its artifacts."""
    found = uris.parse(normal(uri))
    if found.form == "job":
        return found.job
    if found.form == "datastore" and (within := re.match(r"ExperimentRun/dcid\.([^/]+)", found.path)):
        return within[1]
    return None
