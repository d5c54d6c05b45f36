"""azure.identity inside `dp100 offline`: the names and signatures of the real package, answered on this machine.

Whoever asks is the signed-in user of the made-up account, without a login; a credential that names a service
principal is that service principal, with the roles that it has been given and no others.
"""

from azure.identity._bearer import get_bearer_token_provider
from azure.identity._constants import AzureAuthorityHosts, KnownAuthorities, TokenCachePersistenceOptions
from azure.identity._exceptions import AuthenticationRequiredError, CredentialUnavailableError
from azure.identity._record import AuthenticationRecord
from azure.identity._services import (
    AzurePipelinesCredential,
    CertificateCredential,
    ClientAssertionCredential,
    ClientSecretCredential,
    EnvironmentCredential,
    ManagedIdentityCredential,
    OnBehalfOfCredential,
    WorkloadIdentityCredential,
)
from azure.identity._several import ChainedTokenCredential, DefaultAzureCredential
from azure.identity._users import (
    AuthorizationCodeCredential,
    AzureCliCredential,
    AzureDeveloperCliCredential,
    AzurePowerShellCredential,
    DeviceCodeCredential,
    InteractiveBrowserCredential,
    SharedTokenCacheCredential,
    UsernamePasswordCredential,
    VisualStudioCodeCredential,
)

__all__ = [
    "AuthenticationRecord",
    "AuthenticationRequiredError",
    "AuthorizationCodeCredential",
    "AzureAuthorityHosts",
    "AzureCliCredential",
    "AzureDeveloperCliCredential",
    "AzurePipelinesCredential",
    "AzurePowerShellCredential",
    "CertificateCredential",
    "ChainedTokenCredential",
    "ClientAssertionCredential",
    "ClientSecretCredential",
    "CredentialUnavailableError",
    "DefaultAzureCredential",
    "DeviceCodeCredential",
    "EnvironmentCredential",
    "InteractiveBrowserCredential",
    "KnownAuthorities",
    "ManagedIdentityCredential",
    "OnBehalfOfCredential",
    "SharedTokenCacheCredential",
    "TokenCachePersistenceOptions",
    "UsernamePasswordCredential",
    "VisualStudioCodeCredential",
    "WorkloadIdentityCredential",
    "get_bearer_token_provider",
]

__version__ = "1.27.0"
