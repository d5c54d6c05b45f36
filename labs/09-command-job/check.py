"""Checks of the lab "A command job"."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import random
import re
from pathlib import Path
from typing import Any

from dp100.labs.work import Seen, Work
from dp100.standin.engine.compute import compute
from dp100.standin.engine.data import datastores, transfer, uris
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.jobs import bindings, snapshot

DATA = "data/rides.csv"
CLUSTER, OUTPUT, COMPONENT = "cpu-cluster", "model", "fit_rides"
ONE, SEVERAL = "rides", "rides-degrees"
DEGREES = (1, 2, 6)
UNSEEN = "2025-01-01"  # the first day that no curve is fitted to


def prepare(work: Work) -> None:
    """A year of rides: more with each degree, until it is too hot. A few days have lost their temperature."""
    chance = random.Random(7)
    file = work.folder / DATA
    file.parent.mkdir(parents=True, exist_ok=True)
    first = dt.date(2024, 3, 1)
    with file.open("w", newline="", encoding="utf-8") as opened:
        table = csv.writer(opened, lineterminator="\n")
        table.writerow(["date", "temperature", "rides"])
        for number in range(365):
            day = first + dt.timedelta(days=number)
            season = 15 - 12 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 20) / 365)
            # The new year is colder than anything a curve was fitted to.
            temperature = season + chance.gauss(0, 4) - (6 if day.isoformat() >= UNSEEN else 0)
            expected = 250 + 34 * temperature - 0.75 * temperature**2
            rides = max(0, round(chance.gauss(expected, 45)))
            table.writerow([day.isoformat(), "" if chance.random() < 0.03 else f"{temperature:.1f}", rides])
    ws = work.workspace.ws
    compute.create(ws, CLUSTER, "AmlCompute", size="Standard_DS3_v2", max_nodes=2, exist_ok=True)
    _register_for_v1(work, file)


def _register_for_v1(work: Work, file: Path) -> None:
    """The file dataset that last year's code asks for."""
    ws = work.workspace.ws
    store = datastores.default(ws)
    transfer.upload(ws, store, str(file), "rides", overwrite=True)
    places = [{"datastore": store.name, "path": f"rides/{file.name}"}]
    source = {"type": "files", "paths": places, "options": {}}
    definition = {"kind": "file", "source": source, "steps": []}
    assets = AssetStore(ws, "data")
    if "rides" not in assets.names():
        assets.create("rides", None, {"v1": {"definition": definition}})


def yaml_job_has_run(work: Work) -> None:
    """The newest job of the experiment rides has completed on the cluster, with data and degree as inputs."""
    job = _jobs(work.workspace, ONE, "job.yml")[0]
    _is_declared(job)
    assert job.status == "Completed", f"The newest job is {job.status}. Its log ends with: {_last(job.log())}"
    _is_true(work, job, degree=1)
    assert job.spec.compute == CLUSTER, (
        f"The newest job ran on {job.spec.compute}. Without `compute` it is serverless, which is also fine; this lab "
        f"has a cluster: `compute: azureml:{CLUSTER}`."
    )


def degrees_are_compared(work: Work) -> None:
    """For each degree a job of rides-degrees has completed, all with one command and the degree as an input."""
    jobs = _jobs(work.workspace, SEVERAL, "submit.py")
    newest: dict[int, Any] = {}
    _is_declared(jobs[0])
    for job in jobs:
        try:
            _is_declared(job)
            newest.setdefault(_degree(job), job)
        except AssertionError:
            break  # an earlier attempt, and those before it count no more
    for degree in DEGREES:
        assert degree in newest, (
            f"No job of {SEVERAL} has the degree {degree}; there are jobs for {', '.join(map(str, sorted(newest)))}. "
            "Submit one for each of DEGREES."
        )
        job = newest[degree]
        assert job.status == "Completed", (
            f"The job for the degree {degree} is {job.status}. Its log ends with: {_last(job.log())}"
        )
        _is_true(work, job, degree=degree)
        assert job.spec.compute == CLUSTER, (
            f"The job for the degree {degree} ran on {job.spec.compute}. `compute` of `command` names the cluster: "
            f"{CLUSTER}."
        )


