"""Files as a database: atomic writes, locks between processes, names that every file system takes.

A file is written beside its place and renamed onto it, so a reader, or a process that is killed, sees the old
file or the new one and never half of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path, PurePath
from typing import Any

from dp100.standin.engine.errors import Conflict, EngineError, Invalid

_WAIT = 60.0  # seconds for a lock; nothing holds one for longer than a few file writes
_KEPT = re.compile(r"[A-Za-z0-9._ -]")
_LONGEST = 80  # characters of a file name; leaves room for the rest of the path under Windows' 260
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


# --- writing ---------------------------------------------------------------------------------------------


def atomic_write(path: Path, content: bytes | str, *, mode: int = 0o644) -> None:
    """Put ``content`` into the file at once; the folder is made if it is missing.

    Args:
        path: the file.
        content: bytes, or text that is written as UTF-8 with the line ends it has.
        mode: permissions of the file, where the platform has them.
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    part = path.with_name(f".{path.name[:40]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(part, flags, mode)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, flags, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def replace(source: Path, target: Path) -> None:
    """``source.replace(target)`` that waits a moment for a reader: Windows refuses while somebody has the file open."""
    for attempt in range(50):
        try:
            source.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or attempt == 49:
                raise
            time.sleep(0.02)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file.

    Raises:
        FileNotFoundError: there is no such file.
        EngineError: the file is not a mapping in YAML; the message names it.
    """
    import yaml

    text = path.read_bytes()
    try:
        value = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise EngineError(f"{path}{where} is damaged: {getattr(error, 'problem', error)}.") from error
    return _Record.of(value, path)


class _Record(dict[str, Any]):
    """What a file of ours holds. A name that it has lost is its damage and no mistake of the program."""

    path: Path

    @classmethod
    def of(cls, value: Any, path: Path) -> _Record:
        if not isinstance(value, dict):
            raise EngineError(f"{path} is damaged: it should hold names and values.")
        made = cls(value)
        made.path = path
        return made

    def __missing__(self, key: str) -> Any:
        raise EngineError(f"{self.path} is damaged: it does not say what '{key}' is.")


def read_yaml_or_empty(path: Path) -> dict[str, Any]:
    """:func:`read_yaml`, or an empty mapping where there is no file."""
    try:
        return read_yaml(path)
    except FileNotFoundError:
        return {}


def write_yaml(path: Path, value: Mapping[str, Any], *, mode: int = 0o644) -> None:
    """Write a mapping as readable YAML, in the order it has. Paths, enums, tuples and sets become plain values."""
    atomic_write(path, dump_yaml(value), mode=mode)


def dump_yaml(value: Mapping[str, Any]) -> str:
    """``value`` as YAML text.

    Raises:
        Invalid: it holds something that YAML has no form for.
    """
    import yaml

    text = yaml.dump(
        plain(value),
        Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
        sort_keys=False,
        allow_unicode=True,
        width=110,
    )
    return str(text)


def read_json(path: Path) -> dict[str, Any]:
    """The mapping in a JSON file.

    Raises:
        FileNotFoundError: there is no such file.
        EngineError: it is not a mapping in JSON; the message names it.
    """
    try:
        value = json.loads(path.read_bytes())
    except ValueError as error:
        raise EngineError(f"{path} is damaged: {error}.") from error
    return _Record.of(value, path)


def write_json(path: Path, value: Any, *, mode: int = 0o644) -> None:
    """Write ``value`` as JSON, indented for a reader."""
    atomic_write(path, json.dumps(plain(value), indent=1, ensure_ascii=False) + "\n", mode=mode)


def plain(value: Any) -> Any:
    """``value`` with dicts, lists, text, numbers, bools, None and datetimes only.

    Raises:
        Invalid: something in it is none of these.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, datetime):
        return value
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    raise Invalid(f"A value of the type {type(value).__name__} cannot be stored.")


