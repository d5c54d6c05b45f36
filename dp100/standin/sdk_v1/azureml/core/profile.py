"""What models need to be served."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ModelProfile = _absent(__name__, "ModelProfile")
