"""References to data in a datastore, for scripts."""

from __future__ import annotations


class DataReference:
    """A place in a datastore, and how a script is to find it.

    Args:
        datastore: the datastore.
        data_reference_name: the reference's name in the run; made of the datastore's by default.
        path_on_datastore: the place; the whole datastore by default.
        mode: ``mount``, ``download`` or ``upload``.
        path_on_compute: where the script finds it.
        overwrite: whether files that are there are replaced.
    """

    def __init__(
        self,
        datastore,
        data_reference_name=None,
        path_on_datastore=None,
        mode="mount",
        path_on_compute=None,
        overwrite=False,
    ):
        import os

        self.datastore = datastore
        self.data_reference_name = data_reference_name or (
            f"{datastore.name}" if not path_on_datastore else os.urandom(16).hex()
        )
        if not self.data_reference_name.isidentifier():
            self.data_reference_name = "r" + self.data_reference_name
        self.path_on_datastore = path_on_datastore
        self.mode = mode
        self.path_on_compute = path_on_compute
        self.overwrite = overwrite

    def path(self, path=None, data_reference_name=None):
        """A reference to a place below this one."""
        parts = [part for part in (self.path_on_datastore, path) if part]
        return DataReference(
            self.datastore, data_reference_name, "/".join(parts) or None, self.mode, None, self.overwrite
        )

    def as_download(self, path_on_compute=None, overwrite=False):
        """The reference, downloaded to a folder."""
        return self._with("download", path_on_compute, overwrite)

    def as_upload(self, path_on_compute=None, overwrite=False):
        """The reference, to which a folder's files are uploaded at the end."""
        return self._with("upload", path_on_compute, overwrite)

    def as_mount(self):
        """The reference, mounted."""
        return self._with("mount", None, False)

    def to_config(self):
        """The reference as a part of a run configuration."""
        from azureml.core.runconfig import DataReferenceConfiguration

        return DataReferenceConfiguration(
            datastore_name=self.datastore.name,
            mode=self.mode,
            path_on_datastore=self.path_on_datastore,
            path_on_compute=self.path_on_compute,
            overwrite=self.overwrite,
        )

    @staticmethod
    def create(data_reference_name=None, datapath=None, datapath_compute_binding=None):
        """The reference that a path and its binding make."""
        if datapath is None or datapath_compute_binding is None:
            raise ValueError("datapath and datapath_compute_binding have to be given.")
        return datapath.create_data_reference(data_reference_name, datapath_compute_binding)

    def _with(self, mode, path_on_compute, overwrite):
        return DataReference(
            self.datastore,
            self.data_reference_name,
            self.path_on_datastore,
            mode,
            path_on_compute,
            overwrite,
        )

    def __str__(self):
        return f"$AZUREML_DATAREFERENCE_{self.data_reference_name}"

    __repr__ = __str__
