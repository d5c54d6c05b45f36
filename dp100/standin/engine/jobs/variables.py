"""The environment of a job: what the service sets, over what the submitter had."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from dp100.standin.engine.jobs import processes
from dp100.standin.engine.jobs.expressions import Values
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.tracking import logged_models
from dp100.standin.engine.tracking.entities import Experiment
from dp100.standin.engine.workspace.principals import VARIABLE
from dp100.standin.engine.workspace.workspace import Workspace

#: Carries the submitter's PYTHONPATH past the supervisor, which needs one of its own.
PYTHONPATH = "DP100_JOB_PYTHONPATH"

_OF_A_RUN = ("AZUREML_", "AZURE_ML_", "MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_")


def of_job(
    ws: Workspace,
    spec: JobSpec,
    experiment: Experiment,
    tracking_uri: str,
    bound: Mapping[str, str],
    base: Mapping[str, str],
) -> dict[str, str]:
    """The variables of a job's processes.

    Args:
        spec: the job, with its name.
        experiment: its experiment.
        tracking_uri: MLflow's.
        bound: variables of its inputs and outputs.
        base: the supervisor's own, which came from the submitter.
    """
    found = submitted(base)
    record = ws.record
    run_id = spec.name or ""
    subscription, group = str(record["subscription_id"]), ws.group
    region = str(record["location"])
    scope = (
        f"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.MachineLearningServices"
        f"/workspaces/{ws.name}"
    )
    found |= {
        processes.RUN_ID: run_id,
        "AZUREML_ROOT_RUN_ID": spec.parent or run_id,
        "AZUREML_ARM_SUBSCRIPTION": subscription,
        "AZUREML_ARM_RESOURCEGROUP": group,
        "AZUREML_ARM_WORKSPACE_NAME": ws.name,
        "AZUREML_ARM_PROJECT_NAME": spec.experiment,
        "AZUREML_EXPERIMENT_NAME": spec.experiment,
        "AZUREML_EXPERIMENT_ID": experiment.id,
        "AZUREML_EXPERIMENT_SCOPE": f"{scope}/experiments/{spec.experiment}",
        "AZUREML_WORKSPACE_ID": str(record["workspace_id"]),
        "AZUREML_WORKSPACE_SCOPE": scope,
        "AZUREML_SERVICE_ENDPOINT": f"https://{region}.api.azureml.ms",
        "AZUREML_DISCOVERY_SERVICE_ENDPOINT": str(record["discovery_url"]),
        "AZUREML_COMPUTE_TARGET": spec.compute,
        "AZUREML_NODE_COUNT": str(spec.instance_count),
        "AZUREML_CODE_PATH": "",
        "AZUREML_COMMUNICATOR": str((spec.distribution or {}).get("type") or "None"),
        "MLFLOW_TRACKING_URI": tracking_uri,
        "MLFLOW_RUN_ID": run_id,
        "MLFLOW_EXPERIMENT_ID": experiment.id,
        "MLFLOW_EXPERIMENT_NAME": spec.experiment,
        logged_models.VARIABLE: logged_models.context(run_id, found),
    }
    # What a script prints should show at once, and the service's machines print UTF-8.
    found.setdefault("PYTHONUNBUFFERED", "1")
    if os.name == "nt":
        found.setdefault("PYTHONIOENCODING", "utf-8")
    if principal := spec.extra.get("principal"):
        found[VARIABLE] = str(principal)
    found |= bound
    if isinstance(spec.environment, Mapping):
        held = spec.environment.get("environment_variables")
        found |= {str(key): str(value) for key, value in held.items()} if isinstance(held, Mapping) else {}
    return found | {str(key): str(value) for key, value in spec.environment_variables.items()}


def parameters(values: Values) -> dict[str, str]:
    """Inputs, outputs and values of the search space of a trial of a sweep as variables, which the documentation of
    CommandJob in azure-ai-ml promises.
    """
    return {
        f"AZUREML_PARAMETER_{name}": value.text
        for held in values.values()
        for name, value in held.items()
        if value is not None
    }


def submitted(base: Mapping[str, str]) -> dict[str, str]:
    """The environment that the submitter had, without what belongs to a run that it was itself."""
    found = {
        key: value
        for key, value in base.items()
        if key not in (PYTHONPATH, processes.SUPERVISES, "PYTHONPATH", VARIABLE)
    }
    if base.get(PYTHONPATH):
        found["PYTHONPATH"] = base[PYTHONPATH]
    if processes.RUN_ID in found:
        found = {key: value for key, value in found.items() if not key.startswith(_OF_A_RUN)}
    return found


def put_python_first(variables: dict[str, str], python: str, folder: Path) -> None:
    """Have ``python`` and ``python3`` mean the learner's interpreter; the rest of PATH keeps its order.

    Args:
        variables: changed in place.
        python: the interpreter.
        folder: where a launcher can be put, if PATH finds another one.
    """
    key = next((name for name in variables if name.upper() == "PATH"), "PATH") if os.name == "nt" else "PATH"
    search = variables.get(key, "")
    wanted = Path(python)
    names = ("python",) if os.name == "nt" else ("python", "python3")  # Windows' Python has no python3
    if all(_same(shutil.which(name, path=search), wanted) for name in names):
        return
    if os.name == "nt":
        variables[key] = os.pathsep.join(filter(None, (str(wanted.parent), search)))
        return
    # A launcher, not a link: an environment's interpreter finds its packages by the place it is called from. And
    # not its own folder first, which could hold another `az`.
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        launcher = folder / name
        launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(python)} "$@"\n', encoding="utf-8")
        launcher.chmod(0o755)
    variables[key] = os.pathsep.join(filter(None, (str(folder), search or os.defpath, str(wanted.parent))))


def _same(found: str | None, wanted: Path) -> bool:
    # Compared by folder, not by what a link leads to: the interpreters of two environments are often one file.
    if found is None:
        return False
    here = Path(os.path.abspath(found))  # noqa: PTH100 - links must stay
    return here.parent == wanted.parent and (
        here == wanted or os.path.realpath(here) == os.path.realpath(wanted)
    )
