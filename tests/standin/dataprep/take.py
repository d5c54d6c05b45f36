"""Writes v1.json and mltable.json: what Microsoft's own data engine answers, run by hand.

The engine reads local files without an account. Each SDK wants an environment of its own (Python 3.11 or earlier)::

    v1/bin/pip install azureml-core azureml-dataset-runtime 'pandas<2'
    v1/bin/python -m tests.standin.dataprep.take v1            # from the root of the repository
    v2/bin/pip install mltable azureml-dataprep pandas
    v2/bin/python -m tests.standin.dataprep.take mltable
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.standin.dataprep import ask


def _v1(folder: Path, case: ask.Case) -> Any:
    import azureml.data.dataset_factory as factory

    # SDK v1 takes datastores and web addresses only; below that, its engine takes local paths.
    factory._validate_and_normalize_path = lambda path: path
    factory._trace_dataset_creation = lambda path: None
    paths = [str(folder / path) + ("/" if path.endswith("/") else "") for path in case.paths]
    return ask.of_v1(case, paths if isinstance(case.path, tuple) else paths[0])


def main(side: str) -> None:
    """Ask everything of one side."""
    answers = {}
    with tempfile.TemporaryDirectory() as top:
        for number, (name, case) in enumerate(ask.cases().items()):
            folder = Path(top, str(number))
            case.write(folder)
            answer = _v1(folder, case) if side == "v1" else ask.of_mltable(case, folder)
            if answer is not None:
                answers[name] = json.loads(json.dumps(answer).replace(str(folder), ""))
    lines = [f"{json.dumps(name)}: {json.dumps(answer)}" for name, answer in answers.items()]
    Path(__file__).with_name(f"{side}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
