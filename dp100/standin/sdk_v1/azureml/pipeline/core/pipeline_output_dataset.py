"""Outputs of steps as datasets."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(
    DatasetRegistration,
    PipelineOutputAbstractDataset,
    PipelineOutputFileDataset,
    PipelineOutputTabularDataset,
) = _absent(
    __name__,
    "DatasetRegistration",
    "PipelineOutputAbstractDataset",
    "PipelineOutputFileDataset",
    "PipelineOutputTabularDataset",
)
