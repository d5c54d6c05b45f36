"""The checks of this folder find what is wrong and let pass what is right."""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

import pytest

from tests.truth import az_table, prose, run_offline, shell, yaml_assets
from tests.truth.az_ml_v1_verbs import ML_V1
from tests.truth.az_ml_verbs import ML
from tests.truth.az_other_verbs import OTHER
from tests.truth.checker import check
from tests.truth.exports import exports
from tests.truth.reference import Reference, Snapshot

pytestmark = pytest.mark.filterwarnings("ignore")


@functools.cache
def reference() -> Reference:
    return Reference()


def complaints(source: str) -> str:
    return "; ".join(map(str, check(source, reference())))


V1 = "from azureml.core import Environment, Experiment, Run, ScriptRunConfig, Workspace\nws = Workspace.from_config()\n"
V2 = (
    "from azure.ai.ml import Input, MLClient, command\nfrom azure.identity import DefaultAzureCredential\n"
    "ml_client = MLClient.from_config(DefaultAzureCredential())\n"
)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("from azure.core import Workspace", "azure.core has no name Workspace"),
        ("from azureml.core import Environment, Estimator", "azureml.core has no name Estimator"),
        ("import azureml.flow", "there is no module azureml.flow"),
        ("from azure.ai.ml.entities import AccountKeyCredentials", "has no name AccountKeyCredentials"),
        (
            "from azure.ai.ml.constants import AssetTypes\nAssetTypes.MLTable",
            "AssetTypes has no attribute MLTable",
        ),
        ("from azureml.pipeline.core.schedule import ScheduleRecurrance", "has no name ScheduleRecurrance"),
        (V1 + "Environment.create_from_conda_specification('e', 'f')", "has no attribute create_from_conda"),
        (
            V1 + "Environment('e').python.conda_dependency = None",
            "PythonSection has no attribute conda_dependency",
        ),
        (V1 + "Run.get_context().lot_table('t', {})", "Run has no attribute lot_table"),
        (V1 + "ws.compute_targets['c'].delete_now()", "ComputeTarget has no attribute delete_now"),
        (V1 + "ScriptRunConfig(source_dir='src')", "ScriptRunConfig has no parameter source_dir"),
        (V1 + "Experiment(ws)", "Experiment: missing a required argument: 'name'"),
        (
            V1 + "run = Experiment(ws, 'x').submit(None)\nrun.wait(show_output=True)",
            "Run has no attribute wait",
        ),
        (
            "from azureml.widgets import RunDetails\nRunDetails(None).Show()",
            "RunDetails has no attribute Show",
        ),
        (V1 + "Experiment(ws, 'x').submit(None, outputs=True)", "Experiment.submit has no parameter outputs"),
        (V2 + "ml_client.jobs.create_update(None)", "JobOperations has no attribute create_update"),
        (V2 + "ml_client.job.stream('x')", "MLClient has no attribute job"),
        (V2 + "ml_client.jobs.stream()", "stream: missing a required argument: 'name'"),
        (V2 + "command(command='x', environment='e', instances=2)", "command has no parameter instances"),
        (V2 + "Input(type='uri_file', paths='x')", "Input has no parameter paths"),
        (V2 + "command(command='x', environment='e').sweeps()", "Command has no attribute sweeps"),
        (V2 + "ml_client.compute.begin_delete('c').results()", "LROPoller has no attribute results"),
        (V2 + "for job in ml_client.jobs.list():\n    print(job.nome)", "Job has no attribute nome"),
        ("import mlflow\nmlflow.log_metrik('a', 1)", "mlflow has no name log_metrik"),
        ("import mlflow\nwith mlflow.start_run() as run:\n    run.infos", "ActiveRun has no attribute infos"),
        (
            "from sklearn.linear_model import LogisticRegression\nLogisticRegression(c=1)",
            "has no parameter c",
        ),
        ("import mltable\nmltable.from_csv_files([])", "mltable has no name from_csv_files"),
        (
            "from fairlearn.metrics import MetricFrame\nMetricFrame(metric=None)",
            "MetricFrame has no parameter metric",
        ),
        ("from interpret.ext.blackbox import TabularExplain", "has no name TabularExplain"),
        ("print(x)", "x is not defined"),
        ("from azure.ai.ml. import command", "is no Python"),
        ("def train():\n    import mlflow\n    mlflow.log_modell()", "mlflow has no name log_modell"),
    ],
)
def test_a_wrong_name_is_found(source: str, complaint: str) -> None:
    assert complaint in complaints(source)


@pytest.mark.parametrize(
    "source",
    [
        V1 + "ws.get_default_datastore().upload_files(['a.csv'], target_path='data')",
        V1 + "ws.datasets['d'].to_pandas_dataframe()",
        V1 + "Experiment(ws, 'x').submit(None, show_output=True).register_model(model_name='m')",
        V1 + "Run.get_context().log_row('row', angle=1, size=2)",
        V2 + "ml_client.jobs.create_or_update(command(command='x', environment='e')).studio_url",
        V2 + "ml_client.compute.begin_create_or_update(None).result().name",
        V2 + "ml_client.create_or_update(Input()).path",
        "from azureml.core.compute_target import ComputeTargetException",
        "from azureml.contrib.pipeline.steps import ParallelRunStep\nParallelRunStep(anything=1)",
        "values = [one.upper() for one in ['a']]\nprint({value: 1 for value in values})",
    ],
)
def test_what_is_right_passes(source: str) -> None:
    assert complaints(source) == ""


def test_a_fragment_may_use_what_it_does_not_make() -> None:
    source = "run = Experiment(ws, name='x').submit(config)\nws.experiment"
    given = exports(reference(), "v1", ["Experiment", "ws", "config"])
    assert [p.message for p in check(source, reference(), given=given)] == [
        "Workspace has no attribute experiment"
    ]