def best_is_fetched(work: Work) -> None:
    """best.json names the completed job with the smallest error, and its output was downloaded."""
    done = [job for job in work.workspace.jobs(SEVERAL) if job.status == "Completed"]
    assert done, (
        f"No job of {SEVERAL} has completed yet, so there is nothing to fetch. Do the step before this first."
    )
    found = {job.id: metrics for job in done if (metrics := _metrics(work.workspace, job))}
    assert (work.folder / "best.json").is_file(), (
        "best.json is not there yet. The last line of fetch.py writes it."
    )
    best = work.json("best.json")
    assert isinstance(best, dict), (
        "best.json names no job. Keep the best one in `best` while you go through the jobs: a dict with job, degree "
        "and rmse."
    )
    named = str(best.get("job"))
    assert named in found, (
        f"best.json names the job {named}, which is no completed job of {SEVERAL}. `job.name` is what to write down."
    )
    least = min(each["rmse"] for each in found.values())
    own = found[named]["rmse"]
    assert math.isclose(own, least, rel_tol=1e-6), (
        f"best.json names {named}, whose rmse is {own:.1f}. There is one with {least:.1f}, and less is better."
    )
    degree = found[named].get("degree")
    told = (best.get("degree"), best.get("rmse"))
    right = isinstance(told[1], int | float) and math.isclose(told[1], least, rel_tol=1e-3)
    right = right and str(told[0]) == str(degree)
    assert right, (
        f"best.json says degree {told[0]} and rmse {told[1]}; the metrics.json of {named} says {degree} and "
        f"{least:.1f}. Take both from there."
    )
    # Jobs that were submitted again are as good as those before.
    fetched = {id for id in found if list((work.folder / "fetched" / id).rglob("metrics.json"))}
    advice = (
        f'`ml_client.jobs.download` with `output_name="{OUTPUT}"` writes the output there; without it, you get logs '
        "and artifacts."
    )
    assert named in fetched, f"fetched/{named} has no metrics.json. {advice}"
    lacking = {each.get("degree") for each in found.values()} - {found[id].get("degree") for id in fetched}
    assert not lacking, (
        f"No output was fetched of a job with the degree {min(map(str, lacking))}, so nobody can tell that {degree} is "
        f"best. {advice}"
    )


def component_is_registered(work: Work) -> None:
    """The newest version of the component fit_rides declares types, and has code, command and environment."""
    asset = work.workspace.component(COMPONENT)
    held = dict(asset.spec.get("component") or {})
    label = f"{COMPONENT}:{asset.version}"
    inputs, outputs = (dict(held.get(key) or {}) for key in ("inputs", "outputs"))
    for kind, declared, name, wanted in (
        ("input", inputs, "rides", ("uri_file",)),
        ("input", inputs, "degree", ("integer",)),
        ("output", outputs, OUTPUT, ("uri_folder",)),
    ):
        assert name in declared, (
            f"{label} has no {kind} {name}, only {', '.join(declared) or 'none at all'}. Declare it in component.yml."
        )
        found = dict(declared[name] or {}).get("type")
        assert found in wanted, (
            f"The {kind} {name} of {label} has the type {found}. It should be {wanted[0]}, so that a wrong value is "
            "refused before anything runs."
        )
    command = str(held.get("command"))
    for expression in ("inputs.rides", "inputs.degree", f"outputs.{OUTPUT}"):
        assert re.search(r"\$\{\{\s*" + re.escape(expression) + r"\s*\}\}", command), (
            f"The command of {label} does not use `${{{{{expression}}}}}`, so what is given for it is lost: {command}"
        )
    best = min(DEGREES, key=lambda degree: _expected(work, degree))
    default = dict(inputs["degree"]).get("default")
    assert str(default) == str(best), (
        f"The default of degree is {default if default is not None else 'not set'} in {label}. The best of "
        f"{', '.join(map(str, DEGREES))} was {best}."
    )
    code = re.search(r"[0-9a-f]{32}", str(held.get("code") or ""))
    brought = bool(code) and (snapshot.place(work.workspace.ws, code[0]) / "train.py").is_file()
    assert brought, f"{label} does not bring train.py with it. `code: src` takes the folder along."


