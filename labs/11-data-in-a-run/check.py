"""Checks of the lab "Data in a run"."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100.labs.work import Work

if TYPE_CHECKING:
    import pandas as pd

    from dp100.labs.seen import Job

STORE = "workspaceblobstore"
PATIENTS = 60


def prepare(work: Work) -> None:
    """What the clinic has: visits and patients in storage, an asset on the visits, and a cluster."""
    from dp100.standin.engine.compute import compute
    from dp100.standin.engine.data.assets import AssetStore

    patients, visits = _clinic(7)
    months: dict[str, list[dict[str, Any]]] = {}
    for visit in visits:
        months.setdefault(visit["day"][:7], []).append(visit)
    for top in (work.folder / "data", work.workspace.folder(STORE)):
        _write(top / "patients" / "patients.csv", patients)
        for month, rows in months.items():
            _write(top / "visits" / f"{month}.csv", rows)
    ws = work.workspace.ws
    path = f"azureml://datastores/{STORE}/paths/visits/"
    AssetStore(ws, "data").create(
        "visits-2025",
        "1",
        {"type": "uri_folder", "path": path, "description": "Visits of the first half of 2025"},
    )
    compute.create(ws, "cpu-cluster", "AmlCompute", size="Standard_DS3_v2", min_nodes=0, max_nodes=2)


def reference_reaches_the_script(work: Work) -> None:
    """A run of count.py got the folder by a data reference that is downloaded, and counted all visits."""
    job = _last(
        work, "count-reference", "Give the ScriptRunConfig its `arguments`; the script then submits it."
    )
    known = (job.spec.extra.get("definition") or {}).get("dataReferences") or {}
    assert known, (
        f"The run {job.id} has no data reference in its configuration. As an argument it is only a "
        "placeholder; enter it into `config.run_config.data_references`, by its name, as `to_config()`."
    )
    modes = {str(each.get("mode")).lower() for each in known.values()}
    assert modes == {"download"}, (
        f"The reference of the run {job.id} has the mode {', '.join(sorted(modes))}. `as_download()` returns "
        "one that is downloaded; use what it returns."
    )
    _has_counted(work, job)


def files_reach_the_script(work: Work) -> None:
    """A run of count.py got the folder as a mounted file dataset named visits, and counted all visits."""
    job = _last(work, "count-files", "Give the ScriptRunConfig its `arguments`; the script then submits it.")
    datasets = job.spec.extra.get("datasets") or {}
    assert datasets, (
        f"The run {job.id} got no dataset. An argument such as `visits.as_named_input(...).as_mount()` makes "
        "one an input."
    )
    assert "visits" in datasets, (
        f"The input of the run {job.id} is called `{next(iter(datasets))}`. `as_named_input` gives it a "
        "name; it is to be `visits`."
    )
    mode = datasets["visits"]["mode"]
    assert mode == "mount", (
        f"The dataset of the run {job.id} comes by {mode}. Call `as_mount()` on the named input."
    )
    _has_counted(work, job)


def table_is_summarised(work: Work) -> None:
    """summarise(run) logs what the run's dataset holds, and a run has logged it for the clinic's visits."""
    function = work.load("src/summarise.py").get("summarise")
    assert callable(function), "src/summarise.py has no function `summarise` any more. It takes a run."
    for seed in (1, 2):
        visits = _frame(_clinic(seed, size=9 + seed)[1])
        run = _Run(visits)
        try:
            function(run)
        except Exception as error:
            raise AssertionError(
                f"summarise(run) stops when a run has the input `visits`: {type(error).__name__}: {error}. "
                '`run.input_datasets["visits"]` is a dataset; `to_pandas_dataframe()` makes a data frame of '
                "it."
            ) from error
        _compare(run.logged, _summary(visits), "With other visits, summarise(run)")
    job = _last(work, "summarise-visits", "`python submit_table.py` submits it.")
    _has_ended_well(job)
    _compare(work.workspace.logged(job.id), _summary(_frame(_clinic(7)[1])), f"The run {job.id}")


def job_has_inputs_and_outputs(work: Work) -> None:
    """A job of train.py read a pinned asset and a file of the datastore, and wrote its scores to an "
    "output."""
    job = _last(
        work, "no-shows", "Look at what `az ml job create` printed; it refuses a job.yml that it cannot read."
    )
    inputs = job.spec.inputs
    for name in ("visits", "patients"):
        assert name in inputs, (
            f"The job {job.id} has no input `{name}`. Declare it under `inputs:` in job.yml."
        )
        assert isinstance(inputs[name], dict) and inputs[name].get("path"), (
            f"The input `{name}` of the job {job.id} is a plain value. Data has a `type` and a `path`."
        )
    visits, patients = inputs["visits"], inputs["patients"]
    asset = str(visits.get("asset") or visits["path"])
    assert asset.removeprefix("azureml:").startswith("visits-2025:") or "/visits-2025/versions/" in asset, (
        f"The input `visits` is {asset}. It is to be version 1 of the asset visits-2025: "
        "`azureml:visits-2025:1`."
    )
    assert "visits-2025@latest" not in work.text(
        "job.yml"
    ), (  # the job itself knows only which version that was
        "The input `visits` takes the latest version, which may be another one tomorrow. Name version 1."
    )
    assert visits.get("type") == "uri_folder", (
        f"The input `visits` is a {visits.get('type')}; the asset is a uri_folder."
    )
    assert visits.get("mode") == "download", (
        f"The input `visits` comes by {visits.get('mode')}. It is read as a whole: `mode: download`."
    )
    assert patients.get("type") == "uri_file", (
        f"The input `patients` is a {patients.get('type')}, but the script opens one file. Say "
        "`type: uri_file`."
    )
    place = f"datastores/{STORE}/paths/patients/patients.csv"
    assert str(patients["path"]).endswith(place), (
        f"The input `patients` is at {patients['path']}. It is to be read from where it is: "
        f"`azureml://{place}`."
    )
    assert "scores" in job.spec.outputs, (
        f"The job {job.id} has no output `scores`. Declare it under `outputs:`."
    )
    _has_ended_well(job)
    scores = _scores(work, job)
    assert scores, (
        f"The job {job.id} wrote no scores.json to its output `scores`. `--scores` is to be "
        f"`${{{{outputs.scores}}}}`."
    )


