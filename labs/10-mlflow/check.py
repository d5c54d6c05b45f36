"""Checks of the lab "Track and query with MLflow"."""

from __future__ import annotations

import csv
import datetime as dt
import math
import random
from typing import Any

from dp100.labs.work import Seen, Work

EXPERIMENT = "rides"
ARCHIVES = ("rides-archive", "rides-archive-2024")
MODEL = "rides-hourly"
DATA = "data/rides.csv"
FEATURES = ["hour", "weekday", "temperature", "rain"]
FIRST_TEST_DAY = "2025-05-26"


def prepare(work: Work) -> None:
    """Five weeks of rides, hour by hour from six to ten, and the runs that a colleague left behind."""
    chance = random.Random(7)
    first = dt.date(2025, 4, 28)
    target = work.folder / DATA
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["date", "hour", "weekday", "temperature", "rain", "rides"])
        for number in range(35):
            day = first + dt.timedelta(days=number)
            noon = chance.gauss(17, 4)
            wet = chance.random() < 0.3
            for hour in range(6, 23):
                temperature = noon - 0.35 * abs(hour - 15) + chance.gauss(0, 0.5)
                rain = max(0.0, chance.gauss(1.5, 1.0)) if wet else 0.0
                # On working days two peaks; at weekends one, in the afternoon.
                if day.weekday() < 5:
                    usual = 25 + 95 * _peak(hour, 8, 1.2) + 110 * _peak(hour, 17, 1.6)
                else:
                    usual = 15 + 90 * _peak(hour, 14, 3.0)
                expected = usual * (1 + 0.03 * (temperature - 15)) * math.exp(-0.25 * rain)
                rides = max(0, round(chance.gauss(expected, 4 + 0.06 * expected)))
                table.writerow(
                    [day.isoformat(), hour, day.weekday(), f"{temperature:.1f}", f"{rain:.1f}", rides]
                )
    for archive in ARCHIVES:
        _colleague(work.workspace, archive, chance)


def _peak(hour: int, at: int, width: float) -> float:
    return math.exp(-(((hour - at) / width) ** 2))


def _colleague(seen: Seen, experiment: str, chance: random.Random) -> None:
    """Runs of which the best number is none to trust: it failed early, or was measured on training data."""
    began = dt.datetime(2025, 6, 2, 9, tzinfo=dt.UTC)
    kinds = ["test"] * 8 + ["train"] * 3 + ["failed", "canceled", "empty"]
    chance.shuffle(kinds)
    for number, kind in enumerate(kinds):
        state = {"failed": "Failed", "canceled": "Canceled"}.get(kind, "Completed")
        run = seen.tracking.create_run(
            experiment,
            f"{experiment.replace('-', '_')}_{chance.randrange(16**8):08x}",
            f"try {number + 1}",
            tags={"evaluated_on": "train" if kind == "train" else "test"},
            user="Noor",
            started=began + dt.timedelta(minutes=20 * number),
        )
        depth, low = chance.randint(2, 9), {"train": 3.0, "failed": 2.0, "canceled": 4.0}.get(kind, 9.0)
        seen.tracking.log_params(run.id, {"max_depth": depth})
        if kind != "empty":
            floor, turn = low + chance.uniform(0, 3), chance.randint(6, 14)
            for step in range(1, 21):  # it falls, and rises again where the model overfits
                value = floor + 0.6 * abs(step - turn) + chance.uniform(0, 0.3)
                seen.tracking.log_metric(run.id, "mae", round(value, 3), step=step)
        seen.tracking.set_status(run.id, state, ended=began + dt.timedelta(minutes=20 * number + 12))


