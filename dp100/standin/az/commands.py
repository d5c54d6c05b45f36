"""The commands there are, with their options. Names and letters are those of the reference of `az`.

https://learn.microsoft.com/cli/azure/reference-index
"""

from __future__ import annotations

from dp100.standin.az.options import Command
from dp100.standin.az.v1.commands import V1

_WS = "resource-group,g! workspace-name,w!"
_SET = "set~ add~ remove~ force-string?"
_VERSION = "version,v label,l"
_LIST = f"{_WS} max-results,r include-archived? archived-only?"
_STATES = ("archive", "Hide"), ("restore", "Show again")
_COMPUTE_OPTIONS = (
    "admin-password admin-username description enable-node-public-ip file,f identity-type "
    "idle-time-before-scale-down,d location,l max-instances min-instances name,n no-wait? size ssh-key-value "
    "ssh-public-access-enabled,p subnet tags* tier type,t user-assigned-identities,i user-object-id user-tenant-id "
    "vnet-name"
)
_WORKSPACE_OPTIONS = (
    "application-insights,a container-registry,c description display-name file,f image-build-compute,i "
    "managed-network,m name,n workspace-name,w no-wait? primary-user-assigned-identity,p public-network-access "
    "resource-group,g! set~ system-datastores-auth-mode,d tags* update-dependent-resources,u?"
)
COMPUTE_TYPES = ("AmlCompute", "ComputeInstance", "Kubernetes", "VirtualMachine", "SynapseSpark")


def _assets(noun: str, what: str) -> list[Command]:
    """What is the same for data, environments, models and components."""
    return [
        Command(
            f"ml {noun} list", f"assets:list_{noun}", f"List {what}.", f"{_LIST} name,n registry-name stage,s"
        ),
        Command(
            f"ml {noun} show",
            f"assets:show_{noun}",
            f"Show {what}.",
            f"{_WS} name,n! {_VERSION} registry-name",
        ),
        Command(
            f"ml {noun} update",
            f"assets:update_{noun}",
            f"Change {what}.",
            f"{_WS} name,n! {_VERSION} registry-name stage,s {_SET}",
        ),
        *(
            Command(
                f"ml {noun} {verb}", f"assets:{verb}_{noun}", f"{word} {what}.", f"{_WS} name,n! {_VERSION}"
            )
            for verb, word in _STATES
        ),
    ]


