"""Azure ML offline; knows nothing of the rest of dp100."""

from dp100.standin.engine.errors import NotOffline

__all__ = ["NotOffline"]
