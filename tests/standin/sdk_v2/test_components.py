from __future__ import annotations

from pathlib import Path

import pytest
from azure.ai.ml import load_component
from azure.ai.ml.entities import AmlCompute, CommandComponent, Component
from azure.ai.ml.exceptions import ValidationException
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError

from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import tree

YAML = """
name: count_rows
display_name: Count rows
type: command
code: ./src
command: python main.py ${{inputs.rows}} ${{outputs.found}}
inputs:
  rows: {type: integer, default: 3}
outputs:
  found: {type: uri_folder}
environment: azureml:AzureML-Minimal@latest
"""


@pytest.fixture
def component(project: Path) -> Component:
    (project / "src").mkdir(exist_ok=True)
    (project / "src" / "main.py").write_text(
        "import pathlib, sys; pathlib.Path(sys.argv[2], 'rows.txt').write_text(sys.argv[1]); print(sys.argv[1])"
    )
    (project / "component.yml").write_text(YAML)
    return load_component(project / "component.yml")


def test_a_component_is_registered_and_found(client: MLClient, component: Component, project: Path) -> None:
    made = client.components.create_or_update(component)
    assert isinstance(made, CommandComponent)
    assert made.id is not None
    assert made.id.endswith("/workspaces/mlw-dp100/components/count_rows/versions/1")
    assert (made.version, made.display_name) == ("1", "Count rows")
    assert "/codes/" in str(made.code)
    assert "AzureML-Minimal:" in str(made.environment)
    assert client.components.create_or_update(load_component(project / "component.yml")).version == "2"
    assert client.components.get("count_rows").version == "2"
    assert client.components.get("count_rows", version="1").inputs["rows"]["type"] == "integer"
    (container,) = client.components.list()
    assert (container.name, container.latest_version) == ("count_rows", "2")
    assert [each.version for each in client.components.list("count_rows")] == ["2", "1"]


def test_a_version_that_is_there_keeps_its_definition(
    client: MLClient, component: Component, project: Path
) -> None:
    client.components.create_or_update(component, version="1")
    again = load_component(project / "component.yml")
    again.description = "told"
    assert client.components.create_or_update(again, version="1").description == "told"
    other = load_component(project / "component.yml", params_override=[{"command": "python main.py 1 2"}])
    with pytest.raises(ResourceExistsError):
        client.components.create_or_update(other, version="1")


def test_a_component_is_no_job_until_it_is_told_what_a_job_needs(
    client: MLClient, component: Component, project: Path, waiting: None
) -> None:
    client.compute.begin_create_or_update(AmlCompute(name="cpu"))
    (project / "src" / "main.py").write_text("import sys; print('rows', sys.argv[1])")
    made = client.components.create_or_update(
        load_component(
            project / "component.yml", params_override=[{"command": "python main.py ${{inputs.rows}}"}]
        )
    )
    # As the real SDK has it: what only the component says is not sent with a job of its own.
    with pytest.raises(ValidationException, match="environment is required for non-local runs"):
        client.create_or_update(made(rows=5))
    node = made()
    node.environment = "AzureML-Minimal@latest"
    with pytest.raises(ValidationException, match="Inputs to job does not contain 'rows'"):
        client.create_or_update(node)
    node = made(rows=5)
    node.environment, node.compute, node.experiment_name = "AzureML-Minimal@latest", "cpu", "trials"
    job = client.create_or_update(node)
    assert job.status == "Completed"
    assert str(job.inputs["rows"]._data) == "5"


def test_download_archive_validate(client: MLClient, component: Component, project: Path) -> None:
    client.components.create_or_update(component)
    client.components.download("count_rows", project / "got")
    assert tree(project / "got") == ["code/main.py", "component_spec.yaml"]
    assert load_component(project / "got" / "component_spec.yaml").name == "count_rows"
    client.components.archive("count_rows")
    assert list(client.components.list()) == []
    client.components.restore("count_rows")
    assert client.components.validate(component).passed
    wrong = CommandComponent(
        name="wrong", command="python ${{inputs.none}}", environment="AzureML-Minimal@latest"
    )
    assert not client.components.validate(wrong).passed
    with pytest.raises(ValidationException):
        client.components.create_or_update(wrong)
    with pytest.raises(ResourceNotFoundError):
        client.components.get("none")
