"""Every command of the retired CLI v1 (`az ml` of the extension azure-cli-ml), with its options.

Made as az_ml_verbs.py was, from the pages below docs-ref-autogen/Latest-version/latest/ml[v1] of the same
repository, also at https://learn.microsoft.com/cli/azure/ml(v1), as of 21 August 2026.
"""

from __future__ import annotations

from tests.truth.az_table import Command, parse

TABLE = """
ml computetarget amlcompute identity assign: identities! name,n! path resource-group,g subscription-id
    workspace-name,w v
ml computetarget amlcompute identity remove: identities! name,n! path resource-group,g subscription-id
    workspace-name,w v
ml computetarget amlcompute identity show: name,n! path resource-group,g subscription-id workspace-name,w
    v
ml computetarget attach aks: compute-resource-id,i! name,n! resource-group,g workspace-name,w
ml computetarget attach kubernetes: compute-resource-id,i! name,n! namespace resource-group,g
    workspace-name,w
ml computetarget attach remote: address,a! name,n! password,p private-key-file private-key-passphrase
    resource-group,g ssh-port! username,u! workspace-name,w
ml computetarget computeinstance restart: name,n! no-wait path resource-group,g subscription-id
    workspace-name,w v
ml computetarget computeinstance start: name,n! no-wait path resource-group,g subscription-id
    workspace-name,w v
ml computetarget computeinstance stop: name,n! no-wait path resource-group,g subscription-id
    workspace-name,w v
ml computetarget create aks: agent-count,a cluster-purpose dns-service-ip docker-bridge-cidr
    load-balancer-subnet load-balancer-type location,l name,n! no-wait path resource-group,g service-cidr
    ssl-cert-file ssl-cname ssl-key-file ssl-leaf-domain-label ssl-overwrite-domain subnet-name
    subscription-id vm-size,s vnet-name vnet-resourcegroup-name workspace-name,w v
ml computetarget create amlcompute: admin-user-password admin-user-ssh-key admin-username assign-identity
    description enable-node-public-ip idle-seconds-before-scaledown location,l max-nodes! min-nodes
    name,n! no-wait path remote-login-port-public-access resource-group,g subnet-name subscription-id tag
    vm-priority,p vm-size,s! vnet-name vnet-resourcegroup-name workspace-name,w v
ml computetarget create computeinstance: admin-user-ssh-public-key description name,n! no-wait path
    resource-group,g ssh-public-access subnet-name subscription-id tag user-object-id user-tenant-id
    vm-size,s! vnet-name vnet-resourcegroup-name workspace-name,w v
ml computetarget create datafactory: location,l name,n! no-wait path resource-group,g subscription-id
    workspace-name,w v
ml computetarget delete: name,n! path resource-group,g subscription-id workspace-name,w v
ml computetarget detach: name,n! path resource-group,g subscription-id workspace-name,w v
ml computetarget get-credentials: name,n! path resource-group,g subscription-id workspace-name,w v
ml computetarget list: path resource-group,g subscription-id workspace-name,w v
ml computetarget show: name,n! path resource-group,g subscription-id workspace-name,w v
ml computetarget update aks: load-balancer-subnet load-balancer-type name,n! no-wait path resource-group,g
    ssl-cert-file ssl-cname ssl-disable ssl-key-file ssl-leaf-domain-label ssl-overwrite-domain ssl-renew
    subscription-id workspace-name,w v
ml computetarget update amlcompute: idle-seconds-before-scaledown max-nodes min-nodes name,n! path
    resource-group,g subscription-id workspace-name,w v
ml dataset archive: id,i name,n output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml dataset deprecate: deprecate-by-id,d! id,i name,n output-metadata-file,t path resource-group,g
    subscription-id workspace-name,w
ml dataset list: output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml dataset reactivate: id,i name,n output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml dataset register: file,f output-metadata-file,t path resource-group,g show-template skip-validation
    subscription-id workspace-name,w
ml dataset show: id,i name,n output-metadata-file,t path resource-group,g subscription-id version,v
    workspace-name,w
ml dataset unregister: name,n output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml datastore attach-adls: adls-resource-group adls-subscription-id authority-url client-id! client-secret!
    grant-workspace-msi-access include-secret name,n! output-metadata-file,t path resource-group,g
    resource-url store-name,c! subscription-id tenant-id! workspace-name,w
ml datastore attach-adls-gen2: account-name,a! adlsgen2-account-resource-group
    adlsgen2-account-subscription-id authority-url client-id! client-secret! endpoint file-system,c!
    grant-workspace-msi-access include-secret name,n! output-metadata-file,t path protocol
    resource-group,g resource-url subscription-id tenant-id! workspace-name,w
ml datastore attach-blob: account-key,k account-name,a! container-name,c! endpoint
    grant-workspace-msi-access include-secret name,n! output-metadata-file,t path protocol
    resource-group,g sas-token storage-account-resource-group storage-account-subscription-id
    subscription-id workspace-name,w
ml datastore attach-dbfs: name,n! output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml datastore attach-file: account-key,k account-name,a! endpoint include-secret name,n!
    output-metadata-file,t path protocol resource-group,g sas-token share-name,c! subscription-id
    workspace-name,w
ml datastore attach-mysqldb: database-name,d! endpoint include-secret name,n! output-metadata-file,t
    password,p! path port resource-group,g server-name! subscription-id user-id,u! workspace-name,w
ml datastore attach-psqldb: database-name,d! endpoint enforce-ssl include-secret name,n!
    output-metadata-file,t password,p! path port resource-group,g server-name! subscription-id user-id,u!
    workspace-name,w
ml datastore attach-sqldb: authority-url client-id client-secret database-name,d! endpoint
    grant-workspace-msi-access include-secret name,n! output-metadata-file,t password path
    resource-group,g resource-url server-name! sql-resource-group sql-subscription-id subscription-id
    tenant-id username workspace-name,w
ml datastore detach: name,n! output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml datastore download: hide-progress name,n! output-metadata-file,t overwrite path prefix,p
    resource-group,g subscription-id target-path,d! workspace-name,w
ml datastore list: include-secret output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml datastore set-default: name,n! output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml datastore show: include-secret name,n! output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml datastore show-default: include-secret output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml datastore upload: hide-progress name,n! output-metadata-file,t overwrite path resource-group,g
    src-path,p! subscription-id target-path,u workspace-name,w
ml endpoint realtime create-version: add-property add-tag ar,autoscale-refresh-seconds
    as,autoscale-enabled at,autoscale-target-utilization autoscale-max-replicas,ma
    autoscale-min-replicas,mi cc,cpu-cores ccl,cpu-cores-limit cf,conda-file collect-model-data,md
    cvt,is-control-version-type dc,deploy-config-file description,d ed,environment-directory
    entry-script,es environment-name,e environment-version,ev failure-threshold,ft gb,memory-gb
    gbl,memory-gb-limit gc,gpu-cores ic,inference-config-file id,initial-delay-seconds is-default
    max-request-wait-time,mr model,m model-metadata-file,f name,n! no-wait nr,num-replicas path
    period-seconds,ps replica-max-concurrent-requests,rm resource-group,g scoring-timeout-ms,tm
    sd,source-directory st,success-threshold subscription-id timeout-seconds,ts tp,traffic-percentile
    version-name,vn! workspace-name,w v
ml endpoint realtime delete: name,n! path resource-group,g subscription-id workspace-name,w v
ml endpoint realtime delete-version: name,n! no-wait path resource-group,g subscription-id
    version-name,vn! workspace-name,w v
ml endpoint realtime get-access-token: name,n! path resource-group,g subscription-id workspace-name,w v
ml endpoint realtime get-keys: name,n! path resource-group,g subscription-id workspace-name,w v
ml endpoint realtime get-logs: init,i name,n! num_lines,l path resource-group,g subscription-id
    workspace-name,w v
ml endpoint realtime list: compute-type,c model-id model-name path property resource-group,g
    subscription-id tag workspace-name,w v
ml endpoint realtime regen-key: key,k! name,n! path resource-group,g set-key,s subscription-id
    workspace-name,w v
ml endpoint realtime run: input-data,d name,n! path resource-group,g subscription-id workspace-name,w v
ml endpoint realtime show: name,n! path resource-group,g subscription-id workspace-name,w v
ml endpoint realtime update: add-property add-tag ae,auth-enabled ai,enable-app-insights description,d
    name,n! no-wait path remove-tag resource-group,g subscription-id token-auth-enabled workspace-name,w v
ml endpoint realtime update-version: add-property add-tag ar,autoscale-refresh-seconds
    as,autoscale-enabled at,autoscale-target-utilization autoscale-max-replicas,ma
    autoscale-min-replicas,mi cc,cpu-cores ccl,cpu-cores-limit cf,conda-file collect-model-data,md
    cvt,is-control-version-type dc,deploy-config-file description,d ed,environment-directory
    entry-script,es environment-name,e environment-version,ev failure-threshold,ft gb,memory-gb
    gbl,memory-gb-limit gc,gpu-cores ic,inference-config-file id,initial-delay-seconds is-default
    max-request-wait-time,mr model,m model-metadata-file,f name,n! no-wait nr,num-replicas path
    period-seconds,ps replica-max-concurrent-requests,rm resource-group,g scoring-timeout-ms,tm
    sd,source-directory st,success-threshold subscription-id timeout-seconds,ts tp,traffic-percentile
    version-name,vn! workspace-name,w v
ml environment download: directory,d! name,n! output-metadata-file,t overwrite path resource-group,g
    subscription-id version,v workspace-name,w
ml environment list: output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml environment register: directory,d! output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml environment scaffold: directory,d! name,n! output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml environment show: name,n! output-metadata-file,t path resource-group,g subscription-id version,v
    workspace-name,w
ml experiment list: output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml folder attach: experiment-name,e output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml model delete: model-id,i! path resource-group,g subscription-id workspace-name,w v
ml model deploy: ae,auth-enabled ai,enable-app-insights ar,autoscale-refresh-seconds as,autoscale-enabled
    at,autoscale-target-utilization autoscale-max-replicas,ma autoscale-min-replicas,mi base-image,bi
    base-image-registry,ir cc,cpu-cores ccl,cpu-cores-limit cf,conda-file collect-model-data,md
    compute-target,ct compute-type,cp cuda-version,cv dc,deploy-config-file description dn,dns-name-label
    ds,extra-docker-file-steps ed,environment-directory eg,enable-gpu entry-script,es environment-name,e
    environment-version,ev failure-threshold,ft gb,memory-gb gbl,memory-gb-limit gc,gpu-cores
    ic,inference-config-file id,initial-delay-seconds key-name key-version kp,primary-key ks,secondary-key
    lo,location max-request-wait-time,mr model,m model-metadata-file,f name,n! namespace no-wait
    nr,num-replicas overwrite path period-seconds,ps pi,profile-input po,port property
    replica-max-concurrent-requests,rm resource-group,g rt,runtime sc,ssl-cname scoring-timeout-ms,tm
    sd,source-directory se,ssl-enabled sk,ssl-key-pem-file sp,ssl-cert-pem-file st,success-threshold
    subnet-name subscription-id tag timeout-seconds,ts token-auth-enabled tp,traffic-percentile
    vault-base-url version-name,vn vnet-name workspace-name,w v
ml model download: model-id,i! overwrite path resource-group,g subscription-id target-dir,t!
    workspace-name,w v
ml model list: dataset-id latest,l model-name,n path property resource-group,g run-id subscription-id tag
    workspace-name,w v
ml model package: cf,conda-file ed,environment-directory entry-script,es environment-name,e
    environment-version,ev ic,inference-config-file il,image-label image-name,in model,m
    model-metadata-file,f no-wait output-path path resource-group,g rt,runtime sd,source-directory
    subscription-id workspace-name,w v
ml model profile: base-image,bi base-image-registry,ir cc,cpu-cores cf,conda-file description
    ed,environment-directory entry-script,es environment-name,e environment-version,ev gb,memory-in-gb
    ic,inference-config-file idi,input-dataset-id model,m model-metadata-file,f name,n!
    output-metadata-file,t resource-group,g sd,source-directory subscription-id workspace-name,w v
ml model register: asset-path cc,cpu-cores description,d experiment-name gb,memory-gb gc,gpu-cores
    model-framework model-framework-version model-path,p name,n! output-metadata-file,t path property
    resource-group,g run-id,r run-metadata-file,f sample-input-dataset-id sample-output-dataset-id
    subscription-id tag workspace-name,w v
ml model show: model-id,i model-name,n path resource-group,g run-id subscription-id version
    workspace-name,w v
ml model update: add-property add-tag cc,cpu-cores description gb,memory-gb gc,gpu-cores model-id,i! path
    remove-tag resource-group,g sample-input-dataset-id sample-output-dataset-id subscription-id
    workspace-name,w v
ml pipeline clone: output-file,f path,p! pipeline-run-id,i! resource-group,g workspace-name,w
ml pipeline clone-draft: experiment-name,e pipeline-draft-id,i pipeline-id,p pipeline-run-id,r
    resource-group,g workspace-name,w
ml pipeline create: continue,c description,d name,n! output-file,f pipeline-yaml,y! resource-group,g
    version,v workspace-name,w
ml pipeline create-draft: continue,c description,d experiment_name,e! name,n! parameters pipeline-yaml,y!
    properties,p resource-group,g tags,t workspace-name,w
ml pipeline create-schedule: experiment-name,e! name,n! pipeline-id,i! resource-group,g schedule-yaml,y
    workspace-name,w
ml pipeline delete-draft: pipeline-draft-id,i! resource-group,g workspace-name,w
ml pipeline disable: output-file,f pipeline-id,i! resource-group,g workspace-name,w
ml pipeline disable-schedule: resource-group,g schedule-id,s! workspace-name,w
ml pipeline enable: output-file,f pipeline-id,i! resource-group,g workspace-name,w
ml pipeline enable-schedule: resource-group,g schedule-id,s! workspace-name,w
ml pipeline get: path,p! pipeline-draft-id,d pipeline-id,i resource-group,g workspace-name,w
ml pipeline last-pipeline-run: resource-group,g schedule-id,s! workspace-name,w
ml pipeline list: output-file,f resource-group,g workspace-name,w
ml pipeline list-drafts: resource-group,g tags,t workspace-name,w
ml pipeline list-steps: output-file,f resource-group,g run,r! workspace-name,w
ml pipeline pipeline-runs-list: resource-group,g schedule-id,s! workspace-name,w
ml pipeline publish-draft: pipeline-draft-id,i! resource-group,g workspace-name,w
ml pipeline show: output-file,f pipeline-id,i! resource-group,g workspace-name,w
ml pipeline show-draft: pipeline-draft-id,i! resource-group,g workspace-name,w
ml pipeline show-schedule: resource-group,g schedule-id,s! workspace-name,w
ml pipeline submit-draft: pipeline-draft-id,i! resource-group,g workspace-name,w
ml pipeline update-draft: continue,c description,d experiment_name,e name,n parameters pipeline-draft-id,i
    pipeline-yaml,y resource-group,g tags,t workspace-name,w
ml pipeline update-schedule: name,n resource-group,g schedule-id,s! schedule-yaml,y status,t
    workspace-name,w
ml run cancel: experiment-name,e output-metadata-file,t path resource-group,g run,r! subscription-id
    workspace-name,w
ml run download-logs: experiment-name,e output-dir,d! output-metadata-file,t path resource-group,g run,r!
    subscription-id workspace-name,w
ml run list: compute-target-name experiment-name,e last minimal output-metadata-file,t parent-run-id path
    pipeline-run-id resource-group,g status subscription-id tags workspace-name,w
ml run monitor-logs: experiment-name,e output-metadata-file,t path resource-group,g run,r! subscription-id
    workspace-name,w
ml run monitor-tensorboard: experiment-name,e local-directory output-metadata-file,t path resource-group,g
    run,r! subscription-id workspace-name,w
ml run show: experiment-name,e output-metadata-file,t path resource-group,g run,r! subscription-id
    workspace-name,w
ml run submit-hyperdrive: async conda-dependencies,d ct,target experiment-name,e
    hyperdrive-configuration-name! output-metadata-file,t path resource-group,g run-configuration-name,c
    source-directory subscription-id workspace-name,w
ml run submit-pipeline: datapaths,d experiment-name,n output-metadata-file,t output_file,f parameters,p
    path pipeline-id,i pipeline-yaml,y resource-group,g subscription-id workspace-name,w
ml run submit-script: async conda-dependencies,d ct,target experiment-name,e output-metadata-file,t path
    resource-group,g run-configuration-name,c source-directory subscription-id workspace-name,w
ml run update: add-tag experiment-name,e output-metadata-file,t path resource-group,g run,r!
    subscription-id workspace-name,w
ml service delete: name,n! path resource-group,g subscription-id workspace-name,w v
ml service get-access-token: name,n! path resource-group,g subscription-id workspace-name,w v
ml service get-keys: name,n! path resource-group,g subscription-id workspace-name,w v
ml service get-logs: init,i name,n! num_lines,l path resource-group,g subscription-id workspace-name,w v
ml service list: compute-type,c image-digest model-id model-name path property resource-group,g
    subscription-id tag workspace-name,w v
ml service regen-key: key,k! name,n! path resource-group,g set-key,s subscription-id workspace-name,w v
ml service run: input-data,d name,n! path resource-group,g subscription-id workspace-name,w v
ml service show: name,n! path resource-group,g subscription-id workspace-name,w v
ml service update: add-property add-tag ae,auth-enabled ai,enable-app-insights
    ar,autoscale-refresh-seconds as,autoscale-enabled at,autoscale-target-utilization
    autoscale-max-replicas,ma autoscale-min-replicas,mi base-image,bi base-image-registry,ir cc,cpu-cores
    ccl,cpu-cores-limit cf,conda-file collect-model-data,md compute-target cuda-version,cv
    dc,deploy-config-file description,d dn,dns-name-label ds,extra-docker-file-steps
    ed,environment-directory eg,enable-gpu entry-script,es environment-name,e environment-version,ev
    failure-threshold,ft gb,memory-gb gbl,memory-gb-limit gc,gpu-cores ic,inference-config-file
    id,initial-delay-seconds is-migration kp,primary-key ks,secondary-key lo,location
    max-request-wait-time,mr model,m model-metadata-file,f name,n! no-wait nr,num-replicas path
    period-seconds,ps po,port remove-tag replica-max-concurrent-requests,rm resource-group,g rt,runtime
    sc,ssl-cname scoring-timeout-ms,tm sd,source-directory se,ssl-enabled sk,ssl-key-pem-file
    sp,ssl-cert-pem-file st,success-threshold subscription-id timeout-seconds,ts token-auth-enabled
    workspace-name,w v
ml workspace create: adb-workspace application-insights cmk-keyvault container-registry exist-ok
    friendly-name,f hbi-workspace keyvault location,l pe-auto-approval pe-name pe-resource-group
    pe-subnet-name pe-subscription-id pe-vnet-name primary-user-assigned-identity resource-cmk-uri
    resource-group,g sku storage-account system_datastores_auth_mode tags,t
    user-assigned-identity-for-cmk-encryption v1-legacy-mode,v workspace-name,w! yes,y
ml workspace delete: all-resources no-wait output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml workspace diagnose: output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml workspace list: resource-group,g
ml workspace list-keys: output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml workspace private-endpoint add: output-metadata-file,t path pe-auto-approval pe-location pe-name
    pe-resource-group pe-subnet-name pe-subscription-id pe-vnet-name resource-group,g subscription-id tags
    workspace-name,w
ml workspace private-endpoint delete: output-metadata-file,t pe-connection-name resource-group,g
    subscription-id workspace-name,w
ml workspace private-endpoint list: output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
ml workspace share: output-metadata-file,t path resource-group,g role! subscription-id user!
    workspace-name,w
ml workspace show: output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml workspace sync-keys: output-metadata-file,t path resource-group,g subscription-id workspace-name,w
ml workspace update: allow-public-access description,d friendly-name,f image-build-compute
    output-metadata-file,t path primary-user-assigned-identity resource-group,g subscription-id tags
    v1-legacy-mode,v workspace-name,w
ml workspace update-dependencies: acr force output-metadata-file,t path resource-group,g subscription-id
    workspace-name,w
"""

ML_V1: dict[str, Command] = parse(TABLE)
"""By the words after `az`, for example "ml model register"."""
