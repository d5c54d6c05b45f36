"""What the real packages have and the façade lacks says NotOffline with its name; what nobody has, Python's error."""

from __future__ import annotations

import gzip
import importlib
import importlib.util
import pickle
import subprocess
import sys
import traceback

import pytest

from dp100.standin import NotOffline
from tests.standin.sdk_v1 import conformance, pack_names


def failing(code: str) -> BaseException:
    try:
        exec(code, {})
    except BaseException as error:
        return error
    pytest.fail(f"{code} does not fail")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import azureml.explain.model", "azureml.explain"),
        ("from azureml import opendatasets", "azureml.opendatasets"),
        ("import azureml.contrib.fairness", "azureml.contrib"),
        ("from azureml.monitoring import ModelDataCollector", "azureml.monitoring"),
        ("import azureml.train.automl.runtime", "azureml.train.automl.runtime"),
        ("from azureml.data import context_managers", "azureml.data.context_managers"),
        ("import azureml.dataprep as dprep", "azureml.dataprep"),
        ("import azureml._restclient.run_client", "azureml._restclient.run_client"),
        (
            "from azureml.train.hyperdrive.run import TERMINAL_STATES",
            "azureml.train.hyperdrive.run.TERMINAL_STATES",
        ),
        ("import azureml.core.webservice as w; w.VERSION", "azureml.core.webservice.VERSION"),
        ("from azureml import current_package", "azureml.current_package"),
    ],
)
def test_a_module_or_name_of_the_real_packages(code: str, name: str) -> None:
    error = failing(code)
    assert isinstance(error, NotOffline)
    assert isinstance(error, ImportError)
    assert str(error) == f"{name} is not available offline."
    last = traceback.format_exception_only(error)[-1]
    assert last == f"dp100.standin.NotOffline: {name} is not available offline.\n"


def test_a_missing_module_may_be_tried() -> None:
    try:
        import azureml.explain.model  # type: ignore[import-not-found]  # noqa: F401
    except ModuleNotFoundError as error:
        found = pickle.loads(pickle.dumps(error))
    assert type(found) is type(error_of("azureml.explain"))
    assert str(found) == "azureml.explain is not available offline."


def error_of(module: str) -> BaseException:
    return failing(f"import {module}")


@pytest.mark.parametrize(
    ("code", "kind", "message"),
    [
        ("import azureml.kore", ModuleNotFoundError, "No module named 'azureml.kore'"),
        ("import azureml.core.runs", ModuleNotFoundError, "No module named 'azureml.core.runs'"),
        ("from azureml.core import Workspase", ImportError, "cannot import name 'Workspase'"),
        ("import azureml.core as c; c.workspase", AttributeError, "has no attribute 'workspase'"),
        ("from azureml.core.run import Rum", ImportError, "cannot import name 'Rum'"),
    ],
)
def test_a_misspelt_one(code: str, kind: type[Exception], message: str) -> None:
    error = failing(code)
    assert type(error) is kind
    assert message in str(error)


def test_asking_whether_a_module_is_there() -> None:
    assert importlib.util.find_spec("azureml.core.run") is not None
    assert importlib.util.find_spec("azureml.kore") is None
    assert not hasattr(importlib.import_module("azureml.core"), "kore")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from azureml.core import Dataset; Dataset.get_definition", "Dataset.get_definition"),
        ("from azureml.core import Dataset; Dataset.create_snapshot('s')", "Dataset.create_snapshot"),
    ],
)
def test_a_member_of_a_class(code: str, name: str) -> None:
    error = failing(code)
    assert isinstance(error, NotOffline)
    assert str(error).startswith(f"{name} is not available offline.")


def test_what_the_core_imports_is_an_attribute() -> None:
    """As after ``import azureml.core`` of the real SDK; before it, the package has no such attribute."""
    code = (
        "import azureml\n"
        "assert not hasattr(azureml, 'data')\n"
        "import azureml.core\n"
        "assert azureml.data.__version__ == azureml.core.VERSION\n"
        "assert azureml.exceptions.UserErrorException\n"
        "assert azureml.pipeline and azureml.train and azureml.automl\n"
        "assert not hasattr(azureml, 'widgets')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_clients_of_the_storage_service(workspace) -> None:
    with pytest.raises(NotOffline, match=r"AzureBlobDatastore\.blob_service"):
        _ = workspace.get_default_datastore().blob_service
    with pytest.raises(NotOffline, match=r"AzureFileDatastore\.file_service"):
        _ = workspace.datastores["workspacefilestore"].file_service


def test_every_name_of_the_snapshot_is_there_or_says_so() -> None:
    wrong = []
    for module, names in conformance.truth()["modules"].items():
        for code in [f"import {module}", *(f"from {module} import {name}" for name in names)]:
            try:
                exec(code, {})
            except NotOffline:
                pass
            except Exception as error:
                wrong.append(f"{code}: {type(error).__name__}: {error}")
    assert wrong == []


def test_no_member_of_a_class_is_lacking() -> None:
    lacking = {name for kind, name in conformance.lacking() if kind == "member"}
    of_a_dataset_that_cannot_be_made = "azureml.core.Dataset.__getitem__"
    module_imported_in_the_body = "azureml.data.dataset_type_definitions.FileType.warnings"
    assert lacking == {of_a_dataset_that_cannot_be_made, module_imported_in_the_body}


def test_the_packed_names_are_those_of_the_snapshot() -> None:
    assert gzip.decompress(pack_names.PACKED.read_bytes()).decode() == pack_names.text(), (
        "run python -m tests.standin.sdk_v1.pack_names"
    )
