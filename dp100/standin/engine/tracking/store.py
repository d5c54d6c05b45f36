"""The workspace's tracking store: experiments, runs, metrics and files, in one object."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.tracking.artifacts import Artifacts
from dp100.standin.engine.tracking.logged import Logged
from dp100.standin.engine.tracking.template import Place, tracking_uri


class Tracking(Logged):
    """Experiments and runs of a workspace. Cheap to make: nothing is opened before it is needed.

    It only speaks SQL to MLflow's database, so it may be used beside MLflow's clients, by any number of threads
    and processes.

    Args:
        ws: the workspace.
    """

    def __init__(self, ws: Place) -> None:
        super().__init__(ws)
        self.artifacts = Artifacts(ws)

    @property
    def uri(self) -> str:
        """The tracking URI for MLflow."""
        return tracking_uri(self.ws)

    def log_json(self, run_id: str, name: str, kind: str, value: str | Mapping[str, Any]) -> str:
        """Log a chart that is data: the artifact ``name`` with the JSON, and the metric that points to it.

        Args:
            kind: ``confusion_matrix``, ``accuracy_table``, ``residuals``, ``predictions`` or ``forecast_table``.
            value: the mapping, or its JSON.

        Returns:
            the artifact's address.

        Raises:
            Invalid: the text is not JSON, or a value in the mapping has no form in it.
        """
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise Invalid("Invalid JSON provided", target="metric") from None
        try:
            data = json.dumps(value)
        except (TypeError, ValueError) as error:
            raise Invalid(f"The value of {name} has no form in JSON: {error}.", target="metric") from error
        self.artifacts.upload(run_id, name, data.encode())
        return self.log_artifact_metric(run_id, name, kind, name)

    def log_image(
        self, run_id: str, name: str, image: bytes | str | os.PathLike[str], path: str | None = None
    ) -> str:
        """Log an image: its file among the run's artifacts, and the metric that points to it.

        Args:
            image: the file, or the bytes of a PNG.
            path: the artifact's name; if not given, as in the SDK the path of the file itself, and of a plot
                ``<name>_<seconds>.png``.

        Returns:
            the artifact's address.
        """
        if path is None:
            path = f"{name}_{int(time.time())}.png" if isinstance(image, bytes) else _name_in_run(image)
        self.artifacts.upload(run_id, path, image)
        return self.log_artifact_metric(run_id, name, "image", path)


def _name_in_run(image: str | os.PathLike[str]) -> str:
    """A relative path as it is; the last part of one that says where on this machine it is."""
    path = PurePath(image)
    return path.name if path.anchor or ".." in path.parts else path.as_posix()
