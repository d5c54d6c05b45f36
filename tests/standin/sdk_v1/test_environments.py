"""Environments of SDK v1: what the service takes as one."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("name", ["bad name!", "", "a/b", "x" * 256, "ümlaut"])
def test_a_name_that_the_service_does_not_take(workspace, name: str) -> None:
    from azureml.core import Environment

    made = Environment(name)  # the constructor looks at the type only
    with pytest.raises(
        Exception, match=r"^Error registering the environment definition\. Code: 400\n"
    ) as caught:
        made.register(workspace)
    assert type(caught.value) is Exception
    assert "Resource name can only contain alphanumeric characters" in str(caught.value)
    assert name not in list(workspace.environments)
    with pytest.raises(TypeError, match="Environment name expected str, <class 'int'> found"):
        Environment(3)


def test_a_name_of_the_services_own(workspace) -> None:
    from azureml.core import Environment

    with pytest.raises(Exception, match="can not start with the prefix AzureML"):
        Environment("AzureML-mine").register(workspace)


def test_a_changed_curated_environment_is_no_environment_of_a_run(workspace, script) -> None:
    from azureml.core import Environment, Experiment, ScriptRunConfig
    from azureml.exceptions import ExperimentExecutionException

    curated = next(name for name in workspace.environments if name.startswith("AzureML-"))
    found = Environment.get(workspace, curated)
    folder = script("print('fresh')")
    run = Experiment(workspace, "baking").submit(
        ScriptRunConfig(folder, script="train.py", environment=found)
    )
    assert run.get_status() == "Completed"
    found.python.conda_dependencies.add_pip_package("flour")
    with pytest.raises(
        ExperimentExecutionException, match="To alter a curated environment first create a copy"
    ):
        Experiment(workspace, "baking").submit(ScriptRunConfig(folder, script="train.py", environment=found))
    copy = found.clone("mine")
    run = Experiment(workspace, "baking").submit(ScriptRunConfig(folder, script="train.py", environment=copy))
    assert run.get_environment().name == "mine"


def test_no_image_is_built(workspace) -> None:
    from azureml.core import Environment

    from dp100.standin import NotOffline

    made = Environment("mine").register(workspace)
    for name in ("build", "build_local", "get_image_details"):
        with pytest.raises(NotOffline, match=rf"Environment\.{name}"):
            getattr(made, name)(workspace)


@pytest.mark.parametrize(
    ("given", "merged"),
    [
        (["numpy==1", "numpy<2"], ["numpy==1,<2"]),
        (["a[b]==1", "a>2"], ["a[b]==1,>2"]),
        (["conda-forge::numpy=1"], ["conda-forge::numpy=1"]),
        ([""], [""]),
        (["-r needed.txt", "git+https://host/loaf"], ["-r needed.txt", "git+https://host/loaf"]),
    ],
)
def test_requirements_are_merged_as_the_sdk_merges_them(given, merged) -> None:
    from azureml.core.conda_dependencies import CondaDependencies

    assert CondaDependencies.merge_requirements(given) == merged
