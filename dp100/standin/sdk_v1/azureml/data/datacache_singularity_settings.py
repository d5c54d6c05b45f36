"""Where caches are."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(DatacacheSingularitySettings, SingularityPriority, SingularitySlaTier) = _absent(
    __name__, "DatacacheSingularitySettings", "SingularityPriority", "SingularitySlaTier"
)
