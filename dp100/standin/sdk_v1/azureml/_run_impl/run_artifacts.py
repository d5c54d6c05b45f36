"""The files and the snapshot of a run."""

from __future__ import annotations

import io

from azureml._local import run_files as _files
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._run_impl.run_base import _RunBase
from azureml.exceptions._azureml_exception import SnapshotException, UserErrorException


@_raises(UserErrorException, _refused)
class _RunArtifacts(_RunBase):
    """What a run keeps: uploaded, listed, downloaded."""

    def upload_file(self, name, path_or_stream, datastore_name=None):
        """Put a file among the run's files, where ``name`` is free."""
        if not isinstance(path_or_stream, str | io.IOBase):
            raise UserErrorException(
                f"UnsupportedType: type {type(path_or_stream)} is invalid, supported input types: file path or file"
            )
        return _files.upload(self._tracking, self._ws, self._run_id, {name: path_or_stream}, datastore_name)

    def upload_files(self, names, paths, return_artifacts=False, timeout_seconds=None, datastore_name=None):
        """Put several files among the run's files."""
        if len(names) != len(paths):
            raise TypeError(
                f"names and paths must be lists of equal lengths. Names was of length {len(names)} and paths of length "
                f"{len(paths)}."
            )
        pairs = dict(zip(names, paths, strict=True))
        return _files.upload(self._tracking, self._ws, self._run_id, pairs, datastore_name)

    def upload_folder(self, name, path, datastore_name=None):
        """Put a folder's files among the run's files, below ``name``."""
        return _files.upload_folder(self._tracking, self._ws, self._run_id, name, path, datastore_name)

    def get_file_names(self):
        """The names of the run's files."""
        return _files.names(self._tracking, self._ws, self._run_id)

    def download_file(self, name, output_file_path=None, _validate_checksum=False):
        """Copy one of the run's files to a path, into a folder, or to the working folder."""
        _files.download(self._tracking, self._ws, self._run_id, name, output_file_path)

    def download_files(
        self,
        prefix=None,
        output_directory=None,
        output_paths=None,
        batch_size=100,
        append_prefix=True,
        timeout_seconds=None,
    ):
        """Copy the run's files, those below ``prefix``: to a folder, under their names or those given."""
        _files.download_many(
            self._tracking, self._ws, self._run_id, prefix, output_directory, output_paths, append_prefix
        )

    def get_all_logs(self, destination=None):
        """Copy the logs to a folder; returns their paths."""
        return _files.download_logs(self._tracking, self._ws, self._run_id, destination)

    def get_snapshot_id(self):
        """The id of the run's snapshot, or None."""
        return self._read().properties.get("ContentSnapshotId")

    def take_snapshot(self, file_or_folder_path):
        """Keep a copy of a folder with the run; returns its id."""
        from dp100.standin.engine.errors import TooLarge
        from dp100.standin.engine.jobs import snapshot

        if self.get_snapshot_id():
            raise SnapshotException(f"Run with id {self._run_id} already has a snapshot.")
        try:
            kept = snapshot.take(self._ws, file_or_folder_path, max_files=snapshot.FILES)
        except TooLarge as error:
            raise SnapshotException(error.message) from error
        self.add_properties({"ContentSnapshotId": kept})
        return kept

    def restore_snapshot(self, snapshot_id=None, path=None):
        """Write the run's snapshot to a ZIP file; returns its path."""
        kept = snapshot_id or self.get_snapshot_id()
        if not kept:
            raise UserErrorException(f"Run {self._run_id} has no snapshot.")
        return _files.restore_snapshot(self._ws, kept, path)
