"""Which hosts are Azure's. Imported by sitecustomize, so it imports nothing."""

from __future__ import annotations

AZURE_HOSTS = (
    "azure.com",
    "azure.net",
    "azure.cn",
    "azure.us",
    "azure-api.net",
    "azurecontainer.io",
    "azurecr.io",
    "azuredatabricks.net",
    "azuredatalakestore.net",
    "azureedge.net",
    "azurefd.net",
    "azureml.com",
    "azureml.ms",
    "azureml.net",
    "azuresynapse.net",
    "azurewebsites.net",
    "chinacloudapi.cn",
    "fabric.microsoft.com",
    "graph.microsoft.com",
    "login.live.com",
    "login.microsoft.com",
    "microsoftazure.com",
    "microsoftonline.cn",
    "microsoftonline.com",
    "microsoftonline.de",
    "microsoftonline.us",
    "usgovcloudapi.net",
    "visualstudio.com",
    "windows.net",
)
"""Domains of the service, its storage, sign-in and telemetry, and of OneLake; a host in one of them is Azure's."""


def is_azure(host: object) -> bool:
    """Whether a host name, as text or bytes, belongs to Azure."""
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    name = "." + host.lower().rstrip(".")
    return any(name.endswith("." + domain) for domain in AZURE_HOSTS)
