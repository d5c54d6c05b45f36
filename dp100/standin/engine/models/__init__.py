"""Registered models: MLflow's registry, with what the service keeps beside it."""
