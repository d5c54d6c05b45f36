"""Which threshold costs the dairy least? A child run for each."""

from azureml.core import Experiment, Workspace
from model import test_scores

THRESHOLDS = [0.5, 0.2, 0.1, 0.05, 0.02]
MISSED = 900  # euros for a spoiled batch that nobody stopped
FALSE_ALARM = 60  # euros for testing a fine batch again

actual, scores = test_scores()

ws = Workspace.from_config()
run = Experiment(ws, "milk-quality").start_logging()
run.tag("purpose", "thresholds")

costs = {}
for threshold in THRESHOLDS:
    alarms = [score >= threshold for score in scores]
    missed = sum(was and not alarm for was, alarm in zip(actual, alarms))
    false_alarms = sum(alarm and not was for was, alarm in zip(actual, alarms))
    costs[threshold] = MISSED * missed + FALSE_ALARM * false_alarms
    print(f"{threshold:.2f}: {missed} missed, {false_alarms} false alarms")
    # TODO start a child run and log `threshold`, `missed`, `false alarms` and `cost` to it

    # TODO end the child run

# TODO log the threshold of the lowest cost to the parent run, as `best threshold`

run.complete()
