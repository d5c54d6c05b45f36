"""The workspace's key vault: a file that only the learner may read."""

from __future__ import annotations

from azureml._base_sdk_common.workspace.models import KeyVaultContentType as _KeyVaultContentType
from azureml._local.errors import raises as _raises
from azureml.exceptions._azureml_exception import UserErrorException as _UserErrorException

from dp100.standin.engine import store as _store


@_raises(_UserErrorException)
class Keyvault:
    """Secrets of a workspace, by name."""

    def __init__(self, workspace):
        self.workspace = workspace
        self._file = workspace._ws.folder / "keyvault.json"

    def set_secret(self, name, value, content_type=_KeyVaultContentType.not_provided):
        """Keep a secret."""
        self._change(
            {name: {"value": value, "content_type": str(getattr(content_type, "value", content_type))}}
        )

    def set_secrets(self, secrets_batch):
        """Keep several secrets, a dict."""
        self._change({name: {"value": value, "content_type": ""} for name, value in secrets_batch.items()})

    def get_secret(self, name):
        """The secret of that name, or None."""
        return self._read().get(name, {}).get("value")

    def get_secrets(self, secrets):
        """Several secrets by name."""
        held = self._read()
        return {name: held.get(name, {}).get("value") for name in secrets}

    def get_secret_content_type(self, name):
        """The content type that a secret was kept with."""
        return self._read().get(name, {}).get("content_type")

    def list_secrets(self):
        """The names of the secrets, a list of dicts."""
        return [{"name": name} for name in self._read()]

    def delete_secret(self, name):
        """Forget a secret."""
        self._change({name: None})

    def delete_secrets(self, secrets):
        """Forget several secrets."""
        self._change(dict.fromkeys(secrets))

    def _read(self):
        try:
            return _store.read_json(self._file)
        except FileNotFoundError:
            return {}

    def _change(self, changes):
        with _store.locked(self._file):
            held = {**self._read(), **changes}
            _store.write_json(self._file, {k: v for k, v in held.items() if v is not None}, mode=0o600)