def no_patient_is_on_both_sides(work: Work) -> None:
    """split parts visits by patient, for any visits, and a job has been scored with it."""
    function = work.load("src/split.py").get("split")
    assert callable(function), (
        "src/split.py has no function `split` any more. It takes the visits and a seed."
    )
    for seed, size in ((3, 40), (4, 57)):
        visits = _frame(_clinic(seed, size=size)[1])
        train, test = _parted(function, visits, seed)
        both = set(train["patient"]) & set(test["patient"])
        assert not both, (
            f"Of {size} patients, {len(both)} have visits on both sides of `split`. Part by patient: the "
            "column `patient` is the group."
        )
        count = len(train) + len(test)
        numbers = sorted([*train["visit"], *test["visit"]])
        assert numbers == sorted(visits["visit"]), (
            f"`split` was given {len(visits)} visits and returned {count}, or some of them twice. Each visit "
            "belongs on exactly one side. `iloc` takes row numbers, `loc` labels."
        )
        share = len(test) / len(visits)
        assert 0.12 <= share <= 0.38, (
            f"`split` puts {share:.0%} of the visits to the test; it is to be about a quarter: "
            "`test_size=0.25`. The data for training are returned first."
        )
        again = _parted(function, visits, seed)[1]
        assert list(again["visit"]) == list(test["visit"]), (
            "`split` parts the same visits differently the next time. Use the `seed`: `random_state=seed`."
        )
    job = _last(work, "no-shows", "The job of the step before has to be submitted once more.")
    _has_ended_well(job)
    scores = _scores(work, job)
    assert scores, (
        f"The job {job.id} wrote no scores.json to its output `scores`. Finish the step `inputs` first."
    )
    assert scores.get("patients_in_both") == 0, (
        f"The job {job.id} still has {scores.get('patients_in_both')} patients on both sides. Submit it "
        "again with the new src/split.py."
    )


# What the data are


