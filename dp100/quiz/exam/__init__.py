"""The mock exam: drawing a paper, sitting it against the clock, and the report."""
