"""What a job is: everything that the SDKs say about one, in one record that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.errors import Invalid

#: Types of inputs and outputs that are files or folders.
PATH_TYPES = frozenset(
    {"uri_file", "uri_folder", "mltable", "mlflow_model", "custom_model", "triton_model", "safe_input"}
)
#: Types whose one value is a file.
FILE_TYPES = frozenset({"uri_file"})
#: Types of values.
LITERAL_TYPES = frozenset(
    {"number", "integer", "boolean", "string", "literal", "float", "bool", "int", "str"}
)
INPUT_MODES = frozenset({"ro_mount", "rw_mount", "download", "direct", "eval_mount", "eval_download"})
OUTPUT_MODES = frozenset({"rw_mount", "upload", "direct", "mount"})


@dataclass(slots=True)
class JobSpec:
    """A job as it is submitted.

    Attributes:
        experiment: name of the experiment.
        name: the run id; made up when it is missing.
        display_name: what lists show; the run id by default.
        type: ``command``.
        code: folder (or file) of the snapshot, a URI of one, or None.
        command: for the platform's shell, with ``${{inputs.x}}`` and the like; or a list of words, which no shell
            touches.
        script, arguments: SDK v1's form instead of ``command``: run by Python, words as they are; besides
            ``${{inputs.x}}`` they may have ``$AZUREML_DATAREFERENCE_x``.
        inputs: by name: a literal, or a mapping with ``type`` and ``path`` (any URI, or an absolute local path) or
            ``value``, and ``mode``; ``optional`` ones may be None. Files with a ``target``, a relative path, are copied
            to that folder below the working directory, whatever their mode.
        outputs: by name: ``type``, ``path`` (URI; by default ``azureml/<run id>/<name>`` in the default datastore),
            ``mode``, and ``name``, ``version`` under which it is registered after success. With a ``source``, a
            relative path, the script writes there, and it is copied from there when the script has ended.
        search_space: values that ``${{search_space.z}}`` stands for.
        environment: ``name:version``, ``name@label``, or the environment itself as a mapping (``image``,
            ``conda_file``, ``pip_requirements`` ...).
        environment_variables: added to those of the submitter.
        compute: name of the target; ``local`` and ``serverless`` are always there.
        instance_count: nodes.
        distribution: mapping with ``type`` (``pytorch``, ``mpi``, ``tensorflow``) and
            ``process_count_per_instance``, or for TensorFlow ``worker_count`` (as many as nodes by default) and
            ``parameter_server_count``.
        timeout: seconds after which the job is canceled; None is no limit.
        tags, properties: text by name.
        description: free text.
        parent: run id of the parent.
        python: the interpreter that ``python`` means; that of the submitter by default.
        sdk: ``v1``, ``v2`` or ``cli``.
        extra: whatever else an SDK wants to be shown again.
    """

    experiment: str = "Default"
    name: str | None = None
    display_name: str | None = None
    type: str = "command"
    code: str | None = None
    command: str | list[str] | None = None
    script: str | None = None
    arguments: list[str] = field(default_factory=list)
    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    search_space: dict[str, Any] = field(default_factory=dict)
    environment: str | dict[str, Any] | None = None
    environment_variables: dict[str, str] = field(default_factory=dict)
    compute: str = "local"
    instance_count: int = 1
    distribution: dict[str, Any] | None = None
    timeout: float | None = None
    tags: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    description: str | None = None
    parent: str | None = None
    python: str | None = None
    sdk: str = "v2"
    extra: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The record as dicts, lists and plain values."""
        held = store.plain(asdict(self))
        assert isinstance(held, dict)
        return held

    @classmethod
    def from_dict(cls, held: Mapping[str, Any]) -> JobSpec:
        """The record from :meth:`to_dict`; what it does not know is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{key: value for key, value in held.items() if key in known})

    @property
    def processes(self) -> int:
        """How many processes run the command: nodes times processes on each; TensorFlow's servers come after them."""
        return self.workers + int((self.distribution or {}).get("parameter_server_count") or 0)

    @property
    def workers(self) -> int:
        """How many of the processes have to end before the job does; parameter servers wait for ever."""
        held = self.distribution or {}
        each = int(held.get("process_count_per_instance") or 1)
        return max(1, int(held.get("worker_count") or max(1, self.instance_count) * max(1, each)))


def check(spec: JobSpec) -> None:
    """Refuse what the service refuses before it queues a job.

    Raises:
        Invalid: with what is wrong, by name.
    """
    if not spec.command and not spec.script:
        raise Invalid("A command job needs a command.", target="command")
    if spec.instance_count < 1:
        raise Invalid(f"instance_count must be at least 1, not {spec.instance_count}.", target="resources")
    if spec.timeout is not None and spec.timeout < 0:
        raise Invalid(f"The timeout of a job cannot be negative: {spec.timeout}.", target="limits")
    for name, given in spec.inputs.items():
        _name(name, "input")
        if isinstance(given, Mapping):
            kind = given.get("type", "uri_folder" if given.get("path") else "string")
            if kind not in PATH_TYPES and kind not in LITERAL_TYPES:
                raise Invalid(f"Input '{name}' has the type '{kind}', which is not known.", target=name)
            mode = given.get("mode")
            if mode is not None and mode not in INPUT_MODES:
                raise Invalid(
                    f"Input '{name}' has the mode '{mode}'. It can be {', '.join(sorted(INPUT_MODES))}.",
                    target=name,
                )
            if kind in PATH_TYPES and not given.get("path") and not given.get("optional"):
                raise Invalid(f"Input path can't be empty for input '{name}'.", target=name)
            if given.get("target"):
                _target(name, str(given["target"]), kind, mode)
    for name, given in spec.outputs.items():
        _name(name, "output")
        mode = (given or {}).get("mode")
        if mode is not None and mode not in OUTPUT_MODES:
            raise Invalid(
                f"Output '{name}' has the mode '{mode}'. It can be {', '.join(sorted(OUTPUT_MODES - {'mount'}))}.",
                target=name,
            )
        kind = (given or {}).get("type", "uri_folder")
        if kind not in PATH_TYPES:
            raise Invalid(f"Output '{name}' has the type '{kind}', which no output can have.", target=name)
        if source := str((given or {}).get("source") or ""):
            _below(source, f"source '{source}' of output", name)


def literal(given: Any) -> str:
    """The text that a literal becomes in a command: ``True`` and ``0.1`` as Python writes them."""
    return "" if given is None else str(given)


def _name(name: str, what: str) -> None:
    if not name.isidentifier():
        raise Invalid(
            f"{name!r} is no {what} name: it may have letters, digits and underscores, and starts with no digit.",
            target=name,
        )


def _target(name: str, target: str, kind: str, mode: str | None) -> None:
    if kind not in PATH_TYPES or mode == "direct":
        raise Invalid(f"Input '{name}' has no files that could be put at '{target}'.", target=name)
    _below(target, f"target '{target}' of input", name)


def _below(path: str, what: str, name: str) -> None:
    if Path(path).is_absolute():
        return  # a place of the learner's; whether it is free shows when the job starts
    if path.startswith(("/", "\\")):
        raise Invalid(
            f"The {what} '{name}' has to be a path of this computer or a relative one.", target=name
        )
    store.inside(Path(), path)