def _clinic(seed: int, size: int = PATIENTS) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Patients and their visits.

    Whether patients come is a habit of theirs, which neither age nor distance tells. A model that
    meets a patient again recognises the habit by them.
    """
    source = random.Random(seed)
    patients = [
        {
            "patient": f"P{number:03}",
            "age": source.randint(18, 90),
            "distance_km": round(source.uniform(0.3, 25), 1),
        }
        for number in range(1, size + 1)
    ]
    habits = {each["patient"]: 0.92 if source.random() < 0.4 else 0.06 for each in patients}
    first = date(2025, 1, 2)
    visits: list[dict[str, Any]] = []
    for each in patients:
        for _ in range(source.randint(7, 13)):
            visits.append(
                {
                    "visit": 0,
                    "day": (first + timedelta(days=source.randrange(178))).isoformat(),
                    "patient": each["patient"],
                    "lead_days": source.randint(0, 30),
                    "reminder": int(source.random() < 0.5),
                    "no_show": int(source.random() < habits[each["patient"]]),
                }
            )
    visits.sort(key=lambda visit: visit["day"])
    for number, visit in enumerate(visits, start=1):
        visit["visit"] = number
    return patients, visits


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _frame(visits: list[dict[str, Any]]) -> pd.DataFrame:
    """Visits as a data frame whose index is not the row number, as after reading several files."""
    import pandas as pd

    return pd.DataFrame(visits, index=range(1000, 1000 + len(visits)))


def _summary(visits: pd.DataFrame) -> dict[str, float]:
    return {
        "visits": len(visits),
        "patients": visits["patient"].nunique(),
        "no_show_rate": float(visits["no_show"].mean()),
    }


# What the learner has submitted


class _Run:
    """A run with other visits than the clinic's, for ``summarise``."""

    def __init__(self, visits: pd.DataFrame) -> None:
        self.input_datasets = {"visits": _Table(visits)}
        self.logged: dict[str, Any] = {}

    def log(self, name: str, value: Any, description: str = "", step: int | None = None) -> None:
        self.logged[name] = value


class _Table:
    def __init__(self, visits: pd.DataFrame) -> None:
        self._visits = visits

    def to_pandas_dataframe(
        self, on_error: str = "null", out_of_range_datetime: str = "null"
    ) -> pd.DataFrame:
        return self._visits.copy()


def _last(work: Work, experiment: str, help: str) -> Job:
    """The job of an experiment that was submitted last."""
    jobs = work.workspace.jobs(experiment)
    assert jobs, f"Nothing has been submitted to the experiment {experiment} yet. {help}"
    return jobs[0]


def _has_ended_well(job: Job) -> None:
    if job.status == "Completed":
        return
    error = (job.state.error or {}).get("message") or ""
    said = [line.strip() for line in job.log().splitlines() if line.strip()]
    last = (said[-1] if said else error.strip()).rstrip(".")
    raise AssertionError(
        f"The run {job.id} is {job.status}, not Completed. "
        + (f"The end of its log: {last}." if last else "")
    )


def _has_counted(work: Work, job: Job) -> None:
    _has_ended_well(job)
    expected = len(_clinic(7)[1])
    found = work.workspace.logged(job.id).get("visits")
    assert found == expected, (
        f"The run {job.id} counted {found} visits; the folder `visits` of the datastore has {expected}. "
        "Which folder did the script get? Its log says it."
    )


def _compare(logged: dict[str, Any], expected: dict[str, float], who: str) -> None:
    for name, value in expected.items():
        assert name in logged, f"{who} logs no `{name}`. `run.log` takes a name and a number."
        found = logged[name]
        try:
            near = abs(float(found) - value) < 1e-3
        except (TypeError, ValueError):
            near = False
        assert near, f"{who} logs {found} as `{name}`; the visits give {value:.4g}."


def _scores(work: Work, job: Job) -> dict[str, Any]:
    """What train.py wrote to its output; empty if it wrote nothing."""
    import json

    from dp100.standin.engine.data import uris
    from dp100.standin.engine.errors import EngineError

    try:
        place = uris.locate(work.workspace.ws, job.state.outputs["scores"])
        found: dict[str, Any] = json.loads((place / "scores.json").read_text(encoding="utf-8"))
    except (EngineError, KeyError, OSError, ValueError):
        return {}
    return found


def _parted(function: Any, visits: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    try:
        train, test = function(visits.copy(), seed=seed)
        assert {"visit", "patient"} <= set(train.columns) & set(test.columns)
    except Exception as error:
        what = str(error).splitlines()[0] if str(error) else "it does not return two data frames of visits"
        if isinstance(error, KeyError | IndexError):
            what += "; splitters give row numbers, which `iloc` takes, while `loc` takes labels"
        raise AssertionError(
            f"split(visits, seed={seed}) cannot be used: {what}. It returns train and test."
        ) from error
    return train, test
