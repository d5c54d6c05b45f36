"""Registered models."""

from __future__ import annotations

import os
from pathlib import Path as _Path

from azureml._local.errors import raises as _raises
from azureml._local.errors import refused_model as _refused
from azureml._local.later import absent as _absent
from azureml._local.models import extra as _extra
from azureml._local.models import register_path as _register_path
from azureml.core.resource_configuration import ResourceConfiguration
from azureml.exceptions._azureml_exception import ModelNotFoundException, WebserviceException

from dp100.standin.engine.errors import AlreadyExists as _AlreadyExists
from dp100.standin.engine.errors import NotOffline as _NotOffline
from dp100.standin.engine.models import registry as _registry

MODELS_DIR = "azureml-models"

InferenceConfig, ModelPackage = _absent(__name__, "InferenceConfig", "ModelPackage")


@_raises(WebserviceException, _refused)
class Model:
    """A version of a registered model. Making one finds it.

    Args:
        workspace: the workspace.
        name: the model's name; or
        id: ``name:version``.
        tags: only a version with these tags; names, or pairs of name and value.
        properties: the same for properties.
        version: the version; the latest by default.
        run_id: only one from this run.
        model_framework: only one of this framework.
    """

    class Framework:
        """Frameworks that the service knows."""

        CUSTOM = "Custom"
        TENSORFLOW = "TensorFlow"
        SCIKITLEARN = "ScikitLearn"
        ONNX = "Onnx"
        TFKERAS = "TfKeras"
        PYTORCH = "PyTorch"
        MULTI = "Multi"

    def __init__(
        self,
        workspace,
        name=None,
        id=None,
        tags=None,
        properties=None,
        version=None,
        run_id=None,
        model_framework=None,
        expand=True,
        **kwargs,
    ):
        if not id and not name:
            raise WebserviceException("Error, one of id or name must be provided.")
        if id:
            name, _, version = str(id).rpartition(":")
        found = [
            model
            for model in _registry.list(
                workspace._ws,
                name,
                tags=_wanted(tags),
                properties=_wanted(properties),
                run_id=run_id,
                framework=model_framework,
                # An archived model is in no list, and is still there for whoever names its version.
                archived=False if version is None else None,
            )
            if version is None or str(model.version) == str(version)
        ]
        if not found:
            asked = [
                f"{label} {value}"
                for label, value in (
                    ("name", name),
                    ("version", version),
                    ("tags", tags),
                    ("properties", properties),
                    ("run_id", run_id),
                    ("framework", model_framework),
                )
                if value
            ]
            raise WebserviceException(
                f"ModelNotFound: Model with {', '.join(asked)} not found in provided workspace"
            )
        self._take(workspace, max(found, key=lambda model: model.version))

    @classmethod
    def _of(cls, workspace, held):
        made = cls.__new__(cls)
        made._take(workspace, held)
        return made

    def _take(self, workspace, held):
        self._held = held
        self.workspace = workspace
        self.id = held.id
        self.name = held.name
        self.version = held.version
        self.description = held.description
        self.tags = dict(held.tags)
        self.properties = dict(held.properties)
        self.run_id = held.run_id
        self.experiment_name = held.experiment
        self.model_framework = held.framework or Model.Framework.CUSTOM
        self.model_framework_version = held.framework_version
        self.created_by = held.created_by
        self.created_time = held.created
        self.url = f"aml://asset/{held.name}-{held.version}"
        self.mime_type = "application/x-python"
        self.unpack = held.path.is_dir()
        self.parent_id = None
        self.derived_model_ids = []
        self.resource_configuration = ResourceConfiguration.deserialize(
            held.extra.get("resource_configuration")
        )

    # --- what belongs to it --------------------------------------------------------------------------------

    @property
    def run(self):
        """The run it comes from, or None."""
        if not self.run_id:
            return None
        from azureml.core.run import Run

        return Run.get(self.workspace, self.run_id)

    @property
    def datasets(self):
        """The datasets it was made with, lists by scenario."""
        from azureml.core.dataset import Dataset

        found: dict = {}
        for scenario, identity in self._held.extra.get("datasets") or ():
            found.setdefault(scenario, []).append(Dataset.get_by_id(self.workspace, identity))
        return found

    @property
    def sample_input_dataset(self):
        """A dataset of sample inputs, or None."""
        return self._sample("sample_input_dataset")

    @property
    def sample_output_dataset(self):
        """A dataset of sample outputs, or None."""
        return self._sample("sample_output_dataset")

    def _sample(self, name):
        from azureml.core.dataset import Dataset

        identity = self._held.extra.get(name)
        return Dataset.get_by_id(self.workspace, identity) if identity else None

    # --- registering and finding ---------------------------------------------------------------------------

    @staticmethod
    def register(
        workspace,
        model_path,
        model_name,
        tags=None,
        properties=None,
        description=None,
        datasets=None,
        model_framework=None,
        model_framework_version=None,
        child_paths=None,
        sample_input_dataset=None,
        sample_output_dataset=None,
        resource_configuration=None,
    ):
        """Register a file or folder as the next version of a model."""
        if model_framework is None and model_framework_version is not None:
            raise WebserviceException("Model framework version cannot be provided without a valid framework")
        print(f"Registering model {model_name}")
        others = {
            "datasets": datasets,
            "sample_input_dataset": sample_input_dataset,
            "sample_output_dataset": sample_output_dataset,
            "resource_configuration": resource_configuration,
        }
        held = _register_path(
            workspace,
            model_path,
            model_name,
            child_paths,
            tags=tags,
            properties=properties,
            description=description,
            framework=model_framework,
            framework_version=model_framework_version,
            extra=_extra(workspace, others),
        )
        return Model._of(workspace, held)

    @staticmethod
    def list(
        workspace,
        name=None,
        tags=None,
        properties=None,
        run_id=None,
        latest=False,
        dataset_id=None,
        expand=True,
        page_count=255,
        model_framework=None,
    ):
        """Versions of models, the last registered first."""
        found = _registry.list(
            workspace._ws,
            name,
            tags=_wanted(tags),
            properties=_wanted(properties),
            run_id=run_id,
            latest=latest,
            framework=model_framework,
        )
        return [
            Model._of(workspace, held)
            for held in found
            if dataset_id is None
            or dataset_id in [identity for _, identity in held.extra.get("datasets") or ()]
        ]

    @staticmethod
    def get_model_path(model_name, version=None, _workspace=None):
        """Where the files of a model are on this machine.

        With a workspace, which inside a run is that of the run, the latest version is what the workspace has, and is
        copied to ``azureml-models``. Without one, and for a version that is named, what is there already is taken, or
        what the working folder has under the name.
        """
        if version is not None and not isinstance(version, int):
            raise WebserviceException("version should be an int")
        workspace = _workspace_of_run() or _workspace
        if workspace is None or version is not None:
            try:
                return _local_path(model_name, version)
            except ModelNotFoundException as error:
                if workspace is None and version is None:
                    raise
                if workspace is None:
                    raise WebserviceException(error.message) from error
        try:
            held = Model(workspace, model_name, version=version)._held
        except WebserviceException as error:
            if "ModelNotFound" not in error.message:
                raise
            known = sorted(f"{each.name}/{each.version}" for each in Model.list(workspace))
            raise ModelNotFoundException(
                f"Model/Version {model_name}/{version} not found in workspace. {known}"
            ) from error
        target = _Path(MODELS_DIR) / model_name / str(held.version)
        return str(_registry.download(workspace._ws, held.name, held.version, target, overwrite=True))

    # --- using and changing --------------------------------------------------------------------------------

    def download(self, target_dir=".", exist_ok=False, exists_ok=None):
        """Copy the model's file or folder into a folder; returns its path."""
        overwrite = exist_ok if exists_ok is None else exists_ok
        try:
            place = _registry.download(
                self.workspace._ws, self.name, self.version, target_dir, overwrite=overwrite
            )
        except _AlreadyExists as error:
            raise WebserviceException(
                f"File already exists. To overwrite, set exist_ok to True. {error.message}"
            ) from error
        return str(place)

    def update(
        self,
        tags=None,
        description=None,
        sample_input_dataset=None,
        sample_output_dataset=None,
        resource_configuration=None,
    ):
        """Change what is given, and not empty; tags are replaced as a whole."""
        others = {
            "sample_input_dataset": sample_input_dataset,
            "sample_output_dataset": sample_output_dataset,
            "resource_configuration": resource_configuration,
        }
        self._change(
            tags=tags or None, description=description or None, extra=_extra(self.workspace, others) or None
        )

    def add_tags(self, tags):
        """Add tags, over those of the same names."""
        self._change(add_tags=tags)

    def remove_tags(self, tags):
        """Remove tags, a list of names."""
        self._change(remove_tags=[tags] if isinstance(tags, str) else [*tags])

    def add_properties(self, properties):
        """Add properties, which cannot be changed once they are set."""
        self._change(add_properties=properties)

    def update_tags_properties(self, add_tags=None, remove_tags=None, add_properties=None):
        """Add and remove tags, and add properties."""
        self._change(add_tags=add_tags, remove_tags=remove_tags or (), add_properties=add_properties)

    def add_dataset_references(self, datasets):
        """Add datasets, a list of pairs of scenario and dataset."""
        new = _extra(self.workspace, {"datasets": datasets})["datasets"]
        self._change(extra={"datasets": [*(self._held.extra.get("datasets") or ()), *new]})

    def delete(self):
        """Delete this version."""
        _registry.delete(self.workspace._ws, self.name, self.version)

    def _change(self, **changes):
        self._take(self.workspace, _registry.update(self.workspace._ws, self.name, self.version, **changes))

    def get_sas_urls(self):
        """Addresses of the model's files by name; here those of local files."""
        place = self._held.path
        if place.is_file():
            return {place.name: place.as_uri()}
        return {
            file.relative_to(place.parent).as_posix(): file.as_uri()
            for file in sorted(place.rglob("*"))
            if file.is_file()
        }

    def serialize(self):
        """The model as a dict, with the service's names."""
        return {
            "createdBy": {"userName": self.created_by},
            "createdTime": self.created_time.isoformat() if self.created_time else "",
            "description": self.description,
            "id": self.id,
            "mimeType": self.mime_type,
            "name": self.name,
            "framework": self.model_framework,
            "frameworkVersion": self.model_framework_version,
            "tags": self.tags,
            "properties": self.properties,
            "unpack": self.unpack,
            "url": self.url,
            "version": self.version,
            "workspace": {
                "subscriptionId": self.workspace.subscription_id,
                "resourceGroup": self.workspace.resource_group,
                "workspaceName": self.workspace.name,
            },
            "experimentName": self.experiment_name,
            "runId": self.run_id,
            "sampleInputDatasetId": self._held.extra.get("sample_input_dataset"),
            "sampleOutputDatasetId": self._held.extra.get("sample_output_dataset"),
            "resourceRequirements": self._held.extra.get("resource_configuration"),
        }

    @staticmethod
    def deserialize(workspace, model_payload):
        """The model that a serialized one names."""
        return Model(workspace, id=model_payload["id"])

    # --- deploying -----------------------------------------------------------------------------------------

    @staticmethod
    def deploy(
        workspace,
        name,
        models,
        inference_config=None,
        deployment_config=None,
        deployment_target=None,
        overwrite=False,
        show_output=False,
    ):
        """Serve models as a web service."""
        raise _NotOffline("Model.deploy")

    @staticmethod
    def package(
        workspace,
        models,
        inference_config=None,
        generate_dockerfile=False,
        image_name=None,
        image_label=None,
    ):
        """Build an image that serves models."""
        raise _NotOffline("Model.package")

    @staticmethod
    def profile(
        workspace,
        profile_name,
        models,
        inference_config,
        input_dataset,
        cpu=None,
        memory_in_gb=None,
        description=None,
    ):
        """Find out what models need to be served."""
        raise _NotOffline("Model.profile")

    @staticmethod
    def print_configuration(models, inference_config, deployment_config, deployment_target):
        """Print what a deployment would be made of."""
        raise _NotOffline("Model.print_configuration")

    def __repr__(self):
        return (
            f"Model(workspace={self.workspace!r}, name={self.name}, id={self.id}, version={self.version}, "
            f"tags={self.tags}, properties={self.properties})"
        )


