"""What compute targets there can be: types, names, sizes, numbers, and the sentences that refuse others."""

from __future__ import annotations

import re
from typing import Any

from dp100.standin.engine.compute import sizes
from dp100.standin.engine.errors import Invalid

#: Types made in the workspace; they have VMs of a size.
MANAGED = ("AmlCompute", "ComputeInstance")
#: Types attached to the workspace; they are kept elsewhere.
ATTACHED = (
    "VirtualMachine",
    "Databricks",
    "SynapseSpark",
    "Kubernetes",
    "AKS",
    "HDInsight",
    "DataFactory",
    "DataLakeAnalytics",
    "Batch",
)
#: Names that mean this machine or a pool without a record.
BUILT_IN = ("local", "serverless")
#: Types on which no command job can run.
WITHOUT_JOBS = frozenset(
    {"Databricks", "SynapseSpark", "AKS", "HDInsight", "DataFactory", "DataLakeAnalytics", "Batch"}
)

# The first three as in azureml.core.compute.ComputeTarget.create; the last would hide the pool of that name.
_RESERVED = ("amlcompute", "local", "containerinstance", "serverless")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")
_SHORTEST, _LONGEST = 2, 24
_DEFAULT_SIZE = {"AmlCompute": "Standard_NC6", "ComputeInstance": "Standard_DS3_v2"}  # azureml-core 1.61
_TIERS = {
    "dedicated": "Dedicated",
    "lowpriority": "LowPriority",
    "low_priority": "LowPriority",
    "low-priority": "LowPriority",
}


def type_of(type: str) -> str:
    """The type as the service writes it.

    Raises:
        Invalid: there is no such type.
    """
    for known in (*MANAGED, *ATTACHED):
        if known.casefold() == type.casefold():
            return known
    raise Invalid(
        f"Compute type '{type}' is not known. It can be {', '.join((*MANAGED, *ATTACHED))}.", target="compute"
    )


def check_name(name: str) -> None:
    """Refuse a name that the service does not take.

    Raises:
        Invalid: with the service's rule.
    """
    if name.casefold() in _RESERVED:
        raise Invalid(
            f"Please specify a different target name. {name} is a reserved name.",
            code="UserError",
            target="compute",
        )
    if not (_SHORTEST <= len(name) <= _LONGEST and _NAME.fullmatch(name)):
        raise Invalid(
            f"Compute name '{name}' is invalid. It can include letters, digits and dashes. It must start with a "
            f"letter, end with a letter or digit, and be between {_SHORTEST} and {_LONGEST} characters in length.",
            target="compute",
        )


def size_of(kind: str, size: str | None) -> str | None:
    """The VM size, the SDK's default for managed types; None for types without one unless it was given.

    Raises:
        Invalid: the size is not in the table; with close names.
    """
    if kind not in MANAGED:
        return size
    wanted = size or _DEFAULT_SIZE[kind]
    found = sizes.find(wanted)
    if found is None:
        near = sizes.close(wanted)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise Invalid(
            f"VmSize '{wanted}' is not available in the specified region. "
            f"More details can be found here: https://aka.ms/azureml-vm-details.{hint}",
            target="compute",
        )
    return wanted


def node_bounds(kind: str, low: int | None, high: int | None) -> tuple[int, int]:
    """Minimum and maximum nodes: 0 and 1 by default, and always for what is no cluster.

    Raises:
        Invalid: they are negative or in the wrong order.
    """
    if kind != "AmlCompute":
        return 0, 1
    least = 0 if low is None else int(low)
    most = 1 if high is None else int(high)
    if least < 0:
        raise Invalid(
            "Invalid provisioning configuration, min nodes count must be greater than or equal to 0",
            target="compute",
        )
    if most < 0:
        raise Invalid(
            "Invalid provisioning configuration, max nodes count must be greater than or equal to 0",
            target="compute",
        )
    if most < least:
        raise Invalid(
            "Invalid provisioning configuration, max nodes count must be greater than or equal to min nodes count",
            target="compute",
        )
    return least, most


def not_negative(what: str, value: Any) -> int:
    """``value`` as a whole number.

    Raises:
        Invalid: it is negative.
    """
    if int(value) < 0:
        raise Invalid(f"The {what} of a compute cannot be negative: {value}.", target="compute")
    return int(value)


def tier_of(tier: str | None) -> str:
    """``Dedicated`` or ``LowPriority``, from any spelling of the SDKs.

    Raises:
        Invalid: it is neither.
    """
    try:
        return _TIERS[(tier or "dedicated").casefold()]
    except KeyError:
        raise Invalid(
            f"The tier '{tier}' is not known. It can be dedicated or low_priority.", target="compute"
        ) from None
