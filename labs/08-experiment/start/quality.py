"""How good is the model? Three numbers and a table of four."""

from azureml.core import Experiment, Workspace
from model import test_scores

actual, scores = test_scores()
predicted = [int(score >= 0.5) for score in scores]

ws = Workspace.from_config()
run = Experiment(ws, "milk-quality").start_logging()
run.tag("purpose", "quality")

# TODO log `accuracy`, the share of batches that were predicted rightly

# TODO log `baseline accuracy`, that of calling every batch fine

# TODO log `recall`, the share of the spoiled batches that were found

# TODO log the confusion matrix `confusion`: rows what was, columns what was predicted, fine first

run.complete()
print(run.get_metrics())
