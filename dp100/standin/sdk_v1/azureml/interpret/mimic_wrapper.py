"""Explaining models by simpler ones."""

from __future__ import annotations

from azureml._local.later import absent as _absent

MimicWrapper = _absent(__name__, "MimicWrapper")
