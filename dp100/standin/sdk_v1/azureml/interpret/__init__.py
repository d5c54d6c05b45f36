"""Explaining models."""

from __future__ import annotations

from azureml._local.later import absent as _absent
from azureml.interpret.mimic_wrapper import MimicWrapper

__all__ = ["ExplanationClient", "MimicWrapper"]

ExplanationClient = _absent(__name__, "ExplanationClient")
