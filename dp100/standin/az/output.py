"""Results as JSON, a table, tab-separated values or YAML, after a query with JMESPath.

The forms are those of https://learn.microsoft.com/cli/azure/format-output-azure-cli
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from dp100.standin.az.errors import USAGE, CliError

FORMATS = ("json", "jsonc", "table", "tsv", "yaml", "yamlc", "none")
_NOT_IN_TABLES = ("id", "type", "etag")


def show(result: Any, query: str | None, form: str) -> None:
    """Print a result. Nothing is printed for None.

    Raises:
        CliError: the query is none.
    """
    value = plain(result)
    if query and value is not None:
        value = _asked(value, query)
    if value is None or form == "none":
        return
    text = {
        "json": _json,
        "jsonc": _colored,
        "table": table if not query else lambda held: table(held, kept=True),
        "tsv": tsv,
        "yaml": _yaml,
        "yamlc": _yaml,
    }[form](value)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def plain(value: Any) -> Any:
    """``value`` with dicts, lists, text, numbers and None only; a resource in a group tells the group."""
    if isinstance(value, Mapping):
        made = {str(key): plain(item) for key, item in value.items()}
        parts = str(made.get("id") or "").split("/")
        if len(parts) > 5 and parts[3].lower() == "resourcegroups" and "resourceGroup" not in made:
            made["resourceGroup"] = parts[4]
        return made
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)


def _asked(value: Any, query: str) -> Any:
    from collections import OrderedDict

    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return jmespath.search(query, value, jmespath.Options(OrderedDict))
    except (JMESPathError, ValueError) as error:
        raise CliError(f"argument --query: invalid jmespath_type value: {query!r}\n{error}", USAGE) from error


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _colored(value: Any) -> str:
    text = _json(value)
    if not sys.stdout.isatty():
        return text
    from pygments import highlight
    from pygments.formatters import TerminalFormatter
    from pygments.lexers import JsonLexer

    return str(highlight(text, JsonLexer(), TerminalFormatter())).rstrip("\n")


def _yaml(value: Any) -> str:
    import yaml

    return yaml.safe_dump(json.loads(json.dumps(value)), default_flow_style=False, allow_unicode=True).rstrip(
        "\n"
    )


def tsv(value: Any) -> str:
    """A line for each item, values separated by tabs and without names."""
    rows = value if isinstance(value, list) else [value]
    return "\n".join(_tsv_row(row) for row in rows)


def _tsv_row(row: Any) -> str:
    if isinstance(row, Mapping):
        ordered = row.values() if type(row) is not dict else [row[key] for key in sorted(row)]
        return "\t".join(_tsv_cell(cell) for cell in ordered)
    if isinstance(row, list):
        return "\t".join(_tsv_cell(cell) for cell in row)
    return _tsv_cell(row)


def _tsv_cell(cell: Any) -> str:
    if isinstance(cell, list):
        return str(len(cell))
    if isinstance(cell, Mapping):
        return ""
    return _scalar(cell)


def table(value: Any, *, kept: bool = False) -> str:
    """Columns under their names: of each item what is a single value.

    Args:
        kept: the learner has chosen the values, so none is left out for its name.
    """
    rows = value if isinstance(value, list) else [value]
    cells = [_table_row(row, kept) for row in rows]
    names = list(dict.fromkeys(name for row in cells for name in row))
    if not names:
        return ""
    lines = [[row.get(name, "") for name in names] for row in cells]
    widths = [max(len(name), *(len(line[i]) for line in lines)) for i, name in enumerate(names)]
    return "\n".join(_padded(line, widths) for line in (names, ["-" * width for width in widths], *lines))


def _padded(line: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _table_row(row: Any, kept: bool) -> dict[str, str]:
    if isinstance(row, Mapping):
        return {
            name[:1].upper() + name[1:]: _scalar(cell, "")
            for name, cell in row.items()
            if not isinstance(cell, list | Mapping) and (kept or name not in _NOT_IN_TABLES)
        }
    if isinstance(row, list):
        return {f"Column{i}": _scalar(cell, "") for i, cell in enumerate(row, 1)}
    return {"Result": _scalar(row, "")}


def _scalar(cell: Any, none: str = "None") -> str:
    if cell is None:
        return none
    if isinstance(cell, bool) and none:
        return str(cell).lower()
    return str(cell)
