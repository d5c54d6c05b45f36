"""The report of every night: the mean temperature of each room. Runs as a job of SDK v1."""

import argparse
import csv
from pathlib import Path


def number(text: str) -> float | None:
    """A temperature as a number; None where there is none."""
    # "n/a" and empty are what a sensor without power sends. Anything else that is no number is
    # news, and should stop the report.
    if text.strip() in {"", "n/a"}:
        return None
    return float(text)


def report(folder: str) -> tuple[dict[str, float], int]:
    """The mean of each room, and how many readings had no temperature."""
    found: dict[str, list[float]] = {}
    missing = 0
    for path in sorted(Path(folder).rglob("*.csv")):
        print(f"reading {path.name}")
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                temperature = number(row["temperature"])
                if temperature is None:
                    missing += 1
                else:
                    found.setdefault(row["room"], []).append(temperature)
    return {room: sum(values) / len(values) for room, values in sorted(found.items())}, missing


if __name__ == "__main__":
    from azureml.core import Run

    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="the folder of readings")
    means, missing = report(parser.parse_args().data)

    run = Run.get_context()
    run.log("missing", missing)
    for room, mean in means.items():
        run.log(f"mean {room}", mean)
    print(f"means {means}, {missing} readings without a temperature")
