"""Checks of the lab "An experiment, logged"."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
import math
import random
from collections import Counter
from typing import Any

from dp100.labs.work import Seen, Work

EXPERIMENT = "milk-quality"
DATA = "data/batches.csv"
FIRST_TEST_DAY = "2025-05-01"
THRESHOLDS = (0.5, 0.2, 0.1, 0.05, 0.02)
MISSED, FALSE_ALARM = 900, 60  # euros


def prepare(work: Work) -> None:
    """Six months of milk: 720 batches from four farms, one in eighteen of which turned out spoiled."""
    chance = random.Random(7)
    first = dt.date(2025, 1, 1)
    target = work.folder / DATA
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["batch", "date", "farm", "temperature", "hours", "ph", "cells", "spoiled"])
        for number in range(720):
            day = first + dt.timedelta(days=number // 4)
            farm = ("Alder", "Birch", "Cedar", "Dale")[number % 4]
            season = 4 * math.sin((day.timetuple().tm_yday - 80) / 365 * 2 * math.pi)
            # Dale is the farm that cools late, and most of what spoils comes from there.
            hours = max(0.3, chance.gauss(3.0 if farm == "Dale" else 2.0, 0.8))
            temperature = 5.0 + 0.15 * season + 0.35 * hours + chance.gauss(0, 0.7)
            ph = chance.gauss(6.70, 0.06)
            cells = max(40.0, chance.lognormvariate(5.1, 0.35))
            odds = -14.9 + 1.1 * temperature + 1.4 * hours + 0.005 * cells - 10 * (ph - 6.7)
            spoiled = int(chance.random() < 1 / (1 + math.exp(-odds)))
            table.writerow(
                [
                    f"B{number + 1:04d}",
                    day.isoformat(),
                    farm,
                    f"{temperature:.1f}",
                    f"{hours:.1f}",
                    f"{ph:.2f}",
                    f"{cells:.0f}",
                    spoiled,
                ]
            )


def first_run_is_logged(work: Work) -> None:
    """A completed run with purpose `count` has the numbers and the list that the data give."""
    batches = work.rows(DATA)
    seen = work.workspace
    run = _run(seen, "count", "first_run.py")
    logged = seen.logged(run.id)
    spoiled = sum(int(batch["spoiled"]) for batch in batches)
    _is_number(logged, "batches", len(batches), "the number of rows in the data")
    _is_number(logged, "spoiled rate", spoiled / len(batches), "the share of batches with spoiled = 1")
    months = Counter(batch["date"][:7] for batch in batches)
    bad = Counter(batch["date"][:7] for batch in batches if batch["spoiled"] == "1")
    expected = [bad[month] for month in sorted(months)]
    values = logged.get("spoiled by month")
    assert values is not None, (
        f"The run has no metric `spoiled by month`. It has: {_names(logged)}. "
        "`run.log_list(name, values)` logs all of a list in one call."
    )
    assert isinstance(values, list) and len(values) == len(expected), (
        f"`spoiled by month` holds {_short(values)}; it should be a list of {len(expected)} counts, one for "
        "each month. Give `run.log_list` the whole list."
    )
    assert [_number(value) for value in values] == expected, (
        f"`spoiled by month` is {_short(values)}, but the data give {expected}, from January to June. "
        "Log what `spoiled_by_month` holds."
    )
    _completed(run)
    _ran_well(work)


def tables_are_logged(work: Work) -> None:
    """A completed run with purpose `tables` has a row for each farm, a table of bands, and an image."""
    batches = work.rows(DATA)
    seen = work.workspace
    run = _run(seen, "tables", "tables.py")
    logged = seen.logged(run.id)

    farms = sorted({batch["farm"] for batch in batches})
    rows = _table(logged, "by farm", ("farm", "batches", "spoiled"), "`run.log_row`, once for each farm,")
    assert sorted(str(farm) for farm in rows["farm"]) == farms, (
        f"`by farm` has rows for {_short(rows['farm'])}; it should have one for each of {', '.join(farms)}. "
        "Call `run.log_row` inside the loop: each call adds a row to the table of that name."
    )
    for farm, count, bad in zip(rows["farm"], rows["batches"], rows["spoiled"], strict=True):
        own = [batch for batch in batches if batch["farm"] == farm]
        expected = (len(own), sum(int(batch["spoiled"]) for batch in own))
        assert (_number(count), _number(bad)) == expected, (
            f"The row of {farm} says {_short(count)} batches, {_short(bad)} spoiled; the data say {expected[0]} "
            f"and {expected[1]}. The keyword arguments of `run.log_row` become the cells."
        )

    columns = ("warmer than", "batches", "spoiled")
    bands = _table(logged, "by temperature", columns, "`run.log_table`, with the dict `bands`,")
    assert len(bands["batches"]) >= 3, (
        f"`by temperature` has {len(bands['batches'])} row; `bands` has more. Hand the whole dict to `run.log_table`."
    )
    total = sum(_number(count) for count in bands["batches"])
    bad_total = sum(_number(count) for count in bands["spoiled"])
    expected = (len(batches), sum(int(batch["spoiled"]) for batch in batches))
    assert (total, bad_total) == expected, (
        f"The rows of `by temperature` add up to {total:g} batches and {bad_total:g} spoiled; the data have "
        f"{expected[0]} and {expected[1]}. Log the table once: a second call with the same name adds its rows."
    )

    place = logged.get("temperatures")
    assert place is not None, (
        f"The run has no image `temperatures`. It has: {_names(logged)}. `run.log_image(name, plot=plt)` "
        "takes the plot."
    )
    assert _artifact(seen, run.id, "temperatures", place).startswith(b"\x89PNG"), (
        "`temperatures` is not a PNG image. Hand the plot itself to `run.log_image`, as `plot=plt`."
    )
    _completed(run)
    _ran_well(work)


def quality_is_logged(work: Work) -> None:
    """A completed run with purpose `quality` has accuracy beside its baseline, recall and a confusion matrix."""
    fine, spoiled = _test_counts(work)
    tests = fine + spoiled
    seen = work.workspace
    run = _run(seen, "quality", "quality.py")
    logged = seen.logged(run.id)
    _is_number(
        logged,
        "baseline accuracy",
        fine / tests,
        f"the accuracy of calling every one of the {tests} test batches fine",
    )
    place = logged.get("confusion")
    assert place is not None, (
        f"The run has no confusion matrix `confusion`. It has: {_names(logged)}. "
        "`run.log_confusion_matrix(name, value)` takes a dict with schema_type, schema_version and data."
    )
    chart = _json(seen, run.id, "confusion", place)
    data = chart.get("data") if isinstance(chart, dict) else None
    labels = data.get("class_labels") if isinstance(data, dict) else None
    assert isinstance(chart, dict) and chart.get("schema_type") == "confusion_matrix" and labels, (
        "`confusion` was logged without what studio needs to draw it: schema_type `confusion_matrix`, "
        "schema_version, and data with class_labels and matrix. The instructions show the form."
    )
    assert len(labels) == 2, (
        f"`confusion` has the class labels {labels}; there are two classes, fine and spoiled."
    )
    tn, _, fn, tp = _cells(data["matrix"], fine, spoiled)
    _is_number(
        logged, "accuracy", (tn + tp) / tests, f"({tn} + {tp}) / {tests}, as the confusion matrix has it"
    )
    _is_number(
        logged,
        "recall",
        tp / (tp + fn),
        f"{tp} / ({tp} + {fn}), the share of the spoiled batches that the model finds",
    )
    _completed(run)
    _ran_well(work)


def thresholds_are_children(work: Work) -> None:
    """A run with purpose `thresholds` has a completed child for each threshold, and names the cheapest."""
    fine, spoiled = _test_counts(work)
    seen = work.workspace
    run = _run(seen, "thresholds", "thresholds.py")
    children = [other for other in seen.runs(EXPERIMENT) if other.parent == run.id]
    assert children, (
        "The newest run with the tag purpose = thresholds has no child runs. "
        "`run.child_run()` starts one; make one for each threshold, inside the loop."
    )
    costs: dict[float, float] = {}
    found: list[tuple[float, float, float]] = []
    for child in children:
        logged = seen.logged(child.id)
        for name in ("threshold", "missed", "false alarms", "cost"):
            assert name in logged, (
                f"The child run {child.name} has no metric `{name}`. It has: {_names(logged)}. "
                "Log to the child, not to the parent: `child.log(...)`."
            )
        threshold, missed, false_alarms, cost = (
            _number(logged[name]) for name in ("threshold", "missed", "false alarms", "cost")
        )
        assert 0 <= missed <= spoiled and 0 <= false_alarms <= fine, (
            f"The child for threshold {threshold:g} counts {missed:g} missed and {false_alarms:g} false alarms, "
            f"but the test months have {spoiled} spoiled and {fine} fine batches."
        )
        right = MISSED * missed + FALSE_ALARM * false_alarms
        assert _close(cost, right), (
            f"The child for threshold {threshold:g} logged a cost of {cost:g}. {missed:g} missed at {MISSED} and "
            f"{false_alarms:g} false alarms at {FALSE_ALARM} make {right:g}."
        )
        assert child.state == "Completed", (
            f"The child for threshold {threshold:g} is {child.state}. Each child ends by its own `child.complete()`."
        )
        costs[threshold] = cost
        found.append((threshold, missed, false_alarms))
    lacking = [each for each in THRESHOLDS if not any(_close(each, other) for other in costs)]
    assert not lacking, (
        f"No child run has the threshold {lacking[0]}. The newest parent has children for "
        f"{', '.join(f'{each:g}' for each in sorted(costs))}; make one for each entry of THRESHOLDS."
    )
    found.sort()
    for (low, missed, alarms), (high, more_missed, fewer_alarms) in itertools.pairwise(found):
        assert missed <= more_missed and alarms >= fewer_alarms, (
            f"From threshold {high:g} down to {low:g} the missed batches go from {more_missed:g} to "
            f"{missed:g} and the "
            f"false alarms from {fewer_alarms:g} to {alarms:g}. A lower threshold can only miss fewer and "
            "alarm more: "
            "count missed where the score is below the threshold, false alarms where it is not."
        )
    assert found[0][1:] != found[-1][1:], (
        "All children count the same. Compare the scores with the threshold of each turn of the loop."
    )
    logged = seen.logged(run.id)
    lowest = min(costs.values())
    cheapest = [threshold for threshold, cost in costs.items() if _close(cost, lowest)]
    assert "best threshold" in logged, (
        f"The parent run has no metric `best threshold`. It has: {_names(logged)}. After the loop, log to the "
        "parent: "
        "`run.log(...)`."
    )
    best = logged["best threshold"]
    assert any(_close(_number(best), each) for each in cheapest), (
        f"`best threshold` is {_short(best)}, but the child with the lowest cost ({lowest:g}) has "
        f"{cheapest[0]:g}."
    )
    _completed(run)
    _ran_well(work)


def mlflow_run_is_logged(work: Work) -> None:
    """A finished MLflow run with purpose `mlflow` has parameter, metrics, a curve of costs and the matrix "
    "as a file."""
    fine, spoiled = _test_counts(work)
    seen = work.workspace
    run = _run(seen, "mlflow", "with_mlflow.py", 'mlflow.set_tag("purpose", "mlflow")')
    assert "threshold" in run.params, (
        f"The run has no parameter `threshold`. Its parameters: {_names(run.params)}. What goes into a run is a "
        "parameter: `mlflow.log_param`."
    )
    assert "recall" in run.metrics, (
        f"The run has no metric `recall`. Its metrics: {_names(run.metrics)}. `mlflow.log_metric` logs a number."
    )
    assert "confusion.json" in seen.artifacts(run.id), (
        f"The run has no file confusion.json. It has: {', '.join(seen.artifacts(run.id)) or 'none'}. "
        "`mlflow.log_dict(dictionary, file_name)` writes one."
    )
    kept = _json(seen, run.id, "confusion.json")
    matrix = kept.get("matrix") if isinstance(kept, dict) else None
    assert matrix is not None, "confusion.json has no entry `matrix`. Log the dict `confusion` as it is."
    _, _, fn, tp = _cells(matrix, fine, spoiled)
    assert _close(run.metrics["recall"], tp / (tp + fn)), (
        f"`recall` is {run.metrics['recall']:g}, but by confusion.json the model finds {tp} of {tp + fn}. "
        "Log the recall of the same predictions."
    )
    curve = [one.value for one in seen.tracking.metric_history(run.id, "cost")]
    steps = {one.step for one in seen.tracking.metric_history(run.id, "cost")}
    assert len(curve) >= 20, (
        f"The metric `cost` has {len(curve)} value{'s' * (len(curve) != 1)}; it should have one for each "
        "percent from "
        "1 to 50. Log the same name again in the loop, with `step=percent`."
    )
    assert len(steps) == len(curve), (
        f"The {len(curve)} values of `cost` are at {len(steps)} step{'s' * (len(steps) != 1)}, so there is no curve. "
        "Without `step=percent` every value has step 0."
    )
    assert len(set(curve)) > 1 and all(value % 60 == 0 for value in curve), (
        "The values of `cost` are not those of `cost_of` for the thresholds of the loop. Log what it returns."
    )
    assert run.state == "Completed", (
        f"The MLflow run is {run.state}. `with mlflow.start_run():` ends it when the block ends, also after an error."
    )
    _ran_well(work)


