"""Mappings of a workspace that read what they need when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping


class Lazy(Mapping):
    """A read-only mapping that looks like a dict."""

    def __init__(self, held):
        self._held = held

    def __getitem__(self, key):
        return self._held[key]

    def __iter__(self):
        return iter(self._held)

    def __len__(self):
        return len(self._held)

    def __repr__(self):
        return repr({key: self[key] for key in self})


class Experiments(Lazy):
    """The experiments of a workspace by name."""

    def __init__(self, workspace):
        from dp100.standin.engine.tracking.store import Tracking

        super().__init__({held.name: held for held in Tracking(workspace._ws).experiments()})
        self._workspace = workspace

    def __getitem__(self, name):
        from azureml.core.experiment import Experiment

        held = self._held[name]
        return Experiment(self._workspace, held.name, _skip_name_validation=True, _experiment_dto=held)


class Named(Lazy):
    """What a function makes from names when they are asked for.

    Args:
        names: the names, in order.
        make: called with a name.
    """

    def __init__(self, names, make):
        super().__init__(dict.fromkeys(names))
        self._make = make

    def __getitem__(self, name):
        if name not in self._held:
            raise KeyError(name)
        return self._make(name)
