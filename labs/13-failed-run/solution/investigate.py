"""What went wrong last night? Read it from the run, without the script and without studio."""

import json

from azureml.core import Experiment, Workspace

ws = Workspace.from_config()
experiment = Experiment(ws, "nightly")

run = next(run for run in experiment.get_runs() if run.get_status() == "Failed")

run.get_all_logs(destination="case")

details = run.get_details_with_logs()
log = details["logFiles"]["user_logs/std_log.txt"]

findings = {
    "run": run.id,
    "status": details["status"],
    "exception": log.strip().splitlines()[-1],
}

print(findings)
with open("findings.json", "w", encoding="utf-8") as file:
    json.dump(findings, file)
