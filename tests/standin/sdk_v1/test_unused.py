"""No parameter is taken and dropped in silence: those without effect are here, each with the reason why that is right.

What is not here has its effect, is kept and shown again, or raises NotOffline.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.standin.sdk_v1.conftest import FACADE

HARMLESS = {
    "The SDK takes whatever comes and uses it for itself": """
        kwargs args context_name parent_logger logs py_wd deny_list flush_eager redirect_output_stream logger
        used_for_context_manager rehydrate clean_up request_session render_lib widget_settings message_format
        message_parameters reference_code
    """,
    "Metrics of the second version have no description: MetricV2Dto, to which the real SDK turns them, drops it": """
        _RunLogging.log:description _RunLogging.log_list:description _RunLogging.log_row:description
        _RunLogging.log_table:description _RunLogging.log_image:description
        _RunLogging.log_confusion_matrix:description _RunLogging.log_accuracy_table:description
        _RunLogging.log_residuals:description _RunLogging.log_predictions:description
    """,
    "Outside of a run everything is only printed": """
        OfflineRun.log:description OfflineRun.log:step OfflineRun.log_list:description OfflineRun.log_row:description
        OfflineRun.log_table:description OfflineRun.log_image:description OfflineRun.log_residuals:description
        OfflineRun.log_predictions:description OfflineRun.log_accuracy_table:description
        OfflineRun.log_confusion_matrix:description OfflineRun.upload_file:datastore_name
        OfflineRun.upload_files:return_artifacts OfflineRun.upload_files:datastore_name
        OfflineRun.upload_folder:datastore_name OfflineRun.child_run:outputs
    """,
    "What it waits for, or limits, is over at once here": """
        _RunArtifacts.upload_files:timeout_seconds _RunArtifacts.download_files:timeout_seconds
        _RunArtifacts.download_files:batch_size
        _RunLifecycle.wait_for_completion:wait_post_processing
        AmlCompute.wait_for_completion:min_node_count AmlCompute.wait_for_completion:timeout_in_minutes
        ComputeTarget.wait_for_completion:is_delete_operation WorkspaceChanges.delete:no_wait Model.list:page_count
        TabularDataset.partition_by:show_progress
    """,
    "The files come back either way": "_RunArtifacts.upload_files:return_artifacts",
    "Files are listed when they are copied: none is missing by then": "FileDataset.download:ignore_not_found",
    "The service makes workspaces of one kind only": "Workspace.create:sku",
    "Everything is filled in anyway": "Model.__init__:expand Model.list:expand",
    "A container or share is made if it is missing, and has nothing to be validated against": """
        Datastore.register_azure_blob_container:create_if_not_exists
        Datastore.register_azure_blob_container:skip_validation
        Datastore.register_azure_file_share:create_if_not_exists Datastore.register_azure_file_share:skip_validation
    """,
    "Nobody is asked to sign in": """
        AbstractAuthentication.get_token:scopes InteractiveLoginAuthentication.__init__:force
    """,
    "The table of sizes is one for all regions": """
        AmlCompute.supported_vmsizes:workspace AmlCompute.supported_vmsizes:location
        ComputeInstance.supported_vmsizes:workspace ComputeInstance.supported_vmsizes:location
    """,
    "A local target is always prepared": """
        is_compute_target_prepared:experiment is_compute_target_prepared:source_directory
        is_compute_target_prepared:run_config
    """,
    "Where to look: there is one cloud here, and one place": """
        Workspace.__init__:sku Workspace.__init__:tags Workspace.get:location Workspace.get:cloud Workspace.get:id
    """,
    "Approves an endpoint that is only a name here": "Workspace.create:private_endpoint_auto_approval",
    "Skips a question that nobody asks here": "WorkspaceChanges.update_dependencies:force",
    "A function of a table of functions": "uri:ws asset:workspace",
    "There is nothing left to do": """
        ComputeTarget.__init__: ComputeTarget._show: ComputeTargetProvisioningConfiguration.validate_configuration:
        ComputeTargetAttachConfiguration.validate_configuration:
        ComputeTargetUpdateConfiguration.validate_configuration: OfflineRun.complete: OfflineRun.cancel:
        _RunLogging.flush: _SubmittedRun.complete: LinkedServiceConfiguration.__init__:
    """,
}


def test_every_parameter_is_used_or_harmless() -> None:
    known = {name for names in HARMLESS.values() for name in names.split()}
    found = set(unused())
    assert sorted(name for name in found if name not in known and not _general(name, known)) == []
    listed = {name for name in known if ":" in name}
    assert sorted(listed - found) == [], "these are used by now"


def _general(name: str, known: set[str]) -> bool:
    parameter = name.split(":")[1]
    return bool(parameter) and parameter in known


def unused() -> Iterator[str]:
    """``Class.method:parameter`` of those that a function does not read; ``Class.method:`` of one that does nothing.

    Functions that raise, as all do that say NotOffline, are left out, and what Python itself hands over.
    """
    for path in sorted((FACADE / "azureml").rglob("*.py")):
        yield from _unused(ast.parse(path.read_text("utf-8")), "")


def _unused(tree: ast.AST, prefix: str) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _unused(node, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef) and node.name not in ("__exit__", "__get__"):
            skipped = ast.ImportFrom | ast.Import | ast.Pass
            body = [each for each in node.body if not _is_text(each) and not isinstance(each, skipped)]
            if not body:
                yield f"{prefix}{node.name}:"
            if not body or isinstance(body[0], ast.Raise):
                continue
            read = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            for each in _parameters(node):
                if each not in read:
                    yield f"{prefix}{node.name}:{each}"


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _parameters(node: ast.FunctionDef) -> Iterator[str]:
    given = node.args
    for each in [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]:
        if each is not None and each.arg not in ("self", "cls", "owner") and not each.arg.startswith("_"):
            yield each.arg
