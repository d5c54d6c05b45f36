"""Libraries and clusters of Databricks, as parts of a run configuration."""

from __future__ import annotations

from azureml._base_sdk_common.abstract_run_config_element import _AbstractRunConfigElement
from azureml.exceptions._azureml_exception import UserErrorException


class MavenLibrary(_AbstractRunConfigElement):
    """A library from Maven."""

    def __init__(self, coordinates=None, repo=None, exclusions=None):
        self.coordinates = coordinates or ""
        self.repo = repo or ""
        self.exclusions = exclusions or []


class PyPiLibrary(_AbstractRunConfigElement):
    """A library from PyPI."""

    def __init__(self, package=None, repo=None):
        self.package = package or ""
        self.repo = repo or ""


class RCranLibrary(_AbstractRunConfigElement):
    """A library from CRAN."""

    def __init__(self, package=None, repo=None):
        self.package = package or ""
        self.repo = repo or ""


class JarLibrary(_AbstractRunConfigElement):
    """A jar file."""

    def __init__(self, library=None):
        self.library = library or ""


class EggLibrary(_AbstractRunConfigElement):
    """An egg file."""

    def __init__(self, library=None):
        self.library = library or ""


class DatabricksCluster(_AbstractRunConfigElement):
    """A cluster that is there, or one to be made."""

    def __init__(
        self,
        existing_cluster_id=None,
        spark_version=None,
        node_type=None,
        instance_pool_id=None,
        num_workers=None,
        min_workers=None,
        max_workers=None,
        spark_env_variables=None,
        spark_conf=None,
        init_scripts=None,
        cluster_log_dbfs_path=None,
        permit_cluster_restart=None,
    ):
        self.existing_cluster_id = existing_cluster_id
        self.spark_version = spark_version
        self.node_type = node_type
        self.instance_pool_id = instance_pool_id
        self.num_workers = num_workers
        self.min_workers = min_workers
        self.max_workers = max_workers
        self.spark_env_variables = spark_env_variables
        self.spark_conf = spark_conf
        self.init_scripts = init_scripts
        self.cluster_log_dbfs_path = cluster_log_dbfs_path
        self.permit_cluster_restart = permit_cluster_restart

    def validate(self):
        """Raise UserErrorException where the cluster is neither one nor the other."""
        new = (self.spark_version, self.node_type, self.instance_pool_id, self.num_workers)
        if self.existing_cluster_id and any(new):
            raise UserErrorException(
                "If you specify existing_cluster_id, then you can not specify the other parameters"
            )
        if not self.existing_cluster_id and not any(new):
            raise UserErrorException(
                "Either specify existing_cluster_id or specify the rest of the parameters"
            )
        if self.num_workers and (self.min_workers or self.max_workers):
            raise UserErrorException("Either specify num_workers or min_workers and max_workers")


class DatabricksSection(_AbstractRunConfigElement):
    """Libraries for runs on Databricks."""

    def __init__(self, _skip_defaults=False):
        self.maven_libraries = []
        self.pypi_libraries = []
        self.rcran_libraries = []
        self.jar_libraries = []
        self.egg_libraries = []
        self._cluster = None

    @property
    def cluster(self):
        """The cluster, or None."""
        return self._cluster

    @cluster.setter
    def cluster(self, value):
        if value is not None and not isinstance(value, DatabricksCluster):
            raise UserErrorException("cluster has to be a DatabricksCluster")
        self._cluster = value


class DatabricksEnvironment(DatabricksSection):
    """The section under the name it had first."""

    def __init__(self):
        super().__init__()
