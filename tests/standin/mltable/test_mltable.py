"""mltable offline, in a process as a learner runs it. What is expected is what the real mltable 1.7 gives."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dp100.standin.engine.data import datastores
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.workspace.workspace import Workspace
from tests.standin.activate.running import environment, python

ONE = "a,b,c,d,e,f\n1,2.5,x,2020-01-02,True,\n2,3.5,,2020-02-03 04:05:06,False,7\n3,NaN,z z,,true,\n"
TWO = "a,b,c,d,e,f\n4,4.5,q,2021-01-02,false,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files at the top, and one whose path says what it holds."""
    made = tmp_path / "tables"
    (made / "d" / "sub" / "2020" / "01").mkdir(parents=True)
    (made / "d" / "one.csv").write_text(ONE)
    (made / "d" / "two.csv").write_text(TWO)
    (made / "d" / "sub" / "2020" / "01" / "p.csv").write_text(ONE)
    return made


#: A program that runs what it is told, in the folder that it is told, and tells what that printed.
OBEYING = """
import contextlib, io, json, os, sys
for line in sys.stdin:
    folder, code = json.loads(line)
    os.chdir(folder)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(code, {})
    print(json.dumps(said.getvalue()), flush=True)
"""


@functools.cache
def obeying() -> subprocess.Popen[str]:
    """One process inside `dp100 offline` for all tests here: to start one costs more than to read a table."""
    return subprocess.Popen(
        [sys.executable, "-m", "dp100", "offline", "--", sys.executable, "-c", OBEYING],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    """The process ends with the tests."""
    yield
    if obeying.cache_info().currsize:
        obeying().communicate(timeout=60)


def shown(expression: str, folder: Path) -> str:
    """What a program prints for an expression; ``t`` is a table of one file."""
    code = (
        "import mltable\nfrom mltable import DataType\n"
        "t = mltable.from_delimited_files([{'file': 'd/one.csv'}])\n"
        "def frame(table):\n    return table.to_pandas_dataframe().to_csv(index=False).replace('\\r', '')\n"
        f"try:\n    print({expression}, end='')\n"
        "except Exception as error:\n    print(type(error).__name__, error, end='')"
    )
    session = obeying()
    assert session.stdin is not None
    assert session.stdout is not None
    session.stdin.write(json.dumps([str(folder), code]) + "\n")
    session.stdin.flush()
    return str(json.loads(session.stdout.readline()))


def test_types_of_columns_are_found(folder: Path) -> None:
    kinds = shown("[str(kind) for kind in t.to_pandas_dataframe().dtypes]", folder)
    assert (
        kinds.replace("object", "str") == "['int64', 'float64', 'str', 'datetime64[ns]', 'bool', 'float64']"
    )


def test_without_types_everything_is_text(folder: Path) -> None:
    options = "[{'file': 'd/one.csv'}], infer_column_types=False, empty_as_string=True"
    found = shown(f"mltable.from_delimited_files({options}).to_pandas_dataframe().f.tolist()", folder)
    assert found == "['', '7', '']"


@pytest.mark.parametrize(
    ("paths", "rows"),
    [
        ("{'pattern': 'd/*.csv'}", 4),
        ("{'pattern': 'd/**/*.csv'}", 7),
        ("{'folder': 'd'}", 7),
        ("{'file': 'd/two.csv'}", 1),
    ],
)
def test_which_files_paths_name(folder: Path, paths: str, rows: int) -> None:
    assert shown(f"len(mltable.from_delimited_files([{paths}]).to_pandas_dataframe())", folder) == str(rows)


@pytest.mark.parametrize(
    ("header", "columns", "rows"),
    [
        ("no_header", "Column1", 6),
        ("from_first_file", "a", 5),
        ("all_files_same_headers", "a", 4),
        ("all_files_different_headers", "a", 4),
    ],
)
def test_where_headers_stand(folder: Path, header: str, columns: str, rows: int) -> None:
    table = (
        f"mltable.from_delimited_files([{{'pattern': 'd/*.csv'}}], header={header!r}).to_pandas_dataframe()"
    )
    assert shown(f"({table}.columns[0], len({table}))", folder) == f"('{columns}', {rows})"


def test_the_column_of_paths(folder: Path) -> None:
    table = "mltable.from_delimited_files([{'pattern': 'd/*.csv'}], include_path_column=True)"
    assert (
        shown(f"{table}.to_pandas_dataframe().Path.iloc[3]", folder) == (folder / "d" / "two.csv").as_posix()
    )


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("col('a') > 1", [2, 3]),
        ("a > 1", [2, 3]),
        ("col('a') > 1 and col('c') == 'z z'", [3]),
        ("not col('a') > 1", [1]),
        ("col('a') + 1 > 3", [3]),
        ("col('d') > datetime(2020, 1, 15)", [2]),
        ("nothing > 1", []),
    ],
)
def test_filters(folder: Path, expression: str, rows: list[int]) -> None:
    found = f"t.filter({expression!r}).to_pandas_dataframe()"  # without rows there are no columns
    assert shown(f"[*map(int, {found}.get('a', []))]", folder) == str(rows)


