"""Where the spoiled batches come from: tables and a plot."""

import matplotlib

matplotlib.use("Agg")  # draws to files, needs no screen
import matplotlib.pyplot as plt
from azureml.core import Experiment, Workspace
from model import read_batches

batches = read_batches()
farms = sorted({batch["farm"] for batch in batches})

# Batches by temperature on arrival: a column each for the lower bound, all batches, spoiled ones.
bands = {"warmer than": [0.0, 5.0, 6.0, 7.0], "batches": [0, 0, 0, 0], "spoiled": [0, 0, 0, 0]}
for batch in batches:
    band = sum(float(batch["temperature"]) > bound for bound in bands["warmer than"]) - 1
    bands["batches"][band] += 1
    bands["spoiled"][band] += int(batch["spoiled"])

plt.hist([float(batch["temperature"]) for batch in batches], bins=20)
plt.xlabel("temperature on arrival, °C")

ws = Workspace.from_config()
run = Experiment(ws, "milk-quality").start_logging()
run.tag("purpose", "tables")

for farm in farms:
    own = [batch for batch in batches if batch["farm"] == farm]
    spoiled = sum(int(batch["spoiled"]) for batch in own)
    print(f"{farm}: {spoiled} of {len(own)} spoiled")
    run.log_row("by farm", farm=farm, batches=len(own), spoiled=spoiled)

run.log_table("by temperature", bands)

run.log_image("temperatures", plot=plt)

run.complete()
