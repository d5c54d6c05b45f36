"""Pipelines."""

from __future__ import annotations

from azureml.pipeline.core.builder import PipelineData, PipelineStep, StepSequence
from azureml.pipeline.core.graph import (
    InputPortBinding,
    OutputPortBinding,
    PipelineDataset,
    PipelineParameter,
    PortDataReference,
    PublishedPipeline,
    TrainingOutput,
)
from azureml.pipeline.core.module import Module, ModuleVersion, ModuleVersionDescriptor
from azureml.pipeline.core.pipeline import Pipeline
from azureml.pipeline.core.pipeline_draft import PipelineDraft
from azureml.pipeline.core.pipeline_endpoint import PipelineEndpoint
from azureml.pipeline.core.run import PipelineRun, StepRun, StepRunOutput
from azureml.pipeline.core.schedule import Schedule, ScheduleRecurrence, TimeZone

__all__ = [
    "InputPortBinding",
    "Module",
    "ModuleVersion",
    "ModuleVersionDescriptor",
    "OutputPortBinding",
    "Pipeline",
    "PipelineData",
    "PipelineDataset",
    "PipelineDraft",
    "PipelineEndpoint",
    "PipelineParameter",
    "PipelineRun",
    "PipelineStep",
    "PortDataReference",
    "PublishedPipeline",
    "Schedule",
    "ScheduleRecurrence",
    "StepRun",
    "StepRunOutput",
    "StepSequence",
    "TimeZone",
    "TrainingOutput",
]
