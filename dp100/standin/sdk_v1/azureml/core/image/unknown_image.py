"""Images of no known kind."""

from __future__ import annotations

from azureml._local.later import absent as _absent

UnknownImage = _absent(__name__, "UnknownImage")
