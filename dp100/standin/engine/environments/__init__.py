"""Curated environments, conda and pip files, and what a machine lacks of them."""
