"""A note: what a topic is for, how it is done in both SDKs, and what the exam tends to ask."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dp100.curriculum.model import Coded, Link, Model, Text, TopicId


class Note(Model):
    """The note of one topic."""

    topic: TopicId
    summary: Text = Field(description="One sentence: what it is for.")
    text: Text = Field(description="Markdown, one or two screens.")
    code: list[Coded] = []
    exam: Text = Field(description="What the exam tends to ask.")
    remember: Text | None = Field(
        default=None, description="Limits, defaults and names to know by heart, as a table."
    )
    links: Annotated[list[Link], Field(min_length=1)]
