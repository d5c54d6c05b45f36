"""Conda and pip files."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100.standin.engine.environments import conda
from dp100.standin.engine.errors import Invalid

FILE = """
name: basic
channels: [conda-forge]
dependencies:
  - python=3.10
  - pip
  - conda-forge::scikit-learn=1.5.2=py310_0
  - pandas>=2.0  # tables
  - pytorch
  - pip:
      - azureml-core==1.61
      - Flask_Cors[async]~=6.0 ; python_version > "3"
      - -e .
      - https://example.org/some.whl
      - named @ https://example.org/named-1.0.whl
      - mlflow
"""


def test_the_packages_of_a_file() -> None:
    found = conda.packages(conda.parse(FILE))
    assert [(package.name, package.pin) for package in found] == [
        ("scikit-learn", "1.5.2"),
        ("pandas", None),
        ("torch", None),
        ("azureml-core", "1.61"),
        ("flask-cors", None),
        ("named", None),
        ("mlflow", None),
    ]


def test_what_a_machine_lacks(tmp_path: Path) -> None:
    for name in ("scikit_learn-1.4.0.dist-info", "torch-2.1.0.dist-info", "Named-1.0-py3.11.egg-info"):
        (tmp_path / name).mkdir()
    spec = {"conda_file": FILE, "pip_requirements": ["torch==2.1", "another-one"]}
    path = [str(tmp_path), str(tmp_path / "missing")]
    assert conda.missing_packages(spec, path) == ["pandas>=2.0", "Flask_Cors[async]~=6.0", "another-one"]
    assert conda.differing_packages(spec, path) == [("scikit-learn", "1.5.2", "1.4.0")]


@pytest.mark.parametrize(
    ("pin", "here", "differs"),
    [("1.5", "1.5.2", False), ("1.5.*", "1.5.2", False), ("1.5", "1.50", True), ("1.5.2", "1.5", True)],
)
def test_a_pin_covers_what_is_below_it(tmp_path: Path, pin: str, here: str, differs: bool) -> None:
    (tmp_path / f"thing-{here}.dist-info").mkdir()
    found = conda.differing_packages({"pip_requirements": [f"thing=={pin}"]}, [str(tmp_path)])
    assert bool(found) is differs


def test_this_python_has_pyyaml_and_not_nonsense() -> None:
    assert conda.missing_packages({"pip_requirements": ["PyYAML", "no-such-package-at-all"]}) == [
        "no-such-package-at-all"
    ]


def test_a_file_is_found_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "conda.yml"
    path.write_text(FILE)
    assert conda.parse(path)["name"] == conda.parse(str(path))["name"] == "basic"
    assert conda.packages({"conda_file": str(path)}) == conda.packages({"conda_file": FILE})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("dependencies: [a\n", "not valid YAML in line"),
        ("- a\n- b\n", "should hold name"),
        ("dependencies: numpy\n", "should be a list"),
        ("dependencies:\n  - {pip: [a], conda: [b]}\n", "neither a package"),
        ("no-such-file.yml", "no-such-file.yml cannot be read"),
    ],
)
def test_a_bad_file(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        conda.parse(text)


def test_pip_files(tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("pandas\n-r requirements.txt\n")
    path = tmp_path / "requirements.txt"
    path.write_text(
        "# all\nnumpy==2.0 # why\n\n--index-url https://example.org\n-r more.txt\nscipy \\\n  >=1.0\n"
    )
    assert conda.requirements(path) == ["numpy==2.0", "pandas", "scipy >=1.0"]
    with pytest.raises(Invalid, match=r"none.txt cannot be read"):
        conda.requirements(tmp_path / "none.txt")


def test_sklearn_is_no_name_of_a_package() -> None:
    """PyPI's `sklearn` is an empty placeholder that refuses to be installed; the package is scikit-learn."""
    spec = conda.parse("dependencies: [{pip: [sklearn, scikit-learn]}]")
    assert conda.missing_packages(spec) == ["sklearn"]
