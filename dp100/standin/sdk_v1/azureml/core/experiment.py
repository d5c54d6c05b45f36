"""Experiments: named groups of runs."""

from __future__ import annotations

import re

from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._logging.chained_identity import ChainedIdentity
from azureml.core._experiment_method import get_experiment_submit
from azureml.core._portal import HasExperimentPortal
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.tracking.store import Tracking as _Tracking

_NAME = re.compile(r"[a-zA-Z0-9][\w\-]{0,254}")


class ViewType:
    """Which experiments a list has."""

    ActiveOnly = "ActiveOnly"
    ArchivedOnly = "ArchivedOnly"
    All = "All"


@_raises(UserErrorException, _refused)
class Experiment(ChainedIdentity, HasExperimentPortal):
    """A named group of runs.

    Args:
        workspace: the workspace.
        name: letters, digits, hyphens and underscores; the experiment is made if there is none.
    """

    def __init__(
        self,
        workspace,
        name,
        _skip_name_validation=False,
        _id=None,
        _archived_time=None,
        _create_in_cloud=True,
        _experiment_dto=None,
        **kwargs,
    ):
        if not _skip_name_validation and not _NAME.fullmatch(str(name or "")):
            raise UserErrorException(
                "Experiment name must be between 1 and 255 characters long. Its first character has to be "
                "alphanumeric, and the rest may contain hyphens and underscores. No whitespace is allowed."
            )
        ChainedIdentity.__init__(self, _ident=name)
        self._workspace = workspace
        self._name = name
        self._tracking = _Tracking(workspace._ws)
        self._held = _experiment_dto
        if self._held is None and _create_in_cloud:
            self._held = self._tracking.experiment(name)
        HasExperimentPortal.__init__(self, self)

    # --- what it tells -------------------------------------------------------------------------------------

    @property
    def workspace(self):
        """The workspace."""
        return self._workspace

    @property
    def workspace_object(self):
        """The workspace, under the name it had first."""
        return self._workspace

    @property
    def name(self):
        """The experiment's name."""
        return self._name

    @property
    def id(self):
        """The experiment's id."""
        return self._held.id if self._held is not None else None

    @property
    def archived_time(self):
        """When the experiment was archived, or None."""
        return self._held.updated if self._held is not None and self._held.archived else None

    @property
    def tags(self):
        """The experiment's tags."""
        return dict(self._held.tags) if self._held is not None else {}

    # --- runs ----------------------------------------------------------------------------------------------

    def submit(self, config, tags=None, **kwargs):
        """Submit a script or another configuration; returns the run at once."""
        run = get_experiment_submit(config)(config, self.workspace, self.name, tags=tags, **kwargs)
        self._held = self._tracking.experiment(self.name)
        return run

    def start_logging(self, *args, **kwargs):
        """Start a run in this process; returns it.

        Args:
            args, kwargs: ``name``, ``run_id``, ``outputs`` (``"./outputs"``, a folder whose files the run has at
                its end; False for none), ``snapshot_directory`` (``"."``; None for no snapshot), ``display_name``,
                ``description`` and ``tags``.
        """
        from azureml.core.run import Run

        return Run._start_logging(self, *args, **kwargs)

    def get_runs(self, type=None, tags=None, properties=None, include_children=False):
        """The runs, the last started first."""
        from azureml.core.run import Run

        return Run.list(self, type, tags, properties, include_children=include_children)

    # --- changing ------------------------------------------------------------------------------------------

    def tag(self, key, value=None):
        """Set one tag."""
        self.set_tags({key: value if value is not None else ""})

    def set_tags(self, tags):
        """Set tags, over those of the same names."""
        self._tracking.tag_experiment(self.id, {str(k): str(v) for k, v in tags.items()})
        self.refresh()

    def remove_tags(self, tags):
        """Remove tags, a list of names."""
        for name in tags:
            self._tracking.untag_experiment(self.id, name)
        self.refresh()

    def refresh(self):
        """Read the experiment anew."""
        self._held = self._tracking.experiment_by_id(self.id)
        self._name = self._held.name

    def archive(self):
        """Hide the experiment from lists."""
        self._tracking.archive_experiment(self.id)
        self.refresh()

    def reactivate(self, new_name=None):
        """Show an archived experiment again."""
        if new_name is not None:
            raise UserErrorException(
                "Cannot rename an experiment. If the archived experiment name conflicts with an active experiment "
                "name, you can delete the active experiment before unarchiving this experiment."
            )
        self._tracking.restore_experiment(self.id)
        self.refresh()

    @staticmethod
    def delete(workspace, experiment_id):
        """Delete an experiment that has no runs."""
        _Tracking(workspace._ws).delete_experiment(experiment_id)

    @staticmethod
    def list(workspace, experiment_name=None, view_type="ActiveOnly", tags=None):
        """The experiments: of that name, active or archived ones, with these tags."""
        archived = {ViewType.ActiveOnly: False, ViewType.ArchivedOnly: True, ViewType.All: None}[view_type]
        wanted = tags if isinstance(tags, dict) else {tags: None} if tags else {}
        return [
            Experiment(workspace, held.name, _skip_name_validation=True, _experiment_dto=held)
            for held in _Tracking(workspace._ws).experiments(archived=archived)
            if experiment_name in (None, held.name)
            and all(k in held.tags and v in (None, held.tags[k]) for k, v in wanted.items())
        ]

    @staticmethod
    def from_directory(path, auth=None):
        """The experiment that a folder belongs to: that of its name, in the workspace of its config.json."""
        from pathlib import Path

        from azureml.core.workspace import Workspace

        return Experiment(Workspace.from_config(path, auth=auth), Path(path).resolve().name)

    @classmethod
    def get_docs_url(cls):
        """The address of the class's documentation."""
        return "https://docs.microsoft.com/en-us/python/api/azureml-core/azureml.core.experiment.Experiment"

    def __repr__(self):
        return f"Experiment(Name: {self.name},\nWorkspace: {self.workspace.name})"

    __str__ = __repr__

    def _repr_html_(self):
        return (
            '<table style="width:100%"><tr><th>Name</th><th>Workspace</th><th>Report Page</th></tr>'
            f"<tr><td>{self.name}</td><td>{self.workspace.name}</td><td>{self.get_portal_url()}</td></tr></table>"
        )
