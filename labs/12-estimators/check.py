"""Checks of the lab "Estimators and ScriptRunConfig"."""

from __future__ import annotations

import csv
import itertools
import math
import random
import re
from typing import Any

from dp100.labs.work import Seen, Work
from dp100.standin.engine.compute import compute
from dp100.standin.engine.data import datastores, transfer
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.environments import conda

DATA = "data/milk.csv"
CLUSTER, CURATED = "cpu-cluster", "AzureML-sklearn-1.5"
ESTIMATOR, SKLEARN, CONFIG, COMMAND = "milk-estimator", "milk-sklearn", "milk-config", "milk-command"
STRENGTH = 0.5
FOUND = 0.6  # recall that only the balanced model reaches


def prepare(work: Work) -> None:
    """600 deliveries, of which one in fourteen spoils; and the dataset and the cluster that the scripts name."""
    chance = random.Random(7)
    file = work.folder / DATA
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="", encoding="utf-8") as opened:
        table = csv.writer(opened, lineterminator="\n")
        table.writerow(["delivery", "temperature", "hours", "cells", "spoiled"])
        for number in range(600):
            temperature = max(1.5, chance.gauss(4.5, 1.2))  # Celsius, on the truck
            hours = chance.uniform(2, 30)  # since milking
            cells = chance.lognormvariate(5.2, 0.4)  # thousand in a millilitre
            risk = 1.2 * (temperature - 4.5) + 0.12 * (hours - 16) + 0.006 * (cells - 190) - 4.0
            spoiled = int(chance.random() < 1 / (1 + math.exp(-risk)))
            table.writerow([number + 1, f"{temperature:.1f}", f"{hours:.1f}", round(cells), spoiled])
    ws = work.workspace.ws
    compute.create(ws, CLUSTER, "AmlCompute", size="Standard_DS3_v2", max_nodes=2, exist_ok=True)
    store = datastores.default(ws)
    transfer.upload(ws, store, str(file), "milk", overwrite=True)
    assets = AssetStore(ws, "data")
    if "milk" not in assets.names():
        places = [{"datastore": store.name, "path": f"milk/{file.name}"}]
        source = {"type": "files", "paths": places, "options": {}}
        assets.create("milk", None, {"v1": {"definition": {"kind": "file", "source": source, "steps": []}}})


def estimator_has_run(work: Work) -> None:
    """The newest run of milk-estimator has completed with its arguments, in an environment with scikit-learn."""
    job = _newest(work.workspace, ESTIMATOR, "run_estimator.py", "v1")
    _has_completed(job)
    packages = _packages(work.workspace, job)
    assert "scikit-learn" in packages, (
        f"The environment of {job.id} has no scikit-learn, only {', '.join(sorted(packages)) or 'no package'}. Here it "
        "ran all the same, in your own Python; in the cloud the import would fail. The argument is `conda_packages`."
    )
    assert not _curated(job), (
        f"{job.id} ran in an environment that brings its own scikit-learn. This step is about the generic `Estimator`, "
        "whose packages you name."
    )
    _has_arguments(job, balanced=True)
    _has_learned(work.workspace, job, balanced=True)


def sklearn_estimator_has_run(work: Work) -> None:
    """The newest run of milk-sklearn has completed in the environment that the class SKLearn makes."""
    job = _newest(work.workspace, SKLEARN, "run_sklearn.py", "v1")
    _has_completed(job)
    packages = _packages(work.workspace, job)
    pin = packages.get("scikit-learn") or "of any version"
    brought = f"with scikit-learn {pin}" if "scikit-learn" in packages else "without scikit-learn"
    assert pin == "0.20.3", (
        f"{job.id} ran in an environment {brought}. "
        "`SKLearn` of `azureml.train.sklearn` brings 0.20.3 along, if you name neither packages nor an environment."
    )
    _has_arguments(job, balanced=True)
    _has_learned(work.workspace, job, balanced=True)


def configs_have_run(work: Work) -> None:
    """In milk-config a run with the flag and one without have completed, in the curated environment."""
    seen = work.workspace
    _newest(seen, CONFIG, "run_config.py", "v1")
    pair = seen.jobs(CONFIG)[:2]  # what was submitted before is an earlier attempt
    for job in pair:
        balanced = "--balanced" in _words(job)
        _has_completed(job)
        assert _curated(job), (
            f"{job.id} ran in {job.spec.environment or 'an environment of its own'}. Get {CURATED} with "
            "`Environment.get`, and hand it to the ScriptRunConfig as `environment`."
        )
        _has_arguments(job, balanced=balanced)
        _has_learned(seen, job, balanced=balanced)
    flags = {"--balanced" in _words(job) for job in pair}
    assert len(flags) == 2, (
        f"The newest runs of {CONFIG} are all {'with' if True in flags else 'without'} the flag --balanced. Submit "
        "two: the flag is in the list of arguments of one, and not in that of the other."
    )


