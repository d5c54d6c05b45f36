"""Conditions on columns, written as ``dataset["age"] > 30`` and kept as lists that JSON can hold."""

from __future__ import annotations

from azureml._common.exceptions import AzureMLException
from azureml.exceptions._azureml_exception import UserErrorException

_COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}


class Expression:
    """A condition, a column or a value made of them.

    Attributes:
        tree: ``["column", name]``, ``["value", x]`` or an operator with its operands.
    """

    __hash__ = None  # type: ignore[assignment]  # as Python does for classes with __eq__

    def __init__(self, tree):
        self.tree = tree

    def _with(self, operator, other):
        return Expression([operator, self.tree, _tree(other)])

    def __lt__(self, other):
        return self._with("lt", other)

    def __le__(self, other):
        return self._with("le", other)

    def __gt__(self, other):
        return self._with("gt", other)

    def __ge__(self, other):
        return self._with("ge", other)

    def __eq__(self, other):
        return self._with("eq", other)

    def __ne__(self, other):
        return self._with("ne", other)

    def __and__(self, other):
        return self._with("and", other)

    def __or__(self, other):
        return self._with("or", other)

    def __invert__(self):
        return Expression(["not", self.tree])

    def contains(self, value):
        """Whether the text has ``value`` in it."""
        return self._with("contains", value)

    def starts_with(self, value):
        """Whether the text begins with ``value``."""
        return self._with("starts_with", value)

    def ends_with(self, value):
        """Whether the text ends with ``value``."""
        return self._with("ends_with", value)

    def is_null(self):
        """Whether there is no value."""
        return Expression(["is_null", self.tree])

    def __bool__(self):
        raise RuntimeError(
            "Data prep expressions cannot be used in conditional expressions. Combine them with & and |, in "
            "parentheses."
        )


def column(name):
    """The column of that name."""
    return Expression(["column", name])


def moment(value):
    """The tree of a date or a time.

    Raises:
        TypeError: it has a time zone; the real one subtracts a time without.
    """
    if getattr(value, "tzinfo", None) is not None:
        raise TypeError("can't subtract offset-naive and offset-aware datetimes")
    return ["moment", value.isoformat()]


def _tree(value):
    if isinstance(value, Expression):
        return value.tree
    if hasattr(value, "isoformat"):
        return moment(value)
    return ["value", value.item() if hasattr(value, "item") else value]


def rows(tree, frame):
    """Which rows of a data frame a condition holds for: bools; where a value is missing it holds for none."""
    import pandas

    found = evaluate(tree, frame)
    if not isinstance(found, pandas.Series) or str(found.dtype) not in ("bool", "boolean"):
        raise UserErrorException(
            "Execution failed with error message: Value cast error. Expected 'Boolean', the condition is none."
        )
    return found.fillna(False).astype(bool)


def evaluate(tree, frame):
    """The values of an expression for the rows of a data frame.

    As in the service's data engine: values of different types are unequal and in no order, so that a column of truth
    values is never equal to 1; with a missing value, or a column that there is not, a comparison is neither true nor
    false.
    """
    import pandas

    kind, *operands = tree
    if kind == "column":
        if operands[0] not in frame.columns:
            return pandas.Series([None] * len(frame), index=frame.index, dtype=object)
        return frame[operands[0]]
    if kind == "value":
        return operands[0]
    if kind == "moment":
        return pandas.Timestamp(operands[0])
    values = [evaluate(operand, frame) for operand in operands]
    if kind in _COMPARISONS:
        return _compared(kind, values[0], values[1], frame)
    if kind == "and":
        return values[0] & values[1]
    if kind == "or":
        return values[0] | values[1]
    if kind == "not":
        return ~values[0]
    if kind == "is_null":
        return values[0].isna().astype("boolean")
    text = values[0].astype("string")
    if text.isna().any():  # on which the service's engine fails
        raise AzureMLException(
            f"Execution failed with error message: Error processing data: the text that {kind} looks into is "
            "missing in some rows. Take those away first: dataset.filter(~dataset[column].is_null())."
        )
    if kind == "contains":
        return text.str.contains(values[1], regex=False).astype("boolean")
    return getattr(text.str, kind.replace("_", ""))(values[1]).astype("boolean")


def _compared(kind, left, right, frame):
    import operator

    import pandas

    missing = pandas.Series(False, index=frame.index)
    for side in (left, right):
        missing |= side.isna() if isinstance(side, pandas.Series) else pandas.isna(side)
    if missing.all():
        return pandas.Series(pandas.NA, index=frame.index, dtype="boolean")
    found = getattr(operator, kind)(left, right) if _sort(left) == _sort(right) else kind == "ne"
    if not isinstance(found, pandas.Series):
        found = pandas.Series(found, index=frame.index)
    return found.astype("boolean").mask(missing)


def _sort(side):
    """``bool``, ``number``, ``time`` or ``text``: what may be compared with what."""
    import pandas

    some = side
    if isinstance(side, pandas.Series):
        if side.dtype.kind in "iufM" and str(side.dtype) != "boolean":
            return "time" if side.dtype.kind == "M" else "number"
        some = side.dropna().iloc[0]
    if isinstance(some, bool) or type(some).__name__ == "bool":
        return "bool"
    if isinstance(some, int | float) or hasattr(some, "dtype"):
        return "number"
    return "time" if hasattr(some, "isoformat") else "text"