def _jobs(seen: Seen, experiment: str, file: str) -> list[Any]:
    jobs = seen.jobs(experiment)
    assert jobs, (
        f"No job was submitted to the experiment {experiment} yet. {file} should do so; read what running it prints."
    )
    return jobs


def _is_declared(job: Any) -> None:
    """The job's data and degree are inputs, its folder is an output, and the command uses them."""
    label = f"The job {job.id}"
    files = [name for name, given in job.spec.inputs.items() if isinstance(given, dict) and given.get("path")]
    assert files, (
        f"{label} has no input with a file. The file is not where the job runs: declare an input of the type uri_file "
        "with its path."
    )
    values = [name for name in job.spec.inputs if name not in files]
    assert values, (
        f"{label} has no input for the degree. As an input it is recorded with the job; in the text of the command it "
        "is lost."
    )
    assert job.spec.outputs, (
        f"{label} has no output, so what the script writes is gone with its node. Declare `{OUTPUT}` among the "
        "outputs, of the type uri_folder."
    )
    assert OUTPUT in job.spec.outputs, (
        f"{label} calls its output {', '.join(job.spec.outputs)}. Call it {OUTPUT}: the next steps ask for that name."
    )
    command = str(job.spec.command)
    for name in (*(f"inputs.{each}" for each in job.spec.inputs), f"outputs.{OUTPUT}"):
        assert re.search(r"\$\{\{\s*" + re.escape(name) + r"\s*\}\}", command), (
            f"The command of {job.id} does not use `${{{{{name}}}}}`, though it is declared: {command}"
        )


def _degree(job: Any) -> int:
    """The degree that the job was given as an input."""
    for given in job.spec.inputs.values():
        value = given.get("value") if isinstance(given, dict) else given
        try:
            return int(str(value))
        except ValueError:
            continue
    raise AssertionError(f"None of the inputs of {job.id} is a whole number. The degree should be one.")


def _is_true(work: Work, job: Any, *, degree: int) -> None:
    """What the job has left is what train.py finds in the data."""
    metrics = _metrics(work.workspace, job)
    assert metrics, (
        f"The output {OUTPUT} of {job.id} has no metrics.json. train.py writes it to the folder that `--out` names: "
        f"`${{{{outputs.{OUTPUT}}}}}`."
    )
    expected = _expected(work, degree)
    right = str(metrics.get("degree")) == str(degree) and math.isclose(
        metrics["rmse"], expected, rel_tol=1e-3
    )
    assert right, (
        f"The job {job.id} found degree {metrics.get('degree')} and rmse {metrics['rmse']:.1f}. With degree {degree} "
        f"and {DATA}, the rmse is {expected:.1f}. Hand over that file and that degree, and leave train.py as it is."
    )


def _metrics(seen: Seen, job: Any) -> dict[str, Any]:
    """The metrics in the job's output; none where there are none."""
    if OUTPUT not in job.spec.outputs:
        return {}
    try:
        folder = uris.locate(seen.ws, bindings.output_uri(seen.ws, job.spec, OUTPUT))
        held = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        return {**held, "rmse": float(held["rmse"])}
    except (EngineError, OSError, ValueError, KeyError, TypeError):
        return {}


def _expected(work: Work, degree: int) -> float:
    """The error that train.py finds for a degree, in the days that no curve was fitted to."""
    import numpy as np

    rows = [row for row in work.rows(DATA) if row["temperature"]]
    temperature, rides = (np.array([float(row[name]) for row in rows]) for name in ("temperature", "rides"))
    seen = np.array([row["date"] < UNSEEN for row in rows])
    curve = np.polynomial.Polynomial.fit(temperature[seen], rides[seen], degree)
    return float(np.sqrt(np.mean((curve(temperature[~seen]) - rides[~seen]) ** 2)))


def _last(log: str) -> str:
    lines = log.strip().splitlines()
    return lines[-1][:200] if lines else "(nothing)"
