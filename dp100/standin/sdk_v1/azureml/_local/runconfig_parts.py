"""The sections of a run configuration. They belong to :mod:`azureml.core.runconfig`, which offers them."""

from __future__ import annotations

from azureml._base_sdk_common.abstract_run_config_element import _AbstractRunConfigElement
from azureml.exceptions._azureml_exception import RunConfigurationException, UserErrorException


class DockerConfiguration(_AbstractRunConfigElement):
    """Whether and how a container is used; kept, as runs use this machine's Python."""

    def __init__(self, use_docker=False, shared_volumes=True, arguments=[], shm_size="2g"):  # noqa: B006
        self.use_docker = use_docker
        self.shared_volumes = shared_volumes
        self.arguments = arguments if arguments else []
        self.shm_size = shm_size


class SparkConfiguration(_AbstractRunConfigElement):
    """Settings of Spark."""

    def __init__(self):
        self.configuration = {"spark.app.name": "Azure ML Experiment", "spark.yarn.maxAppAttempts": 1}


class HdiConfiguration(_AbstractRunConfigElement):
    """Settings of HDInsight."""

    def __init__(self):
        self.yarn_deploy_mode = "cluster"


class TensorflowConfiguration(_AbstractRunConfigElement):
    """A distributed TensorFlow job."""

    def __init__(self, worker_count=1, parameter_server_count=1):
        self.worker_count = worker_count
        self.parameter_server_count = parameter_server_count


class MpiConfiguration(_AbstractRunConfigElement):
    """A job of several MPI processes."""

    def __init__(self, process_count_per_node=1, node_count=1):
        self.process_count_per_node = process_count_per_node
        self.node_count = node_count


class PyTorchConfiguration(_AbstractRunConfigElement):
    """A distributed PyTorch job; without ``process_count`` a process on each node."""

    def __init__(self, communication_backend="Nccl", process_count=None, node_count=1):
        if communication_backend.lower() not in ("nccl", "gloo"):
            raise RunConfigurationException(
                f"{communication_backend} is not a supported backend. 'communication_backend' must be 'Nccl' or 'Gloo'."
            )
        self.communication_backend = communication_backend.lower()
        self.process_count = process_count
        self.node_count = node_count


class ParallelTaskConfiguration(_AbstractRunConfigElement):
    """A job of parallel tasks."""

    def __init__(self):
        self.max_retries_per_worker = 0
        self.worker_count_per_node = 1
        self.terminal_exit_codes = None


class HistoryConfiguration(_AbstractRunConfigElement):
    """What is kept of a run."""

    def __init__(self):
        self.output_collection = True
        self.snapshot_project = True
        self.directories_to_watch = ["logs"]


class AmlComputeConfiguration(_AbstractRunConfigElement):
    """The size of a cluster that is made for a run."""

    def __init__(self):
        self.vm_size = None
        self.vm_priority = None
        self._name = None
        self._retain_cluster = False
        self._cluster_max_node_count = None


class KubernetesComputeConfiguration(_AbstractRunConfigElement):
    """The kind of instance of a Kubernetes cluster."""

    def __init__(self):
        self.instance_type = None


class ApplicationEndpointConfiguration(_AbstractRunConfigElement):
    """A door to an interactive service of a run."""

    def __init__(self, type=None, port=None, properties=None):
        self.type = type
        self.port = port
        self.properties = properties


class DataReferenceConfiguration(_AbstractRunConfigElement):
    """A place in a datastore, and how a script is to find it."""

    def __init__(
        self,
        datastore_name=None,
        mode="mount",
        path_on_datastore=None,
        path_on_compute=None,
        overwrite=False,
    ):
        if mode.lower() not in ("mount", "download", "upload"):
            raise UserErrorException(
                f"Invalid mode {mode}. The supported modes are mount, download and upload."
            )
        self.data_store_name = datastore_name
        self.mode = mode.lower()
        self.path_on_data_store = path_on_datastore
        self.path_on_compute = path_on_compute
        self.overwrite = overwrite


class DataPath(_AbstractRunConfigElement):
    """A place in a datastore."""

    def __init__(self, datastore_name=None, relative_path=None):
        self.datastore_name = datastore_name
        self.relative_path = relative_path


class Dataset(_AbstractRunConfigElement):
    """A dataset by id, or by name and version."""

    def __init__(self, dataset_id=None, dataset_name=None, dataset_version=None):
        self.id = dataset_id
        self.name = dataset_name
        self.version = dataset_version


class Uri(_AbstractRunConfigElement):
    """An address."""

    def __init__(self, path=None, is_file=False):
        self.path = path
        self.is_file = is_file


class DataLocation(_AbstractRunConfigElement):
    """Where data is: a dataset, a place in a datastore or an address."""

    def __init__(self, dataset=None, data_path=None, uri=None):
        self.dataset = dataset
        self.data_path = data_path
        self.uri = uri


class Data(_AbstractRunConfigElement):
    """An input of a run."""

    def __init__(
        self,
        data_location=None,
        create_output_directories=None,
        mechanism="direct",
        environment_variable_name=None,
        path_on_compute=None,
        overwrite=False,
        options=None,
    ):
        self.data_location = data_location
        self.create_output_directories = create_output_directories
        self.mechanism = mechanism
        self.environment_variable_name = environment_variable_name
        self.path_on_compute = path_on_compute
        self.overwrite = overwrite
        self.options = options

    @staticmethod
    def create(data):
        """The input that a dataset with its mode makes."""
        dataset = data.dataset
        return Data(
            DataLocation(Dataset(dataset.id, dataset.name, dataset.version)),
            mechanism=data.mode,
            environment_variable_name=data.name,
            path_on_compute=data.path_on_compute,
        )


class GlobsOptions(_AbstractRunConfigElement):
    """Patterns of files."""

    def __init__(self, patterns=None):
        self.patterns = patterns


class UploadOptions(_AbstractRunConfigElement):
    """How an output is uploaded."""

    def __init__(self, overwrite=False, source_globs=None):
        self.overwrite = overwrite
        self.source_globs = source_globs


class MountOptions(_AbstractRunConfigElement):
    """How an output is mounted."""

    def __init__(self, disable_metadata_cache=False):
        self.disable_metadata_cache = disable_metadata_cache


class RegistrationOptions(_AbstractRunConfigElement):
    """Under what an output is registered."""

    def __init__(self, name=None, description=None, tags=None, dataset_registration_options=None):
        self.name = name
        self.description = description
        self.tags = tags
        self.dataset_registration_options = dataset_registration_options


class OutputOptions(_AbstractRunConfigElement):
    """How an output is delivered and registered."""

    def __init__(
        self, path_on_compute=None, registration_options=None, upload_options=None, mount_options=None
    ):
        self.path_on_compute = path_on_compute
        self.registration_options = registration_options
        self.upload_options = upload_options
        self.mount_options = mount_options


class OutputData(_AbstractRunConfigElement):
    """An output of a run."""

    def __init__(self, output_location=None, mechanism="mount", additional_options=None):
        self.output_location = output_location
        self.mechanism = mechanism
        self.additional_options = additional_options
