"""What every section of a run configuration derives from."""

from __future__ import annotations

import functools
import json

from azureml._local.naming import camel


class _AbstractRunConfigElement:
    """A section: its public attributes are its content, in camel case when it is written."""

    _initialized = False

    def __init_subclass__(cls, **kwargs):
        """Have what a class makes take no new attributes once it is made."""
        super().__init_subclass__(**kwargs)
        if (make := cls.__dict__.get("__init__")) is None:
            return

        @functools.wraps(make)
        def made(self, *args, **kwargs):
            make(self, *args, **kwargs)
            if type(self).__init__ is made:  # and not in the midst of making a subclass's
                self._initialized = True

        setattr(cls, "__init__", made)  # noqa: B010 - mypy refuses the assignment

    def __setattr__(self, name, value):
        """Set an attribute that there is: one misspelt would be without effect."""
        if self._initialized and not hasattr(self, name):
            raise AttributeError(f"{self.__class__} has no attribute {name}")
        super().__setattr__(name, value)

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