_ALL = [
    Command("version", "account:version", "Show the versions of az and its extensions."),
    Command(
        "login",
        "account:login",
        "Sign in. No account is needed here.",
        "service-principal? username,u password,p tenant,t identity,i? use-device-code? allow-no-subscriptions? scope "
        "federated-token certificate client-id",
    ),
    Command("logout", "account:logout", "Sign out.", "username"),
    Command("account show", "account:show", "Show the subscription.", "name,s,n"),
    Command("account list", "account:list_all", "List the subscriptions.", "all? refresh?"),
    Command("account set", "account:choose", "Choose the subscription.", "name,s,n"),
    Command("account get-access-token", "account:token", "Show a token.", "resource scope* tenant,t"),
    Command("account list-locations", "account:locations", "List the regions."),
    Command(
        "group create",
        "group:create",
        "Create a resource group.",
        "name,resource-group,g,n! location,l! managed-by tags*",
    ),
    Command("group show", "group:show", "Show a resource group.", "name,resource-group,g,n!"),
    Command("group list", "group:list_all", "List the resource groups.", "tag"),
    Command(
        "group exists", "group:exists", "Tell whether there is a resource group.", "name,resource-group,g,n!"
    ),
    Command(
        "group update", "group:update", "Change a resource group.", f"name,resource-group,g,n! tags* {_SET}"
    ),
    Command(
        "group delete",
        "group:delete",
        "Delete a resource group with all it holds.",
        "name,resource-group,g,n! yes,y? no-wait? force-deletion-types,f",
    ),
    Command("configure", "configure:configure", "Set defaults.", "defaults,d* list-defaults,l? scope"),
    Command(
        "config set",
        "configure:config_set",
        "Set a value, such as defaults.group=NAME.",
        "local?",
        "key_value",
    ),
    Command("config get", "configure:config_get", "Show values.", "local?", "key"),
    Command("config unset", "configure:config_unset", "Forget a value.", "local?", "key"),
    Command(
        "provider register",
        "providers:register",
        "Register a resource provider.",
        "namespace,n! wait? consent-to-permissions? accept-terms?",
    ),
    Command(
        "provider unregister", "providers:unregister", "Unregister a resource provider.", "namespace,n! wait?"
    ),
    Command("provider show", "providers:show", "Show a resource provider.", "namespace,n! expand"),
    Command("provider list", "providers:list_all", "List the resource providers.", "expand"),
    Command(
        "extension add",
        "extensions:add",
        "Add an extension.",
        "name,n source,s yes,y? upgrade,U? version system? allow-preview pip-proxy pip-extra-index-urls*",
    ),
    Command("extension list", "extensions:list_all", "List the extensions."),
    Command("extension show", "extensions:show", "Show an extension.", "name,n!"),
    Command(
        "extension update",
        "extensions:update",
        "Update an extension.",
        "name,n! allow-preview pip-proxy pip-extra-index-urls*",
    ),
    Command("extension remove", "extensions:remove", "Remove an extension.", "name,n!"),
    Command(
        "role assignment create",
        "roles:assign",
        "Give a role to somebody.",
        "role! assignee assignee-object-id assignee-principal-type scope resource-group,g name,n description",
    ),
    Command(
        "role assignment list",
        "roles:list_assignments",
        "List who has which role.",
        "all? assignee role scope resource-group,g include-inherited? include-groups?",
    ),
    Command(
        "role assignment delete",
        "roles:unassign",
        "Take a role away.",
        "assignee role scope resource-group,g ids* yes,y? include-inherited?",
    ),
    Command(
        "role definition list",
        "roles:list_definitions",
        "List roles.",
        "name,n scope custom-role-only resource-group,g",
    ),
    Command("role definition create", "roles:define", "Make a role.", "role-definition!"),
    Command("role definition update", "roles:redefine", "Change a role.", "role-definition!"),
    Command(
        "role definition delete",
        "roles:delete_definition",
        "Delete a role.",
        "name,n! scope custom-role-only resource-group,g",
    ),
    Command(
        "ad sp create-for-rbac",
        "roles:create_for_rbac",
        "Make a service principal.",
        "display-name,name,n role scopes* json-auth,sdk-auth? years create-cert? skip-assignment?",
    ),
    Command(
        "ad sp list",
        "roles:list_principals",
        "List the service principals.",
        "display-name all? show-mine? filter",
    ),
    Command("ad sp show", "roles:show_principal", "Show a service principal.", "id!"),
    Command("ad signed-in-user show", "roles:signed_in", "Show the user."),
    Command(
        "ml workspace create",
        "workspace:create",
        "Create a workspace.",
        _WORKSPACE_OPTIONS + " location,l kind hub-id default-resource-group enable-data-isolation,e? "
        "allow-roleassignment-on-rg,r provision-network-now?",
    ),
    Command(
        "ml workspace show",
        "workspace:show",
        "Show a workspace.",
        "name,n! workspace-name,w resource-group,g!",
    ),
    Command(
        "ml workspace list",
        "workspace:list_all",
        "List workspaces.",
        "resource-group,g max-results,r filtered-kinds",
    ),
    Command(
        "ml workspace update",
        "workspace:update",
        "Change a workspace.",
        _WORKSPACE_OPTIONS.replace("name,n ", "name,n! ", 1).replace("display-name! ", "display-name ")
        + " add~ remove~ force-string?",
    ),
    Command(
        "ml workspace delete",
        "workspace:delete",
        "Delete a workspace with all it holds.",
        "name,n! workspace-name,w resource-group,g! yes,y? all-resources? no-wait? permanently-delete,p?",
    ),
    Command(
        "ml compute create", "compute:create", "Create a compute target.", f"{_WS} {_COMPUTE_OPTIONS} set~"
    ),
    Command(
        "ml compute attach",
        "compute:attach",
        "Attach a compute target.",
        f"{_WS} admin-password admin-username file,f identity-type name,n namespace no-wait? resource-id ssh-port "
        "ssh-private-key-file type,t user-assigned-identities,i",
    ),
    Command("ml compute show", "compute:show", "Show a compute target.", f"{_WS} name,n!"),
    Command("ml compute list", "compute:list_all", "List compute targets.", f"{_WS} max-results,r type"),
    Command("ml compute start", "compute:start", "Start a compute instance.", f"{_WS} name,n! no-wait?"),
    Command("ml compute stop", "compute:stop", "Stop a compute instance.", f"{_WS} name,n! no-wait?"),
    Command(
        "ml compute restart", "compute:restart", "Restart a compute instance.", f"{_WS} name,n! no-wait?"
    ),
    Command(
        "ml compute delete", "compute:delete", "Delete a compute target.", f"{_WS} name,n! no-wait? yes,y?"
    ),
    Command(
        "ml compute detach", "compute:detach", "Detach a compute target.", f"{_WS} name,n! no-wait? yes,y?"
    ),
    Command(
        "ml compute list-sizes", "compute:list_sizes", "List sizes of machines.", f"{_WS} location,l type,t"
    ),
    Command("ml compute list-nodes", "compute:list_nodes", "List the nodes of a cluster.", f"{_WS} name,n!"),
    Command(
        "ml compute update",
        "compute:update",
        "Change a compute target.",
        f"{_WS} name,n! identity-type idle-time-before-scale-down,d max-instances min-instances no-wait? tags* "
        f"user-assigned-identities,i {_SET}",
    ),
    Command("ml datastore create", "datastore:create", "Register a datastore.", f"{_WS} file,f! name,n set~"),
    Command("ml datastore show", "datastore:show", "Show a datastore.", f"{_WS} name,n!"),
    Command("ml datastore list", "datastore:list_all", "List datastores.", f"{_WS} max-results,r"),
    Command("ml datastore update", "datastore:update", "Change a datastore.", f"{_WS} name,n file,f {_SET}"),
    Command("ml datastore delete", "datastore:delete", "Forget a datastore.", f"{_WS} name,n! yes,y?"),
    Command(
        "ml data create",
        "assets:create_data",
        "Register data.",
        f"{_WS} datastore description,d file,f name,n no-wait? path,p registry-name set~ skip-validation? type,t "
        "version,v tags*",
    ),
    *_assets("data", "data"),
    Command(
        "ml environment create",
        "assets:create_environment",
        "Register an environment.",
        f"{_WS} build-context,b conda-file,c datastore description dockerfile-path,d file,f image,i name,n no-wait? "
        "os-type registry-name set~ tags* version,v",
    ),
    *_assets("environment", "environments"),
    Command(
        "ml model create",
        "assets:create_model",
        "Register a model.",
        f"{_WS} datastore description file,f name,n no-wait? path,p registry-name set~ stage,s tags* type,t version,v",
    ),
    *_assets("model", "models"),
    Command(
        "ml model download",
        "assets:download_model",
        "Download a model.",
        f"{_WS} download-path,p name,n! registry-name version,v!",
    ),
    Command(
        "ml model delete",
        "assets:delete_model",
        "Delete a version of a model.",
        f"{_WS} name,n! version,v! yes,y?",
    ),
    Command(
        "ml component create",
        "assets:create_component",
        "Register a component.",
        f"{_WS} file,f! name,n registry-name set~ skip-validation? version,v",
    ),
    *_assets("component", "components"),
    Command(
        "ml job create",
        "job:create",
        "Submit a job.",
        f"{_WS} file,f! name,n save-as,a set~ skip-validation? stream,s? web,e?",
    ),
    Command("ml job validate", "job:validate", "Check a job's file.", f"{_WS} file,f! set~"),
    Command("ml job show", "job:show", "Show a job.", f"{_WS} name,n! web,e?"),
    Command("ml job list", "job:list_all", "List jobs.", f"{_LIST} all-results? parent-job-name,p"),
    Command("ml job stream", "job:stream", "Follow a job's log.", f"{_WS} name,n!"),
    Command("ml job cancel", "job:cancel", "Cancel a job.", f"{_WS} name,n!"),
    Command(
        "ml job download",
        "job:download",
        "Download a job's files.",
        f"{_WS} name,n! all? download-path,p output-name",
    ),
    Command("ml job archive", "job:archive", "Hide a job.", f"{_WS} name,n!"),
    Command("ml job restore", "job:restore", "Show a job again.", f"{_WS} name,n!"),
    Command("ml job update", "job:update", "Change a job.", f"{_WS} name,n! web,e? {_SET}"),
    *V1,
]

COMMANDS: dict[str, Command] = {command.name: command for command in _ALL}
"""The commands by name."""