def guid() -> str:
    """A random GUID, as :func:`uuid.uuid4` makes them; importing uuid costs more than all it would do here."""
    digits = bytearray(os.urandom(16))
    digits[6] = digits[6] & 0x0F | 0x40
    digits[8] = digits[8] & 0x3F | 0x80
    text = digits.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def now() -> str:
    """The moment as the service writes it: ISO 8601 in UTC with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def moment(text: str | datetime) -> datetime:
    """The aware UTC datetime that :func:`now` wrote (YAML may already have read it as one)."""
    found = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def remove(folder: Path) -> None:
    """Take a folder away, with files and folders in it that are read-only; what cannot be taken away stays."""
    import shutil
    import stat

    def again(function: Callable[..., object], path: str, problem: object) -> None:
        with contextlib.suppress(OSError):
            parent = Path(path).parent
            parent.chmod(parent.stat().st_mode | stat.S_IRWXU)
            Path(path).chmod(stat.S_IRWXU)
            function(path)

    if sys.version_info >= (3, 12):
        shutil.rmtree(folder, onexc=again)
    else:
        shutil.rmtree(folder, onerror=again)


# --- locks -----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def locked(path: Path, *, timeout: float = _WAIT) -> Iterator[None]:
    """Hold what ``path`` stands for alone, among threads and processes. Not re-entrant.

    Args:
        path: a file or folder, there or not; the lock is the hidden file ``.<name>.lock`` beside it.
        timeout: seconds to wait.

    Raises:
        Conflict: somebody else held it for all that time.
        EngineError: nothing may be written there.
    """
    import filelock

    file = path.with_name(f".{path.name}.lock")
    try:
        with changing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(file)
            lock.acquire(timeout=timeout, poll_interval=0.01)
    except filelock.Timeout as error:
        raise Conflict(f"{path} has been in use by another process for {timeout:.0f} s.") from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
    """A block that writes to ``path``; what the system refuses is told with what to do about it.

    Raises:
        EngineError: nothing may be written there.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None:  # not the system's, but filelock's
            raise
        raise EngineError(
            f"{path} cannot be changed ({error.strerror}). Set DP100_HOME to a folder that you may write to."
        ) from error


def next_version(folder: Path) -> int:
    """The highest whole-number version in a folder (of files or folders named by version) plus one."""
    return max((int(stem) for stem in versions(folder) if stem.isdecimal()), default=0) + 1


def versions(folder: Path) -> list[str]:
    """The versions that a folder holds, in no order: ``3.yaml`` and the folder ``3`` are version 3."""
    found = []
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.name.endswith(".yaml"):
                found.append(_decoded(entry.name[:-5]))
            elif entry.is_dir():
                found.append(_decoded(entry.name))
    return found


# --- names and paths -------------------------------------------------------------------------------------


def file_name(name: str) -> str:
    """``name`` in a form that Windows, macOS and Linux all take as one file name.

    Other characters become ``%XX``; the device names of Windows, a leading dot and a dot or blank at the end are
    encoded too. A long name is cut and gets a hash, so it cannot be read back from its file name.
    """
    encoded = "".join(c if _KEPT.match(c) else _percent(c) for c in name)
    if encoded.startswith("."):
        encoded = _percent(".") + encoded[1:]
    if encoded[-1:] in {".", " "}:
        encoded = encoded[:-1] + _percent(encoded[-1])
    if encoded.split(".")[0].rstrip(" ").lower() in _RESERVED:
        encoded = _percent(encoded[0]) + encoded[1:]
    if len(encoded) > _LONGEST:
        from hashlib import sha256

        encoded = (
            f"{encoded[:56]}~{sha256(name.casefold().encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
        )
    return encoded


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _decoded(stem: str) -> str:
    if "%" not in stem:
        return stem
    return re.sub(rb"%([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), stem.encode("utf-8")).decode(
        "utf-8", "replace"
    )


def entry(parent: Path, name: str, suffix: str = "") -> Path:
    """The file or folder for ``name`` in ``parent``: the one there, whatever its case, or the one to make.

    Names in Azure keep their case but do not differ by it, as on the file systems of Windows and macOS.
    """
    wanted = file_name(name) + suffix
    path = parent / wanted
    if path.exists() or wanted.lower() == wanted.upper():
        return path
    folded = wanted.casefold()
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(parent) as entries:
        for found in entries:
            if found.name.casefold() == folded:
                return parent / found.name
    return path


def inside(base: Path, relative: str | PurePath) -> Path:
    """``relative`` below ``base``; both kinds of slash separate, and leading ones mean nothing.

    Raises:
        Invalid: the path would leave the folder (``..``, a drive), or has a character that no path has.
    """
    text = relative.as_posix() if isinstance(relative, PurePath) else str(relative)
    parts = [part for part in text.replace("\\", "/").split("/") if part not in {"", "."}]
    for part in parts:
        if part == "..":
            raise Invalid(f"The path '{text}' leaves its folder: '..' is not allowed.", target="path")
        if "\0" in part or (os.name == "nt" and re.search(r'[<>:"|?*]', part)):
            raise Invalid(f"The path '{text}' has a character that is not allowed.", target="path")
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        raise Invalid(f"The path '{text}' leaves its folder: it names a drive.", target="path")
    return base.joinpath(*parts)