def notebook_run_is_tracked(work: Work) -> None:
    """A finished run of this process has what autologging finds, and `mae` on the test week."""
    seen = work.workspace
    jobs = {job.id for job in seen.jobs()}
    runs = [run for run in _runs(seen, EXPERIMENT) if run.id not in jobs and run.name == "first try"]
    assert runs, (
        f"The experiment {EXPERIMENT} has no run named `first try`. `mlflow.set_experiment` chooses the experiment, "
        '`with mlflow.start_run(run_name="first try"):` starts the run.'
    )
    run = runs[0]
    assert "n_estimators" in run.params, (
        f"The run has {_listed('parameter', run.params)}, and none of the model. `mlflow.sklearn.autolog()` "
        "records them, if it is called before `fit`, and `fit` is called inside the run."
    )
    assert "mae" in run.metrics, (
        f"The run has {_listed('metric', run.metrics)}, but not `mae`. Autologging measures the training data; the "
        "test week is yours to log, with `mlflow.log_metric`."
    )
    value, training = run.metrics["mae"], run.metrics.get("training_mean_absolute_error", 0.0)
    late = [float(row["rides"]) for row in work.rows(DATA) if row["date"] >= FIRST_TEST_DAY]
    mean = sum(late) / len(late)
    naive = sum(abs(rides - mean) for rides in late) / len(late)
    assert training < value < naive, (
        f"`mae` is {value:.2f}. On the training data the model is off by {training:.2f}, and always saying the mean "
        f"would be off by {naive:.2f}; the error on the test week lies between. Log the variable `mae`."
    )
    assert not any("model" in name.split("/")[0].lower() for name in seen.artifacts(run.id)), (
        "The run holds a model. Here autologging is to leave it out: `log_models=False`."
    )
    _finished(run)
    _ran_well(work)


def job_logs_a_curve(work: Work) -> None:
    """The newest job has completed, with its learning rate and one value of `mae` for each tree."""
    seen = work.workspace
    jobs = seen.jobs(EXPERIMENT)
    assert jobs, (
        f"No job was submitted to the experiment {EXPERIMENT}. `az ml job create --file job.yml --stream` does it; "
        "what it printed says why it could not."
    )
    job = jobs[0]
    assert job.status == "Completed", (
        f"The newest job is {job.status}: {_error(job)} Its log is in the output of `az ml job create --stream`."
    )
    run = seen.run(job.id)
    assert "learning_rate" in run.params, (
        f"The job's run has {_listed('parameter', run.params)}; it should have `learning_rate`. In a job "
        "`mlflow.log_param` goes to the job's own run, without `set_experiment` and `start_run`."
    )
    given = job.spec.inputs.get("learning_rate")
    asked = given.get("value") if isinstance(given, dict) else given
    assert _number(run.params["learning_rate"]) == _number(asked), (
        f"The job was given the learning rate {asked}, but logged {run.params['learning_rate']}. "
        "Log `args.learning_rate`."
    )
    assert "mae" in run.metrics, (
        f"The job's run has {_listed('metric', run.metrics)}, but not `mae`. One name makes one curve: call "
        '`mlflow.log_metric("mae", ...)` in the loop.'
    )
    values = seen.tracking.metric_history(job.id, "mae")
    assert len(values) >= 20, (
        f"`mae` was logged {len(values)} time{'s' * (len(values) != 1)}; there are 40 trees. The call belongs into "
        "the loop."
    )
    steps = sorted({one.step for one in values})
    assert len(steps) == len(values), (
        f"The {len(values)} values of `mae` are at {len(steps)} step{'s' * (len(steps) != 1)}, so there is no curve. "
        "`step=trees` puts each at its place; without it every value has step 0."
    )
    assert values[-1].value < values[0].value, (
        f"`mae` begins at {values[0].value:.1f} and ends at {values[-1].value:.1f}. Log the error of each stage, not "
        "that of one."
    )
    _ran_well(work)


