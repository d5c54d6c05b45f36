"""The commands of the extension azure-cli-ml, with their options, by the names and letters of its reference.

https://learn.microsoft.com/cli/azure/ml(v1)
"""

from __future__ import annotations

from dp100.standin.az.options import Command

_WS = "path resource-group,g subscription-id workspace-name,w"
_OUT = f"{_WS} output-metadata-file,t"
_STATUS = (
    "Queued", "Preparing", "Provisioning", "Starting", "Running", "Finalizing", "Completed", "Failed",
)  # fmt: skip

V1 = [
    Command("ml computetarget list", "v1.computetarget:list_all", "List compute targets (v1).", f"{_WS} v?"),
    Command(
        "ml computetarget show", "v1.computetarget:show", "Show a compute target (v1).", f"{_WS} name,n! v?"
    ),
    Command(
        "ml computetarget delete",
        "v1.computetarget:delete",
        "Delete a compute target (v1).",
        f"{_WS} name,n! v?",
    ),
    Command(
        "ml computetarget create amlcompute",
        "v1.computetarget:create_cluster",
        "Create a compute cluster (v1).",
        f"{_WS} admin-user-password admin-user-ssh-key admin-username assign-identity description "
        "enable-node-public-ip idle-seconds-before-scaledown location,l max-nodes! min-nodes name,n! no-wait? "
        "remote-login-port-public-access subnet-name tag~ vm-priority,p vm-size,s! vnet-name "
        "vnet-resourcegroup-name v?",
        choices={"vm_priority": ("dedicated", "lowpriority")},
    ),
    Command(
        "ml computetarget create computeinstance",
        "v1.computetarget:create_instance",
        "Create a compute instance (v1).",
        f"{_WS} admin-user-ssh-public-key description name,n! no-wait? ssh-public-access subnet-name tag~ "
        "user-object-id user-tenant-id vm-size,s! vnet-name vnet-resourcegroup-name v?",
    ),
    Command(
        "ml datastore set-default",
        "v1.datastore:set_default",
        "Make a datastore the default (v1).",
        f"{_OUT} name,n!",
    ),
    Command(
        "ml datastore show-default",
        "v1.datastore:show_default",
        "Show the default datastore (v1).",
        f"{_OUT} include-secret*",
    ),
    Command(
        "ml folder attach",
        "v1.folder:attach",
        "Attach a folder to a workspace and an experiment (v1).",
        f"{_OUT} experiment-name,e",
    ),
    Command("ml experiment list", "v1.run:list_experiments", "List experiments (v1).", _OUT),
    Command(
        "ml run list",
        "v1.run:list_all",
        "List runs (v1).",
        f"{_OUT} compute-target-name experiment-name,e last minimal? parent-run-id pipeline-run-id status tags~",
        choices={"status": _STATUS},
    ),
    Command("ml run show", "v1.run:show", "Show a run (v1).", f"{_OUT} experiment-name,e run,r!"),
    Command("ml run cancel", "v1.run:cancel", "Cancel a run (v1).", f"{_OUT} experiment-name,e run,r!"),
]
"""The commands."""
