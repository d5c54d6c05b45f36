"""``RunDetails(run).show()``: a run as lines in a terminal, as HTML in a notebook, until it has ended."""

from __future__ import annotations

import html as _html
import sys as _sys
import time as _time

_ENDED = ("Completed", "Failed", "Canceled")


class RunDetails:
    """A run to be looked at.

    Args:
        run_instance: the run.
    """

    def __init__(self, run_instance):
        self._run = run_instance

    def show(self, render_lib=None, widget_settings=None):
        """Show the run. In a notebook at once as it is now; in a terminal line by line until it has ended."""
        if _in_notebook():
            from IPython.display import HTML, display

            display(HTML(self._page()))
            return
        self._follow()

    def get_widget_data(self, widget_settings=None):
        """What is shown, a dict."""
        found = self._run.get_details()
        return {
            "status": found["status"],
            "workbench_run_details_uri": self._run.get_portal_url(),
            "run_id": self._run.id,
            "run_properties": {
                "run_id": self._run.id,
                "created_utc": found.get("startTimeUtc"),
                "properties": found["properties"],
                "tags": self._run.get_tags(),
                "end_time_utc": found.get("endTimeUtc"),
                "status": found["status"],
                "log_files": found["logFiles"],
            },
            "run_metrics": [
                {
                    "name": name,
                    "run_id": self._run.id,
                    "series": [value if isinstance(value, list) else [value]],
                }
                for name, value in self._run.get_metrics().items()
            ],
            "child_runs": [],
        }

    def _follow(self):
        # Only a submitted run goes on while this process waits, and only a terminal can show how.
        live = _sys.stdout.isatty() and self._run.type is not None
        last, pause = None, 0.05
        while True:
            status = self._run.get_status()
            if status != last:
                start = "\r" if live else ""
                _sys.stdout.write(f"{start}{self._run.id}: {status}".ljust(60 if live else 0))
                _sys.stdout.write("" if live else "\n")
                _sys.stdout.flush()
                last = status
            if status in _ENDED or not live:
                break
            _time.sleep(pause)
            pause = min(pause * 1.5, 1.0)
        if live:
            _sys.stdout.write("\n")
        for name, value in self._run.get_metrics().items():
            _sys.stdout.write(f"  {name}: {_short(value)}\n")

    def _page(self):
        found = self._run.get_details()
        rows = [("Run", self._run.id), ("Status", found["status"])]
        rows += [("Started", found.get("startTimeUtc")), ("Ended", found.get("endTimeUtc"))]
        rows += [(name, _short(value)) for name, value in self._run.get_metrics().items()]
        body = "".join(
            f"<tr><th>{_html.escape(str(name))}</th><td>{_html.escape(str(value))}</td></tr>"
            for name, value in rows
            if value is not None
        )
        return f"<table>{body}</table>"


def _short(value):
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _in_notebook():
    shell = _sys.modules.get("IPython")
    found = shell.get_ipython() if shell is not None else None
    return found is not None and type(found).__name__ == "ZMQInteractiveShell"