@pytest.mark.parametrize(
    "expression", ["a in [1]", "(a > 1) & (b > 1)", "__import__('os')", "a.b > 1", "a >"]
)
def test_expressions_that_are_none(folder: Path, expression: str) -> None:
    assert shown(f"t.filter({expression!r})", folder).startswith(
        "UserErrorException Error occurred while parsing"
    )


def test_columns_kept_and_dropped(folder: Path) -> None:
    assert shown("list(t.keep_columns(['c', 'a']).to_pandas_dataframe())", folder) == "['a', 'c']"
    assert (
        shown("list(t.drop_columns(['a', 'b', 'nope']).to_pandas_dataframe())", folder)
        == "['c', 'd', 'e', 'f']"
    )


def test_rows_taken_skipped_and_split(folder: Path) -> None:
    assert shown("t.skip(1).take(1).to_pandas_dataframe().a.tolist()", folder) == "[2]"
    split = "[part.to_pandas_dataframe().a.tolist() for part in t.random_split(0.5, seed=3)]"
    assert shown(f"sorted(sum({split}, []))", folder) == "[1, 2, 3]"
    assert shown(split, folder) == shown(split, folder)


def test_columns_converted(folder: Path) -> None:
    table = "t.convert_column_types({'a': DataType.to_float(), 'c': 'int', 'd': DataType.to_string()})"
    assert shown(f"frame({table}.keep_columns(['a', 'c']))", folder) == "a,c\n1.0,\n2.0,\n3.0,\n"
    flags = "t.convert_column_types({'c': DataType.to_bool(['x'], ['q'], 'false')}).to_pandas_dataframe().c.tolist()"
    assert shown(flags, folder) == "[True, None, False]"
    dates = (
        "mltable.from_delimited_files([{'file': 'd/two.csv'}], infer_column_types=False)"
        ".convert_column_types({'d': DataType.to_datetime('%Y-%m-%d')}).to_pandas_dataframe().d[0].year"
    )
    assert shown(dates, folder) == "2021"


@pytest.mark.parametrize(
    ("columns", "kind", "found"),
    [
        ("station", "string", "0042,1,2024-01-02\n0007,2,2024-01-03\n,0,\n"),
        ("[station, v]", "float", "42.0,1.0,2024-01-02\n7.0,2.0,2024-01-03\n,0.0,\n"),
        ("v", "boolean", "42.0,True,2024-01-02\n7.0,,2024-01-03\n,False,\n"),
    ],
)
def test_types_that_are_not_inferred(folder: Path, columns: str, kind: str, found: str) -> None:
    stations(folder, columns, kind)
    assert shown("frame(mltable.load('.'))", folder) == f"station,v,day\n{found}"


def test_dates_that_are_to_be_text(folder: Path) -> None:
    stations(folder, "day", "string")
    assert shown("mltable.load('.').to_pandas_dataframe().day.tolist()[:2]", folder) == (
        "['2024-01-02', '2024-01-03']"
    )


def test_a_type_for_a_column_that_is_not_there(folder: Path) -> None:
    stations(folder, "[v, depot]", "string")
    said = shown("frame(mltable.load('.'))", folder)
    assert said.startswith("UserErrorException ")
    assert "column type override: 'depot'" in said


def stations(folder: Path, columns: str, kind: str) -> None:
    """A table whose reader finds all types but those of ``columns``."""
    (folder / "s.csv").write_text("station,v,day\n0042,1,2024-01-02\n0007,2,2024-01-03\n,0,\n")
    (folder / "MLTable").write_text(
        "paths:\n- file: ./s.csv\ntransformations:\n- read_delimited:\n    infer_column_types:\n"
        f"      column_type_overrides:\n      - columns: {columns}\n        column_type: {kind}\n"
    )


def test_columns_from_paths(folder: Path) -> None:
    table = (
        "mltable.from_delimited_files([{'pattern': 'd/sub/**/*.csv'}])"
        ".extract_columns_from_partition_format('/{name}/{when:yyyy/MM}/p.csv')"
    )
    assert (
        shown(f"frame({table}.take(1).keep_columns(['name', 'when', 'a']))", folder)
        == "name,when,a\nsub,2020-01-01,1\n"
    )
    assert shown(f"{table}.partition_keys", folder) == "['name', 'when']"


def test_json_lines(folder: Path) -> None:
    (folder / "l.jsonl").write_text('{"a": 1, "b": "x"}\nbad\n{"a": 2}\n')
    assert "l.jsonl, line 2 is not valid JSON" in shown(
        "frame(mltable.from_json_lines_files([{'file': 'l.jsonl'}]))", folder
    )
    table = "mltable.from_json_lines_files([{'file': 'l.jsonl'}], invalid_lines='drop')"
    assert shown(f"frame({table})", folder) == "a,b\n1,x\n2,\n"