def test_what_ran_before_is_known() -> None:
    assert check("ws.compute", reference(), before=V1)[0].message == "Workspace has no attribute compute"


def test_the_snapshot_is_of_the_last_sdk() -> None:
    packages = Snapshot(Path(__file__).with_name("azureml_v1_names.json.gz")).packages
    assert packages["azureml-core"].startswith("1.6")
    assert {"azureml-pipeline", "azureml-train-core", "azureml-train-automl-client"} <= packages.keys()


# az


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("az ml job create --file job.yml --query name -o tsv", ""),
        ("az ml job create -f job.yml -g rg -w ws", ""),
        ("az ml job create", "`az ml job create` needs `--file`"),
        ("az ml job submit --file job.yml", "there is no command `az ml job submit`"),
        ("az ml job show --name a --quiet", "`az ml job show` has no option `--quiet`"),
        ("az ml endpoint create -n a", "there is no command `az ml endpoint create`"),
        ("az extention add -n ml", "there is no command `az extention add`"),
        ("az configure --defaults group=rg workspace=ws", ""),
    ],
)
def test_commands_of_az(line: str, complaint: str) -> None:
    (words,) = shell.commands(line)
    assert "; ".join(az_table.check(words[1:], ML, OTHER)) == complaint


def test_cli_v1_has_its_own_commands() -> None:
    words = ["ml", "model", "register", "-n", "m"]
    assert list(az_table.check(words, ML, OTHER))
    assert not list(az_table.check(words, ML, OTHER, ML_V1))


def test_commands_are_found_wherever_they_stand() -> None:
    script = """
        # az ml job explode
        name=$(az ml job create -f job.yml --query "name" -o tsv)
        if [ -n "$name" ]; then az ml job stream \\
            -n "$name" | tee log.txt; fi   # az ml no comment
        cat > job.yml <<EOF
        az is not here
        EOF
        echo "two
        lines" && az login
    """
    found = [" ".join(words[:4]) for words in shell.commands(script) if words[0] == "az"]
    assert found == ["az ml job create", "az ml job stream", "az login"]


@pytest.mark.parametrize(
    ("span", "wrong"),
    [
        ("Model.deploy(...)", False),
        ("Model.depploy(...)", True),
        ("MLClient.from_config", False),
        ("jobs.create_or_update(job)", False),
        ("jobs.begin_create(job)", True),
        ("AutoMLConfig(n_cross_validation=5)", True),
        ("command(..., compute='local')", False),
        ("azureml.train.sklearn.SKLearn", False),
        ("azureml.train.sklearn.Sklearn", True),
        ("az ml model register", False),
        ("az ml model enroll --name x", True),
        ("config.json", False),
        ("anything.at_all()", False),
    ],
)
def test_quoted_names(span: str, wrong: bool) -> None:
    assert bool(prose.problems(span, reference())) is wrong


# YAML

SWEEP = """
type: sweep
trial: {code: src, command: "python train.py --rate ${{search_space.rate}}", environment: "azureml:e:1"}
compute: azureml:aml-cluster
sampling_algorithm: random
search_space: {rate: {type: uniform, min_value: 0.01, max_value: 0.5}}
objective: {goal: minimize, primary_metric: rmse}
limits: {max_total_trials: 30}
"""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SWEEP, None),
        (SWEEP.replace("minimize", "minimise"), "minimise"),
        (SWEEP.replace("max_total_trials", "max_trials"), "max_trials"),
        ("search_space: {a: {type: choice, values: [1, 2]}}", None),
        ("search_space: {a: {type: choices, values: [1, 2]}}", "search_space"),
        ("early_termination: {type: bandit, slack_factor: 0.1, delay_evaluation: 5}", None),
        ("early_termination: {type: bandits, slack_factor: 0.1}", "early_termination"),
        ("jobs: {a: {type: command, component: ./a.yml, inputs: {x: '${{parent.inputs.y}}'}}}", None),
        (
            "$schema: https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json\nname: c\ntype: amlcompute",
            None,
        ),
        ("name: c\ntype: amlcompute\nmax_nodes: 4", "max_nodes"),
        (
            "$schema: https://azuremlschemas.azureedge.net/latest/amlComputer.schema.json\nname: c",
            "unknown schema",
        ),
        (
            "type: mltable\npaths: [{file: ./a.csv}]\ntransformations: [{read_delimited: {delimiter: ';'}}]",
            None,
        ),
        (
            "type: mltable\npaths: [{file: ./a.csv}]\ntransformations: [{read_csv: {}}]",
            "no transformation read_csv",
        ),
        ("a: [", "is no YAML"),
    ],
)
def test_yaml(text: str, complaint: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = "; ".join(yaml_assets.problems(text, tmp_path))
    assert complaint in found if complaint else found == ""


def test_a_block_that_runs_cannot_leave_the_machine(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import urllib.request\nurllib.request.urlopen('http://203.0.113.1', timeout=1)\n")
    done = subprocess.run([sys.executable, run_offline.__file__, str(script)], capture_output=True, text=True)
    assert done.returncode != 0
    assert "wants to connect to 203.0.113.1" in done.stderr or "wants to look up" in done.stderr


def test_what_a_block_does_wrong_is_told(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import sys\nprint('noise')\nsys.exit(0)")
    assert run_offline.run(script) is None
    script.write_text("import sys\nsys.exit('no data')")
    assert run_offline.run(script) == "ends with status no data"
    script.write_text("open('missing.csv')")
    assert "FileNotFoundError" in (run_offline.run(script) or "")
