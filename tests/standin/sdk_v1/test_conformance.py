"""The façade has nothing that the real SDK lacks, and its signatures are the real ones."""

from __future__ import annotations

import subprocess
import sys

from tests.standin.sdk_v1 import conformance
from tests.standin.sdk_v1.conftest import REPOSITORY


def test_nothing_public_that_the_real_sdk_lacks() -> None:
    assert conformance.too_much() == []


def test_signatures_and_constants_are_the_real_ones() -> None:
    assert conformance.differing() == []


def test_the_comparison_is_not_empty() -> None:
    labels = [label for label, _, _ in conformance.classes()]
    assert "azureml.core.Workspace" in labels
    assert "azureml.core.Run" in labels
    assert len(labels) > 100


def test_the_list_of_what_is_missing_can_be_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.standin.sdk_v1.missing"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "placeholder  azureml.train.automl.automlconfig.AutoMLConfig" in done.stdout
    assert "names raise NotOffline." in done.stdout


def test_the_core_lacks_no_name() -> None:
    lacking = [
        name
        for kind, name in conformance.lacking()
        if kind == "name" and name.count(".") == 2 and name.startswith("azureml.core.")
    ]
    assert lacking == ["azureml.core.RUN_TYPE_PROVIDERS_ENTRYPOINT_KEY"]
