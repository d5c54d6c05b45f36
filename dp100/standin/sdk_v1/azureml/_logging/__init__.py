"""Names of loggers."""
