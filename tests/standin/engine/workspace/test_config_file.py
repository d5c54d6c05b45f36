from __future__ import annotations

import json
from pathlib import Path

import pytest

from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.workspace.config_file import find_config, write_config
from dp100.standin.engine.workspace.workspace import Workspace

PLAIN = {"subscription_id": "s", "resource_group": "g", "workspace_name": "w"}


def put(file: Path, name: str = "w") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(PLAIN | {"workspace_name": name}))
    return file


def test_a_file_itself_is_taken(tmp_path: Path) -> None:
    file = put(tmp_path / "anything.txt", "mine")
    assert find_config(file).workspace_name == "mine"


def test_it_is_found_in_the_folder_and_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path / "config.json")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_config(below).path == file
    monkeypatch.chdir(below)
    found = find_config()
    assert (found.subscription_id, found.resource_group, found.workspace_name) == ("s", "g", "w")


def test_azureml_folders_come_first_even_when_farther_up(tmp_path: Path) -> None:
    put(tmp_path / "a" / "config.json", "near")
    put(tmp_path / "aml_config" / "config.json", "old")
    assert find_config(tmp_path / "a").workspace_name == "old"
    put(tmp_path / ".azureml" / "config.json", "far")
    assert find_config(tmp_path / "a").workspace_name == "far"


def test_another_name_may_be_asked_for(tmp_path: Path) -> None:
    put(tmp_path / "config.json", "default")
    put(tmp_path / "team.json", "team")
    assert find_config(tmp_path, "team.json").workspace_name == "team"


def test_levels_bound_the_search(tmp_path: Path) -> None:
    put(tmp_path / "config.json")
    deep = tmp_path / "1" / "2" / "3"
    deep.mkdir(parents=True)
    assert find_config(deep, levels=3)
    with pytest.raises(NotFound):
        find_config(deep, "config.json", levels=2)


def test_what_sdk_v1_writes_is_found_again(tmp_path: Path, ws: Workspace) -> None:
    file = write_config(ws, tmp_path)
    assert file == tmp_path.resolve() / ".azureml" / "config.json"
    assert json.loads(file.read_text()) == {"Id": None, "Scope": ws.id}
    found = find_config(tmp_path)
    assert (found.subscription_id, found.resource_group, found.workspace_name) == (
        ws.subscription_id,
        ws.group,
        ws.name,
    )


def test_the_file_that_is_written_may_have_another_name(tmp_path: Path, ws: Workspace) -> None:
    assert write_config(ws, tmp_path, "mine").name == "mine.json"
    with pytest.raises(Invalid):
        write_config(ws, tmp_path, "../../mine")


def test_none_is_an_error_that_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="could not be found in"):
        find_config(tmp_path, "nowhere-to-be-found.json")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"text"', "{}", '{"subscription_id": "s"}', '{"Scope": "/subscriptions/s"}']
)
def test_malformed_files_are_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.json"
    file.write_text(text)
    with pytest.raises(Invalid, match=r"config\.json"):
        find_config(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(PLAIN), encoding="utf-8-sig")
    assert find_config(tmp_path).workspace_name == "w"
