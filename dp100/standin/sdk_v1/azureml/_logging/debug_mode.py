"""A log for reports to the SDK's makers."""

from __future__ import annotations

import logging as _logging


class diagnostic_log:  # noqa: N801 - the real name
    """Writes the SDK's log to a file, for a block or between start and stop.

    Args:
        log_path: the file; ``diagnostic.log`` by default.
        namespaces: names of the loggers; ``azureml`` by default.
        context_name: what the log is about.
    """

    def __init__(self, log_path=None, namespaces=None, context_name=None):
        self._path = log_path or "diagnostic.log"
        self._loggers = [_logging.getLogger(name) for name in namespaces or ["azureml"]]
        self._levels = [logger.level for logger in self._loggers]
        self._handler = None

    def start_capture(self):
        """Start writing."""
        self._handler = _logging.FileHandler(self._path, encoding="utf-8")
        for logger in self._loggers:
            logger.addHandler(self._handler)
            logger.setLevel(_logging.DEBUG)

    def stop_capture(self):
        """Stop writing."""
        if self._handler is None:
            return
        for logger, level in zip(self._loggers, self._levels, strict=True):
            logger.removeHandler(self._handler)
            logger.setLevel(level)
        self._handler.close()
        self._handler = None

    def __enter__(self):
        self.start_capture()
        return self

    def __exit__(self, *problem):
        self.stop_capture()
