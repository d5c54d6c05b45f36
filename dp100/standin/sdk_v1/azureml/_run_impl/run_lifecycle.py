"""The state of a run, from its begin to its end."""

from __future__ import annotations

import json
import logging
import sys

from azureml._local import run_details as _details
from azureml._local import run_files as _files
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._restclient.exceptions import ServiceException as _ServiceException
from azureml._run_impl.run_base import _RunBase
from azureml.exceptions._azureml_exception import (
    ActivityFailedException,
    ExperimentExecutionException,
    UserErrorException,
)

from dp100.standin.engine.errors import EngineError as _EngineError
from dp100.standin.engine.errors import Forbidden as _Forbidden
from dp100.standin.engine.tracking.entities import ENDED as _ENDED

_logger = logging.getLogger("azureml.core.run")


@_raises(UserErrorException, _refused)
class _RunLifecycle(_RunBase):
    """What state a run is in, and how it gets into another."""

    @property
    def status(self):
        """Its state: ``Running``, ``Completed`` ..."""
        return self.get_status()

    def get_status(self):
        """Its state now: ``Queued``, ``Running``, ``Completed`` ..."""
        return _details.state(self._ws, self._read())

    def get_detailed_status(self):
        """Its state with more about it, a dict."""
        return {"status": self.get_status(), "details": ""}

    def get_details(self):
        """Everything about it: definition, state, properties, and where its logs are."""
        return _details.details(self._experiment.workspace, self._read())

    def get_details_with_logs(self):
        """:meth:`get_details` with the text of the logs instead of where they are."""
        found = self.get_details()
        found["logFiles"] = {
            name: path.read_text(encoding="utf-8", errors="replace")
            for name, path in _files.logs(self._tracking, self._ws, self._run_id).items()
        }
        return found

    def start(self):
        """Say that the run has begun."""
        self._turn("Running")

    def complete(self, _set_status=True):
        """Say that the run is done."""
        if _set_status:
            self._turn("Completed")

    def fail(self, error_details=None, error_code=None, _set_status=True):
        """Say that the run has failed, and why: a text or an exception."""
        if not isinstance(error_details, str | BaseException | None):
            raise TypeError("error_details must be instance of string or BaseException.")
        if not _set_status or self._turn("Failed"):
            _details.keep_error(self._tracking, self._run_id, error_details, error_code)

    def cancel(self):
        """End the run; a submitted script with all its processes.

        Raises:
            ExperimentExecutionException: it has ended already.
        """
        from dp100.standin.engine.jobs import control, records

        if not records.exists(self._ws, self._run_id):
            state = self.get_status()
            if state in _ENDED:
                raise ExperimentExecutionException(
                    f"Run {self._run_id} is in the state {state} and cannot be canceled."
                )
            self._turn("Canceled")
            return
        try:
            control.cancel(self._ws, self._run_id)
        except _Forbidden:
            raise
        except _EngineError as error:
            raise ExperimentExecutionException(error.message) from error

    def _turn(self, state):
        """Put a run that was started in a process into a state; whether it was put there.

        An end is final: what comes after it is told, and changes nothing, so that ``complete()`` in a ``finally``
        or at the end of a ``with`` does not hide that the run has failed.

        Raises:
            ServiceException: the run was submitted, and its state is the service's business.
        """
        from dp100.standin.engine.jobs import records

        if records.exists(self._ws, self._run_id):
            raise _ServiceException(
                f"(UserError) Client is not permitted to update status for run {self._run_id}. "
                "Status for this run is system managed."
            )
        now = self.get_status()
        if now in _ENDED:
            if now != state:
                _logger.warning(
                    "Run %s has ended in the state %s, which %s does not change.", self._run_id, now, state
                )
            return False
        if state in _ENDED:
            _files.upload_tracked(self._tracking, self._ws, self._run_id, self._outputs)
        self._tracking.set_status(self._run_id, state)
        return True

    def wait_for_completion(self, show_output=False, wait_post_processing=False, raise_on_error=True):
        """Wait for the run's end; returns its details.

        Args:
            show_output: print the log as it comes.
            raise_on_error: raise ActivityFailedException if the run fails.
        """
        try:
            if show_output:
                _details.stream(self, sys.stdout)
            else:
                _details.wait(self)
        except KeyboardInterrupt:
            raise ExperimentExecutionException(
                "The output streaming for the run interrupted.\nBut the run is still executing on the compute "
                "target. \nDetails for canceling the run can be found here: https://aka.ms/aml-docs-cancel-run"
            ) from None
        found = self.get_details()
        if found["status"] == "Failed":
            error = (
                found.get("error") or "Detailed error not set on the Run. Please check the logs for details."
            )
            if raise_on_error:
                raise ActivityFailedException(error_details=json.dumps(error, indent=4))
            if show_output:
                print("\nError:\n" + json.dumps(error, indent=4))
        return found

    def clean(self):
        """Delete what the run has left on its target; here nothing is left."""
        return []
