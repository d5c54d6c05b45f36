"""What a name usually stands for where code is quoted without its imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.truth.reference import Instance, Module, NoSuchName, Reference, Type, Value, types_of

MODULES = {
    "v1": [
        "azureml.core",
        "azureml.core.compute",
        "azureml.core.webservice",
        "azureml.core.model",
        "azureml.core.runconfig",
        "azureml.core.conda_dependencies",
        "azureml.core.authentication",
        "azureml.data",
        "azureml.data.datapath",
        "azureml.data.data_reference",
        "azureml.pipeline.core",
        "azureml.pipeline.steps",
        "azureml.train.hyperdrive",
        "azureml.train.automl",
        "azureml.train.automl.run",
        "azureml.automl.core.featurization",
        "azureml.automl.core.forecasting_parameters",
        "azureml.train.estimator",
        "azureml.train.sklearn",
        "azureml.train.dnn",
        "azureml.datadrift",
        "azureml.interpret",
        "azureml.widgets",
        "interpret.ext.blackbox",
        "interpret.ext.glassbox",
    ],
    "v2": [
        "azure.ai.ml",
        "azure.ai.ml.entities",
        "azure.ai.ml.constants",
        "azure.ai.ml.sweep",
        "azure.ai.ml.automl",
        "azure.ai.ml.parallel",
        "azure.ai.ml.identity",
        "azure.identity",
        "mltable",
        "mlflow",
        "mlflow.models",
        "mlflow.tracking",
    ],
}
"""Where names of each SDK are imported from, most usual first."""

_CLIENT = "azure.ai.ml._ml_client.MLClient"


def _one(name: str, *others: str) -> Value:
    return Instance(tuple(map(Type, (name, *others))))


ALWAYS: dict[str, Value] = {
    "ws": _one("azureml.core.workspace.Workspace"),
    "workspace": _one(
        "azureml.core.workspace.Workspace", "azure.ai.ml.entities._workspace.workspace.Workspace"
    ),
    "ml_client": _one(_CLIENT),
    "run": _one("azureml.core.run.Run", "mlflow.entities.run.Run"),
    "experiment": _one("azureml.core.experiment.Experiment", "mlflow.entities.experiment.Experiment"),
    "mlflow": Module("mlflow"),
    "mltable": Module("mltable"),
}
"""Names that stand for the same thing throughout, whatever the SDK."""

_MODULES_BY_NAME = ("automl", "dsl")


def exports(reference: Reference, sdk: str, names: Iterable[str]) -> Mapping[str, Value]:
    """What the given names stand for in an SDK, as far as they are known."""
    found: dict[str, Value] = {}
    for name in names:
        if name in ALWAYS:
            found[name] = ALWAYS[name]
        elif value := _exported(reference, sdk, name):
            found[name] = value
    return found


def _exported(reference: Reference, sdk: str, name: str) -> Value:
    for module in MODULES[sdk]:
        try:
            value = reference.member(module, name)
        except NoSuchName:
            continue
        if value is not None and (name in _MODULES_BY_NAME or not isinstance(value, Module)):
            return value
    operations, _ = reference.find(_CLIENT, name)
    if sdk == "v2" and operations and "returns" in operations and name != "data":
        return Instance(types_of(str(operations["returns"])))
    return None
