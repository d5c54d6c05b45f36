"""The table of VM sizes."""

from __future__ import annotations

from dp100.standin.engine.compute import sizes


def test_sizes_are_found_in_any_case() -> None:
    size = sizes.find("STANDARD_DS11_V2")
    assert size is not None
    assert (size.name, size.cores, size.memory_gb, size.gpus, size.disk_gb) == (
        "Standard_DS11_v2",
        2,
        14.0,
        0,
        28,
    )
    assert sizes.find("Standard_X1") is None


def test_the_table_is_large_and_sound() -> None:
    table = sizes.table()
    assert len(table) >= 60
    assert len({size.name.casefold() for size in table}) == len(table)
    assert all(size.cores > 0 and size.memory_gb > 0 and size.disk_gb > 0 and size.family for size in table)
    # GPUs are in the N families, and only there.
    assert all((size.gpus > 0) is size.name.startswith("Standard_N") for size in table)


def test_close_names() -> None:
    assert "Standard_DS11_v2" in sizes.close("Standard_DS11v2")
    assert sizes.close("nothing like it") == ()