def command_has_run(work: Work) -> None:
    """The newest job of milk-command has completed, with data and strength as inputs, and has logged with MLflow."""
    job = _newest(work.workspace, COMMAND, "run_command.py", "v2")
    _has_completed(job)
    inputs = job.spec.inputs
    assert any(isinstance(given, dict) and given.get("path") for given in inputs.values()), (
        f"{job.id} has no input with a file. Declare `milk` as an `Input` of the type uri_file, with its path."
    )
    values = [given.get("value") if isinstance(given, dict) else given for given in inputs.values()]
    assert any(_same(value) for value in values), (
        f"{job.id} has no input with the value {STRENGTH}. As an input, the strength is recorded with the job: "
        f'`inputs={{"milk": ..., "strength": {STRENGTH}}}`.'
    )
    line = str(job.spec.command)
    assert "train_mlflow.py" in line, (
        f"The command of {job.id} does not run train_mlflow.py: {line}. The other script needs SDK v1."
    )
    for name in inputs:
        assert re.search(r"\$\{\{\s*inputs\." + re.escape(name) + r"\s*\}\}", line), (
            f"The command of {job.id} does not use `${{{{inputs.{name}}}}}`, though it is declared: {line}"
        )
    assert "--balanced" in _words(job), (
        f"The command of {job.id} has no --balanced. A flag is simply written into the line: {line}"
    )
    assert _curated(job), (
        f"{job.id} ran in {job.spec.environment}. Name the curated environment: `azureml:{CURATED}@latest`."
    )
    _ran_on_cluster(job)
    _has_learned(work.workspace, job, balanced=True)


def _newest(seen: Seen, experiment: str, file: str, sdk: str) -> Any:
    jobs = seen.jobs(experiment)
    assert jobs, (
        f"Nothing was submitted to the experiment {experiment} yet. {file} should do so; read what running it prints."
    )
    job = jobs[0]
    assert job.spec.sdk.startswith("v1") == (sdk == "v1"), (
        f"The newest run of {experiment} was submitted with SDK {job.spec.sdk}. This step is about {sdk}."
    )
    return job


def _has_completed(job: Any) -> None:
    lines = job.log().strip().splitlines()
    assert job.status == "Completed", (
        f"{job.id} is {job.status}. Its log ends with: {lines[-1][:200] if lines else '(nothing)'}"
    )


def _has_arguments(job: Any, *, balanced: bool) -> None:
    """The script got the data, the strength and, if it is to, the flag."""
    words = _words(job)
    assert job.spec.inputs, (
        f"{job.id} has no dataset as its input. `--data` should get `milk.as_named_input(...)`, downloaded or mounted."
    )
    after = dict(itertools.pairwise(words))
    assert _same(after.get("--strength")), (
        f"{job.id} got {after.get('--strength', 'nothing')} as --strength, and should have got {STRENGTH}. "
        f"Its arguments: {' '.join(words) or 'none'}"
    )
    assert not balanced or "--balanced" in words, (
        f"{job.id} did not get --balanced. In `script_params` a flag has an empty text as its value. Its arguments: "
        f"{' '.join(words)}"
    )
    _ran_on_cluster(job)


def _ran_on_cluster(job: Any) -> None:
    assert job.spec.compute == CLUSTER, (
        f"{job.id} ran on {job.spec.compute}. Name the cluster `{CLUSTER}`: `compute_target` in v1, `compute` in v2."
    )


def _has_learned(seen: Seen, job: Any, *, balanced: bool) -> None:
    """What was logged is what the script finds in the data."""
    logged = seen.logged(job.id)
    recall = logged.get("recall")
    assert isinstance(recall, int | float), (
        f"{job.id} has logged no recall. The scripts in src do; leave them as they are, and let the run be theirs."
    )
    assert (recall >= FOUND) == balanced, f"{job.id} finds {recall:.0%} of the spoiled milk. " + (
        "With --balanced it should be most of it: hand over all deliveries and the flag."
        if balanced
        else "Without --balanced it should be much less; leave train.py as it is."
    )


def _packages(seen: Seen, job: Any) -> dict[str, str | None]:
    """Version by name of the packages in the job's environment; None where none is given."""
    given = job.spec.environment
    if isinstance(given, str) and ":" in given:
        name, _, version = given.rpartition(":")
        given = dict(seen.environment(name, version).spec)
    return {package.name: package.pin for package in conda.packages(given)} if isinstance(given, dict) else {}


def _curated(job: Any) -> bool:
    return str(job.spec.environment).rpartition(":")[0].casefold() == CURATED.casefold()


def _words(job: Any) -> list[str]:
    """The arguments of the job, word by word."""
    command = job.spec.command
    words = list(command) if isinstance(command, list) else str(command or "").split()
    return [part for word in (*words, *job.spec.arguments) for part in re.split(r"=", str(word), maxsplit=1)]


def _same(value: Any) -> bool:
    try:
        return math.isclose(float(value), STRENGTH)
    except (TypeError, ValueError):
        return False
