"""Count the batches, and log what was counted."""

from collections import Counter

from azureml.core import Experiment, Workspace
from model import read_batches

batches = read_batches()
spoiled = [batch for batch in batches if batch["spoiled"] == "1"]
counted = Counter(batch["date"][:7] for batch in spoiled)
spoiled_by_month = [counted[month] for month in sorted({batch["date"][:7] for batch in batches})]
print(f"{len(spoiled)} of {len(batches)} batches spoiled; by month {spoiled_by_month}")

ws = Workspace.from_config()
experiment = Experiment(ws, "milk-quality")

# TODO start a run in the experiment, and tag it: purpose = count

# TODO log `batches`, the number of batches, and `spoiled rate`, the share that spoiled

# TODO log the list `spoiled by month` with one call

# TODO end the run
