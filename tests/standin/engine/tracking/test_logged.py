"""What SDK v1 logs, and the shapes in which get_metrics gives it back."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.standin.engine.errors import Conflict, Invalid
from dp100.standin.engine.tracking.logged import ARTIFACT_KINDS
from dp100.standin.engine.tracking.store import Tracking


@pytest.fixture
def run(tracking: Tracking) -> str:
    return tracking.create_run("train", "train_1").id


@pytest.mark.parametrize(
    "value",
    [
        3,
        -7,
        2**53,
        2**53 + 1,
        2**70,
        sys.float_info.max,
        10**400,
        0.25,
        -0.0,
        math.inf,
        -math.inf,
        "text",
        "",
        True,
        False,
        None,
    ],
)
def test_a_value_alone_comes_back_as_itself(tracking: Tracking, run: str, value: object) -> None:
    tracking.log_scalar(run, "x", value)
    back = tracking.get_metrics(run)["x"]
    assert back == value
    assert type(back) is type(value)


def test_nan_comes_back(tracking: Tracking, run: str) -> None:
    tracking.log_list(run, "x", [1.0, math.nan, 2.0])
    one, nan, two = tracking.get_metrics(run)["x"]
    assert (one, two) == (1.0, 2.0)
    assert math.isnan(nan)


def test_a_value_logged_again_makes_a_list(tracking: Tracking, run: str) -> None:
    for value in (0.9, 0.9, 0.8):
        tracking.log_scalar(run, "loss", value)
    assert tracking.get_metrics(run) == {"loss": [0.9, 0.9, 0.8]}


def test_steps_order_the_values(tracking: Tracking, run: str) -> None:
    for step in (3, 1, 2):
        tracking.log_scalar(run, "loss", float(step), step=step)
    assert tracking.get_metrics(run)["loss"] == [1.0, 2.0, 3.0]


def test_lists(tracking: Tracking, run: str) -> None:
    tracking.log_list(run, "whole", range(3))
    tracking.log_list(run, "mixed", [1, 2, 2.5])
    tracking.log_list(run, "words", ["b", "a"])
    tracking.log_list(run, "one", [7])
    tracking.log_list(run, "none", [])
    tracking.log_list(run, "flags", [True, False, 3])
    metrics = tracking.get_metrics(run)
    assert metrics == {
        "whole": [0, 1, 2],
        "mixed": [1.0, 2.0, 2.5],
        "words": ["b", "a"],
        "one": 7,
        "flags": [True, False, 3],
    }
    assert [type(v) for v in metrics["flags"]] == [bool, bool, int]
    assert all(type(v) is float for v in metrics["mixed"])
    assert tracking.run(run).metrics == {"whole": 2.0, "mixed": 2.5, "one": 7.0, "flags": 3.0}


def test_whole_numbers_become_doubles_when_a_fraction_follows(tracking: Tracking, run: str) -> None:
    tracking.log_scalar(run, "x", 1)
    tracking.log_scalar(run, "x", 0.5)
    assert [type(v) for v in tracking.get_metrics(run)["x"]] == [float, float]


def test_text_and_numbers_keep_their_order(tracking: Tracking, run: str) -> None:
    for value in (1.5, "later", 2.5, None):
        tracking.log_scalar(run, "x", value)
    assert tracking.get_metrics(run)["x"] == [1.5, "later", 2.5, None]


def test_rows_and_tables(tracking: Tracking, run: str) -> None:
    tracking.log_row(run, "one row", {"x": 1, "y": "a"})
    for angle in range(3):
        tracking.log_row(run, "sine", {"angle": angle, "sine": angle / 2})
    tracking.log_table(run, "table", {"x": [1, 2], "y": [0.5, 1]})
    tracking.log_table(run, "cells", {"x": 1, "y": [2]})
    tracking.log_table(run, "empty", {})
    assert tracking.get_metrics(run) == {
        "one row": {"x": 1, "y": "a"},
        "sine": {"angle": [0, 1, 2], "sine": [0.0, 0.5, 1.0]},
        "table": {"x": [1, 2], "y": [0.5, 1.0]},
        "cells": {"x": 1, "y": 2},
    }
    assert tracking.run(run).metrics == {}


def test_a_column_that_a_row_lacks_is_none(tracking: Tracking, run: str) -> None:
    tracking.log_row(run, "t", {"a": 1})
    tracking.log_row(run, "t", {"b": 2})
    assert tracking.get_metrics(run)["t"] == {"a": [1, None], "b": [None, 2]}


def test_what_is_no_table(tracking: Tracking, run: str) -> None:
    with pytest.raises(Invalid, match="column length"):
        tracking.log_table(run, "t", {"a": [1, 2], "b": [1]})
    with pytest.raises(Invalid, match="dict"):
        tracking.log_table(run, "t", [1, 2])  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="cannot be a list"):
        tracking.log_row(run, "t", {"a": [1]})
    assert tracking.get_metrics(run) == {}


def test_a_name_has_one_kind(tracking: Tracking, run: str) -> None:
    tracking.log_scalar(run, "x", 1)
    tracking.log_list(run, "x", [2, 3])
    with pytest.raises(Conflict, match="Conflicting metric types"):
        tracking.log_row(run, "x", {"a": 1})
    assert tracking.get_metrics(run)["x"] == [1, 2, 3]
    assert tracking.metric_kinds(run) == {"x": "azureml.v1.scalar"}


def test_numpy_values_become_plain_ones(tracking: Tracking, run: str) -> None:
    values = [np.float32(0.5), np.int64(4), np.bool_(True), np.str_("s"), np.array(2.5)]
    tracking.log_list(run, "x", values)
    tracking.log_scalar(run, "array", np.array([1, 2]))
    metrics = tracking.get_metrics(run)
    assert metrics["x"] == [0.5, 4.0, True, "s", 2.5]
    assert metrics["array"] == "array([1, 2])"


@pytest.mark.parametrize("kind", [k for k in ARTIFACT_KINDS if k != "image"])
def test_charts_are_artifacts(tracking: Tracking, run: str, kind: str) -> None:
    chart = {"schema_type": kind, "schema_version": "1.0.0", "data": {"matrix": [[1, 0], [0, 1]]}}
    place = tracking.log_json(run, "chart", kind, json.dumps(chart))
    assert place == "aml://artifactId/ExperimentRun/dcid.train_1/chart"
    assert tracking.get_metrics(run) == {"chart": place}
    assert json.loads(tracking.artifacts.read(run, "chart")) == chart
    assert tracking.metric_kinds(run) == {"chart": f"azureml.v2.{kind}"}


def test_a_chart_must_be_json(tracking: Tracking, run: str) -> None:
    with pytest.raises(Invalid, match="Invalid JSON provided"):
        tracking.log_json(run, "chart", "confusion_matrix", "{")
    with pytest.raises(Invalid, match="no form in JSON"):
        tracking.log_json(run, "chart", "confusion_matrix", {"a": object()})
    with pytest.raises(Invalid, match="no kind of chart"):
        tracking.log_json(run, "chart", "pie", {})


def test_images(tracking: Tracking, run: str, tmp_path: Any) -> None:
    file = tmp_path / "plot.png"
    file.write_bytes(b"\x89PNG")
    place = tracking.log_image(run, "roc", b"\x89PNG...")
    assert place.startswith("aml://artifactId/ExperimentRun/dcid.train_1/roc_")
    assert tracking.artifacts.read(run, place.rpartition("/")[2]) == b"\x89PNG..."
    assert tracking.log_image(run, "plot", "plot.png").endswith("dcid.train_1/plot.png")
    assert tracking.log_image(run, "elsewhere", file).endswith("dcid.train_1/plot.png")
    assert list(tracking.get_metrics(run)) == ["roc", "plot", "elsewhere"]


def test_one_name_or_several_runs_at_once(tracking: Tracking, run: str) -> None:
    tracking.create_run("train", "train_2", parent=run)
    tracking.create_run("train", "silent", parent=run)
    tracking.log_scalar(run, "a", 1)
    tracking.log_scalar(run, "b", 2)
    tracking.log_scalar("train_2", "a", 3)
    assert tracking.get_metrics(run, "b") == {"b": 2}
    assert tracking.get_metrics(run, "c") == {}
    assert tracking.get_metrics_of([run, "train_2", "silent"], "a") == {run: {"a": 1}, "train_2": {"a": 3}}


values = st.one_of(
    st.floats(allow_nan=False),
    st.integers(),
    st.booleans(),
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"])),
)
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(metrics=st.dictionaries(names, st.lists(values, min_size=1, max_size=6), max_size=4), data=st.data())
def test_anything_logged_comes_back_in_order(
    tracking: Tracking, metrics: dict[str, list[Any]], data: Any
) -> None:
    run = tracking.create_run("any", f"any_{len(tracking.runs('any'))}").id
    for name, logged in metrics.items():
        if data.draw(st.booleans()):
            tracking.log_list(run, name, logged)
        else:
            for value in logged:
                tracking.log_scalar(run, name, value)
    back = tracking.get_metrics(run)
    assert list(back) == list(metrics)
    for name, logged in metrics.items():
        found = back[name] if len(logged) > 1 else [back[name]]
        assert len(found) == len(logged)
        for was, now in zip(logged, found, strict=True):
            # A column of doubles makes doubles of the whole numbers in it, as the service does.
            assert now == was or (type(now) is float and now == _as_double(was))


def _as_double(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
