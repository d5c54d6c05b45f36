"""Which version is the best, and which run does it come from?"""

import json

from azureml.core import Model, Workspace

ws = Workspace.from_config()


def best_version(name: str, metric: str) -> tuple[int, str]:
    """The version of a model whose run has the highest value of the metric, and that run's id.

    Versions that come from no run, or from one that has not logged the metric, do not count.
    """
    # TODO go through the versions; compare the metric of their runs
    return 0, ""


if __name__ == "__main__":
    version, run_id = best_version("runs-empty", "accuracy_november")
    print(f"best in November: version {version} of run {run_id}")
    # TODO add the tag stage = production to that version

    with open("best.json", "w", encoding="utf-8") as file:  # archive.py goes by this
        json.dump({"version": version, "run": run_id}, file)
