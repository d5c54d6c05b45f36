"""The rule by which this team chooses a VM size. Knows nothing of Azure, so it is easy to try."""

# In the list of sizes still, and not to be had any more: the first NC and NV series, and NCv3.
RETIRED = ("standardNCFamily", "standardNVFamily", "standardNCSv3Family")


def memory_needed(csv_gb):
    """GB of memory for a CSV file of this many GB."""
    # TODO: ten times as much as the file has
    return None


def choose(sizes, memory_gb, gpus):
    """The name of the smallest size that fits, or None.

    sizes: dicts with name, family, cores, memory_gb and gpus
    memory_gb, gpus: what is needed at least
    """
    # TODO: of the sizes that fit and are not retired, the smallest
    return None
