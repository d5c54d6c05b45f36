"""Datastores, the URIs that point into them, transfers, and versioned assets."""
