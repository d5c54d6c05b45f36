"""The types that columns may be converted to, and the options of readers."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from mltable._errors import UserErrorException


class MLTableHeaders(Enum):
    """Where the names of columns stand in delimited files."""

    no_header = auto()
    from_first_file = auto()
    all_files_different_headers = auto()
    all_files_same_headers = auto()

    @staticmethod
    def _parse(header: object) -> MLTableHeaders:
        if isinstance(header, MLTableHeaders):
            return header
        if not isinstance(header, str):
            raise UserErrorException("The header should be a string or an MLTableHeader enum")
        try:
            return MLTableHeaders[header.lower()]
        except KeyError:
            raise UserErrorException(
                f"Given invalid header {header}, supported headers are: 'no_header', 'from_first_file', "
                "'all_files_different_headers', and 'all_files_same_headers'."
            ) from None


_ENCODINGS = {
    "utf8": "utf8",
    "utf-8": "utf8",
    "utf-8 bom": "utf8",
    "iso88591": "iso88591",
    "iso-8859-1": "iso88591",
    "latin1": "latin1",
    "latin-1": "latin1",
    "ascii": "ascii",
    "windows1252": "windows1252",
    "windows-1252": "windows1252",
}


class MLTableFileEncoding(Enum):
    """How text is encoded."""

    utf8 = auto()
    iso88591 = auto()
    latin1 = auto()
    ascii = auto()
    utf16 = auto()
    utf8bom = auto()
    windows1252 = auto()

    @staticmethod
    def _parse(encoding: object) -> MLTableFileEncoding:
        if isinstance(encoding, MLTableFileEncoding):
            return encoding
        if not isinstance(encoding, str):
            raise UserErrorException("The encoding should be a string or an MLTableFileEncoding enum")
        if encoding in _ENCODINGS:
            return MLTableFileEncoding[_ENCODINGS[encoding]]
        # As in the real one, UTF-16 is named here and taken only as the member of this class.
        raise UserErrorException(
            f"""Given invalid encoding '{encoding}', supported encodings are:
                                 - utf8 as "utf8", "utf-8", "utf-8 bom"
                                 - iso88591 as "iso88591" or "iso-8859-1"
                                 - latin1 as "latin1" or "latin-1"
                                 - utf16 as "utf16" or "utf-16"
                                 - windows1252 as "windows1252" or "windows-1252\""""
        )

    @staticmethod
    def _written(encoding: object) -> MLTableFileEncoding:
        """What an MLTable file names."""
        wanted = str(encoding).lower().replace("-", "").replace(" ", "")
        if wanted in MLTableFileEncoding.__members__:
            return MLTableFileEncoding[wanted]
        raise UserErrorException(
            f"Given invalid encoding '{encoding}', supported encodings are: "
            + ", ".join(MLTableFileEncoding.__members__)
        )

    @property
    def _codec(self) -> str:
        """Python's name for it; a byte order mark at the start is taken away."""
        return {
            "utf8": "utf-8-sig",
            "utf8bom": "utf-8-sig",
            "utf16": "utf-16",
            "windows1252": "cp1252",
            "iso88591": "latin-1",
        }.get(self.name, self.name)


_NAMES = ("string", "int", "float", "boolean", "stream_info")


