"""Steps of the kind command."""

from __future__ import annotations

from azureml._local.later import absent as _absent

CommandStep = _absent(__name__, "CommandStep")
