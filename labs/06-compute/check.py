"""Checks of the lab "Compute instances and clusters"."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import Any

from dp100.labs.work import Work
from dp100.standin.engine.compute import compute, sizes
from dp100.standin.engine.compute.compute import Compute

DATA = "data/workloads.csv"
# name, GB of its CSV files, GPUs, what it is
WORKLOADS = (
    ("features", 1.4, 0, "joins rides and weather, by hand, in notebooks"),
    ("forecast", 3.1, 0, "gradient boosting on two years of rides; a trial can be repeated"),
    ("cameras", 4.0, 1, "a network that counts bikes at the docks; a night, without checkpoints"),
)
RETIRED = ("standardNCFamily", "standardNVFamily", "standardNCSv3Family")
INSTANCE, CPU, GPU = "ci-lena", "cpu-cluster", "gpu-cluster"
KEPT = "answers"  # the one that is meant to run always
# What colleagues have left: clusters with size, minimum, maximum, tags; instances with size, running, tags.
CLUSTERS = {
    "nightly": ("Standard_D4s_v3", 2, 6, {"team": "forecast"}),
    "backfill-2024": ("Standard_E8s_v3", 1, 3, {"team": "history", "always_on": "no"}),
    KEPT: ("Standard_F4s_v2", 1, 2, {"team": "service", "always_on": "yes"}),
}
INSTANCES = {
    "ci-jonas": ("Standard_DS3_v2", True, {"team": "forecast"}),
    "ci-mara": ("Standard_DS3_v2", False, {"team": "history"}),
}
_AZ = "--resource-group rg-bikes --workspace-name mlw-bikes"


def prepare(work: Work) -> None:
    """Write the list of workloads, and make what colleagues have left behind."""
    target = work.folder / DATA
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["name", "csv_gb", "gpus", "what"])
        table.writerows(WORKLOADS)
    ws = work.workspace.ws
    for name, (size, least, most, tags) in CLUSTERS.items():
        compute.create(
            ws,
            name,
            "AmlCompute",
            size=size,
            min_nodes=least,
            max_nodes=most,
            idle_seconds=900,
            tags=tags,
            exist_ok=True,
        )
    for name, (size, running, tags) in INSTANCES.items():
        made = compute.create(ws, name, "ComputeInstance", size=size, tags=tags, exist_ok=True)
        if not running and made.state == "Running":
            compute.stop(ws, name)


def sizes_are_chosen(work: Work) -> None:
    """`choose` and `memory_needed` follow the rule for any list, and plan.json has what they choose here."""
    names = work.load("sizing.py")
    needed, choose = (_function(names, name) for name in ("memory_needed", "choose"))
    for gb in (1.4, 0.25, 6.0):
        found = needed(gb)
        right = isinstance(found, int | float) and abs(found - 10 * gb) < 1e-6
        assert right, (
            f"memory_needed({gb}) gives {found!r}. A CSV file needs up to ten times its size once it is in memory, "
            f"here {10 * gb:g} GB."
        )
    table = [
        _size("B", 4, 32),
        _size("A", 4, 16),
        _size("C", 8, 64),
        _size("G", 4, 64, 1),
        _size("H", 2, 16, 2),
    ]
    old = _size("N", 2, 128, 1, family=RETIRED[0])
    _chooses(choose, table, 10, 0, "A", "it is the smallest one with 10 GB; GPUs that nobody uses cost most")
    _chooses(choose, table, 16, 0, "A", "16 GB are enough where 16 GB are needed")
    _chooses(choose, table, 20, 0, "B", "A has too little memory")
    _chooses(choose, table, 40, 0, "C", "without a GPU, it is the only one with 40 GB")
    _chooses(choose, table, 10, 1, "G", "one GPU is enough, though H has fewer vCPUs")
    _chooses(choose, table, 10, 2, "H", "it is the only one with two GPUs")
    _chooses(choose, table, 500, 0, None, "no size has 500 GB")
    _chooses(choose, [old, *table], 10, 1, "G", f"N is of the family {RETIRED[0]}, which is retired")
    _chooses(choose, [_size("Z", 4, 32), *table], 20, 0, "B", "Z is as large, and B comes first by alphabet")
    _chooses(choose, [_size("A2", 4, 24), *table], 20, 0, "A2", "it has as few vCPUs as B, and less memory")
    written, right = work.json("plan.json"), _plan()
    assert isinstance(written, dict), "plan.json should hold a size for each workload. plan.py writes it."
    for name, size in right.items():
        assert written.get(name) == size, (
            f"plan.json has {written.get(name) or 'nothing'} for {name}; by the rule it is {size}. `python plan.py` "
            "writes the file anew, with your sizing.py."
        )


def instance_is_made(work: Work) -> None:
    """The compute instance ci-lena has the planned size and shuts down after an idle hour."""
    found = work.workspace.compute(INSTANCE)
    _is(found, "ComputeInstance", "`ComputeInstance` is the entity for one")
    _has_size(found, "features")
    idle = _minutes(found)
    assert idle is not None, (
        f"{INSTANCE} never shuts down by itself: forgotten on a Friday, it is paid for until Monday. "
        "`ComputeInstance` has `idle_time_before_shutdown_minutes`."
    )
    assert idle == 60, f"{INSTANCE} shuts down after {idle:g} idle minutes. An hour was asked for."


def cheap_cluster_is_made(work: Work) -> None:
    """The cluster cpu-cluster has the planned size, low priority, 0 to 4 nodes and 10 idle minutes."""
    found = work.workspace.compute(CPU)
    _is(found, "AmlCompute", "`AmlCompute` is the class for one")
    _has_size(found, "forecast")
    assert found.tier == "LowPriority", (
        f"{CPU} has dedicated nodes. `vm_priority` of the provisioning configuration makes them cheaper. It is fixed "
        f"once the cluster is there, so delete that first: {_deletes(CPU)}"
    )
    _has_nodes(
        found,
        4,
        "min_nodes",
        "max_nodes",
        "your file makes a cluster only where there is none, so call `cluster.update` once, or begin anew: "
        f"{_deletes(CPU)}",
    )
    assert found.idle_seconds == 600, (
        f"An idle node of {CPU} stays for {found.idle_seconds} seconds; 10 minutes are 600. The argument is "
        "`idle_seconds_before_scaledown`, of `provisioning_configuration` for a new cluster, and of `cluster.update` "
        "for one that is there."
    )


def gpu_cluster_is_made(work: Work) -> None:
    """The cluster gpu-cluster has the planned size, dedicated nodes, 0 to 2 of them, and 5 idle minutes."""
    found = work.workspace.compute(GPU)
    _is(found, "AmlCompute", "In YAML it is `type: amlcompute`")
    _has_size(found, "cameras")
    assert found.tier == "Dedicated", (
        f"{GPU} has low priority nodes, which may be taken away in the middle of the night. In YAML: `tier: dedicated`."
    )
    _has_nodes(found, 2, "min_instances", "max_instances", "the mended YAML, run again, changes that.")
    assert found.idle_seconds == 300, (
        f"An idle node of {GPU} stays for {found.idle_seconds} seconds; 5 minutes are 300. The key is "
        "`idle_time_before_scale_down`."
    )


def nothing_runs_for_nothing(work: Work) -> None:
    """No cluster keeps nodes and no instance runs but what is meant to, and all else is as it was."""
    seen = work.workspace
    kept, least = seen.compute(KEPT), CLUSTERS[KEPT][1]
    assert kept.min_nodes == least, (
        f"{KEPT} has a minimum of {kept.min_nodes} nodes now, and customers wait. It has the tag always_on with the "
        f"value yes, so leave it alone. Give it {least} again: "
        f"`dp100 lab run -- az ml compute update --name {KEPT} --min-instances {least} {_AZ}`"
    )
    for name, (size, _, most, tags) in CLUSTERS.items():
        found = seen.compute(name)
        same = (found.max_nodes, str(found.size).casefold(), found.tier) == (
            most,
            size.casefold(),
            "Dedicated",
        )
        assert same, (
            f"{name} has at most {found.max_nodes} nodes ({found.size}, {found.tier}) now. It had {most} ({size}, "
            "Dedicated). Change only the minimum: set it on the object from the list and hand that object back."
        )
        same = (dict(found.tags), found.idle_seconds) == (tags, 900)
        assert same, (
            f"{name} has lost its tags or its idle time: tags {dict(found.tags)}, {found.idle_seconds} seconds. They "
            f"were {tags}, 900 seconds. Hand the object from the list back instead of making a new one."
        )
        assert name == KEPT or found.min_nodes == 0, (
            f"{name} keeps {found.min_nodes} node{'s' if found.min_nodes > 1 else ''}, with or without work"
            + (", and its tag always_on says no" if tags.get("always_on") == "no" else "")
            + ". Set `min_instances` to 0 and hand the object to `begin_create_or_update`."
        )
    there = {found.name for found in seen.computes()}
    for name, (size, _, _) in INSTANCES.items():
        assert name in there, (
            f"The instance {name} is gone, with all that its owner kept on its disk. Stop instead of deleting. "
            f"Here you can make it again: `dp100 lab run -- az ml compute create --name {name} --type ComputeInstance "
            f"--size {size} {_AZ}`, and then `dp100 lab run`."
        )
    for found in seen.computes():
        assert found.type != "ComputeInstance" or found.state == "Stopped", (
            f"The instance {found.name} is running. `ml_client.compute.begin_stop` stops it by name, if its `state` is "
            "Running."
        )
        assert found.type != "AmlCompute" or found.name == KEPT or found.min_nodes == 0, (
            f"{found.name} keeps {found.min_nodes} nodes, with or without work. Set `min_instances` to 0."
        )


def _function(names: dict[str, Any], name: str) -> Callable[..., Any]:
    found = names.get(name)
    assert callable(found), f"sizing.py has no function `{name}` any more. Keep it: plan.py calls it."
    return found


def _size(
    name: str, cores: int, memory: float, gpus: int = 0, *, family: str = "exampleFamily"
) -> dict[str, Any]:
    return {"name": name, "family": family, "cores": cores, "memory_gb": memory, "gpus": gpus}


def _chooses(
    choose: Callable[..., Any],
    table: list[dict[str, Any]],
    memory: float,
    gpus: int,
    wanted: str | None,
    why: str,
) -> None:
    listed = ", ".join(
        f"{size['name']} ({size['cores']} vCPUs, {size['memory_gb']} GB, {size['gpus']} GPUs)"
        for size in table
    )
    try:
        found = choose([dict(size) for size in table], memory, gpus)
    except Exception as error:
        raise AssertionError(
            f"Of {listed}, for {memory} GB and {gpus} GPUs, choose should give {wanted!r}: {why}. It raises "
            f"{type(error).__name__}: {error}."
        ) from error
    assert found == wanted, (
        f"Of {listed}, for {memory} GB and {gpus} GPUs, choose gives {found!r} instead of {wanted!r}: {why}."
    )


def _plan() -> dict[str, str]:
    found = {}
    for name, gb, gpus, _ in WORKLOADS:
        fitting = [
            size
            for size in sizes.table()
            if size.memory_gb >= 10 * gb and size.gpus >= gpus and size.family not in RETIRED
        ]
        found[name] = min(fitting, key=lambda size: (size.gpus, size.cores, size.memory_gb, size.name)).name
    return found


def _is(found: Compute, kind: str, where: str) -> None:
    assert found.type == kind, (
        f"{found.name} is of the type {found.type}, and should be {kind}. {where}. Delete the other first: "
        f"{_deletes(found.name)}"
    )


def _has_size(found: Compute, workload: str) -> None:
    wanted = _plan()[workload]
    assert str(found.size).casefold() == wanted.casefold(), (
        f"{found.name} has the size {found.size}. For {workload} the rule gives {wanted}; plan.json has it. A size "
        f"cannot be changed, so delete first: {_deletes(found.name)}"
    )


def _has_nodes(found: Compute, most: int, low: str, high: str, change: str) -> None:
    assert found.min_nodes == 0, (
        f"{found.name} keeps {found.min_nodes} node{'s' if found.min_nodes > 1 else ''}, with or without work. `{low}` "
        f"should be 0; {change}"
    )
    assert found.max_nodes == most, (
        f"{found.name} has at most {found.max_nodes} nodes, and should have {most}: `{high}`; {change}"
    )


def _deletes(name: str) -> str:
    return f"`dp100 lab run -- az ml compute delete --name {name} --yes {_AZ}`, and then `dp100 lab run`."


def _minutes(found: Compute) -> float | None:
    """The idle minutes after which an instance shuts down."""
    kept = dict(found.properties.get("sdk_v2") or {})
    if minutes := kept.get("idle_time_before_shutdown_minutes"):
        return float(minutes)
    text = re.fullmatch(
        r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
        str(kept.get("idle_time_before_shutdown") or ""),
    )
    if not text or not any(text.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in text.groups())
    return days * 1440 + hours * 60 + minutes + seconds / 60
