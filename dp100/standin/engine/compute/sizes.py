"""VM sizes: cores, memory, GPUs and temporary disk, as the size pages of Azure Virtual Machines state them.

https://learn.microsoft.com/azure/virtual-machines/sizes/overview
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache

# name | vCPUs | memory GiB | GPUs | temporary disk GiB, by the family whose quota a size counts against
_TABLE = """
standardDv2Family
Standard_D1_v2 1 3.5 0 50
Standard_D2_v2 2 7 0 100
Standard_D3_v2 4 14 0 200
Standard_D4_v2 8 28 0 400
Standard_D5_v2 16 56 0 800
Standard_D11_v2 2 14 0 100
Standard_D12_v2 4 28 0 200
Standard_D13_v2 8 56 0 400
Standard_D14_v2 16 112 0 800
standardDSv2Family
Standard_DS1_v2 1 3.5 0 7
Standard_DS2_v2 2 7 0 14
Standard_DS3_v2 4 14 0 28
Standard_DS4_v2 8 28 0 56
Standard_DS5_v2 16 56 0 112
Standard_DS11_v2 2 14 0 28
Standard_DS12_v2 4 28 0 56
Standard_DS13_v2 8 56 0 112
Standard_DS14_v2 16 112 0 224
Standard_DS15_v2 20 140 0 280
standardDv3Family
Standard_D2_v3 2 8 0 50
Standard_D4_v3 4 16 0 100
Standard_D8_v3 8 32 0 200
Standard_D16_v3 16 64 0 400
standardDSv3Family
Standard_D2s_v3 2 8 0 16
Standard_D4s_v3 4 16 0 32
Standard_D8s_v3 8 32 0 64
Standard_D16s_v3 16 64 0 128
Standard_D32s_v3 32 128 0 256
standardDASv4Family
Standard_D2as_v4 2 8 0 16
Standard_D4as_v4 4 16 0 32
Standard_D8as_v4 8 32 0 64
Standard_D16as_v4 16 64 0 128
Standard_D32as_v4 32 128 0 256
standardDDSv4Family
Standard_D2ds_v4 2 8 0 75
Standard_D4ds_v4 4 16 0 150
Standard_D8ds_v4 8 32 0 300
Standard_D16ds_v4 16 64 0 600
standardEDSv4Family
Standard_E2ds_v4 2 16 0 75
Standard_E4ds_v4 4 32 0 150
Standard_E8ds_v4 8 64 0 300
Standard_E16ds_v4 16 128 0 600
Standard_E32ds_v4 32 256 0 1200
Standard_E64ds_v4 64 504 0 2400
standardESv3Family
Standard_E4s_v3 4 32 0 64
Standard_E8s_v3 8 64 0 128
Standard_E16s_v3 16 128 0 256
Standard_E32s_v3 32 256 0 512
standardFSv2Family
Standard_F2s_v2 2 4 0 16
Standard_F4s_v2 4 8 0 32
Standard_F8s_v2 8 16 0 64
Standard_F16s_v2 16 32 0 128
Standard_F32s_v2 32 64 0 256
Standard_F64s_v2 64 128 0 512
Standard_F72s_v2 72 144 0 576
standardNCFamily
Standard_NC6 6 56 1 340
Standard_NC12 12 112 2 680
Standard_NC24 24 224 4 1440
standardNCSv3Family
Standard_NC6s_v3 6 112 1 736
Standard_NC12s_v3 12 224 2 1474
Standard_NC24s_v3 24 448 4 2948
Standard_NC24rs_v3 24 448 4 2948
Standard NCASv3_T4 Family
Standard_NC4as_T4_v3 4 28 1 176
Standard_NC8as_T4_v3 8 56 1 352
Standard_NC16as_T4_v3 16 110 1 352
Standard_NC64as_T4_v3 64 440 4 2816
StandardNCADSA100v4Family
Standard_NC24ads_A100_v4 24 220 1 64
Standard_NC48ads_A100_v4 48 440 2 128
Standard_NC96ads_A100_v4 96 880 4 256
Standard NDASv4_A100 Family
Standard_ND96asr_v4 96 900 8 6000
standardNVFamily
Standard_NV6 6 56 1 340
Standard_NV12 12 112 2 680
Standard_NV24 24 224 4 1440
"""


@dataclass(frozen=True, slots=True)
class VmSize:
    """One size.

    Attributes:
        name: as Azure writes it, ``Standard_DS11_v2``.
        cores: vCPUs.
        memory_gb: GiB of memory.
        gpus: GPUs.
        disk_gb: GiB of temporary disk.
        family: whose quota it counts against.
    """

    name: str
    cores: int
    memory_gb: float
    gpus: int
    disk_gb: int
    family: str


@cache
def table() -> tuple[VmSize, ...]:
    """All sizes, family by family."""
    found = []
    family = ""
    for line in _TABLE.strip().splitlines():
        words = line.split()
        if len(words) != 5:
            family = line
            continue
        name, cores, memory, gpus, disk = words
        found.append(VmSize(name, int(cores), float(memory), int(gpus), int(disk), family))
    return tuple(found)


@cache
def _by_name() -> dict[str, VmSize]:
    return {size.name.casefold(): size for size in table()}


def find(name: str) -> VmSize | None:
    """The size of that name in any case (``STANDARD_DS11_V2`` is what v2 writes), or None."""
    return _by_name().get(name.casefold())


def close(name: str) -> tuple[str, ...]:
    """Up to three names that look like ``name``."""
    names = {size.name.casefold(): size.name for size in table()}
    return tuple(names[match] for match in difflib.get_close_matches(name.casefold(), names, 3, 0.7))
