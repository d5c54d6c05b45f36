"""What all estimators have in common."""

from __future__ import annotations

from azureml._common.exceptions import AzureMLException
from azureml._local.estimators import add_input, arguments
from azureml.core._experiment_method import register_submit
from azureml.core.runconfig import RunConfiguration
from azureml.core.script_run_config import ScriptRunConfig
from azureml.exceptions._azureml_exception import TrainingException


class MMLBaseEstimator:
    """A script with its packages, compute and data.

    Args:
        source_directory: the folder of the script.
        compute_target: where it runs.
        estimator_config: the run configuration.
    """

    _SUPPORTED_BACKENDS: tuple[str, ...] = ()

    def __init__(self, source_directory, *, compute_target, estimator_config=None):
        self._source_directory = source_directory or "."
        self._compute_target = compute_target
        self._estimator_config = estimator_config or RunConfiguration()
        if compute_target is not None:
            self._estimator_config.target = compute_target

    @property
    def source_directory(self):
        """The folder of the script."""
        return self._source_directory

    @property
    def run_config(self):
        """The run configuration."""
        return self._estimator_config

    @property
    def conda_dependencies(self):
        """The packages of the environment."""
        return self._estimator_config.environment.python.conda_dependencies

    # --- submitting ----------------------------------------------------------------------------------------

    @classmethod
    def _get_supported_backends(cls):
        """The backends of ``distributed_backend``."""
        return list(cls._SUPPORTED_BACKENDS)

    def _overridden(self, script_params=None, inputs=None, source_directory_data_store=None):
        """The estimator with what ``Experiment.submit`` was given beside it."""
        import copy

        made = copy.copy(self)
        made._estimator_config = config = copy.copy(self._estimator_config)
        config.data, config.data_references = dict(config.data), dict(config.data_references)
        config.output_data = dict(config.output_data)
        if script_params:
            config.arguments = _merged(config.arguments, arguments(script_params, config))
        for each in (*(inputs or ()), *filter(None, [source_directory_data_store])):
            add_input(config, each)
        if source_directory_data_store is not None:
            config.source_directory_data_store = source_directory_data_store.name
        return made

    def _script_run_config(self):
        return ScriptRunConfig(self._source_directory, run_config=self._estimator_config)


def _merged(arguments, others):
    """An argument list in which the parameters of another have their values instead."""
    found, names = [], {each for each in others if str(each).startswith("-")}
    skipping = False
    for each in arguments:
        is_name = str(each).startswith("-")
        skipping = each in names if is_name else skipping
        if not skipping:
            found.append(each)
    return [*found, *others]


def _submit(estimator, workspace, experiment_name, tags=None, _parent_run_id=None, **kwargs):
    from azureml._local.submission import submitted

    if unexpected := [
        name for name in kwargs if name not in ("script_params", "inputs", "source_directory_data_store")
    ]:
        raise TrainingException(
            f"{unexpected} parameters cannot be overridden. Allowed parameters are: script_params, inputs and "
            "source_directory_data_store."
        )
    if kwargs:
        estimator = estimator._overridden(**kwargs)
    try:
        return submitted(
            estimator._script_run_config(), workspace, experiment_name, None, _parent_run_id, tags
        )
    except AzureMLException as error:
        raise TrainingException(error.message, inner_exception=error) from None


register_submit(MMLBaseEstimator, _submit)
