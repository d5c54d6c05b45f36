"""Count the visits in the CSV files of a folder. Nothing to do here."""

import argparse
from pathlib import Path

from azureml.core import Run

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True, help="a folder")
args = parser.parse_args()

run = Run.get_context()
print("The data came as:", args.data)
files = sorted(Path(args.data).glob("**/*.csv"))
for file in files:
    print(file.name)
run.log("files", len(files))
run.log("visits", sum(len(file.read_text().splitlines()) - 1 for file in files))
