"""Who is told of drift."""

from __future__ import annotations

from azureml._local.later import absent as _absent

AlertConfiguration = _absent(__name__, "AlertConfiguration")
