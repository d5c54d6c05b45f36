"""Loads blocks of YAML with the functions that `az ml` itself uses, without a workspace.

What a file is, is told by its `$schema`, its `type` or the keys only one kind of file has. Fragments, such as the
search space of a sweep, are completed by what is left out, so that the real schema judges what is there. Files
that a block points to (`./prep.yml`, `./src`) are made: components with the inputs and outputs that are bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

SCHEMAS = {
    "commandJob": "job",
    "pipelineJob": "job",
    "sweepJob": "job",
    "autoMLJob": "job",
    "sparkJob": "job",
    "parallelJob": "job",
    "commandComponent": "component",
    "pipelineComponent": "component",
    "parallelComponent": "component",
    "sparkComponent": "component",
    "automlComponent": "component",
    "importComponent": "component",
    "amlCompute": "compute",
    "computeInstance": "compute",
    "kubernetesCompute": "compute",
    "vmCompute": "compute",
    "synapseSparkCompute": "compute",
    "environment": "environment",
    "data": "data",
    "asset": "data",
    "model": "model",
    "azureBlob": "datastore",
    "azureFile": "datastore",
    "azureDataLakeGen1": "datastore",
    "azureDataLakeGen2": "datastore",
    "oneLake": "datastore",
    "managedOnlineEndpoint": "online_endpoint",
    "kubernetesOnlineEndpoint": "online_endpoint",
    "managedOnlineDeployment": "online_deployment",
    "kubernetesOnlineDeployment": "online_deployment",
    "batchEndpoint": "batch_endpoint",
    "modelBatchDeployment": "batch_deployment",
    "pipelineComponentBatchDeployment": "batch_deployment",
    "batchDeployment": "batch_deployment",
    "workspace": "workspace",
    "registry": "registry",
    "schedule": "schedule",
    "monitoringSchedule": "schedule",
    "MLTable": "mltable",
}
"""Name of the published schema, without `.schema.json` -> what is loaded."""

TYPES = {
    "command": "job",
    "pipeline": "job",
    "sweep": "job",
    "automl": "job",
    "amlcompute": "compute",
    "computeinstance": "compute",
    "kubernetes": "compute",
    "azure_blob": "datastore",
    "azure_file": "datastore",
    "azure_data_lake_gen1": "datastore",
    "azure_data_lake_gen2": "datastore",
    "one_lake": "datastore",
    "uri_file": "data",
    "uri_folder": "data",
    "mlflow_model": "model",
    "custom_model": "model",
    "mltable": "mltable",
}
"""Value of `type` -> what is loaded where there is no `$schema`."""

_SWEEP = {"search_space", "sampling_algorithm", "objective", "limits", "early_termination"}
_TRIAL = {"command": "python train.py", "environment": "azureml:any-env:1"}
_PLAIN_SWEEP: dict[str, Any] = {
    "type": "sweep",
    "trial": _TRIAL,
    "sampling_algorithm": "random",
    "search_space": {"x": {"type": "uniform", "min_value": 0, "max_value": 1}},
    "objective": {"goal": "maximize", "primary_metric": "accuracy"},
    "limits": {"max_total_trials": 4},
}

# https://learn.microsoft.com/azure/machine-learning/reference-yaml-mltable
_TABLE_KEYS = {"$schema", "type", "paths", "transformations", "metadata", "traits"}
_TABLE_PATHS = {"file", "folder", "pattern"}
_TABLE_STEPS: dict[str, set[str] | None] = {
    "read_delimited": {
        "infer_column_types",
        "encoding",
        "header",
        "delimiter",
        "empty_as_string",
        "include_path_column",
        "support_multi_line",
    },
    "read_parquet": {"include_path_column"},
    "read_delta_lake": {"timestamp_as_of", "version_as_of"},
    "read_json_lines": {"include_path_column", "invalid_lines", "encoding"},
    "convert_column_types": None,
    "drop_columns": None,
    "keep_columns": None,
    "extract_columns_from_partition_format": None,
    "filter": None,
    "skip": None,
    "take": None,
    "take_random_sample": {"probability", "seed"},
}
_TABLE_HEADERS = {"no_header", "from_first_file", "all_files_different_headers", "all_files_same_headers"}


def kind_of(document: Any) -> str | None:
    """What a document is for `az ml`; None where it is nothing of the kind."""
    if not isinstance(document, dict):
        return None
    if schema := document.get("$schema"):
        name = re.sub(r"\.schema\.json$", "", str(schema).rpartition("/")[2])
        return SCHEMAS.get(name, f"unknown schema {schema}")
    if {"create_job", "trigger"} <= document.keys() or "create_monitor" in document:
        return "schedule"
    if "endpoint_name" in document:
        batch = {
            "mini_batch_size",
            "max_concurrency_per_instance",
            "output_action",
            "compute",
        } & document.keys()
        return "batch_deployment" if batch else "online_deployment"
    if "auth_mode" in document:
        return "batch_endpoint" if document["auth_mode"] == "aad_token" else "online_endpoint"
    if "name" in document and ({"conda_file", "image"} & document.keys() or "build" in document):
        return "environment"
    if (
        document.get("type") == "command"
        and {"inputs", "outputs"} & document.keys()
        and "compute" not in document
    ):
        declared = [*document.get("inputs", {}).values(), *document.get("outputs", {}).values()]
        if declared and all(isinstance(one, dict) and "path" not in one for one in declared):
            return "component"
    return TYPES.get(str(document.get("type", "")).lower())


def completed(document: Any) -> Any:
    """A fragment with what it leaves out."""
    if not isinstance(document, dict) or "$schema" in document:
        return document
    if document.keys() and document.keys() <= _SWEEP:
        return {**_PLAIN_SWEEP, **document}
    if document.keys() <= {"jobs", "inputs", "outputs", "settings", "display_name"} and _steps(
        document.get("jobs")
    ):
        return {"type": "pipeline", **document}
    if _steps(document):
        return {"type": "pipeline", "jobs": document}
    return document


def _steps(document: Any) -> bool:
    return bool(document) and all(
        isinstance(step, dict) and ({"component", "command", "trial", "task"} & step.keys())
        for step in document.values()
    )


def problems(text: str, folder: Path) -> Iterator[str]:
    """What is wrong with a block of YAML, in sentences.

    Args:
        text: the block; comments may say anything.
        folder: an empty folder for the files that the block points to.
    """
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        yield f"is no YAML: {problem}"
        return
    document = completed(document)
    kind = kind_of(document)
    if kind is None:
        return
    if kind.startswith("unknown"):
        yield kind
    elif kind == "mltable":
        yield from _table(document)
    else:
        _make_files(document, folder)
        file = folder / "block.yml"
        file.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
        try:
            _loader(kind)(file)
        except Exception as problem:
            yield f"azure.ai.ml cannot load it as {kind}: {problem}"


def _loader(kind: str) -> Any:
    # load_schedule is in none of the public modules
    from azure.ai.ml.entities import _load_functions

    return getattr(_load_functions, f"load_{kind}")


def _make_files(document: Any, folder: Path) -> None:
    for step in (document.get("jobs") or {}).values() if isinstance(document, dict) else ():
        if isinstance(step, dict) and re.match(
            r"(file:)?\.{0,2}/?[\w/.-]+\.ya?ml$", str(step.get("component", ""))
        ):
            component = {
                "name": "made_for_the_test",
                "version": "1",
                "type": "command",
                "inputs": {name: {"type": "uri_folder"} for name in step.get("inputs", {})},
                "outputs": {
                    name: {"type": "uri_folder"}
                    for name in [*step.get("outputs", {}), *_read(document, step)]
                },
                **_TRIAL,
            }
            path = folder / str(step["component"]).removeprefix("file:")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(component), encoding="utf-8")
    for value in _strings(document):
        if re.match(r"\.{1,2}/[\w./-]*$|[\w-]+(/[\w.-]+)*/?$|[\w./-]+\.(ya?ml|py|csv|txt|json)$", value):
            path = (folder / value).resolve()
            if folder in path.parents and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.suffix:
                    path.write_text("name: made\ndependencies: [python]\n", encoding="utf-8")
                else:
                    path.mkdir()


def _read(document: dict[str, Any], step: dict[str, Any]) -> list[str]:
    """The outputs of a step that other steps read."""
    name = next(name for name, other in document["jobs"].items() if other is step)
    return re.findall(rf"parent\.jobs\.{re.escape(name)}\.outputs\.(\w+)", str(document))


def _strings(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, key)
    elif isinstance(value, str) and key in {
        "code",
        "path",
        "conda_file",
        "scoring_script",
        "local_path",
        "dockerfile_path",
        "job",
        "file",
        "component",
    }:
        yield value


def _table(document: dict[str, Any]) -> Iterator[str]:
    for key in document.keys() - _TABLE_KEYS:
        yield f"an MLTable file has no key {key}"
    for path in document.get("paths", ()):
        if not (isinstance(path, dict) and len(path) == 1 and path.keys() <= _TABLE_PATHS):
            yield f"a path of an MLTable file is a file, a folder or a pattern, not {path}"
    for step in document.get("transformations", ()):
        name, settings = next(iter(step.items())) if isinstance(step, dict) else (step, None)
        if name not in _TABLE_STEPS:
            yield f"an MLTable file has no transformation {name}"
            continue
        allowed = _TABLE_STEPS[name]
        if allowed is not None and isinstance(settings, dict):
            for key in settings.keys() - allowed:
                yield f"{name} has no setting {key}"
            if (header := settings.get("header")) and header not in _TABLE_HEADERS:
                yield f"{name} knows no header {header}"