class DataType:
    """A type to convert a column to; made with the ``to_...`` methods."""

    _arguments: Any = None

    @staticmethod
    def _create(arguments: Any) -> DataType:
        made = DataType()
        made._arguments = arguments
        return made

    @staticmethod
    def _from_raw(value: object) -> DataType:
        if isinstance(value, DataType):
            return value
        if value in _NAMES:
            return DataType._create(value)
        raise UserErrorException(
            f"'{value}' is not a supported string conversion for `mltable.DataType`, supported types are 'string', "
            "'int', 'float', 'boolean', & 'stream_info'"
        )

    @staticmethod
    def to_string() -> DataType:
        """Text."""
        return DataType._create("string")

    @staticmethod
    def to_int() -> DataType:
        """Integers of 64 bits."""
        return DataType._create("int")

    @staticmethod
    def to_float() -> DataType:
        """Floating point numbers of 64 bits."""
        return DataType._create("float")

    @staticmethod
    def to_stream() -> DataType:
        """Paths of files."""
        return DataType._create("stream_info")

    @staticmethod
    def to_bool(
        true_values: list[str] | None = None,
        false_values: list[str] | None = None,
        mismatch_as: str | None = None,
    ) -> DataType:
        """True and false.

        Args:
            true_values: texts that mean true; both lists are given, or neither.
            false_values: texts that mean false.
            mismatch_as: what any other text is: ``"true"``, ``"false"`` or ``"error"``, which leaves it empty.

        Raises:
            UserErrorException: one list without the other, or a text in both.
        """
        if mismatch_as not in (None, "error", "true", "false"):
            raise UserErrorException("`mismatch_as` can only be ('error', 'true', 'false')")
        true_list, false_list = _texts(true_values, "true_values"), _texts(false_values, "false_values")
        if bool(true_list) != bool(false_list):
            raise UserErrorException(
                "`true_values` and `false_values` must both be None or non-empty list of strings"
            )
        if set(true_list) & set(false_list):
            raise UserErrorException("`true_values` and `false_values` can not have overlapping values")
        options: dict[str, Any] = {}
        if true_list:
            options |= {"true_values": true_list, "false_values": false_list, "mismatch_as": "error"}
        if mismatch_as:
            options["mismatch_as"] = mismatch_as
        return DataType._create({"boolean": options} if options else "boolean")

    @staticmethod
    def to_datetime(formats: str | list[str], date_constant: str | None = None) -> DataType:
        """Dates and times.

        Args:
            formats: one or more patterns such as ``"%Y-%m-%d %H:%M"``, tried in their order.
            date_constant: the date, ``YYYY-MM-DD``, for patterns that only have a time.
        """
        if not isinstance(formats, str) and not (
            isinstance(formats, list | tuple) and all(isinstance(each, str) for each in formats)
        ):
            raise UserErrorException(
                "Expect `formats` to be a single string, a list of strings, or a tuple of strings"
            )
        options: dict[str, Any] = {"formats": formats if isinstance(formats, str) else list(formats)}
        if date_constant is not None:
            options["date_constant"] = date_constant
        return DataType._create({"datetime": options})


def _texts(values: object, name: str) -> list[str]:
    if values is None:
        return []
    if isinstance(values, str):
        return [values]
    if not isinstance(values, list | tuple | set) or any(not isinstance(each, str) for each in values):
        raise UserErrorException(f"`{name}` must only consists of strings")
    return list(values)


def column_types(mapping: object, *, streams: bool = True) -> list[dict[str, Any]]:
    """What a step of an MLTable file says, of a mapping from columns to types.

    Args:
        mapping: a column's name, or a tuple of names, to a type.
        streams: whether the type ``stream_info`` is allowed.

    Raises:
        UserErrorException: it is no such mapping, or names a column twice.
    """
    if not isinstance(mapping, dict) or not mapping:
        raise UserErrorException(
            "Expected a non-empty dict[Union[str, tuple[str]], Union[str, mltable.DataType]]"
        )
    seen: set[str] = set()
    steps = []
    for columns, kind in mapping.items():
        names = (columns,) if isinstance(columns, str) else columns
        if not isinstance(names, tuple) or not names or any(not isinstance(name, str) for name in names):
            raise UserErrorException(
                "Expect column names to be single strings or non-empty tuples of strings."
            )
        for name in names:
            if name in seen:
                raise UserErrorException(
                    f"Found duplicate column. Cannot convert column '{name}' to multiple `mltable.DataType`s."
                )
            seen.add(name)
        made = DataType._from_raw(kind)._arguments
        if made == "stream_info" and not streams:
            raise UserErrorException(
                "Type overrides to stream are not supported, try mltable.MLTable.convert_column_types instead"
            )
        steps.append({"columns": columns if isinstance(columns, str) else list(names), "column_type": made})
    return steps
