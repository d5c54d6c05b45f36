"""Blob containers and file shares, to and from which files are copied."""

from __future__ import annotations

import sys

from azureml._local.credentials import Credential as _Credential
from azureml._local.errors import raises as _raises
from azureml.data.abstract_datastore import AbstractDatastore
from azureml.data.data_reference import DataReference
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.data import transfer as _transfer
from dp100.standin.engine.errors import NotOffline as _NotOffline

FOLDER = 0
EMPTY_FILE = 1
FILE = 2


@_raises(UserErrorException)
class AbstractAzureStorageDatastore(AbstractDatastore):
    """A container or share in a storage account."""

    sas_token = _Credential()
    account_key = _Credential()

    def __init__(
        self,
        workspace,
        name,
        datastore_type,
        container_name,
        account_name,
        sas_token=None,
        account_key=None,
        protocol=None,
        endpoint=None,
    ):
        super().__init__(workspace, name, datastore_type)
        self.container_name = container_name
        self.account_name = account_name
        self.sas_token = sas_token
        self.account_key = account_key
        self.protocol = protocol or "https"
        self.endpoint = endpoint or "core.windows.net"
        self.credential_type = "Sas" if sas_token else "AccountKey" if account_key else "None"

    @property
    def is_sas(self):
        """Whether a shared access signature opens it."""
        return self.credential_type == "Sas"

    def path(self, path=None, data_reference_name=None):
        """A reference to a path in the datastore, for scripts."""
        return DataReference(self, data_reference_name, path)

    def as_mount(self):
        """A reference to the datastore that a script finds mounted."""
        return self.path().as_mount()

    def as_download(self, path_on_compute=None):
        """A reference to the datastore that a script finds downloaded."""
        return self.path().as_download(path_on_compute)

    def as_upload(self, path_on_compute=None):
        """A reference to the datastore that a script's files are uploaded to."""
        return self.path().as_upload(path_on_compute)

    def upload(self, src_dir, target_path=None, overwrite=False, show_progress=True):
        """Copy a folder's files into the datastore; returns a reference to where they are."""
        from pathlib import Path

        if not Path(src_dir).is_dir():
            raise UserErrorException(f"src_dir: '{src_dir}' does not point to a directory.")
        return self._sent(src_dir, target_path, overwrite, show_progress, None)

    def upload_files(self, files, relative_root=None, target_path=None, overwrite=False, show_progress=True):
        """Copy files into the datastore; returns a reference to where they are."""
        return self._sent(list(files), target_path, overwrite, show_progress, relative_root)

    def download(self, target_path, prefix=None, overwrite=False, show_progress=True):
        """Copy files whose paths begin with ``prefix`` into a local folder; returns how many."""
        names = _transfer.files(self.workspace._ws, self.name, prefix or "")
        progress = _Progress("Download", len(names), show_progress)
        done = _transfer.download(
            self.workspace._ws,
            self.name,
            prefix or "",
            target_path,
            overwrite=overwrite,
            progress=lambda name, goal: progress.step(name),
        )
        progress.end(len(done.done))
        return len(done.done)

    def _sent(self, source, target_path, overwrite, show_progress, relative_root):
        total = len(source) if isinstance(source, list) else sum(1 for _ in _transfer.walk(_folder(source)))
        progress = _Progress("Upload", total, show_progress)
        done = _transfer.upload(
            self.workspace._ws,
            self.name,
            source,
            target_path or "",
            overwrite=overwrite,
            relative_root=relative_root,
            progress=lambda file, name: progress.step(str(file)),
        )
        for name in done.skipped:
            progress.say(f"Target already exists. Skipping upload for {name}")
        progress.end(len(done.done))
        return self.path(target_path)

    def _as_dict(self):
        return {
            **super()._as_dict(),
            "container_name": self.container_name,
            "account_name": self.account_name,
            "protocol": self.protocol,
            "endpoint": self.endpoint,
        }


class AzureFileDatastore(AbstractAzureStorageDatastore):
    """A file share."""

    @property
    def file_service(self):
        """The storage SDK's client of the share."""
        raise _NotOffline("AzureFileDatastore.file_service", "Use upload, upload_files and download.")

    def __init__(
        self,
        workspace,
        name,
        container_name,
        account_name,
        sas_token=None,
        account_key=None,
        protocol=None,
        endpoint="core.windows.net",
        request_session=None,
    ):
        super().__init__(
            workspace,
            name,
            "AzureFile",
            container_name,
            account_name,
            sas_token,
            account_key,
            protocol,
            endpoint,
        )


class AzureBlobDatastore(AbstractAzureStorageDatastore):
    """A blob container."""

    @property
    def blob_service(self):
        """The storage SDK's client of the account."""
        raise _NotOffline("AzureBlobDatastore.blob_service", "Use upload, upload_files and download.")

    def __init__(
        self,
        workspace,
        name,
        container_name,
        account_name,
        sas_token=None,
        account_key=None,
        protocol=None,
        endpoint=None,
        request_session=None,
        workspace_msi_has_access=False,
        subscription_id=None,
        resource_group=None,
        service_data_access_auth_identity=None,
    ):
        super().__init__(
            workspace,
            name,
            "AzureBlob",
            container_name,
            account_name,
            sas_token,
            account_key,
            protocol,
            endpoint,
        )
        self.workspace_msi_has_access = workspace_msi_has_access
        self.subscription_id = subscription_id
        self.resource_group = resource_group
        self.service_data_access_auth_identity = service_data_access_auth_identity


class _Progress:
    """Lines about a transfer, as the SDK prints them."""

    def __init__(self, what, total, shown):
        self._what = what
        self._total = total
        self._shown = shown
        self._count = 0
        self._last = None
        if what == "Upload":
            self.say(f"Uploading an estimated of {total} files")

    def step(self, name):
        self._finish()
        self._last = name
        self.say(f"{self._what}ing {name}")

    def _finish(self):
        if self._last is not None:
            self._count += 1
            self.say(
                f"{self._what}ed {self._last}, {self._count} files out of an estimated total of {self._total}"
            )
            self._last = None

    def end(self, count):
        self._finish()
        self.say(f"{self._what}ed {count} files")

    def say(self, line):
        if self._shown:
            sys.stdout.write(line + "\n")


def _folder(source):
    from pathlib import Path

    return Path(source)
