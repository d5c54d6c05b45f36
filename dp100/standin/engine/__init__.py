"""The service itself, on one machine: plain Python that imports no SDK."""
