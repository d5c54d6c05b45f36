"""Settings of a command job that are about its container: which of them can be kept, and which cannot be had.

What only says how much of a machine a container gets (``shm_size``, ``locations``, ``queue_settings``, most of
``docker_args``) changes nothing here, where there is no container; it is kept and shown again. What a script or its
user would miss is refused: an application that listens beside the job, or a variable, folder or user that only
``docker run`` would bring.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from dp100.standin.engine.errors import NotOffline

#: Options of ``docker run`` that say what the container may use of the machine; any other changes what it holds.
_LIMITS = frozenset(
    {
        "--blkio-weight", "--cap-add", "--cap-drop", "--cgroup-parent", "--cgroupns", "--cpu-period", "--cpu-quota",
        "--cpu-shares", "--cpus", "--cpuset-cpus", "--cpuset-mems", "--device", "--device-cgroup-rule", "--gpus",
        "--init", "--ipc", "--isolation", "--kernel-memory", "--log-driver", "--log-opt", "--memory",
        "--memory-reservation", "--memory-swap", "--memory-swappiness", "--net", "--network", "--oom-kill-disable",
        "--oom-score-adj", "--pid", "--pids-limit", "--privileged", "--restart", "--rm", "--runtime",
        "--security-opt", "--shm-size", "--stop-signal", "--stop-timeout", "--storage-opt", "--sysctl", "--ulimit",
        "--userns", "--uts", "-c", "-m",
    }
)  # fmt: skip


def check(job: Any) -> None:
    """Refuse what could not be had here.

    Args:
        job: a command job, or the node that ``command()`` makes.

    Raises:
        NotOffline: it asks for an application beside the job, or ``docker run`` for more than a share of the machine.
    """
    if not job.id:  # one that comes from here has the services that every job has
        for name, given in (job.services or {}).items():
            kind = given.get("type") if isinstance(given, Mapping) else getattr(given, "type", None)
            raise NotOffline(
                f"The service '{name}' ({kind}) of a job",
                "Nothing would answer at its address: leave it out, or run the job without it.",
            )
    resources: Any = job.resources
    _check_docker(getattr(resources, "docker_args", None) if resources is not None else None)


def _check_docker(given: Any) -> None:
    words = shlex.split(given) if isinstance(given, str) else [str(word) for word in given or ()]
    for word in words:
        option = word.partition("=")[0]
        if option.startswith("-") and option not in _LIMITS and option[:2] not in ("-m", "-c"):
            raise NotOffline(
                f"docker_args: {option}",
                "No container is started, so what it would bring would be missing. Variables can be set with "
                "environment_variables.",
            )
