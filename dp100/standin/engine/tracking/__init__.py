"""Runs, their metrics and files: MLflow's own store in the workspace, read and written without importing MLflow."""
