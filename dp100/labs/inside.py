"""The process in which a lab's own code runs: ``python -m dp100.labs.inside REQUEST``.

REQUEST is a JSON file that says what to do; each verdict is appended to the file of results as soon as it is known,
so a process that is killed in the middle has told what it could.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from dp100.labs.work import Ran, Work

_LONGEST = 2000


def main(arguments: list[str]) -> int:
    """Do what the request says."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    with Path(request["results"]).open("a", encoding="utf-8") as results:

        def tell(**said: Any) -> None:
            results.write(json.dumps(said) + "\n")
            results.flush()

        if request["what"] == "prepare":
            _prepare(request, tell)
        else:
            _check(request, tell)
    return 0


def _prepare(request: dict[str, Any], tell: Any) -> None:
    """Make the workspace that the lab begins with, and let the lab make its data."""
    folder = Path(request["folder"])
    try:
        if wanted := request["workspace"]:
            _make_workspace(folder, **wanted)
        checks = _checks(Path(request["checks"]))
        if prepare := getattr(checks, "prepare", None):
            prepare(_work(request, None))
    except BaseException as error:
        tell(step=None, verdict="broken", message=_what(error), where=_where(error, request["checks"]))
    else:
        tell(step=None, verdict="passed", message="", where="")


def _make_workspace(folder: Path, name: str, group: str, location: str) -> None:
    from dp100.standin.engine.workspace import workspace

    made = workspace.create(group, name, location=location, exist_ok=True, create_resource_group=True)
    held = {
        "subscription_id": made.subscription_id,
        "resource_group": made.group,
        "workspace_name": made.name,
    }
    (folder / "config.json").write_text(json.dumps(held, indent=4) + "\n", encoding="utf-8")


def _check(request: dict[str, Any], tell: Any) -> None:
    checks: ModuleType | None = None
    for step in request["steps"]:
        tell(step=step["id"], verdict="begun", message="", where="")
        try:
            if checks is None:
                checks = _checks(Path(request["checks"]))
            getattr(checks, step["check"])(_work(request, step["ran"]))
        except AssertionError as error:
            message = str(error).strip() or "The check does not say what it missed."
            tell(step=step["id"], verdict="failed", message=message[:_LONGEST], where="")
        except BaseException as error:  # sys.exit() in the learner's code, too
            if own := _in_own_code(error, Path(request["folder"])):
                message = f"{own} stops when the check calls it: {_what(error)}"
                tell(step=step["id"], verdict="failed", message=message[:_LONGEST], where="")
                continue
            tell(
                step=step["id"],
                verdict="broken",
                message=_what(error)[:_LONGEST],
                where=_where(error, request["checks"]),
            )
        else:
            tell(step=step["id"], verdict="passed", message="", where="")


def _work(request: dict[str, Any], ran: dict[str, Any] | None) -> Work:
    workspace = (request["workspace"] or {}).get("name")
    return Work(Path(request["folder"]), Path(request["azure"]), workspace, Ran(**ran) if ran else None)


def _checks(file: Path) -> ModuleType:
    """The lab's check.py as a module, which is not put where an import of the learner's would find it."""
    spec = importlib.util.spec_from_file_location(f"_checks_of_{file.parent.name.replace('-', '_')}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _in_own_code(error: BaseException, folder: Path) -> str | None:
    """File and line of the learner's that an error comes from; None where it comes from the check."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(folder):
            return f"{file.relative_to(folder).as_posix()}, line {frame.lineno},"
        if file.name == "check.py":
            return None
    return None


def _what(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _where(error: BaseException, checks: str) -> str:
    """Line of check.py that the error came through; the whole traceback goes to standard error."""
    traceback.print_exception(error)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == checks]
    return f"check.py, line {lines[-1]}" if lines else "check.py"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
