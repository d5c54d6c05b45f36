"""`az ml job`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path
from typing import Any

from dp100.standin.az import entities
from dp100.standin.az.errors import CliError
from dp100.standin.az.options import assignments
from dp100.standin.az.session import Session

_CHANGEABLE = ("display_name", "description", "tags", "properties")


def create(session: Session, arguments: argparse.Namespace) -> Any:
    """Submit a job; with ``--stream`` follow it to its end."""
    made = entities.load("job", arguments, name=arguments.name)
    jobs = session.client(arguments).jobs
    job: Any = jobs.create_or_update(made, skip_validation=arguments.skip_validation)
    if arguments.save_as:
        job.dump(Path(arguments.save_as))
    if arguments.stream:
        with contextlib.redirect_stdout(sys.__stdout__):
            jobs.stream(job.name)
        job = jobs.get(job.name)
    return entities.shown(job)


def validate(session: Session, arguments: argparse.Namespace) -> Any:
    """Check a file without submitting it."""
    made = entities.load("job", arguments)
    return entities.shown(session.client(arguments).jobs.validate(made))


def show(session: Session, arguments: argparse.Namespace) -> Any:
    """One job."""
    return entities.shown(session.client(arguments).jobs.get(arguments.name))


def list_all(session: Session, arguments: argparse.Namespace) -> Any:
    """Jobs, the last submitted first."""
    found = session.client(arguments).jobs.list(
        parent_job_name=arguments.parent_job_name, list_view_type=entities.view(arguments)
    )
    return entities.first(found, arguments)


def stream(session: Session, arguments: argparse.Namespace) -> None:
    """Follow a job's log to its end."""
    session.client(arguments).jobs.stream(arguments.name)


def cancel(session: Session, arguments: argparse.Namespace) -> None:
    """Cancel a job."""
    session.client(arguments).jobs.begin_cancel(arguments.name).result()


def download(session: Session, arguments: argparse.Namespace) -> None:
    """Copy a job's files, or one of its outputs, into a folder."""
    session.client(arguments).jobs.download(
        arguments.name,
        download_path=arguments.download_path or ".",
        output_name=arguments.output_name,
        all=arguments.all,
    )


def archive(session: Session, arguments: argparse.Namespace) -> None:
    """Hide a job from lists."""
    session.client(arguments).jobs.archive(arguments.name)


def restore(session: Session, arguments: argparse.Namespace) -> None:
    """Show a job in lists again."""
    session.client(arguments).jobs.restore(arguments.name)


def update(session: Session, arguments: argparse.Namespace) -> Any:
    """Change a job's display name, description, tags or properties; it has run, so nothing else can be."""
    jobs = session.client(arguments).jobs
    given = [path for path, _ in assignments(arguments.set)]
    given += [words[0] for words in (*(arguments.add or ()), *(arguments.remove or ()))]
    for path in given:
        if path.partition(".")[0] not in _CHANGEABLE:
            raise CliError(f"'{path}' of a job cannot be changed. Only its {', '.join(_CHANGEABLE)} can.")
    held = entities.change(jobs.get(arguments.name), arguments)
    return entities.shown(jobs.create_or_update(held))
