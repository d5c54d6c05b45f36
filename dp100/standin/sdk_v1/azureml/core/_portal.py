"""Links to the studio, as the service makes them; nothing is there offline."""

from __future__ import annotations

from azureml._local.account import account as _account


class HasPortal:
    """Something that the studio has a page for."""

    def get_portal_url(self):
        """The address of its page."""
        raise NotImplementedError("No portal URL implemented")


class HasWorkspacePortal(HasPortal):
    """A workspace, or something in one."""

    WORKSPACE_FMT = "?wsid=/subscriptions/{0}/resourcegroups/{1}/workspaces/{2}"
    TID_FMT = "&tid={0}"

    def __init__(self, workspace):
        self._portal_url = "https://ml.azure.com"
        self._portal_query = self.WORKSPACE_FMT.format(
            workspace.subscription_id, workspace.resource_group, workspace.name
        ) + self.TID_FMT.format(_account().tenant_id)

    @property
    def portal_url(self):
        """The studio's address."""
        return self._portal_url

    def get_portal_url(self):
        """The address of the workspace's page."""
        return f"{self._portal_url}{self._portal_query}"


class HasExperimentPortal(HasWorkspacePortal):
    """An experiment, or something in one."""

    EXPERIMENT_NAME_PATH = "/experiments/{0}"
    EXPERIMENT_ID_PATH = "/experiments/id/{0}"

    def __init__(self, experiment):
        super().__init__(experiment.workspace)
        self._experiment_path = self.EXPERIMENT_NAME_PATH.format(experiment.name)

    def get_portal_url(self):
        """The address of the experiment's page."""
        return f"{self._portal_url}{self._experiment_path}{self._portal_query}"


class HasRunPortal(HasExperimentPortal):
    """A run."""

    RUN_PATH = "/runs/{0}"

    def __init__(self, experiment, run_id):
        super().__init__(experiment)
        self._run_path = self.RUN_PATH.format(run_id)

    def get_portal_url(self):
        """The address of the run's page."""
        return f"{self._portal_url}{self._run_path}{self._portal_query}"