def _ran_well(work: Work) -> None:
    """What holds from an earlier run does not excuse a file that now fails."""
    assert work.ran is None or work.ran.ok, (
        "All that is asked for is there, but from an earlier run. The last one ended with an error: mend it."
    )


def _run(seen: Seen, purpose: str, file: str, tagging: str = "") -> Any:
    """The newest run of that purpose."""
    run = next((run for run in seen.runs() if run.tags.get("purpose") == purpose), None)
    if run is not None:
        assert run.experiment == EXPERIMENT, (
            f"The newest run with the tag purpose = {purpose} is in the experiment {run.experiment}; it belongs into "
            f"{EXPERIMENT}. `mlflow.set_experiment` chooses it before the run starts."
        )
        return run
    call = tagging or f'run.tag("purpose", "{purpose}")'
    raise AssertionError(
        f"The experiment {EXPERIMENT} has no run with the tag purpose = {purpose}. "
        f"{file} starts the run and tags it: `{call}`."
    )


def _completed(run: Any) -> None:
    assert run.state == "Completed", (
        f"The run is {run.state}. `run.complete()` ends a run that `start_logging` began; without it the run goes on."
    )


def _is_number(logged: dict[str, Any], name: str, expected: float, meaning: str) -> None:
    assert name in logged, (
        f"The run has no metric `{name}`. It has: {_names(logged)}. `run.log(name, value)` logs one number."
    )
    value = logged[name]
    assert not isinstance(value, list), (
        f"`{name}` has {len(value)} values; it is one number. A name that is logged again becomes a series."
    )
    assert _close(_number(value), expected), (
        f"`{name}` is {_short(value)}; it should be {expected:.4g}: {meaning}."
    )


