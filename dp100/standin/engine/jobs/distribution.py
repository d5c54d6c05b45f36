"""The variables that tell the processes of a distributed job who they are, all of them on this machine."""

from __future__ import annotations

import json
import socket

from dp100.standin.engine.errors import Invalid, NotOffline
from dp100.standin.engine.jobs.spec import JobSpec

_PARALLEL = frozenset({"pytorch", "mpi", "tensorflow"})


def check(spec: JobSpec) -> None:
    """Refuse a distribution that cannot be had here.

    Raises:
        NotOffline: Ray, which brings processes of its own.
        Invalid: a type that there is not, or a number below one.
    """
    if not spec.distribution:
        return
    kind = _kind(spec)
    if kind == "ray":
        raise NotOffline("A Ray distribution")
    if kind not in _PARALLEL:
        raise Invalid(
            f"The distribution '{kind}' is not known. It can be PyTorch, MPI or TensorFlow.", target="job"
        )
    for name, least in (
        ("process_count_per_instance", 1),
        ("worker_count", 1),
        ("parameter_server_count", 0),
    ):
        number = spec.distribution.get(name)
        if number is not None and int(number) < least:
            raise Invalid(f"{name} must be at least {least}, not {number}.", target="job")


def variables(spec: JobSpec) -> list[dict[str, str]]:
    """For each process of a job what it has besides the job's variables; one empty dict for a job of one process."""
    total = spec.processes
    kind = _kind(spec)
    if total == 1 and not kind:
        return [{}]
    nodes = max(1, spec.instance_count)
    local = max(1, total // nodes)
    ports = _free_ports(total if kind == "tensorflow" else 1)
    found = []
    for rank in range(total):
        node = min(rank // local, nodes - 1)
        each = {
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(ports[0]),
            "WORLD_SIZE": str(total),
            "RANK": str(rank),
            "LOCAL_RANK": str(rank % local),
            "LOCAL_WORLD_SIZE": str(local),
            "NODE_RANK": str(node),
        }
        if kind == "mpi":
            each |= {
                "OMPI_COMM_WORLD_SIZE": str(total),
                "OMPI_COMM_WORLD_RANK": str(rank),
                "OMPI_COMM_WORLD_LOCAL_RANK": str(rank % local),
                "OMPI_COMM_WORLD_LOCAL_SIZE": str(local),
            }
        elif kind == "tensorflow":
            each["TF_CONFIG"] = _tensorflow(spec.workers, ports, rank)
        found.append(each)
    return found


def _tensorflow(workers: int, ports: list[int], rank: int) -> str:
    """TF_CONFIG as in "TensorFlow" of the service's guide to distributed training."""
    places = [f"127.0.0.1:{port}" for port in ports]
    cluster = {"worker": places[:workers]} | ({"ps": places[workers:]} if places[workers:] else {})
    task = {"type": "worker", "index": rank} if rank < workers else {"type": "ps", "index": rank - workers}
    return json.dumps({"cluster": cluster, "task": task, "environment": "cloud"})


def _kind(spec: JobSpec) -> str:
    return str((spec.distribution or {}).get("type") or "").casefold()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
