"""Datasets and MLTables held against azureml-dataprep: the same data, the same code, the same tables."""