def _table(logged: dict[str, Any], name: str, columns: tuple[str, ...], how: str) -> dict[str, list[Any]]:
    """A logged table as lists of equal length, whether it has one row or more."""
    table = logged.get(name)
    assert table is not None, f"The run has no table `{name}`. It has: {_names(logged)}. {how} makes it."
    assert isinstance(table, dict), f"`{name}` is {_short(table)}, which is no table. {how} makes one."
    lacking = [column for column in columns if column not in table]
    assert not lacking, (
        f"The table `{name}` has no column `{lacking[0]}`. It has: {_names(table)}. {how} takes the columns by name."
    )
    return {column: cells if isinstance(cells, list) else [cells] for column, cells in table.items()}


def _cells(matrix: Any, fine: int, spoiled: int) -> tuple[int, int, int, int]:
    """True negatives, false positives, false negatives, true positives."""
    shape = isinstance(matrix, list) and [len(row) if isinstance(row, list) else 0 for row in matrix] == [
        2,
        2,
    ]
    assert shape, f"The confusion matrix is {_short(matrix)}; it should be two rows of two counts."
    cells = [[_number(cell) for cell in row] for row in matrix]
    rows = [sum(row) for row in cells]
    assert rows == [fine, spoiled], (
        f"The rows of the confusion matrix add up to {rows[0]:g} and {rows[1]:g}. May and June have {fine} fine and "
        f"{spoiled} spoiled batches: rows are what was, columns what was predicted, fine first."
    )
    (tn, fp), (fn, tp) = cells
    return int(tn), int(fp), int(fn), int(tp)


def _test_counts(work: Work) -> tuple[int, int]:
    """How many batches of the test months were fine, and how many spoiled."""
    late = [batch["spoiled"] for batch in work.rows(DATA) if batch["date"] >= FIRST_TEST_DAY]
    return late.count("0"), late.count("1")


def _artifact(seen: Seen, run_id: str, name: str, place: object = None) -> bytes:
    """The file of a chart; what was logged for it ends in its name among the run's files."""
    path = place.split(f"dcid.{run_id}/")[-1] if isinstance(place, str) else name
    assert path in seen.artifacts(run_id), (
        f"`{name}` is {_short(place)}, which is no file of the run. Use the method for this kind of value."
    )
    return seen.artifact(run_id, path).read_bytes()


def _json(seen: Seen, run_id: str, name: str, place: object = None) -> Any:
    try:
        return json.loads(_artifact(seen, run_id, name, place))
    except ValueError:
        raise AssertionError(f"`{name}` does not hold JSON. Hand over a dict.") from None


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _close(value: float, expected: float) -> bool:
    return math.isclose(value, expected, rel_tol=1e-3, abs_tol=1e-4)


def _names(found: Any) -> str:
    return ", ".join(f"`{name}`" for name in found) or "none yet"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
