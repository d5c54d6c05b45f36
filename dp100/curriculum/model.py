"""What every piece of content has in common: strict, frozen, and no key it does not know."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Markdown or plain text that may not be empty."""

Identifier = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", min_length=3, max_length=64)
]
"""Lower-case words joined by hyphens, as in ``hyperdrive-bandit-slack``."""

TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(?:\.[a-z0-9-]+)*$")]
"""Dotted path of a topic, as in ``optimize.hyperdrive.termination``."""

Sdk = Literal["v1", "v2", "any"]
Level = Literal["recall", "apply", "analyze"]


class Model(BaseModel):
    """Base of everything that is read from YAML."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Link(Model):
    """An official page that settles what is taught."""

    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]


class Coded(Model):
    """A block of code with the SDK it belongs to."""

    sdk: Sdk = "any"
    language: Literal["python", "yaml", "bash", "json", "text"] = "python"
    run: bool = Field(default=False, description="Complete enough to be executed offline.")
    text: Text
