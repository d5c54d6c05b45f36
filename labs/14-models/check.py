"""Checks of the lab "Register models"."""

from __future__ import annotations

import csv
import math
import random
from pathlib import Path
from typing import Any

from dp100.labs.work import Seen, Work
from dp100.standin.engine.models import registry

MODEL = "runs-empty"
EXPERIMENT = "runs-empty"
METRIC = "accuracy_november"
OTHER = ("returns-late", "auc")
MONTHS = {
    # temperature: mean and spread; rain: mean; then how temperature, rain, bikes and working days weigh
    "may": (17.0, 4.0, -0.5, (0.56, -0.5, -0.24, 0.2)),
    "november": (6.0, 3.0, 0.6, (0.0, 0.35, -0.30, 2.6)),
}


def prepare(work: Work) -> None:
    """Two months of twelve stations, between which the world changed, and another team's model."""
    chance = random.Random(14)
    folder = work.folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for month, (mean, spread, wet, weights) in MONTHS.items():
        with (folder / f"{month}.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["day", "station", "temperature", "rain", "bikes", "workday", "empty"])
            for day in range(1, 31):
                temperature, rain = chance.gauss(mean, spread), max(0.0, chance.gauss(wet, 1.5))
                workday = int(day % 7 not in (3, 4))
                for station in range(1, 13):
                    bikes = chance.randint(4, 28)
                    # In May warm days empty the stations, in November working days.
                    values = (temperature - 15, rain, bikes - 13, workday - 0.6)
                    odds = sum(weight * value for weight, value in zip(weights, values, strict=True))
                    empty = int(chance.random() < 1 / (1 + math.exp(-odds)))
                    table.writerow([day, station, f"{temperature:.1f}", f"{rain:.1f}", bikes, workday, empty])
    _another_team(work.workspace, work.folder / "data" / "may.csv")


def _another_team(seen: Seen, file: Path) -> None:
    """Four versions of another model: the newest is not the best, and one comes from no run."""
    name, metric = OTHER
    for number, score in enumerate((0.71, 0.84, 0.79, None), start=1):
        run_id = None
        if score is not None:
            run_id = seen.tracking.create_run(name, f"returns_late_{number:08d}", f"try {number}").id
            seen.tracking.log_metrics(run_id, {metric: score})
            seen.tracking.set_status(run_id, "Completed")
        tags = {"auc": "0.95"} if score is None else {}
        registry.register(seen.ws, name, file, run_id=run_id, tags=tags)


def file_is_registered(work: Work) -> None:
    """A version registered from a file has its tags, its framework and a model that knows May."""
    model = _version(
        work.workspace,
        lambda one: one.tags.get("trained_on") == "may",
        "the tag trained_on = may",
        "from_file.py",
        "`Model.register(ws, model_path=..., model_name=..., tags={...})`",
    )
    assert model.framework == "ScikitLearn", (
        f"Version {model.version} has the framework {model.framework or '(none)'}. `Model.Framework` has the names; "
        "hand one over as `model_framework`."
    )
    right = _accuracy(work, model, "may")
    told = _number(model.tags.get("accuracy_may"))
    assert math.isclose(told, right, abs_tol=0.006), (
        f"The tag accuracy_may of version {model.version} is {model.tags.get('accuracy_may', '(missing)')}; "
        "its file is right on "
        f"{right:.3f} of May's last days. Tags are text: `str(on_may)`."
    )
    _ran_well(work)


def run_output_is_registered(work: Work) -> None:
    """A version comes from a run of the experiment that logged both accuracies of that very model."""
    seen = work.workspace
    jobs = {job.id for job in seen.jobs()}
    model = _version(
        seen,
        lambda one: one.tags.get("trained_on") == "may and november",
        "the tag trained_on = may and november",
        "from_run.py",
        "`run.register_model(model_name=..., model_path=..., tags={...})`",
    )
    assert model.run_id and model.run_id not in jobs, (
        f"Version {model.version} does not know the run it comes from. `Model.register` takes a file of this "
        "machine; "
        "`run.register_model` one of the run's files, and keeps the run with it."
    )
    run = seen.run(model.run_id)
    assert run.experiment == EXPERIMENT, f"Version {model.version} comes from a run of {run.experiment}."
    for month in MONTHS:
        right, said = _accuracy(work, model, month), run.metrics.get(f"accuracy_{month}")
        assert said is not None and math.isclose(said, right, abs_tol=0.006), (
            f"The run of version {model.version} says accuracy_{month} is {said}; the registered file is right on "
            f"{right:.3f}. Upload the file of the model that was measured."
        )
    _ran_well(work)


def job_output_is_registered(work: Work) -> None:
    """A version is an MLflow model, registered from the artifacts of a completed job."""
    seen = work.workspace
    model = _version(
        seen,
        lambda one: one.tags.get("trained_on") == "november",
        "the tag trained_on = november",
        "from_job.py",
        "`ml_client.models.create_or_update(Model(name=..., path=..., type=..., tags={...}))`",
    )
    assert model.type == "mlflow_model", (
        f"Version {model.version} is a {model.type}, the default. With `type=AssetTypes.MLFLOW_MODEL` it can be "
        "deployed without a scoring script."
    )
    jobs = {job.id: job for job in seen.jobs(EXPERIMENT)}
    assert model.run_id in jobs, (
        f"Version {model.version} does not lead back to a job. The path of a job's artifacts is "
        "`azureml://jobs/<name>/outputs/artifacts/paths/<folder>/`; a downloaded copy would have lost its origin."
    )
    job = jobs[model.run_id]
    assert job.status == "Completed", (
        f"The job {job.id}, which version {model.version} comes from, is {job.status}."
    )
    assert (model.path / "MLmodel").is_file(), (
        f"Version {model.version} has no file MLmodel at its top. The path has to end with the folder `model`."
    )
    _ran_well(work)


def best_version_is_found(work: Work) -> None:
    """`best_version` gives version and run of the best, for two models and metrics."""
    function = work.load("history.py").get("best_version")
    assert callable(function), (
        "history.py has no function `best_version` any more. Keep it: the check calls it."
    )
    seen = work.workspace
    for name, metric in ((MODEL, METRIC), OTHER):
        call = f'best_version("{name}", "{metric}")'
        scores, shown = _scores(seen, name, metric, archived=True), _scores(seen, name, metric)
        assert scores, (
            f"No version of {name} comes from a run that logged {metric}. Finish the steps before this one, "
            "or undo what "
            "took the versions away."
        )
        try:
            said = function(name, metric)
        except (Exception, SystemExit) as error:
            raise AssertionError(f"{call} stops with {type(error).__name__}: {error}") from error
        pair = tuple(said) if isinstance(said, tuple | list) else ()
        assert len(pair) == 2 and pair[0], (
            f"{call} returns {said!r}; it should return the version and the id of its run. `Model.list(ws, name)` "
            "gives the versions, and `model.run` the run of each."
        )
        version, run_id = _number(pair[0]), str(pair[1])
        assert version in scores, (
            f"{call} chooses version {pair[0]}, which comes from no run that has logged {metric}. What a tag "
            "says of a model "
            "nobody has measured; ask the run."
        )
        # Whether archived versions are looked at is left to the learner.
        best = max(shown or scores, key=lambda one: scores[one][1])
        tops = {max(score for _, score in each.values()) for each in (scores, shown) if each}
        assert scores[version][1] in tops, (
            f"{call} chooses version {version:g} with {scores[version][1]:.3f}; version {best:g} has "
            f"{scores[best][1]:.3f}. The newest is not always the best."
        )
        assert run_id == scores[version][0], (
            f"{call} says that version {version:g} comes from the run {run_id or '(nothing)'}; it comes from "
            f"{scores[version][0]}. A model has it as `run_id`."
        )
    _in_production(seen)
    _ran_well(work)


def others_are_archived(work: Work) -> None:
    """Of all versions only the best is not archived, it is in production, and none was deleted."""
    seen = work.workspace
    best = _in_production(seen)
    models = {model.version: model for model in seen.models(MODEL)}
    left = sorted(version for version, one in models.items() if not one.archived and version != best.version)
    assert not left, (
        f"{_versions(left)} of {MODEL} can still be seen beside version {best.version}, the best. "
        "`ml_client.models.archive(name, version=...)` hides one version."
    )
    gone = sorted(set(range(1, max(models) + 1)) - set(models))
    assert not gone, (
        f"{_versions(gone)} of {MODEL}: deleted. Archiving hides a version and keeps it: what was "
        "in use can "
        "still be traced, and restored. Run the steps before this one again to have versions to archive."
    )
    _ran_well(work)


def _ran_well(work: Work) -> None:
    """What holds from an earlier run does not excuse a file that now fails."""
    assert work.ran is None or work.ran.ok, (
        "All that is asked for is there, but from an earlier run. The last one ended with an error: mend it."
    )


def _in_production(seen: Seen) -> Any:
    """The newest version in sight with the tag stage = production, if it is a best one."""
    models = seen.models(MODEL)
    scores = _scores(seen, MODEL, METRIC, archived=True)
    assert scores, (
        f"No version of {MODEL} comes from a run that logged {METRIC}. Finish the steps before this one."
    )
    production = [one for one in models if one.tags.get("stage") == "production"]
    tagged = [one for one in production if not one.archived]
    assert tagged or not production, (
        f"Version {production[0].version} has the tag stage = production, but is archived. `ml_client.models.restore` "
        "brings a version back; if the whole model was archived, restore it without `version` as well."
    )
    assert tagged, (
        f"No version of {MODEL} in sight has the tag stage = production. `Model(ws, name, version=...)` gets "
        "a version, "
        "and `add_tags` of it takes a dictionary."
    )
    top = max(score for _, score in (_scores(seen, MODEL, METRIC) or scores).values())
    wrong = [one for one in tagged if scores.get(float(one.version), ("", -1.0))[1] < top]
    assert not wrong, (
        f"Version {wrong[0].version} has the tag stage = production, but is not the best in November. Use what "
        "`best_version` returns, and take the tag from the other: `remove_tags([...])`."
    )
    return max(tagged, key=lambda one: int(one.version))


def _version(seen: Seen, fits: Any, what: str, file: str, call: str) -> Any:
    """The newest version that fits; archived ones too, for a later step archives."""
    models = seen.models(MODEL)
    found = sorted((model for model in models if fits(model)), key=lambda model: model.version)
    assert found, (
        f"None of the {len(models)} versions of {MODEL} has {what}."
        if models
        else f"There is no model {MODEL} yet."
    ) + f" {file} registers it: {call}."
    return found[-1]


def _scores(seen: Seen, name: str, metric: str, *, archived: bool = False) -> dict[float, tuple[str, float]]:
    """Run and metric by version, of the versions that have both and are in sight, or of archived ones too."""
    found = {}
    for model in seen.models(name):
        if model.run_id and (archived or not model.archived):
            value = seen.run(model.run_id).metrics.get(metric)
            if value is not None:
                found[float(model.version)] = (model.run_id, value)
    return found


def _accuracy(work: Work, model: Any, month: str) -> float:
    """How often the registered file is right in the last third of a month."""
    import joblib

    rows = work.rows(f"data/{month}.csv")
    late = rows[len(rows) * 2 // 3 :]
    features = [[float(row[name]) for name in ("temperature", "rain", "bikes", "workday")] for row in late]
    files = [model.path] if model.path.is_file() else sorted(model.path.rglob("*.pkl"))
    assert files, f"Version {model.version} holds no file model.pkl. Register outputs/model.pkl."
    try:
        said = joblib.load(files[0]).predict(features)
    except Exception as error:
        raise AssertionError(
            f"The file of version {model.version} is no model that predicts from the four features "
            f"({type(error).__name__}). Register what `joblib.dump` wrote."
        ) from error
    return sum(int(one) == int(row["empty"]) for one, row in zip(said, late, strict=True)) / len(late)


def _versions(numbers: list[int]) -> str:
    return f"Version{'s' * (len(numbers) != 1)} {', '.join(map(str, numbers))}"


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan
