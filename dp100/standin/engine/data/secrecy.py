"""What may be written into a readable spec, and what may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SECRET = re.compile(
    r"(?:.*_)?(?:password|account_?key|access_?key|sas_?token|client_?secret|connection_?string)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"([?&]sig=)[^&\s\"']+")
_OWN = re.compile(r"environment_?variables|tags|properties|inputs|outputs|defaults", re.IGNORECASE)


def without_secrets(spec: Mapping[str, Any]) -> dict[str, Any]:
    """``spec`` as it may be written down: as the service does, a password or key is shown as None afterwards.

    Environment variables, tags and the like are the learner's own names, and are left as they are.
    """
    return {key: _shown(str(key), value) for key, value in spec.items()}


def _shown(key: str, value: Any) -> Any:
    if isinstance(value, str):
        if _SECRET.fullmatch(key):
            return None
        return _SIGNATURE.sub(r"\1***", value) if "sig=" in value else value
    if isinstance(value, Mapping):
        return dict(value) if _OWN.fullmatch(key) else without_secrets(value)
    if isinstance(value, list | tuple):
        return [_shown("", each) for each in value]
    return value
