"""Conditions on columns, written as ``dataset["age"] > 30`` and kept as lists that JSON can hold."""

from __future__ import annotations

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
        raise UserErrorException(
            "A condition of a dataset has no truth value; combine conditions with & and |, in parentheses."
        )


def column(name):
    """The column of that name."""
    return Expression(["column", name])


def _tree(value):
    if isinstance(value, Expression):
        return value.tree
    if hasattr(value, "isoformat"):
        return ["moment", value.isoformat()]
    return ["value", value.item() if hasattr(value, "item") else value]


def evaluate(tree, frame):
    """The values of an expression for the rows of a data frame."""
    import operator

    kind, *operands = tree
    if kind == "column":
        if operands[0] not in frame.columns:
            raise UserErrorException(f"The column '{operands[0]}' does not exist in the dataset.")
        return frame[operands[0]]
    if kind == "value":
        return operands[0]
    if kind == "moment":
        import pandas

        return pandas.Timestamp(operands[0])
    values = [evaluate(operand, frame) for operand in operands]
    if kind in _COMPARISONS:
        return getattr(operator, kind)(*values)
    if kind == "and":
        return values[0] & values[1]
    if kind == "or":
        return values[0] | values[1]
    if kind == "not":
        return ~values[0]
    if kind == "is_null":
        return values[0].isna()
    text = values[0].astype("string")
    found = {"contains": lambda: text.str.contains(values[1], regex=False)}.get(kind)
    found = found() if found else getattr(text.str, kind.replace("_", ""))(values[1])
    return found.fillna(False).astype(bool)
