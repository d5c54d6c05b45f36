"""What the service refuses, with its codes and messages. The SDK layers turn these into their own types."""

from __future__ import annotations


class EngineError(Exception):
    """A request that the service would refuse.

    Attributes:
        code: the service's code, such as ``UserError``, ``ResourceNotFound`` or ``AuthorizationFailed``.
        message: the sentence without the code.
        target: what the request was about (``"data"``, ``"compute"`` ...), if that is known.
    """

    code = "UserError"

    def __init__(self, message: str, *, code: str | None = None, target: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        # Subclasses take other arguments; errors still have to cross process borders.
        return (_rebuild, (type(self), self.args, dict(self.__dict__)))


def _rebuild(kind: type[EngineError], args: tuple[object, ...], state: dict[str, object]) -> EngineError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class NotFound(EngineError):
    """There is nothing of that kind and name.

    Args:
        kind: what was looked for, as the service calls it: ``"Workspace"``, ``"Data version"`` ...
        name: its name, with the version where it has one.
        message: the service's own sentence, where it is not ``<kind> <name> not found.``
        close: names that do exist and look alike; they end the sentence.
    """

    code = "ResourceNotFound"

    def __init__(
        self,
        kind: str,
        name: str,
        *,
        message: str | None = None,
        code: str | None = None,
        target: str | None = None,
        close: tuple[str, ...] = (),
    ) -> None:
        text = message or f"{kind} {name} not found."
        if close:
            text += f" Did you mean {' or '.join(close)}?"
        super().__init__(text, code=code, target=target)
        self.kind = kind
        self.name = name


class AlreadyExists(EngineError):
    """The name, or this version of it, is taken."""

    code = "UserError"

    def __init__(
        self,
        kind: str,
        name: str,
        *,
        message: str | None = None,
        code: str | None = None,
        target: str | None = None,
    ) -> None:
        super().__init__(message or f"{kind} {name} already exists.", code=code, target=target)
        self.kind = kind
        self.name = name


class Invalid(EngineError):
    """A name, path or value that the service does not accept."""

    code = "ValidationError"


class Forbidden(EngineError):
    """The principal's roles do not allow the action."""

    code = "AuthorizationFailed"


class Conflict(EngineError):
    """Something else is using, or has just changed, what was to be changed."""

    code = "Conflict"


class TooLarge(EngineError):
    """More than the service takes, such as a snapshot over 300 MB."""

    code = "SnapshotTooLarge"


class NotOffline(EngineError):
    """Something that needs the cloud was called; raised as it is by every layer.

    Args:
        what: the call, parameter or address, by the name that the learner used.
        because: one more sentence, where the reason is not plain.
    """

    code = "NotOffline"

    def __init__(self, what: str, because: str | None = None) -> None:
        super().__init__(f"{what} is not available offline." + (f" {because}" if because else ""))
        self.what = what
