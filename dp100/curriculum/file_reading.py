"""Taking the bytes of a content file from disk, with care for what is too large or cannot be read."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dp100.curriculum.reading import Content
    from dp100.curriculum.sources import Source

LARGEST = 5_000_000
"""Bytes of the largest file that is read."""

UNSETTLED = -1
"""Time of a file that must be looked at again next time."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's content, or why there is none.

    Attributes:
        mtime_ns: the file's time, or :data:`UNSETTLED` where it could change without showing in its time.
        digest: hash of the content or of the reason.
    """

    size: int
    mtime_ns: int
    digest: bytes
    data: bytes | None
    reason: str

    def content(self, *, outline: bool) -> Content:
        """What the file holds."""
        from dp100.curriculum.reading import Content, read
        from dp100.curriculum.yaml_trouble import Fault

        if self.data is None:
            return Content(faults=[Fault(1, self.reason)])
        return read(self.data, outline=outline)


def load(source: Source, *, settled_before: int) -> Loaded:
    """Read ``source`` whole, unless it is too large. Never raises.

    Args:
        settled_before: time in nanoseconds; a file changed later may change again within the same tick of
            its file system's clock, so that its time is not to be trusted yet.
    """
    try:
        with Path(source.path).open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > LARGEST:
                return _refused(before)
            data = file.read(LARGEST + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror}); check its permissions"
        return Loaded(source.size, UNSETTLED, _digest(reason.encode()), None, reason)
    if len(data) > LARGEST:
        return _refused(after)
    still = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(
        data
    ) == after.st_size
    mtime_ns = after.st_mtime_ns if still and after.st_mtime_ns < settled_before else UNSETTLED
    return Loaded(after.st_size, mtime_ns, _digest(data), data, "")


def _refused(status: os.stat_result) -> Loaded:
    reason = (
        f"the file has {status.st_size / 1e6:.1f} MB and was not read; "
        f"split it into files of less than {LARGEST // 1_000_000} MB"
    )
    return Loaded(status.st_size, status.st_mtime_ns, _digest(reason.encode()), None, reason)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
