"""Caches of data."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(DatacacheHydrationTracker, DatacacheStore) = _absent(__name__, "DatacacheHydrationTracker", "DatacacheStore")
