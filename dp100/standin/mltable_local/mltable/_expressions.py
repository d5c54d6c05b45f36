"""The expressions of ``filter``: a small part of Python, in which a name or ``col('name')`` is a column."""

from __future__ import annotations

import ast
import datetime as dt
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mltable._errors import UserErrorException

if TYPE_CHECKING:
    import pandas as pd

_COMPARE: dict[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_COMPUTE: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}


def check(expression: str) -> None:
    """Make sure that an expression can be understood.

    Raises:
        UserErrorException: it cannot.
    """
    for node in ast.walk(_tree(expression)):
        if isinstance(node, ast.Call):
            _call_name(node, expression)
        elif not isinstance(
            node,
            ast.Expression
            | ast.BoolOp
            | ast.UnaryOp
            | ast.BinOp
            | ast.Compare
            | ast.Constant
            | ast.Name
            | ast.Load
            | ast.And
            | ast.Or
            | ast.Not
            | ast.USub,
        ) and type(node) not in (*_COMPARE, *_COMPUTE):
            raise _unreadable(expression)


def rows(frame: pd.DataFrame, expression: str) -> pd.Series[bool]:
    """Which rows the expression holds for. Where it compares with nothing, it does not.

    Raises:
        UserErrorException: the expression cannot be understood.
    """
    import pandas as pd

    check(expression)
    found = _value(_tree(expression).body, frame)
    if not isinstance(found, pd.Series):
        found = pd.Series(bool(found), index=frame.index)
    return found.astype("boolean").fillna(False).astype(bool)


def _tree(expression: str) -> ast.Expression:
    try:
        return ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError):
        raise _unreadable(expression) from None


def _value(node: ast.expr, frame: pd.DataFrame) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return _column(node.id, frame)
    if isinstance(node, ast.Call):
        arguments = [_value(each, frame) for each in node.args]
        if isinstance(node.func, ast.Name) and node.func.id == "col":
            return _column(str(arguments[0]), frame)
        return dt.datetime(*arguments)
    if isinstance(node, ast.UnaryOp):
        value = _value(node.operand, frame)
        if isinstance(node.op, ast.USub):
            return -value
        return ~value if hasattr(value, "index") else not value
    if isinstance(node, ast.BoolOp):
        parts = [_truth(_value(each, frame)) for each in node.values]
        combine = operator.and_ if isinstance(node.op, ast.And) else operator.or_
        found = parts[0]
        for part in parts[1:]:
            found = combine(found, part)
        return found
    if isinstance(node, ast.BinOp):
        return _COMPUTE[type(node.op)](_value(node.left, frame), _value(node.right, frame))
    assert isinstance(node, ast.Compare)
    left, found = _value(node.left, frame), None
    for sign, operand in zip(node.ops, node.comparators, strict=True):
        right = _value(operand, frame)
        part = _truth(_compared(_COMPARE[type(sign)], left, right))
        found = part if found is None else found & part
        left = right
    return found


def _compared(compare: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    try:
        return compare(left, right)
    except TypeError:  # text with a number: never so
        return False


def _truth(value: Any) -> Any:
    """One kind of truth for all columns: text compares to another kind than numbers where pyarrow is there."""
    return value.astype("boolean") if hasattr(value, "astype") else value


def _column(name: str, frame: pd.DataFrame) -> Any:
    import pandas as pd

    if name not in frame.columns:  # as in the service: a column that no row has
        return pd.Series(pd.NA, index=frame.index, dtype="boolean")
    return frame[name].convert_dtypes()


def _call_name(node: ast.Call, expression: str) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    constants = all(isinstance(each, ast.Constant) for each in node.args)
    if node.keywords or name not in ("col", "datetime") or not constants or not node.args:
        raise _unreadable(expression)


def _unreadable(expression: str) -> UserErrorException:
    return UserErrorException(
        f"Error occurred while parsing Python Expression: {expression!r}. It may hold columns (a name, or "
        "col('name')), numbers, text, datetime(...), comparisons, + - * / %, and, or, not."
    )
