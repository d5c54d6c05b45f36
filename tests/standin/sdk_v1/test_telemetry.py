"""The setting of SDK v1 for diagnostics, with which many notebooks begin."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from dp100.standin import NotOffline


def test_the_setting_is_kept_and_told(workspace, capsys: pytest.CaptureFixture[str]) -> None:
    from azureml import telemetry

    assert telemetry.get_diagnostics_collection_info() == (False, "NOTSET")
    assert not telemetry.is_diagnostics_collection_info_available()
    telemetry.set_diagnostics_collection(send_diagnostics=True, reason="For a lab.")
    assert capsys.readouterr().out == "Turning diagnostics collection on. For a lab.\n"
    assert telemetry.get_diagnostics_collection_info() == (True, "INFO")
    assert telemetry.is_diagnostics_collection_info_available()
    telemetry.set_diagnostics_collection(send_diagnostics=False)
    assert capsys.readouterr().out == ""
    assert telemetry.get_diagnostics_collection_info() == (False, "NOTSET")


def test_nothing_where_data_is_of_high_business_impact(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from azureml import telemetry

    telemetry.set_diagnostics_collection()
    monkeypatch.setenv("HBI_WORKSPACE_JOB", "true")
    assert telemetry.get_diagnostics_collection_info() == (False, "NOTSET")
    assert telemetry.get_diagnostics_collection_info(proceed_in_hbi_mode=True) == (True, "INFO")


def test_in_a_file_of_the_learners(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from azureml import telemetry

    Path("own.json").write_text('{"automl": true}')
    telemetry.set_diagnostics_collection(None, logging.DEBUG, path="own.json")
    assert json.loads(Path("own.json").read_text()) == {
        "automl": True,
        "send_diagnostics": None,
        "diagnostics_verbosity": "DEBUG",
    }
    assert telemetry.get_diagnostics_collection_info("automl", path="own.json") == (True, "DEBUG")
    assert telemetry.get_diagnostics_collection_info(path="own.json") == (False, "DEBUG")
    Path("folder").mkdir()
    telemetry.set_diagnostics_collection(path="folder")
    assert capsys.readouterr().out == "Could not write the config file\n"


def test_what_would_send_something_is_refused() -> None:
    from azureml import telemetry

    for name in ("get_event_logger", "get_telemetry_log_handler"):
        with pytest.raises(NotOffline, match=rf"azureml\.telemetry\.{name}"):
            getattr(telemetry, name)
