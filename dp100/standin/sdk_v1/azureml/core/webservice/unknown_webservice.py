"""Web services of no known kind."""

from __future__ import annotations

from azureml._local.later import absent as _absent

UnknownWebservice = _absent(__name__, "UnknownWebservice")
