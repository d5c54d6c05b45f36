"""Small help for logging."""

from __future__ import annotations

import logging


class NewLoggingLevel:
    """Another level of a logger, for a block."""

    def __init__(self, logger_name, level=30):
        self.logger_name = logger_name
        self.new_level = level
        self.logger = logging.getLogger(logger_name)
        self.old_level = self.logger.level

    def __enter__(self):
        self.logger.setLevel(self.new_level)
        return self.logger

    def __exit__(self, *problem):
        self.logger.setLevel(self.old_level)