def test_a_table_as_text_has_every_option(folder: Path) -> None:
    assert shown("t.take(2)", folder) == (
        f"paths:\n- file: file://{(folder / 'd' / 'one.csv').as_posix()}\ntransformations:\n- read_delimited:\n"
        "    delimiter: ','\n    empty_as_string: false\n    encoding: utf8\n    header: all_files_same_headers\n"
        "    include_path_column: false\n    infer_column_types: true\n    partition_size: 20971520\n"
        "    path_column: Path\n    support_multi_line: false\n- take: 2\ntype: mltable\n"
    )


def test_saved_tables_lead_to_their_data(folder: Path) -> None:
    assert shown("t.save('out').take(1).to_pandas_dataframe().a.tolist()", folder) == "[1]"
    assert shown("(mltable.load('out').paths, len(mltable.load('out').to_pandas_dataframe()))", folder) == (
        "([{'file': '../d/one.csv'}], 3)"
    )
    assert "Destination already exists" in shown("t.save('out', overwrite=False)", folder)
    assert "Destination already exists" in shown("t.save('d/one.csv')", folder)


def test_saved_with_its_data(folder: Path) -> None:
    shown("mltable.from_delimited_files([{'pattern': 'd/**/*.csv'}]).save('out', colocated=True)", folder)
    assert (folder / "out" / "d" / "sub" / "2020" / "01" / "p.csv").read_text() == ONE
    assert shown("len(mltable.load('out').to_pandas_dataframe())", folder) == "7"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("paths: 3\n", "3 is not of type 'array'"),
        ("paths:\n- x: y\n", "{'x': 'y'} is not valid under any of the given schemas"),
        ("transformations:\n- frobnicate: 3\n", "{'frobnicate': 3} is not valid under any"),
        ("transformations:\n- read_delimited:\n    bogus: 1\n", "('bogus' was unexpected)"),
        ("a: [\n", "MLTable yaml is invalid"),
    ],
)
def test_files_that_are_wrong(folder: Path, text: str, said: str) -> None:
    (folder / "MLTable").write_text(text)
    found = shown("mltable.load('.')", folder)
    assert found.startswith("UserErrorException ")
    assert said in found


def test_folders_without_a_table_and_paths_without_files(folder: Path) -> None:
    assert "Not able to find MLTable file" in shown("mltable.load('d')", folder)
    assert "There is no file at d/nope.csv" in shown(
        "frame(mltable.from_delimited_files([{'file': 'd/nope.csv'}]))", folder
    )
    assert "is not available offline" in shown("mltable.from_delta_lake('x')", folder)


def test_tables_of_the_workspace_in_all_forms(folder: Path, ws: Workspace) -> None:
    place = datastores.folder(ws, "workspaceblobstore") / "tables"
    place.mkdir(parents=True)
    (place / "one.csv").write_text(ONE)
    (place / "MLTable").write_text("paths:\n- file: ./one.csv\ntransformations:\n- read_delimited\n")
    uri = "azureml://datastores/workspaceblobstore/paths/tables"
    asset = AssetStore(ws, "data").create("tbl", spec={"type": "mltable", "path": uri})
    AssetStore(ws, "data").create("file", spec={"type": "uri_file", "path": f"{uri}/one.csv"})
    long = f"azureml://subscriptions/{ws.subscription_id}/resourcegroups/{ws.group}/workspaces/{ws.name}"
    env = {"AZUREML_ARM_WORKSPACE_NAME": ws.name, "AZUREML_ARM_RESOURCEGROUP": ws.group}
    forms = [
        uri,
        f"{long}/datastores/workspaceblobstore/paths/tables/",
        "azureml:tbl:1",
        "azureml:tbl@latest",
    ]
    forms += [f"azureml:{asset.id}", f"azureml:/{asset.id}"]
    code = f"import mltable\nprint([len(mltable.load(form).to_pandas_dataframe()) for form in {forms!r}])"
    assert python(code, cwd=folder, **env) == "[3, 3, 3, 3, 3, 3]\n"
    code = (
        "import mltable\ntry:\n    mltable.load('azureml:file:1')\n"
        "except mltable._errors.UserErrorException as error:\n    print(error)"
    )
    assert python(code, cwd=folder, **env) == "Can only load MLTable type asset\n"


def test_parquet_is_read(tmp_path: Path) -> None:
    import pandas as pd

    pd.DataFrame({"a": [1, 2], "b": ["x", None]}).to_parquet(tmp_path / "t.parquet")
    code = (
        "import mltable\n"
        "print(mltable.from_parquet_files([{'file': 't.parquet'}]).keep_columns(['a']).to_pandas_dataframe()"
        ".a.tolist())"
    )
    assert python(code, cwd=tmp_path) == "[1, 2]\n"