def best_run_is_found(work: Work) -> None:
    """`best_run` and `best_step` answer right for either archive."""
    names = work.load("query.py")
    best_run, best_step = _function(names, "best_run"), _function(names, "best_step")
    seen = work.workspace
    for experiment in ARCHIVES:
        runs = [run for run in seen.runs(experiment) if "mae" in run.metrics]
        right = min(
            (run for run in runs if run.state == "Completed" and run.tags.get("evaluated_on") == "test"),
            key=lambda run: run.metrics["mae"],
        )
        said, orders = _watched(best_run, experiment)
        assert not any(text.strip().lower().startswith("metric") for text in orders), (
            f"best_run sorts with `order_by={orders}`. Offline MLflow's own store does that; a workspace in "
            "the cloud takes "
            "attributes such as start_time only. Sort the frame: `sort_values`."
        )
        said = getattr(getattr(said, "info", None), "run_id", said)
        assert said, (
            f"best_run({experiment!r}) returns {said!r}; it should return the id of a run. "
            "`mlflow.search_runs` gives a "
            "frame with a row for each run, and run_id is one of its columns."
        )
        found = next((run for run in seen.runs(experiment) if run.id == said), None)
        assert found is not None, (
            f"best_run({experiment!r}) returns {said!r}, which is no run of that experiment. Pass the experiment on: "
            "`experiment_names=[experiment]`."
        )
        assert found.tags.get("evaluated_on") == "test", (
            f"best_run({experiment!r}) chooses {found.name}, which was measured on the data it was trained with. "
            "Filter: `filter_string=\"tags.evaluated_on = 'test'\"`."
        )
        assert found.state == "Completed", (
            f"best_run({experiment!r}) chooses {found.name}, which ended as {found.status}. Keep the rows whose "
            "`status` is FINISHED."
        )
        assert "mae" in found.metrics, (
            f"best_run({experiment!r}) chooses {found.name}, which has no `mae` at all. Sort by the column "
            "`metrics.mae`."
        )
        assert found.id == right.id, (
            f"best_run({experiment!r}) chooses {found.name} with a `mae` of {found.metrics['mae']:g}; "
            f"{right.name} has "
            f"{right.metrics['mae']:g}. Lower is better here."
        )
        history = seen.tracking.metric_history(right.id, "mae")
        step = min(history, key=lambda one: one.value).step
        answer = _called(best_step, f"best_step of {right.name}", right.id)
        assert _number(answer) == step, (
            f"best_step says {answer!r} for {right.name} of {experiment}; its `mae` was lowest at step "
            f"{step}. The frame has the last "
            "value only, `MlflowClient().get_metric_history(run_id, key)` has all, each with `value` and `step`."
        )


def model_is_registered(work: Work) -> None:
    """The newest version of the model is an MLflow model of a run, and its signature names the four features."""
    seen = work.workspace
    model = seen.model(MODEL)
    assert model.type == "mlflow_model", (
        f"{MODEL}:{model.version} is a {model.type}. Register the folder that has the MLmodel file, "
        "`runs:/<run id>/model`."
    )
    document = _mlmodel(model.path)
    signature = document.get("signature") or {}
    assert signature.get("inputs"), (
        f"{MODEL}:{model.version} has no signature. `infer_signature(X, predictions)` makes one; hand it to "
        "`save_model` as `signature`."
    )
    columns = [column.get("name") for column in _columns(signature["inputs"])]
    assert columns == FEATURES, (
        f"The inputs of the signature are {', '.join(map(str, columns))}; they should be "
        f"{', '.join(FEATURES)}: what a "
        "request will bring. The first argument of `infer_signature` is the features."
    )
    assert signature.get("outputs"), (
        "The signature says nothing of outputs. The second argument of `infer_signature` is what the model predicts."
    )
    assert "sklearn" in document.get("flavors", {}), (
        f"{MODEL}:{model.version} has no flavor sklearn. `mlflow.sklearn.save_model` adds it."
    )
    assert model.run_id, (
        f"{MODEL}:{model.version} comes from no run, so nobody can tell how it was made. Register "
        "`runs:/<run id>/model`, not the folder on your disk."
    )
    _ran_well(work)


