"""Generators for computed questions of the area workspace."""

from __future__ import annotations

from collections.abc import Mapping

from dp100.curriculum.generators import Redraw, Value, generator


@generator
def dataframe_memory_gb(drawn: Mapping[str, Value]) -> list[str]:
    """Memory to plan for a CSV file that is loaded into a data frame.

    Data in CSV files can grow up to ten times in a data frame. Source: "Create Azure Machine Learning
    datasets", section "Compute size guidance"; the 150 % belong to the RAM of a deployed model ("What are
    compute targets"), the factor 40 to the page's example of sparse data in compressed Parquet files.

    Args:
        drawn: ``csv_gb``, the size of the file in storage.

    Returns:
        Ten times the size; then what comes of taking storage for memory, of the rule for a deployed
        model, and of the Parquet example.
    """
    size = float(drawn["csv_gb"])
    return [f"{result:g} GB" for result in (10 * size, size, 1.5 * size, 40 * size)]


@generator
def cluster_quota_cores(drawn: Mapping[str, Value]) -> list[str]:
    """Cores of a VM family that a cluster and stopped compute instances count for.

    Nodes that a cluster may have but has not provisioned contribute to the quota usage, and stopping a
    compute instance does not release its quota by default. Source: "Create an Azure Machine Learning
    compute cluster", section "Delete", and "Create a compute instance", section "Create".

    Args:
        drawn: ``cores`` of the VM size, ``max_nodes`` of a cluster whose minimum is 0, and ``instances``,
            the number of stopped compute instances of the same size.

    Returns:
        The counted cores; then what comes of leaving out the stopped instances, of leaving out nodes
        that are not running, and of counting nodes for cores.

    Raises:
        Redraw: Two of the results are the same.
    """
    cores, nodes, instances = int(drawn["cores"]), int(drawn["max_nodes"]), int(drawn["instances"])
    results = [(nodes + instances) * cores, nodes * cores, instances * cores, nodes + instances]
    if len(set(results)) < len(results):
        raise Redraw
    return [str(result) for result in results]


@generator
def cluster_node_hours(drawn: Mapping[str, Value]) -> list[str]:
    """Node-hours a day that a compute cluster is billed for.

    The minimum number of nodes runs around the clock; the others run during the job and then until the
    idle time before scale-down has passed. Source: "Manage and optimize Azure Machine Learning costs",
    section "Configure training clusters for autoscaling".

    Args:
        drawn: ``min_nodes``; ``nodes`` that the daily job uses, the cluster's maximum; ``hours`` it takes;
            ``idle_minutes`` before scale-down.

    Returns:
        The billed node-hours; then what comes of counting the job alone, of adding the minimum nodes a
        second time while the job runs and no idle time, and of running all nodes all day.

    Raises:
        Redraw: Two of the results are the same, or the job and its idle time do not fit into a day.
    """
    least, nodes = int(drawn["min_nodes"]), int(drawn["nodes"])
    hours, idle = float(drawn["hours"]), float(drawn["idle_minutes"]) / 60
    results = [
        24 * least + (nodes - least) * (hours + idle),
        nodes * hours,
        24 * least + nodes * hours,
        24 * nodes,
    ]
    if least >= nodes or hours + idle >= 24 or len(set(results)) < len(results):
        raise Redraw
    return [f"{result:g} node-hours" for result in results]
