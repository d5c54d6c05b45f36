"""The workspace's key vault: a file that only the learner may read."""

from __future__ import annotations

from azureml._base_sdk_common.workspace.models import KeyVaultContentType as _KeyVaultContentType
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._restclient.exceptions import ServiceException as _ServiceException

from dp100.standin.engine.workspace import keyvault as _keyvault


def _bad_name(message, **_about):
    """What the client of secrets raises for the status 400."""
    return _ServiceException(f"(BadParameter) {message}")


@_raises(_bad_name, _refused)
class Keyvault:
    """Secrets of a workspace, by name."""

    def __init__(self, workspace):
        self.workspace = workspace

    def set_secret(self, name, value, content_type=_KeyVaultContentType.not_provided):
        """Keep a secret."""
        kind = str(getattr(content_type, "value", content_type))
        _keyvault.put(self.workspace._ws, {name: _keyvault.Secret(value, kind)})

    def set_secrets(self, secrets_batch):
        """Keep several secrets, a dict."""
        secrets = {name: _keyvault.Secret(value) for name, value in secrets_batch.items()}
        _keyvault.put(self.workspace._ws, secrets)

    def get_secret(self, name):
        """The secret of that name, or None."""
        held = _keyvault.get(self.workspace._ws, name)
        return held and held.value

    def get_secrets(self, secrets):
        """Several secrets by name."""
        return {name: self.get_secret(name) for name in secrets}

    def get_secret_content_type(self, name):
        """The content type that a secret was kept with."""
        held = _keyvault.get(self.workspace._ws, name)
        return held and held.content_type

    def list_secrets(self):
        """The names of the secrets, a list of dicts."""
        return [{"name": name} for name in _keyvault.names(self.workspace._ws)]

    def delete_secret(self, name):
        """Forget a secret."""
        _keyvault.delete(self.workspace._ws, [name])

    def delete_secrets(self, secrets):
        """Forget several secrets."""
        _keyvault.delete(self.workspace._ws, secrets)