def _wanted(given):
    """Filters of the SDK, names and pairs in a list, as a mapping."""
    if given is None:
        return None
    if isinstance(given, dict):
        return given
    return {each: None if isinstance(each, str) else each[1] for each in given if isinstance(each, str)} | {
        each[0]: str(each[1]) for each in given if not isinstance(each, str)
    }


def _local_path(name, version):
    """Where a model is on this machine without the workspace: below ``azureml-models`` or in the working folder."""
    if name is None:
        raise WebserviceException("model_name is None")
    top = _Path(MODELS_DIR) / name
    known = (
        sorted((each.name for each in top.iterdir() if each.name.isdecimal()), key=int)
        if top.is_dir()
        else []
    )
    chosen = str(version) if version is not None else known[-1] if known else None
    if chosen in known:
        inside = [*(top / chosen).iterdir()]
        if len(inside) != 1:
            raise WebserviceException(
                f"Dir {top / chosen} can contain only 1 file or folder. Found {[each.name for each in inside]}"
            )
        return str(inside[0])
    if _Path(name).exists():
        return name
    raise ModelNotFoundException(
        f"Model {name} not found in cache at {MODELS_DIR} or in current working directory {_Path.cwd()}. For more "
        "info, set logging level to DEBUG."
    )


def _workspace_of_run():
    if not os.environ.get("AZUREML_RUN_ID"):
        return None
    from azureml.core.run import Run

    return Run.get_context(allow_offline=False).experiment.workspace
