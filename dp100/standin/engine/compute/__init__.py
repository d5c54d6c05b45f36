"""Compute targets: their sizes, states, nodes and queues."""
