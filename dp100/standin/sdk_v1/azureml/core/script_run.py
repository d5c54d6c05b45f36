"""Runs of a submitted script."""

from __future__ import annotations

from azureml.core.run import Run


class ScriptRun(Run):
    """A run of a submitted script.

    Args:
        experiment: the experiment.
        run_id: the run's id.
        directory: the folder that it was submitted from.
    """

    RUN_TYPE = "azureml.scriptrun"

    def __init__(self, experiment, run_id, directory=None, _run_config=None, **kwargs):
        super().__init__(experiment, run_id, **kwargs)
        self._directory = directory

    def cancel(self):
        """End the script with all its processes."""
        super().cancel()
