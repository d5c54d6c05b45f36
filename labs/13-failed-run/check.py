"""Checks of the lab "A run that fails"."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import random
from collections import Counter
from typing import Any

from dp100.labs.work import Seen, Work
from dp100.standin.engine.environments import conda

DATA = "data/readings.csv"
EXPECTED = 120
STANDARD_LOG = "user_logs/std_log.txt"


def prepare(work: Work) -> None:
    """Five days of readings from four cold rooms, and the report that failed last night."""
    chance = random.Random(13)
    first = dt.datetime(2025, 3, 3)
    target = work.folder / DATA
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["room", "time", "temperature"])
        for hour in range(EXPECTED):
            at = first + dt.timedelta(hours=hour)
            for room, usual in (("A", 4.2), ("B", 5.1), ("C", 4.6), ("D", 5.4)):
                # Room C was off the network one night. Room B loses its sensor now and then.
                if room == "C" and 50 <= hour < 57:
                    continue
                day = 0.8 * math.sin((at.hour - 9) / 24 * 2 * math.pi)
                text = f"{max(0.5, usual + day + chance.gauss(0, 0.9)):.1f}"
                if room == "B" and hour % 11 == 5:
                    text = "n/a" if hour % 2 else ""
                table.writerow([room, at.isoformat(timespec="minutes"), text])
    _last_night(work)


def _last_night(work: Work) -> None:
    """Run the report as it was last night. It fails, and that is what the learner looks into."""
    from azureml.core import Dataset, Experiment, ScriptRunConfig, Workspace

    ws = Workspace.from_config(str(work.folder / "config.json"))
    store = ws.get_default_datastore()
    store.upload_files([str(work.folder / DATA)], target_path="readings", overwrite=True, show_progress=False)
    readings = Dataset.File.from_files((store, "readings/*.csv"))
    config = ScriptRunConfig(
        source_directory=str(work.folder / "nightly"),
        script="report.py",
        arguments=["--data", readings.as_named_input("readings").as_download()],
        compute_target="local",
    )
    run = Experiment(ws, "nightly").submit(config)
    run.wait_for_completion(raise_on_error=False)


def arguments_are_known(work: Work) -> None:
    """The newest counting job got past its argument parser, and was told to expect 120 readings."""
    job = _newest(work.workspace, "cold-rooms", "count.yml")
    exception = _exception(job)
    assert "unrecognized arguments" not in job.log() and "are required" not in job.log(), (
        f"The newest job says: {exception}. The names in `command` must be those that count.py gives to "
        "`add_argument`; open it and compare."
    )
    assert f"expecting {EXPECTED} readings" in job.log(), (
        f"The newest job was not told how many readings to expect: each room should have {EXPECTED}, one an hour "
        "for five days. Its log says: " + _first(job.log())
    )


def data_is_an_input(work: Work) -> None:
    """The newest counting job has completed, with the readings as an input and the right counts as output."""
    job = _newest(work.workspace, "cold-rooms", "count.yml")
    paths = [given for given in job.spec.inputs.values() if isinstance(given, dict) and given.get("path")]
    assert job.status == "Completed", (
        f"The newest job is {job.status}: {_exception(job)}. A job gets a copy of the folder that `code` names, "
        "nothing beside it. Files come to it as `inputs`."
    )
    files = work.workspace.artifacts(job.id)
    assert "outputs/summary.json" in files, (
        f"The job has left no outputs/summary.json, only {', '.join(files) or 'nothing'}. Let it run count.py."
    )
    try:
        summary = json.loads(work.workspace.artifact(job.id, "outputs/summary.json").read_bytes())
    except ValueError:
        summary = None
    readings = Counter(row["room"] for row in work.rows(DATA))
    short = {room: EXPECTED - n for room, n in sorted(readings.items()) if n < EXPECTED}
    assert summary == {"readings": readings.total(), "missing": short}, (
        f"The job's summary is {summary}; the data have {readings.total()} readings, and lack {short}. Hand over "
        f"{DATA} and expect {EXPECTED}."
    )
    assert paths, (
        "The job found the file, but not as an input: a path of your own disk, or data in the code folder, travels "
        "badly to the cloud. Declare an input of type uri_file and use `${{inputs.NAME}}` in the command."
    )
    _ran_well(work)


def environment_is_mended(work: Work) -> None:
    """The newest alarm job has completed, without a warning, in an environment that has PyYAML."""
    job = _newest(work.workspace, "cold-alarms", "alarms.yml")
    assert job.status == "Completed", f"The newest job is {job.status}: {_exception(job)}."
    lacking = [warning for warning in job.state.warnings if "does not have" in warning]
    assert not lacking, (
        f"The log begins with: {lacking[0].split('. ')[0]}. Here the job ran anyway, in your own Python; in "
        "the cloud "
        "the image could not be built, or the import would fail. How is the package called that brings `import yaml`?"
    )
    packages = {package.name for package in conda.packages(_environment(work.workspace, job))}
    assert "pyyaml" in packages, (
        "The warning is gone, but so is the package: alarms.py does `import yaml`, and the environment of "
        "the job has "
        f"{', '.join(sorted(packages)) or 'no package'}. In the cloud that is a ModuleNotFoundError."
    )
    _ran_well(work)


def failure_is_read(work: Work) -> None:
    """findings.json tells of a failed nightly run what its log says, and the folder `case` holds that log."""
    seen = work.workspace
    failed = {job.id: job for job in seen.jobs("nightly") if job.status == "Failed"}
    assert (work.folder / "findings.json").is_file(), (
        "There is no findings.json yet. investigate.py writes it at its end; what it printed says why it did "
        "not get there."
    )
    findings = work.json("findings.json")
    assert isinstance(findings, dict) and findings.get("run"), (
        "findings.json names no run. `experiment.get_runs()` gives the runs, the newest first; `run.get_status()` "
        "tells which have failed, and `run.id` is what to write down."
    )
    job = failed.get(str(findings["run"]))
    assert job is not None, (
        f"findings.json names the run {findings['run']}, which is no failed run of the experiment nightly. "
        f"The newest that failed is {next(iter(failed), 'none')}."
    )
    assert findings.get("status") == "Failed", (
        f"findings.json says the run is {findings.get('status') or '(nothing)'}. "
        "The details of a run have its `status`."
    )
    last = job.log().strip().splitlines()[-1]
    said = str(findings.get("exception") or "")
    assert last in said, (
        f"findings.json gives as exception: {said[:80] or '(nothing)'}. The traceback ends with another line. In "
        f'`get_details_with_logs()["logFiles"]` the text of the script\'s log is under "{STANDARD_LOG}".'
    )
    kept = [path for path in sorted((work.folder / "case").rglob("*")) if path.is_file()]
    assert kept, (
        "The folder `case` holds no logs. `run.get_all_logs(destination=...)` writes them to a folder, so "
        "that you can "
        "send them to somebody."
    )
    assert any(last in path.read_text(encoding="utf-8", errors="replace") for path in kept), (
        f"None of the {len(kept)} files in `case` has the traceback of {job.id}. Let `get_all_logs` of the "
        "failed run "
        "write there."
    )
    _ran_well(work)


def data_fault_is_mended(work: Work) -> None:
    """`number` knows what is no number, and the newest nightly run has the means without the missing readings."""
    number = work.load("nightly/report.py").get("number")
    assert callable(number), (
        "nightly/report.py has no function `number` any more. Keep it: the check calls it."
    )
    for text, expected in (("4.5", 4.5), ("0.0", 0.0), ("-1.25", -1.25), ("n/a", None), ("", None)):
        try:
            value = number(text)
        except Exception as error:
            raise AssertionError(
                f"number({text!r}) raises {type(error).__name__}: {error}. Both texts that stand for no reading, "
                '"n/a" and the empty one, should give None.'
            ) from error
        assert value == expected and (value is None) == (expected is None), (
            f"number({text!r}) gives {value!r}; it should give {expected!r}."
            + (" A 0 for what was not measured would pull the mean down." if value == 0 else "")
        )
    try:
        value = number("warm")
    except Exception:
        value = "an error"
    assert value == "an error", (
        f"number('warm') gives {value!r}. Only texts that are known to stand for no reading give None; one that "
        "nobody knows should stop the report, so let `float` raise."
    )
    seen = work.workspace
    job = _newest(seen, "nightly", "nightly.py")
    assert job.status == "Completed", (
        f"The newest nightly run is {job.status}: {_exception(job)}. Look into its log again: a fault that is mended "
        "often shows the next one."
    )
    temperatures: dict[str, list[float]] = {}
    missing = 0
    for row in work.rows(DATA):
        if row["temperature"] in ("", "n/a"):
            missing += 1
        else:
            temperatures.setdefault(row["room"], []).append(float(row["temperature"]))
    logged = seen.logged(job.id)
    for room, values in sorted(temperatures.items()):
        mean, said = sum(values) / len(values), logged.get(f"mean {room}")
        assert isinstance(said, int | float) and math.isclose(said, mean, abs_tol=1e-3), (
            f"The run logged {said!r} as the mean of room {room}; without the missing readings it is {mean:.3f}. "
            "Leave them out of the sum and of the count."
        )
    assert logged.get("missing") == missing, (
        f"The run logged {logged.get('missing')!r} readings without a temperature; there are {missing}. Count each "
        "`None`. Rows that are left out silently are a fault of tomorrow."
    )
    _ran_well(work)


def outputs_are_fetched(work: Work) -> None:
    """The folder `got` holds the summary and the log of a counting job that completed."""
    seen = work.workspace
    jobs = [job for job in seen.jobs("cold-rooms") if job.status == "Completed"]
    assert jobs, (
        "No job of the experiment cold-rooms has completed yet, so there is nothing to fetch. Mend count.yml first "
        "(step 2)."
    )
    job = jobs[0]
    kept = [path for path in sorted((work.folder / "got").rglob("*")) if path.is_file()]
    assert kept, (
        "The folder `got` holds nothing. `ml_client.jobs.download(name, download_path=...)` writes a job's logs and "
        "files there."
    )
    for name, what in ((STANDARD_LOG, "log"), ("outputs/summary.json", "summary")):
        found = [path for path in kept if path.as_posix().endswith(name)]
        assert found, (
            f"`got` has no {name}. Download the job itself, not one of its outputs: "
            "`ml_client.jobs.download(name, download_path=...)`."
        )
        own = (
            job.log().encode()
            if what == "log"
            else seen.artifact(job.id, name).read_bytes()
            if name in seen.artifacts(job.id)
            else b""
        )
        assert any(_text(path.read_bytes()) == _text(own) for path in found), (
            f"The {what} in `got` is not that of {job.id}, the newest completed job of cold-rooms. "
            "Choose by experiment, status and time."
        )
    _ran_well(work)


def _ran_well(work: Work) -> None:
    """What holds from an earlier run does not excuse a file that now fails."""
    assert work.ran is None or work.ran.ok, (
        "All that is asked for is there, but from an earlier run. The last one ended with an error: mend it."
    )


def _newest(seen: Seen, experiment: str, file: str) -> Any:
    jobs = seen.jobs(experiment)
    assert jobs, (
        f"No job was submitted to the experiment {experiment} yet. {file} names it; run the step, and read what is "
        "printed if nothing is submitted."
    )
    return jobs[0]


def _environment(seen: Seen, job: Any) -> dict[str, Any]:
    given = job.spec.environment
    if isinstance(given, str) and ":" in given:
        name, _, version = given.rpartition(":")
        return dict(seen.environment(name, version).spec)
    return dict(given) if isinstance(given, dict) else {}


def _exception(job: Any) -> str:
    error = job.state.error or {}
    text = str(error.get("exception") or error.get("message") or "its log has no error").strip()
    return _first(text).rstrip(".")


def _first(text: str) -> str:
    lines = text.strip().splitlines() or ["nothing"]
    return lines[0][:200]


def _text(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").strip()
