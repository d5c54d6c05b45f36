"""What every section of a run configuration derives from."""

from __future__ import annotations

import json

from azureml._local.naming import camel


class _AbstractRunConfigElement:
    """A section: its public attributes are its content, in camel case when it is written."""

    def __repr__(self):
        return json.dumps(_content(self), indent=4, sort_keys=True, default=str)


def _content(value):
    """A section, or what is in one, as plain values."""
    if isinstance(value, _AbstractRunConfigElement):
        serialize = getattr(value, "_to_dict", None)
        if serialize is not None:
            return serialize()
        return {camel(name): _content(held) for name, held in vars(value).items() if not name.startswith("_")}
    if isinstance(value, dict):
        return {key: _content(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_content(held) for held in value]
    if hasattr(value, "as_dict") and callable(value.as_dict):
        return value.as_dict()
    return value
