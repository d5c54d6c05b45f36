"""Generators for computed questions of the area deploy."""
