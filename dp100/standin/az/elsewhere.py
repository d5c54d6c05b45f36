"""Commands and groups of `az` that there is nothing of here, by name."""

from __future__ import annotations

_GROUPS = """
    acr ad aks appservice apim backup batch billing cloud cognitiveservices container
    containerapp cosmosdb databricks deployment devops disk dls eventgrid eventhubs feature
    feedback find functionapp hdinsight identity image interactive iot k8s-extension keyvault
    lock managedapp monitor mysql network notebook policy postgres redis resource rest search
    security servicebus sql ssh storage synapse tag upgrade vm vmss webapp
"""
_UNDER = {
    "ml": """
    azure-openai-deployment batch-deployment batch-endpoint capability-host
    connection dataset deployment-template endpoint feature-set feature-store
    feature-store-entity index marketplace-subscription online-deployment online-endpoint
    pipeline registry schedule serverless-endpoint service
    """,
    "ml job": "connect-ssh show-services",
    "ml data": "import mount share list-materialization-status",
    "ml model": "package share",
    "ml compute": "connect-ssh enable-sso list-usage",
    "ml workspace": "diagnose list-keys outbound-rule provision-network sync-keys",
    "ml computetarget": "amlcompute attach computeinstance detach get-credentials update",
    "ml computetarget create": "aks datafactory",
    "ml datastore": """
    attach-adls attach-adls-gen2 attach-blob attach-dbfs attach-file attach-mysqldb attach-psqldb attach-sqldb
    detach download mount upload
    """,
    "ml run": """
    download-logs monitor-logs monitor-tensorboard submit-hyperdrive submit-pipeline submit-script update
    """,
    "ml environment": "share",
    "ml component": "prepare-for-sign",
}

ELSEWHERE = frozenset(
    [*_GROUPS.split(), *(f"{group} {name}" for group, names in _UNDER.items() for name in names.split())]
)
"""Their names."""