def model_is_used_by_name(work: Work) -> None:
    """`forecast` gives what the newest version predicts, whatever the order of the columns."""
    names = work.load("use.py")
    forecast = _function(names, "forecast")
    model = work.workspace.model(MODEL)
    import pandas as pd

    hours = pd.DataFrame(
        {"rain": [0.0, 0.0, 2.5], "note": "extra", "hour": [8.0, 14.0, 8.0], "weekday": [1.0, 6.0, 1.0]}
    ).assign(temperature=[12.0, 22.0, 15.0])
    said = _called(forecast, "forecast", hours)
    try:
        values = [float(value) for value in said]
    except (TypeError, ValueError):
        values = []
    assert len(values) == len(hours), (
        f"forecast returns {said!r} for three hours; it should return three numbers, what `predict` gives."
    )
    import mlflow

    loaded = mlflow.pyfunc.load_model(str(model.path))
    expected = [float(value) for value in loaded.predict(hours)]
    assert all(math.isclose(one, other, rel_tol=1e-6) for one, other in zip(values, expected, strict=True)), (
        f"forecast says {[round(value, 1) for value in values]}; version {model.version}, the newest, predicts "
        f"{[round(value, 1) for value in expected]}. Load `models:/{MODEL}/<version>` with "
        "`mlflow.pyfunc.load_model`: it "
        "puts the columns into the order of the signature."
    )
    _ran_well(work)


def _ran_well(work: Work) -> None:
    """What holds from an earlier run does not excuse a file that now fails."""
    assert work.ran is None or work.ran.ok, (
        "All that is asked for is there, but from an earlier run. The last one ended with an error: mend it."
    )


def _runs(seen: Seen, experiment: str) -> list[Any]:
    return seen.runs(experiment) if experiment in seen.experiments() else []


def _finished(run: Any) -> None:
    assert run.state == "Completed", (
        f"The run is {run.state}. Leaving the `with` block ends a run, and an error inside makes it failed."
    )


def _error(job: Any) -> str:
    error = job.state.error or {}
    text = str(error.get("exception") or error.get("message") or "").strip()
    return text if not text or text[-1] in ".?!" else text + "."


def _function(names: dict[str, Any], name: str) -> Any:
    found = names.get(name)
    assert callable(found), f"There is no function `{name}` any more. Keep its name: the check calls it."
    return found


def _called(function: Any, what: str, *args: Any) -> Any:
    try:
        return function(*args)
    except (Exception, SystemExit) as error:
        text = str(error).strip().splitlines() or [""]
        raise AssertionError(f"{what} stops with {type(error).__name__}: {text[0]}") from error


def _watched(best_run: Any, experiment: str) -> tuple[Any, list[str]]:
    """What `best_run` returns, and what it let MLflow sort by."""
    from mlflow import MlflowClient

    orders: list[str] = []
    search = MlflowClient.search_runs

    def watching(client: Any, *args: Any, **kwargs: Any) -> Any:
        given = kwargs.get("order_by") or (args[4] if len(args) > 4 else None)
        orders.extend([given] if isinstance(given, str) else given or ())
        return search(client, *args, **kwargs)

    MlflowClient.search_runs = watching  # type: ignore[method-assign]
    try:
        return _called(best_run, f"best_run({experiment!r})", experiment), orders
    finally:
        MlflowClient.search_runs = search  # type: ignore[method-assign]


def _mlmodel(path: Any) -> dict[str, Any]:
    import yaml

    file = path / "MLmodel"
    assert file.is_file(), f"{path.name} has no file MLmodel."
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    return held if isinstance(held, dict) else {}


def _columns(text: Any) -> list[dict[str, Any]]:
    import json

    held = json.loads(text) if isinstance(text, str) else text
    return [column for column in held if isinstance(column, dict)]


def _listed(what: str, names: Any) -> str:
    shown = ", ".join(f"`{name}`" for name in list(names)[:6])
    return f"the {what}s {shown}" if shown else f"no {what}"


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan
