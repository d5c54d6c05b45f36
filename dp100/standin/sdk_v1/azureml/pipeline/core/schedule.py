"""Schedules of pipelines."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(Schedule, ScheduleRecurrence, TimeZone) = _absent(__name__, "Schedule", "ScheduleRecurrence", "TimeZone")
