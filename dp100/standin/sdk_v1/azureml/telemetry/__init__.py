"""Whether diagnostics may be collected: the setting is kept and told. Offline nothing is collected or sent, ever."""

from __future__ import annotations

import logging as _logging

SEND_DIAGNOSTICS_KEY = "send_diagnostics"
DIAGNOSTICS_VERBOSITY_KEY = "diagnostics_verbosity"


def set_diagnostics_collection(send_diagnostics=True, verbosity=20, reason="", path=None):
    """Keep whether diagnostics may be collected.

    Args:
        verbosity: a level of ``logging``.
        reason: said when it is turned on.
        path: the file to keep it in; one beside the workspaces by default.
    """
    from dp100.standin.engine import store

    file = _file(path)
    try:
        held = _settings(file)
        held[SEND_DIAGNOSTICS_KEY] = send_diagnostics
        held[DIAGNOSTICS_VERBOSITY_KEY] = _logging.getLevelName(verbosity)
        store.write_json(file, held)
    except Exception:  # the real one takes any problem for this one
        print("Could not write the config file")
        return
    if send_diagnostics:
        print(f"Turning diagnostics collection on. {reason}")


def get_diagnostics_collection_info(component_name=None, path=None, proceed_in_hbi_mode=False):
    """Whether diagnostics may be collected, and the name of the level.

    Args:
        proceed_in_hbi_mode: whether to look, too, where data is of high business impact.
    """
    import os

    if not proceed_in_hbi_mode and os.environ.get("HBI_WORKSPACE_JOB", "false").lower() != "false":
        return False, "NOTSET"
    held = _settings(_file(path))
    allowed = held.get(SEND_DIAGNOSTICS_KEY, False)
    verbosity = held.get(DIAGNOSTICS_VERBOSITY_KEY, "NOTSET")
    if component_name and (allowed is None or allowed is True):
        return held.get(component_name), verbosity
    if allowed is None or allowed is True:
        return bool(allowed), verbosity
    return False, "NOTSET"


def is_diagnostics_collection_info_available():
    """Whether anybody has said if diagnostics may be collected."""
    return _file(None).is_file()


def _file(path):
    from pathlib import Path

    from dp100.standin.engine import locations

    return Path(path) if path else locations.home() / "azure" / "telemetry.json"


def _settings(file):
    import json

    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}
