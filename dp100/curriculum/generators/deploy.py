"""Generators for computed questions of the area deploy."""

from __future__ import annotations

from collections.abc import Mapping

from dp100.curriculum.generators import Redraw, Value, generator


def _ceil(numerator: int, denominator: int) -> int:
    """The quotient, rounded up, without the rounding errors of floats."""
    return -(-numerator // denominator)


def _texts(results: list[int]) -> list[str]:
    """The results as text; values that make two of them equal are drawn again."""
    if len(set(results)) < len(results):
        raise Redraw
    return [str(result) for result in results]


@generator
def online_quota_cores(drawn: Mapping[str, Value]) -> list[str]:
    """Cores of quota that a managed online deployment needs.

    Azure Machine Learning keeps 20 % of the instances in reserve for upgrades, so the quota must hold
    ceil(1.2 * instances) * cores for VM sizes that are not exempt. Source: "VM quota allocation for
    deployment" in "Online endpoints for real-time inference".

    Args:
        drawn: ``instances`` of the deployment and ``cores`` of one of them.

    Returns:
        The cores; then what comes of leaving out the reserve, of taking the reserve to be a fifth of the
        total, and of counting instances in place of cores.
    """
    instances, cores = int(drawn["instances"]), int(drawn["cores"])
    reserved = _ceil(12 * instances, 10)
    return _texts([reserved * cores, instances * cores, _ceil(10 * instances, 8) * cores, reserved])


@generator
def replicas_for_load(drawn: Mapping[str, Value]) -> list[str]:
    """Replicas that a load needs when each serves one request at a time.

    Requests in flight are rate * seconds; replicas are that, divided by the target utilization and rounded
    up. Source: "How to calculate instance count" in "Troubleshoot online endpoint deployment", and
    "Autoscaling" in "Deploy a model to an Azure Kubernetes Service cluster with v1".

    Args:
        drawn: ``rate`` in requests a second, ``milliseconds`` for one request, ``utilization`` in percent.

    Returns:
        The replicas; then what comes of leaving out the utilization, of multiplying by it, and of leaving
        out the time that a request takes.
    """
    rate, milliseconds, utilization = (int(drawn[name]) for name in ("rate", "milliseconds", "utilization"))
    busy = rate * milliseconds
    return _texts(
        [
            _ceil(busy * 100, 1000 * utilization),
            _ceil(busy, 1000),
            _ceil(busy * utilization, 1000 * 100),
            _ceil(rate * 100, utilization),
        ]
    )


@generator
def mini_batches_per_worker(drawn: Mapping[str, Value]) -> list[str]:
    """Mini-batches that fall to the busiest worker of a batch scoring job over files.

    The input is cut into ceil(files / size) mini-batches, each the work of one call of ``run``; nodes times
    workers of them are processed at once. Source: "Troubleshooting the ParallelRunStep" and "Author scoring
    scripts for batch deployments".

    Args:
        drawn: ``files``, ``size`` of a mini-batch in files, ``nodes``, and ``workers`` on each node.

    Returns:
        The mini-batches; then what comes of ignoring parallelism, of one worker a node, and of counting
        files in place of mini-batches.
    """
    files, size, nodes, workers = (int(drawn[name]) for name in ("files", "size", "nodes", "workers"))
    batches = _ceil(files, size)
    return _texts(
        [
            _ceil(batches, nodes * workers),
            batches,
            _ceil(batches, nodes),
            _ceil(files, nodes * workers),
        ]
    )
