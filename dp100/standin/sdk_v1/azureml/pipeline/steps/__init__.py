"""Steps of pipelines."""

from __future__ import annotations

from azureml.pipeline.steps.adla_step import AdlaStep
from azureml.pipeline.steps.automl_step import AutoMLStep, AutoMLStepRun
from azureml.pipeline.steps.azurebatch_step import AzureBatchStep
from azureml.pipeline.steps.command_step import CommandStep
from azureml.pipeline.steps.data_transfer_step import DataTransferStep
from azureml.pipeline.steps.databricks_step import DatabricksStep
from azureml.pipeline.steps.estimator_step import EstimatorStep
from azureml.pipeline.steps.hyper_drive_step import HyperDriveStep, HyperDriveStepRun
from azureml.pipeline.steps.kusto_step import KustoStep
from azureml.pipeline.steps.module_step import ModuleStep
from azureml.pipeline.steps.mpi_step import MpiStep
from azureml.pipeline.steps.parallel_run_config import ParallelRunConfig
from azureml.pipeline.steps.parallel_run_step import ParallelRunStep
from azureml.pipeline.steps.python_script_step import PythonScriptStep
from azureml.pipeline.steps.r_script_step import RScriptStep
from azureml.pipeline.steps.synapse_spark_step import SynapseSparkStep

__all__ = [
    "AdlaStep",
    "AutoMLStep",
    "AutoMLStepRun",
    "AzureBatchStep",
    "CommandStep",
    "DataTransferStep",
    "DatabricksStep",
    "EstimatorStep",
    "HyperDriveStep",
    "HyperDriveStepRun",
    "KustoStep",
    "ModuleStep",
    "MpiStep",
    "ParallelRunConfig",
    "ParallelRunStep",
    "PythonScriptStep",
    "RScriptStep",
    "SynapseSparkStep",
]
