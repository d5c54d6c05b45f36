"""The groups of operations of a client, one file each, in the shape of azure.ai.ml.operations."""
