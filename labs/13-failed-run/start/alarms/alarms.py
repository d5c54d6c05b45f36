"""Counts the readings that were too warm for their room. Nothing to do in this file."""

import argparse
import csv

import yaml

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
args = parser.parse_args()

with open("limits.yml", encoding="utf-8") as file:
    limits = yaml.safe_load(file)
alarms = dict.fromkeys(limits, 0)
with open(args.data, newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        if row["temperature"].replace(".", "", 1).isdigit():
            alarms[row["room"]] += float(row["temperature"]) > limits[row["room"]]
print(f"too warm: {alarms}")
