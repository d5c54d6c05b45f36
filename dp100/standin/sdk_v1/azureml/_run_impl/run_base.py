"""What all runs have in common: experiment, id, how they are shown and used as a context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from azureml._local.run_files import tracked_folders
from azureml._logging.chained_identity import ChainedIdentity
from azureml.core._portal import HasRunPortal

from dp100.standin.engine.tracking.store import Tracking


class _RunBase(ChainedIdentity, HasRunPortal):
    """A run by its experiment and id."""

    type: Any
    complete: Callable[..., Any]
    cancel: Callable[..., Any]
    fail: Callable[..., Any]
    get_children: Callable[..., Any]
    add_properties: Callable[..., Any]

    def __init__(
        self,
        experiment,
        run_id,
        outputs=None,
        logs=None,
        _run_dto=None,
        _worker_pool=None,
        _user_agent=None,
        _ident=None,
        _batch_upload_metrics=True,
        py_wd=None,
        deny_list=None,
        flush_eager=False,
        redirect_output_stream=True,
        **kwargs,
    ):
        ChainedIdentity.__init__(self, _ident=run_id)
        HasRunPortal.__init__(self, experiment, run_id)
        self._experiment = experiment
        self._run_id = run_id
        # Where a process is to leave files for the run, as the SDK makes it; they are uploaded at the run's end.
        self._outputs = tracked_folders(outputs)
        self._ws = experiment.workspace._ws
        self._tracking = Tracking(self._ws)
        self._seen = _run_dto or self._tracking.run(run_id)

    @classmethod
    def get_docs_url(cls):
        """The address of the class's documentation."""
        return f"https://docs.microsoft.com/en-us/python/api/azureml-core/{cls.__module__}.{cls.__name__}"

    def _shown(self):
        held = self._read()
        return {
            "Experiment": self._experiment.name,
            "Id": self._run_id,
            "Type": self.type,
            "Status": held.state,
        }

    def _read(self):
        """The run as the store has it now."""
        self._seen = self._tracking.run(self._run_id)
        return self._seen

    def __repr__(self):
        inside = ",\n".join(f"{name}: {value}" for name, value in self._shown().items())
        return f"Run({inside})"

    __str__ = __repr__

    def _repr_html_(self):
        from html import escape

        shown = {**self._shown(), "Details Page": self.get_portal_url()}
        head = "".join(f"<th>{escape(name)}</th>" for name in shown)
        row = "".join(f"<td>{escape(str(value))}</td>" for value in shown.values())
        return f'<table style="width:100%"><tr>{head}</tr><tr>{row}</tr></table>'

    def __enter__(self):
        return self

    def __exit__(self, exit_type, value, traceback):
        if value is None:
            self.complete()
        elif isinstance(value, KeyboardInterrupt):
            self.cancel()
        else:
            self.fail(error_details=value)
