"""The rule by which this team chooses a VM size. Knows nothing of Azure, so it is easy to try."""

# In the list of sizes still, and not to be had any more: the first NC and NV series, and NCv3.
RETIRED = ("standardNCFamily", "standardNVFamily", "standardNCSv3Family")


def memory_needed(csv_gb):
    """GB of memory for a CSV file of this many GB."""
    return 10 * csv_gb


def choose(sizes, memory_gb, gpus):
    """The name of the smallest size that fits, or None.

    sizes: dicts with name, family, cores, memory_gb and gpus
    memory_gb, gpus: what is needed at least
    """
    available = [size for size in sizes if size["family"] not in RETIRED]
    enough = [size for size in available if size["memory_gb"] >= memory_gb]
    fitting = [size for size in enough if size["gpus"] >= gpus]
    # GPUs first: they are what costs most.
    smallest = min(
        fitting,
        key=lambda size: (size["gpus"], size["cores"], size["memory_gb"], size["name"]),
        default=None,
    )
    return smallest["name"] if smallest else None
