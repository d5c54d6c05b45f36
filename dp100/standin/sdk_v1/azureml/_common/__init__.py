"""Exceptions that all packages of the SDK share."""
