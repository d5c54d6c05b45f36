"""Modules with versions."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(Module, ModuleVersion, ModuleVersionDescriptor) = _absent(
    __name__, "Module", "ModuleVersion", "ModuleVersionDescriptor"
)
