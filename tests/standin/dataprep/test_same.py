"""Datasets and MLTables are what Microsoft's engine makes of the same files; see take.py."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dp100.standin
from tests.standin.activate.running import python
from tests.standin.dataprep import ask

FACADE = Path(dp100.standin.__file__).parent / "sdk_v1"
HERE = Path(__file__).parent

if str(FACADE) not in sys.path:
    sys.path.append(str(FACADE))

#: Where the stand-in answers otherwise, by the reason.
DIFFERENT_V1: Mapping[str, tuple[str, ...]] = {
    "Real: an exception of azureml.dataprep, which is not here; or one of Python's, by accident": (
        "JSON lines: array",
        "d.skip(-1)",
        "d.take_sample(2)",
        "files: noval",
        "path: g/nope.txt",
        "path: g/zz*",
        "text: bad_utf8",
        "text: part_mismatch",
        "text: part_month",
        "typed: notdict",
    ),
    "Real: what is given is not looked at": (
        "d.to_pandas_dataframe(on_error='x')",
        "d.to_pandas_dataframe(out_of_range_datetime='x')",
        "files: d.filter('x')",
    ),
    "Real: looks for the columns that the parameters' former names give, which are none": (
        "d.with_timestamp_columns('a', validate=True)",
        "d.with_timestamp_columns('zz', validate=True)",
    ),
    "Documented, and a fault of the engine": ("text: bom_enc", "typed: decmark"),
    "Values of different types have an order of the engine's own": ("d.filter(d['d']>'2020-01-15')",),
    "Paths from the top, which is another here": ("files: dl_list", "path: g/?.txt", "path: g/[ab].txt"),
}
DIFFERENT_MLTABLE: Mapping[str, tuple[str, ...]] = {}


def test_datasets_of_sdk_v1(ws, tmp_path: Path) -> None:
    from azureml.core import Workspace

    store = Workspace.get(ws.name, resource_group=ws.group).get_default_datastore()
    cases = ask.cases()
    for number, case in enumerate(cases.values()):
        case.write(tmp_path / str(number))
    store.upload(str(tmp_path), "", show_progress=False)
    ours = {}
    for number, (name, case) in enumerate(cases.items()):
        paths = [(store, f"{number}/{path}") for path in case.paths]
        answer = ask.of_v1(case, paths if isinstance(case.path, tuple) else paths[0])
        ours[name] = json.loads(json.dumps(answer).replace(f"/{store.name}/{number}", ""))
    _compare(ours, "v1", DIFFERENT_V1)


def test_mltable(tmp_path: Path) -> None:
    code = (
        "import json, pathlib\n"
        "from tests.standin.dataprep import ask\n"
        "made = {}\n"
        "for number, (name, case) in enumerate(ask.cases().items()):\n"
        "    case.write(folder := pathlib.Path(str(number)))\n"
        "    if (answer := ask.of_mltable(case, folder.absolute())) is not None:\n"
        "        made[name] = json.loads(json.dumps(answer).replace(str(folder.absolute()), ''))\n"
        "print(json.dumps(made))\n"
    )
    ours = json.loads(python(code, cwd=tmp_path))
    _compare(ours, "mltable", DIFFERENT_MLTABLE)


def _compare(ours: dict[str, Any], side: str, different: Mapping[str, tuple[str, ...]]) -> None:
    real = json.loads((HERE / f"{side}.json").read_text(encoding="utf-8"))
    assert list(ours) == list(real), f"run `python -m tests.standin.dataprep.take {side}` again"
    known = {name for names in different.values() for name in names}
    found = {name for name in real if ours[name] != real[name]}
    told = [
        f"{name}\n  real {json.dumps(real[name])}\n  ours {json.dumps(ours[name])}"
        for name in sorted(found - known)
    ]
    assert not told, "\n".join(told)
    assert not known - found, "no longer different"
