"""Counts the readings of each room. This script is right; what starts it is not."""

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True, help="the CSV file of readings")
parser.add_argument("--expected", type=int, default=24, help="readings that each room should have")
args = parser.parse_args()

print(f"expecting {args.expected} readings of each room")
with open(args.data, newline="", encoding="utf-8") as file:
    readings = Counter(row["room"] for row in csv.DictReader(file))

short = {room: args.expected - n for room, n in sorted(readings.items()) if n < args.expected}
print(f"{readings.total()} readings; missing: {short or 'none'}")
Path("outputs").mkdir(exist_ok=True)
summary = {"readings": readings.total(), "missing": short}
Path("outputs/summary.json").write_text(json.dumps(summary), encoding="utf-8")
