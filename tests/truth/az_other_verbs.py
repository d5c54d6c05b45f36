"""Commands of `az` beside `az ml` that notes use, with their options.

Made as az_ml_verbs.py was, from the pages of the same names below docs-ref-autogen/Latest-version/latest. A block
that needs another command adds its line here, from its page at https://learn.microsoft.com/cli/azure/.
"""

from __future__ import annotations

from tests.truth.az_table import Command, parse

TABLE = """
account list: all refresh
account set: name,subscription,n,s!
account show: name,subscription,n,s
acr build: agent-pool auth-mode build-arg file,f image,t log-template no-format no-logs no-push no-wait
    platform registry,r! resource-group,g secret-build-arg source-acr-auth-id target timeout
acr create: admin-enabled allow-exports allow-metadata-search allow-trusted-services data-endpoint-enabled
    default-action dnl-scope endpoint-protocol identity key-encryption-key location,l name,n!
    public-network-enabled regional-endpoints resource-group,g! role-assignment-mode sku! tags workspace
    writable-cache-repos zone-redundancy
acr list: resource-group,g
acr login: endpoint expose-token,t name,n! password,p resource-group,g suffix username,u
acr show: name,n! resource-group,g
ad signed-in-user show:
ad sp create-for-rbac: cert create-cert create-password display-name,name,n json-auth,sdk-auth keyvault
    role scopes service-management-reference years
ad user show: id!
aks get-credentials: admin,a aks-custom-headers context file,f format name,n! overwrite-existing
    public-fqdn resource-group,g! user,u
aks get-credentials: admin,a context file,f format name,n! overwrite-existing public-fqdn
    resource-group,g!
aks show: aks-custom-headers name,n! resource-group,g!
aks show: name,n! resource-group,g!
cognitiveservices account create: allow-project-management,manage-projects api-properties assign-identity
    custom-domain encryption kind! location,l! name,n! resource-group,g! sku,sku-name! storage tags yes
config set: local
configure: defaults,d list-defaults,l scope
deployment group create: aux-subs aux-tenants confirm-with-what-if,c handle-extended-json-format,j mode
    name,n no-prompt no-wait parameters,p proceed-if-no-change query-string,q resource-group,g!
    rollback-on-error template-file,f template-spec,s template-uri,u validation-level what-if,w
    what-if-exclude-change-types,x what-if-result-format,r
devops configure: defaults,d list,l use-git-aliases
extension add: allow-preview name,n pip-extra-index-urls pip-proxy source,s system upgrade version yes,y
extension list:
extension remove: name,n!
extension show: name,n!
extension update: allow-preview name,n! pip-extra-index-urls pip-proxy
group create: location,l! managed-by name,resource-group,g,n! tags
group delete: force-deletion-types,f name,resource-group,g,n! no-wait yes,y
group list: tag
group show: name,resource-group,g,n!
identity create: isolation-scope location,l name,resource-name,n! resource-group,g! resource-restriction
    tags
identity show: ids name,resource-name,n resource-group,g subscription
k8s-extension create: auto-upgrade,auto-upgrade-minor-version cluster-name,c!
    cluster-resource-provider,cluster-rp cluster-type,t! config,configuration-settings
    config-file,config-settings-file config-protected,config-protected-settings
    config-protected-file,config-protected-settings-file config-settings configuration-protected-settings
    configuration-protected-settings-file configuration-settings-file extension-type! name,n! no-wait
    plan-name plan-product plan-publisher release-namespace release-train resource-group,g! scope
    target-namespace version
k8s-extension show: cluster-name,c! cluster-resource-provider,cluster-rp cluster-type,t! name,n!
    resource-group,g!
keyvault create: administrators bypass default-action enable-purge-protection enable-rbac-authorization
    enabled-for-deployment enabled-for-disk-encryption enabled-for-template-deployment hsm-name location,l
    mi-user-assigned name,n network-acls network-acls-ips network-acls-vnets no-self-perms no-wait
    public-network-access resource-group,g! retention-days sku tags
keyvault secret set: content-type,description disabled encoding,e expires file,f name,n! not-before tags
    value vault-name!
keyvault secret show: id name,n vault-name version,v
login: allow-no-subscriptions certificate claims-challenge client-id federated-token identity,i object-id
    password,p resource-id scope service-principal skip-sub,skip-subscription-discovery subscription,s
    tenant,t use-cert-sn-issuer use-device-code username,u
logout: username
monitor app-insights component create: app,a! application-type ingestion-access kind,k location,l!
    query-access resource-group,g! retention-time tags workspace
monitor autoscale create: action,a count! disabled email-administrator email-coadministrators location,l
    max-count min-count name,n resource! resource-group,g resource-namespace resource-parent resource-type
    scale-look-ahead-time scale-mode tags
monitor autoscale rule create: autoscale-name! condition! cooldown profile-name resource resource-group,g
    resource-namespace resource-parent resource-type scale! timegrain
monitor diagnostic-settings create: event-hub event-hub-rule export-to-resource-specific logs
    marketplace-partner-id metrics name,n! resource! resource-group,g resource-namespace resource-parent
    resource-type storage-account workspace
monitor log-analytics query: analytics-query! timespan,t workspace,w! workspaces
monitor metrics list: aggregation dimension end-time filter interval metadata metrics namespace offset
    orderby resource! resource-group,g resource-namespace resource-parent resource-type start-time top
network private-endpoint create: app-gateway-ip-configs,application-gateway-ip-configurations asg,asgs
    connection-name! default-outbound-access,outbound-access edge-zone group-id,group-ids
    ip-config,ip-configs ip-version-type ipam-pool-prefix-allocations,ipam-prefix-allocs location,l
    manual-request name,n! nic-name no-wait private-connection-resource-id! request-message
    resource-group,g! service-gateway sharing-scope subnet! tags vnet-name
network vnet create: address-prefixes bgp-community ddos-protection ddos-protection-plan dns-servers
    edge-zone enable-encryption encryption-enforcement-policy,encryption-policy flowtimeout
    ipam-allocations,ipam-pool-prefix-allocations location,l name,n! network-security-group,nsg no-wait
    pe-vnet-policies,private-endpoint-vnet-policies resource-group,g! sgp,summarized-gateway-prefixes
    subnet-name subnet-prefixes subnets tags vm-protection
pipelines run: branch commit-id detect folder-path id name open org,organization parameters project,p
    variables
policy assignment create: assign-identity,mi-system-assigned,system-assigned definition-version
    description display-name enforcement-mode,e identity-scope location,l metadata
    mi-user-assigned,user-assigned name,n non-compliance-messages,m not-scopes overrides params,p policy
    policy-set-definition,d resource-group,g resource-selectors role scope
    self-serve,self-serve-exemption-settings
provider register: consent-to-permissions,c management-group-id,m namespace,n! wait
provider show: expand namespace,n!
resource delete: api-version ids latest-include-preview,v name,n namespace no-wait parent resource-group,g
    resource-type
resource list: location,l name,n namespace resource-group,g resource-type tag
resource show: api-version ids include-response-body latest-include-preview,v name,n namespace parent
    resource-group,g resource-type
rest: body,b headers method,m output-file resource skip-authorization-header uri,url,u!
    uri-parameters,url-parameters
role assignment create: assignee assignee-object-id assignee-principal-type condition condition-version
    description name,n role! scope!
role assignment delete: assignee assignee-object-id ids include-inherited resource-group,g role scope
    yes,y
role assignment list: all assignee assignee-object-id fill-principal-name fill-role-definition-name
    include-groups include-inherited resource-group,g role scope
role definition create: role-definition!
role definition delete: custom-role-only name,n! resource-group,g scope
role definition list: custom-role-only name,n resource-group,g scope
role definition update: role-definition!
storage account create: access-tier account-type action allow-append,allow-protected-append-writes,w
    allow-blob-public-access allow-cross-tenant-replication,r allow-shared-key-access,k allowed-copy-scope
    assign-identity azure-storage-sid blob-geo-sla,enable-blob-geo-priority-replication bypass
    custom-domain default-action default-share-permission,d dns-endpoint-type,endpoint domain-guid
    domain-name domain-sid edge-zone enable-alw enable-files-aadds enable-files-aadkerb enable-files-adds
    enable-hierarchical-namespace,hns enable-large-file-share enable-local-user enable-nfs-v3 enable-sftp
    enable-smb-oauth encryption-key-name encryption-key-source encryption-key-type-for-queue,q
    encryption-key-type-for-table,t encryption-key-vault encryption-key-version encryption-services
    forest-name https-only identity-type immutability-period,immutability-period-in-days
    immutability-state key-exp-days,key-expiration-period-in-days key-vault-federated-client-id,f
    key-vault-user-identity-id,u kind location,l min-tls-version name,n! net-bios-domain-name
    public-network-access publish-internet-endpoints publish-ipv6-endpoint publish-microsoft-endpoints
    require-infrastructure-encryption,i resource-group,g! routing-choice sam-account-name
    sas-exp,sas-expiration-period sas-exp-action,sas-expiration-action sku subnet tags user-identity-id
    vnet-name zone-placement-policy zones
storage account create: access-tier account-type action allow-append,allow-protected-append-writes,w
    allow-blob-public-access allow-cross-tenant-replication,r allow-shared-key-access,k
    allowed-copy-scope,s assign-identity azure-storage-sid bypass custom-domain default-action
    default-share-permission,d dns-endpoint-type,endpoint domain-guid domain-name domain-sid edge-zone
    enable-alw enable-extended-groups enable-files-aadds enable-files-aadkerb enable-files-adds
    enable-hierarchical-namespace,hns enable-large-file-share enable-local-user enable-nfs-v3 enable-sftp
    encryption-key-name encryption-key-source encryption-key-type-for-queue,q
    encryption-key-type-for-table,t encryption-key-vault encryption-key-version encryption-services
    forest-name https-only identity-type immutability-period,immutability-period-in-days
    immutability-state key-exp-days,key-expiration-period-in-days key-vault-federated-client-id,f
    key-vault-user-identity-id,u kind location,l min-tls-version name,n! net-bios-domain-name
    public-network-access publish-internet-endpoints publish-microsoft-endpoints
    require-infrastructure-encryption,i resource-group,g! routing-choice sam-account-name
    sas-exp,sas-expiration-period sku subnet tags user-identity-id vnet-name
storage account keys list: account-name,n! expand-key-type resource-group,g
storage account keys renew: account-name,n! key! key-type resource-group,g
storage account show: expand ids name,n resource-group,g subscription
storage blob list: account-key account-name auth-mode blob-endpoint connection-string container-name,c!
    delimiter include marker num-results prefix sas-token show-next-marker timeout
storage blob upload: account-key account-name auth-mode blob-endpoint blob-url connection-string
    container-name,c content-cache,content-cache-control content-disposition content-encoding
    content-language content-md5 content-type data encryption-scope file,f if-match if-modified-since
    if-none-match if-unmodified-since lease-id length max-connections maxsize-condition metadata name,n
    no-progress overwrite sas-token socket-timeout tags tags-condition tier timeout type,t
    validate-content
storage blob upload-batch: account-key account-name auth-mode blob-endpoint connection-string
    content-cache,content-cache-control content-disposition content-encoding content-language content-md5
    content-type destination,d! destination-path dryrun if-match if-modified-since if-none-match
    if-unmodified-since lease-id max-connections maxsize-condition metadata no-progress overwrite pattern
    sas-token source,s! tags tags-condition tier timeout type,t validate-content
storage container create: account-key account-name auth-mode blob-endpoint connection-string
    default-encryption-scope,d fail-on-exist metadata name,n! prevent-encryption-scope-override,p
    public-access resource-group,g sas-token timeout
upgrade: all allow-preview,allow-preview-extensions yes,y
version:
vm list-sizes: location,l!
vm list-skus: all location,l resource-type,r size,s zone,z
vm list-usage: location,l!
"""

OTHER: dict[str, Command] = parse(TABLE)
"""By the words after `az`, for example "group create"."""
