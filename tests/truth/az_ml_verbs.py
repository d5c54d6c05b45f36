"""Every command of `az ml` (CLI v2), with its options: what code blocks may use.

Made from the pages of the official reference, https://learn.microsoft.com/cli/azure/ml, whose source is the
public repository MicrosoftDocs/azure-docs-cli: every page below docs-ref-autogen/Latest-version/latest/ml
as of 21 August 2026 (extension `ml` 2.15.0 or later). Nothing was added from memory.

One line a command: its words after `az`, a colon, and its options without dashes, the short form after a
comma, `!` after one that is required. Longer lines go on indented. `COMMON` options belong to all.
"""

from __future__ import annotations

from tests.truth.az_table import Command, parse

TABLE = """
ml azure-openai-deployment list: connection-name,c! resource-group,g! workspace-name,w!
ml batch-deployment create: endpoint-name,e file,f! name,n no-wait resource-group,g! set set-default
    skip-script-validation workspace-name,w!
ml batch-deployment delete: endpoint-name,e! name,n! no-wait resource-group,g! workspace-name,w! yes,y
ml batch-deployment list: endpoint-name,e! resource-group,g! workspace-name,w!
ml batch-deployment list-jobs: endpoint-name,e! name,n! resource-group,g! workspace-name,w!
ml batch-deployment show: endpoint-name,e! name,n! resource-group,g! workspace-name,w!
ml batch-deployment update: add endpoint-name,e file,f force-string name,n no-wait remove
    resource-group,g! set workspace-name,w!
ml batch-endpoint create: file,f name,n no-wait resource-group,g! set workspace-name,w!
ml batch-endpoint delete: name,n! no-wait resource-group,g! workspace-name,w! yes,y
ml batch-endpoint invoke: deployment-name,d experiment-name file,f input input-type inputs
    instance-count,c job-name mini-batch-size,m name,n! output-path outputs resource-group,g! set
    workspace-name,w!
ml batch-endpoint list: resource-group,g! workspace-name,w!
ml batch-endpoint list-jobs: name,n! resource-group,g! workspace-name,w!
ml batch-endpoint show: name,n! resource-group,g! workspace-name,w!
ml batch-endpoint update: add defaults file,f force-string name,n no-wait remove resource-group,g! set
    workspace-name,w!
ml capability-host create: ai-services-connections,a capability-host-kind description file,f name,n
    no-wait resource-group,g! set storage-connections,s vector-store-connections,v workspace-name,w!
ml capability-host delete: name,n! no-wait resource-group,g! workspace-name,w!
ml capability-host show: name,n! resource-group,g! workspace-name,w!
ml component archive: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml component create: file,f! name,n registry-name resource-group,g set skip-validation version,v
    workspace-name,w
ml component list: archived-only include-archived max-results,r name,n registry-name resource-group,g
    workspace-name,w
ml component prepare-for-sign: file,f! registry-name resource-group,g workspace-name,w
ml component restore: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml component show: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml component update: add force-string label,l name,n! registry-name remove resource-group,g! set version,v
    workspace-name,w!
ml compute attach: admin-password admin-username file,f identity-type name,n namespace no-wait
    resource-group,g! resource-id ssh-port ssh-private-key-file type,t user-assigned-identities,i
    workspace-name,w!
ml compute connect-ssh: name,n! private-key-file-path,f resource-group,g! workspace-name,w!
ml compute create: admin-password admin-username description enable-node-public-ip file,f identity-type
    idle-time-before-scale-down,d location,l max-instances min-instances name,n no-wait resource-group,g!
    set size ssh-key-value ssh-public-access-enabled,p subnet tags tier type,t user-assigned-identities,i
    user-object-id user-tenant-id vnet-name workspace-name,w!
ml compute delete: name,n! no-wait resource-group,g! workspace-name,w! yes,y
ml compute detach: name,n! no-wait resource-group,g! workspace-name,w! yes,y
ml compute enable-sso: disable name,n! resource-group,g! workspace-name,w!
ml compute list: max-results,r resource-group,g! type workspace-name,w!
ml compute list-nodes: name,n! resource-group,g! workspace-name,w!
ml compute list-sizes: location,l resource-group,g! type,t workspace-name,w!
ml compute list-usage: location,l resource-group,g! workspace-name,w!
ml compute restart: name,n! no-wait resource-group,g! workspace-name,w!
ml compute show: name,n! resource-group,g! workspace-name,w!
ml compute start: name,n! no-wait resource-group,g! workspace-name,w!
ml compute stop: name,n! no-wait resource-group,g! workspace-name,w!
ml compute update: add force-string identity-type idle-time-before-scale-down,d max-instances
    min-instances name,n! no-wait remove resource-group,g! set tags user-assigned-identities,i
    workspace-name,w!
ml connection create: file,f! name,n populate-secrets,p resource-group,g! set workspace-name,w!
ml connection delete: name,n! resource-group,g! workspace-name,w! yes,y
ml connection list: max-results,r populate-secrets,p resource-group,g! type,t workspace-name,w!
ml connection show: name,n! populate-secrets,p resource-group,g! workspace-name,w!
ml connection update: add force-string name,n! populate-secrets,p remove resource-group,g! set
    workspace-name,w!
ml data archive: label,l name,n! resource-group,g version,v workspace-name,w
ml data create: datastore description,d file,f name,n no-wait path,p registry-name resource-group,g set
    skip-validation type,t version,v workspace-name,w
ml data import: datastore description,d file,f name,n path,p resource-group,g! set skip-validation type,t
    version,v workspace-name,w!
ml data list: archived-only include-archived max-results,r name,n registry-name resource-group,g
    workspace-name,w
ml data list-materialization-status: all-results archived-only include-archived max-results,r name,p
    resource-group,g! workspace-name,w!
ml data mount: mode mount-point path! persistent resource-group,g workspace-name,w
ml data restore: label,l name,n! resource-group,g version,v workspace-name,w
ml data share: name,n! registry-name! resource-group,g! share-with-name! share-with-version! version,v!
    workspace-name,w!
ml data show: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml data update: add force-string label,l name,n! registry-name remove resource-group,g! set version,v
    workspace-name,w!
ml datastore create: file,f! name,n resource-group,g! set workspace-name,w!
ml datastore delete: name,n! resource-group,g! workspace-name,w!
ml datastore list: max-results,r resource-group,g! workspace-name,w!
ml datastore mount: mode mount-point path! persistent resource-group,g workspace-name,w
ml datastore show: name,n! resource-group,g! workspace-name,w!
ml datastore update: add file,f force-string name,n remove resource-group,g! set workspace-name,w!
ml deployment-template archive: name,n! no-wait registry-name,r! version,v!
ml deployment-template create: file,f name,n no-wait registry-name,r! set version,v
ml deployment-template list: registry-name,r!
ml deployment-template restore: name,n! no-wait registry-name,r! version,v!
ml deployment-template show: name,n! registry-name,r! version,v!
ml deployment-template update: add force-string name,n! registry-name,r! remove set version,v!
ml environment archive: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml environment create: build-context,b conda-file,c datastore description dockerfile-path,d file,f image,i
    name,n no-wait os-type registry-name resource-group,g set tags version,v workspace-name,w
ml environment list: archived-only include-archived max-results,r name,n registry-name resource-group,g
    workspace-name,w
ml environment restore: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml environment share: name,n! registry-name! resource-group,g share-with-name! share-with-version!
    version,v! workspace-name,w
ml environment show: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml environment update: add force-string label,l name,n! registry-name remove resource-group,g set
    version,v workspace-name,w
ml feature-set archive: feature-store-name name,n! resource-group,g version,v! workspace-name,w yes,y
ml feature-set backfill: by-data-status,d by-job-id,j compute-resource,r description display-name
    feature-store-name feature-window-end-time,e feature-window-start-time,s file,f name,n
    resource-group,g spark-configuration-settings,c tags version,v workspace-name,w
ml feature-set create: description,d feature-store-name file,f materialization-settings,m name,n no-wait
    resource-group,g set specification,s version,v workspace-name,w
ml feature-set get-feature: feature-name! feature-store-name name,n! resource-group,g version,v!
    workspace-name,w
ml feature-set list: archived-only feature-store-name include-archived max-results,r name,n
    resource-group,g workspace-name,w
ml feature-set list-features: feature-name feature-store-name name,n! resource-group,g version,v!
    workspace-name,w
ml feature-set list-materialization-operation: feature-store-name feature-window-end-time,e
    feature-window-start-time,s filters name,n! resource-group,g version,v! workspace-name,w
ml feature-set restore: feature-store-name name,n! resource-group,g version,v! workspace-name,w yes,y
ml feature-set show: feature-store-name name,n! resource-group,g version,v! workspace-name,w
ml feature-set show-feature: feature-name! feature-store-name name,n! resource-group,g version,v!
    workspace-name,w
ml feature-set update: add feature-store-name! file,f force-string name,n no-wait remove resource-group,g!
    set version,v workspace-name,w!
ml feature-store create: application-insights,a container-registry,c description display-name file,f
    image-build-compute,i location,l managed-network,m materialization-identity,t name,n no-wait
    not-grant-permissions offline-store primary-user-assigned-identity,p public-network-access
    resource-group,g! set tags update-dependent-resources,u
ml feature-store delete: all-resources name,n! no-wait resource-group,g! yes,y
ml feature-store list: max-results,r resource-group,g
ml feature-store provision-network: include-spark name,n! no-wait resource-group,g!
ml feature-store show: name,n! resource-group,g!
ml feature-store update: add application-insights,a container-registry,c description display-name file,f
    force-string image-build-compute,i managed-network,m materialization-identity,t name,n! no-wait
    not-grant-permissions primary-user-assigned-identity,p public-network-access remove resource-group,g!
    set update-dependent-resources,u
ml feature-store-entity archive: feature-store-name name,n! resource-group,g version,v! workspace-name,w
    yes,y
ml feature-store-entity create: description,d feature-store-name file,f name,n no-wait resource-group,g
    set version,v workspace-name,w
ml feature-store-entity list: archived-only feature-store-name include-archived max-results,r name,n
    resource-group,g workspace-name,w
ml feature-store-entity restore: feature-store-name name,n! resource-group,g version,v! workspace-name,w
    yes,y
ml feature-store-entity show: feature-store-name name,n! resource-group,g version,v! workspace-name,w
ml feature-store-entity update: add feature-store-name! force-string name,n! no-wait remove
    resource-group,g! set version,v! workspace-name,w!
ml index create: datastore description file,f name,n path,p registry-name resource-group,g set stage,s
    tags version,v workspace-name,w
ml index list: max-results,r name,n registry-name resource-group,g workspace-name,w
ml index show: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml job archive: name,n! resource-group,g! workspace-name,w!
ml job cancel: name,n! resource-group,g! workspace-name,w!
ml job connect-ssh: name,n! node-index,i private-key-file-path,f resource-group,g! workspace-name,w!
ml job create: file,f! name,n resource-group,g! save-as,a set skip-validation stream,s web,e
    workspace-name,w!
ml job download: all download-path,p name,n! output-name resource-group,g! workspace-name,w!
ml job list: all-results archived-only include-archived max-results,r parent-job-name,p resource-group,g!
    workspace-name,w!
ml job restore: name,n! resource-group,g! workspace-name,w!
ml job show: name,n! resource-group,g! web,e workspace-name,w!
ml job show-services: name,n! node-index,i resource-group,g! workspace-name,w!
ml job stream: name,n! resource-group,g! workspace-name,w!
ml job update: add force-string name,n! remove resource-group,g! set web,e workspace-name,w!
ml job validate: file,f! resource-group,g! set workspace-name,w!
ml marketplace-subscription create: file,f name,n no-wait resource-group,g! set workspace-name,w!
ml marketplace-subscription delete: name,n! no-wait resource-group,g! workspace-name,w!
ml marketplace-subscription list: resource-group,g! workspace-name,w!
ml marketplace-subscription show: name,n! resource-group,g! workspace-name,w!
ml model archive: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml model create: datastore description file,f name,n no-wait path,p registry-name resource-group,g set
    stage,s tags type,t version,v workspace-name,w
ml model download: download-path,p name,n! registry-name resource-group,g version,v! workspace-name,w
ml model list: archived-only include-archived max-results,r name,n registry-name resource-group,g stage,s
    workspace-name,w
ml model package: file,f! name,n! registry-name resource-group,g version,v! workspace-name,w
ml model restore: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml model share: name,n! registry-name! resource-group,g share-with-name! share-with-version! version,v!
    workspace-name,w
ml model show: label,l name,n! registry-name resource-group,g version,v workspace-name,w
ml model update: add force-string label,l name,n! registry-name remove resource-group,g! set stage,s
    version,v workspace-name,w
ml online-deployment create: all-traffic endpoint-name,e file,f! local local-enable-gpu name,n no-wait
    package-model resource-group,g! set skip-script-validation vscode-debug web workspace-name,w!
ml online-deployment delete: endpoint-name,e! local name,n! no-wait resource-group,g! workspace-name,w!
    yes,y
ml online-deployment get-logs: container,c endpoint-name,e! lines,l local name,n! resource-group,g!
    workspace-name,w!
ml online-deployment list: endpoint-name,e! local resource-group,g! workspace-name,w!
ml online-deployment show: endpoint-name,e! local name,n! resource-group,g! web workspace-name,w!
ml online-deployment update: add endpoint-name,e file,f force-string local local-enable-gpu name,n no-wait
    remove resource-group,g! set skip-script-validation vscode-debug web workspace-name,w!
ml online-endpoint create: auth-mode file,f local name,n no-wait resource-group,g! set web,e
    workspace-name,w!
ml online-endpoint delete: local name,n! no-wait resource-group,g! workspace-name,w! yes,y
ml online-endpoint get-credentials: name,n! resource-group,g! workspace-name,w!
ml online-endpoint invoke: deployment-name,d local name,n! request-file,r resource-group,g!
    workspace-name,w!
ml online-endpoint list: local resource-group,g! workspace-name,w!
ml online-endpoint regenerate-keys: key-type name,n! no-wait resource-group,g! workspace-name,w!
ml online-endpoint show: local name,n! resource-group,g! web,e workspace-name,w!
ml online-endpoint update: add file,f force-string local mirror-traffic name,n no-wait remove
    resource-group,g! set traffic,r web,e workspace-name,w!
ml registry create: display-name file,f name,n no-wait public-network-access resource-group,g! set tags
ml registry delete: name,n resource-group,g
ml registry list: max-results,r resource-group,g
ml registry show: name,n! resource-group,g!
ml registry update: add display-name file,f force-string name,n no-wait public-network-access remove
    resource-group,g! set tags
ml schedule create: file,f! name,n no-wait resource-group,g! set workspace-name,w
ml schedule delete: name,n! no-wait resource-group,g! workspace-name,w!
ml schedule disable: name,n! no-wait resource-group,g! workspace-name,w!
ml schedule enable: name,n! no-wait resource-group,g! workspace-name,w!
ml schedule list: disabled-only include-disabled max-results,r resource-group,g! workspace-name,w
ml schedule show: name,n! resource-group,g! workspace-name,w
ml schedule trigger: name,n! resource-group,g! workspace-name,w!
ml schedule update: add force-string name,n! no-wait remove resource-group,g! set workspace-name,w!
ml serverless-endpoint create: file,f name,n no-wait resource-group,g! set workspace-name,w!
ml serverless-endpoint delete: name,n! no-wait resource-group,g! workspace-name,w!
ml serverless-endpoint get-credentials: name,n! resource-group,g! workspace-name,w!
ml serverless-endpoint list: resource-group,g! workspace-name,w!
ml serverless-endpoint regenerate-keys: key-type name,n! no-wait resource-group,g! workspace-name,w!
ml serverless-endpoint show: name,n! resource-group,g! workspace-name,w!
ml serverless-endpoint update: add force-string name,n! no-wait remove resource-group,g! set
    workspace-name,w!
ml workspace create: allow-roleassignment-on-rg,r application-insights,a container-registry,c
    default-resource-group description display-name enable-data-isolation,e file,f hub-id
    image-build-compute,i key-vault,k kind location,l managed-network,m name,n no-wait
    primary-user-assigned-identity,p provision-network-now public-network-access resource-group,g! set
    storage-account,s system-datastores-auth-mode,d tags update-dependent-resources,u
ml workspace delete: all-resources name,n! no-wait permanently-delete,p resource-group,g! yes,y
ml workspace diagnose: name,n! no-wait resource-group,g!
ml workspace list: filtered-kinds max-results,r resource-group,g
ml workspace list-keys: name,n! resource-group,g!
ml workspace outbound-rule list: resource-group,g! workspace-name,w!
ml workspace outbound-rule remove: no-wait resource-group,g! rule! workspace-name,w! yes,y
ml workspace outbound-rule set: address-prefixes destination fqdns no-wait port-ranges protocol
    resource-group,g! rule! service-resource-id service-tag spark-enabled subresource-target type!
    workspace-name,w!
ml workspace outbound-rule show: resource-group,g! rule! workspace-name,w!
ml workspace provision-network: include-spark name,n! no-wait resource-group,g!
ml workspace show: name,n! resource-group,g!
ml workspace sync-keys: name,n! no-wait resource-group,g!
ml workspace update: add allow-roleassignment-on-rg,r application-insights,a container-registry,c
    description display-name file,f force-string image-build-compute,i managed-network,m name,n!
    network-acls no-wait primary-user-assigned-identity,p public-network-access remove resource-group,g!
    set system-datastores-auth-mode,d update-dependent-resources,u
"""

ML: dict[str, Command] = parse(TABLE)
"""By the words after `az`, for example "ml job create"."""
