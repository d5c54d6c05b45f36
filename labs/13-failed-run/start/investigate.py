"""What went wrong last night? Read it from the run, without the script and without studio."""

import json

from azureml.core import Experiment, Workspace

ws = Workspace.from_config()
experiment = Experiment(ws, "nightly")

# TODO find the newest run of the experiment that has failed

# TODO keep its logs in the folder `case`

# TODO get its details together with the text of its logs

# TODO fill in: the run's id, its status, the last line of what its script printed
findings = {"run": "", "status": "", "exception": ""}

print(findings)
with open("findings.json", "w", encoding="utf-8") as file:
    json.dump(findings, file)
