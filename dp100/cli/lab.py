"""``dp100 lab``: hands-on labs, in the learner's own editor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dp100.cli import options
from dp100.errors import Dp100Error, UsageError
from dp100.locations import home
from dp100.quiz.wording import count

if TYPE_CHECKING:
    from dp100.curriculum.lab import Lab
    from dp100.labs.bench import Bench
    from dp100.memory.store import Store

app = typer.Typer(
    rich_markup_mode=None,
    help=(
        "Do the work by hand: real Azure ML code, offline, in your own editor. `start` a lab, then `watch` it "
        "in its folder.\n\n"
        "Example: dp100 lab start datastores"
    ),
    short_help="Do hands-on labs: real Azure ML code, offline.",
)

LabName = Annotated[
    str | None,
    typer.Option("--lab", metavar="LAB", help="The lab, where you are not in its folder. Its id or number."),
]
StepName = Annotated[
    str | None, typer.Argument(metavar="[STEP]", help="A step, by number or id; the present one by default.")
]


def register(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app, name="lab")


@app.callback(invoke_without_command=True)
def lab(context: typer.Context) -> None:
    """Say what there is, unless a command follows."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list", help="List the labs, with how far you are.\n\nExample: dp100 lab list --area workspace")
def list_labs(
    area: options.Area = None,
    topic: options.Topic = None,
    sdk: Annotated[
        str | None, typer.Option(metavar="SDK", help="Only labs with work in v1, or in v2.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List labs in the order of their numbers, a line each."""
    from dp100.labs import desk, shelf
    from dp100.memory.learner import Learner

    options.check_choice("--sdk", sdk, ("v1", "v2"))
    for problem in shelf.problems():
        typer.echo(f"dp100: {problem}", err=True)
    with Learner.open(home(), write=False) as learner:
        catalogue = learner.catalogue
        topics = set(catalogue.topics_of(area=area, topic=topic)) if area or topic else None
        begun = desk.latest(learner.store)
    found = [
        one
        for one in shelf.labs()
        if (topics is None or topics & set(one.topics)) and (sdk is None or one.sdk in (sdk, "any"))
    ]
    if as_json:
        options.print_json([_row(one, len(begun[one.id].done) if one.id in begun else 0) for one in found])
        return
    rows = []
    for one in found:
        progress = begun.get(one.id)
        done = f"{len(progress.done)}/{len(one.steps)}" if progress else f"{count(len(one.steps), 'step')}"
        rows.append((one.id, one.title, "v1 v2" if one.sdk == "any" else one.sdk, f"{one.minutes} min", done))
    options.print_rows(rows, right=(3,))


def _row(one: Lab, done: int) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "topics": one.topics,
        "sdk": one.sdk,
        "minutes": one.minutes,
        "steps": [{"id": step.id, "title": step.title, "sdk": step.sdk or one.sdk} for step in one.steps],
        "done": done,
    }


@app.command(
    "start",
    short_help="Begin a lab in a new folder.",
    help=(
        "Copy a lab's starting files into a new folder, with a workspace of its own.\n\n"
        "Example: dp100 lab start datastores"
    ),
)
def start(
    name: Annotated[str, typer.Argument(metavar="LAB", help="Id or number of the lab, or a lab's folder.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Where to; by default a new folder here.")
    ] = None,
) -> None:
    """Begin a lab."""
    from dp100.cli.plain import lab as lines
    from dp100.labs import desk, shelf

    wanted = shelf.find(name)
    with _store() as store:
        lines.print_lab(wanted)
        typer.echo()
        bench = desk.start(wanted, folder or Path.cwd() / wanted.id, home(), store)
        typer.echo(f"Your files are in {bench.folder.path}.")
        typer.echo()
        lines.print_step(bench, desk.step_of(bench, None))
    typer.echo()
    typer.echo(f"Next: cd {_relative(bench.folder.path)} and run `dp100 lab watch`.")


@app.command(
    "run",
    short_help="Run what a step is about, with Azure ML offline.",
    help=(
        "Run what a step is about, with Azure ML offline. Behind -- any other command.\n\n"
        "Example: dp100 lab run -- az ml job list --output table"
    ),
    context_settings={"allow_interspersed_args": True},
)
def run(
    context: typer.Context,
    step: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STEP] [-- COMMAND...]", help="A step; or a command to run in its place."),
    ] = None,
    name: LabName = None,
) -> None:
    """Run the learner's file, its output as it comes."""
    from dp100.cli.plain import lab as lines
    from dp100.labs import desk

    words = list(step or ())
    with _bench(name) as bench:
        steps = {one.id for one in bench.folder.lab.steps}
        by_step = len(words) <= 1 and (not words or words[0] in steps or words[0].isdecimal())
        if by_step:
            chosen = desk.step_of(bench, words[0] if words else None)
            if not chosen.command:
                raise UsageError(
                    f"Step {chosen.id} has nothing to run: edit {chosen.file}, then `dp100 lab check`."
                )
            outcome = bench.run(chosen, lines.tell)
            assert outcome is not None
        else:
            outcome = bench.run_words(words, 3600, lines.tell)
    if outcome.why:
        raise Dp100Error(outcome.why)
    raise typer.Exit(outcome.status or 0)


@app.command(
    "check",
    help=(
        "Tell which steps hold, running first what has changed. Status 1 while one does not.\n\n"
        "Example: dp100 lab check"
    ),
)
def check(
    step: StepName = None,
    name: LabName = None,
    anew: Annotated[bool, typer.Option("--again", help="Run everything again, changed or not.")] = False,
) -> None:
    """Check one step, or all in order up to the first that does not hold."""
    from dp100.cli.plain import lab as lines
    from dp100.labs import desk

    with _bench(name) as bench:
        lab = bench.folder.lab
        steps = [desk.step_of(bench, step)] if step is not None else None
        found = bench.check(steps, told=lambda verdict: lines.print_verdict(lab, verdict), anew=anew)
        if step is None:
            lines.print_waiting(lab, found)
    if not all(verdict.passed for verdict in found):
        raise typer.Exit(1)


@app.command(
    "watch",
    short_help="Run and check the present step at every save.",
    help=(
        "Run and check the present step at every save; keys for the rest. Your editor stands beside it.\n\n"
        "Example: dp100 lab watch"
    ),
)
def watch(step: StepName = None, name: LabName = None) -> None:
    """Watch the learner's files."""
    from dp100.cli.plain.watch import watch as watch_files
    from dp100.labs import desk

    with _bench(name) as bench:
        watch_files(bench, desk.step_of(bench, step))


@app.command("hint", help="Give the next hint of a step.\n\nExample: dp100 lab hint")
def hint(step: StepName = None, name: LabName = None) -> None:
    """Give a hint, from a nudge to nearly the line."""
    from dp100.cli.plain import lab as lines
    from dp100.labs import desk

    with _bench(name) as bench:
        found = desk.hint(bench, desk.step_of(bench, step))
    if found is None:
        typer.echo("This step has no hints. Its instructions say all there is.")
    else:
        lines.print_hint(found)


@app.command(
    "solution",
    help="Show the solution, once the lab is through.\n\nExample: dp100 lab solution --diff",
)
def solution(
    name: LabName = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also before all steps hold.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Only what differs from your files.")] = False,
) -> None:
    """Show how we would have done it."""
    from dp100.labs import desk

    with _bench(name) as bench:
        files = desk.solution(bench, anyway=anyway)
        difference = desk.differences(bench.folder) if diff else ""
    if diff:
        typer.echo(difference or "Your files are the same as the solution.")
        return
    for path, text in files.items():
        typer.echo(f"--- {path}")
        typer.echo(text.rstrip("\n"))
        typer.echo()


@app.command(
    "reset",
    short_help="Start over; what is there is kept.",
    help="Put the starting files back; what is there is kept in a folder beside it.\n\nExample: dp100 lab reset",
)
def reset(name: LabName = None) -> None:
    """Start a lab over."""
    from dp100.labs import desk

    with _bench(name) as bench:
        _, kept = desk.reset(bench)
    typer.echo(f"The lab is as it was at the start. Your files are in {kept}.")


@app.command(
    "open", help="Open a step's file in your editor (VISUAL or EDITOR).\n\nExample: dp100 lab open 2"
)
def open_file(step: StepName = None, name: LabName = None) -> None:
    """Open the file at the work to be done."""
    from dp100.labs import desk, editor

    with _bench(name) as bench:
        chosen = desk.step_of(bench, step)
        file = bench.folder.path / chosen.file
        number = bench.folder.lab.steps.index(chosen) + 1
    editor.edit(file, editor.todo(file, number))


@app.command(
    "new",
    help="Make an empty lab to fill, for authors.\n\nExample: dp100 lab new 15-trees --topic train.pipelines.create",
)
def new(
    id: Annotated[str, typer.Argument(metavar="ID", help="Two digits and words, as in 15-pipelines.")],
    topic: Annotated[str, typer.Option(metavar="ID", help="The topic it is about.")],
    title: Annotated[
        str | None, typer.Option(metavar="TITLE", help="By default the words of the id.")
    ] = None,
    parent: Annotated[
        Path | None, typer.Option("--in", metavar="DIR", help="Where to; by default here.")
    ] = None,
) -> None:
    """Make the folder of a lab."""
    from dp100.labs.making import make
    from dp100.memory.learner import Learner

    with Learner.open(home(), write=False) as learner:
        learner.catalogue.topics_of(topic=topic)
    folder = make(id, parent or Path.cwd(), topic=topic, title=title)
    typer.echo(f"Made {folder}. `dp100 lab verify {folder}` proves it; `dp100 schema lab` helps your editor.")


@app.command(
    "verify",
    help=(
        "Prove labs: every check fails on start/ and passes on solution/. Status 1 when one does not.\n\n"
        "Example: dp100 lab verify datastores"
    ),
)
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[LAB...]", help="Ids, numbers or folders; all by default.")
    ] = None,
    twice: Annotated[bool, typer.Option("--twice", help="Run each solution a second time.")] = False,
    messages: Annotated[
        bool, typer.Option("--messages", help="Print what each check says of the starting files.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help="How many at once.")] = None,
) -> None:
    """Prove that labs can be done, and not by doing nothing."""
    from dp100.cli.plain.lab import sign
    from dp100.labs import shelf
    from dp100.labs.verifying import Proof, unknown_topics, verify_all
    from dp100.memory.learner import Learner

    wanted = [shelf.find(name) for name in names] if names else list(shelf.labs())
    faults = [] if names else [str(problem) for problem in shelf.problems()]
    with Learner.open(home(), write=False) as learner:
        known = learner.catalogue.all_topics()
    faults += [fault for one in wanted for fault in unknown_topics(one, known)]

    def told(proof: Proof) -> None:
        typer.echo(f"{sign(proof.sound)} {proof.lab}  {proof.seconds:.1f} s")
        for fault in proof.faults:
            typer.echo(f"    {fault}")
        if messages:
            for step, message in proof.messages.items():
                typer.echo(f"    {step}: {message}")

    for fault in faults:
        typer.echo(fault)
    proofs = verify_all(wanted, twice=twice, jobs=jobs, told=told)
    if faults or not all(proof.sound for proof in proofs):
        raise typer.Exit(1)
    typer.echo(f"{count(len(proofs), 'lab')} verified.")


@contextmanager
def _store() -> Iterator[Store]:
    """The learner's database, also while the app has it."""
    from dp100.memory.store import Store

    with Store.beside(home()) as store:
        yield store


@contextmanager
def _bench(name: str | None) -> Iterator[Bench]:
    """The work that is meant; says so when the lab has changed since it was started."""
    from dp100.labs import desk

    with _store() as store:
        bench = desk.take_up(home(), store, where=Path.cwd(), lab=name)
        folder = bench.folder
        if folder.outdated:
            typer.echo(
                f"dp100: this folder was started with revision {folder.revision} of the lab, which is at "
                f"{folder.lab.revision} now. You can go on; `dp100 lab reset` brings the new files and keeps yours.",
                err=True,
            )
        yield bench


def _relative(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
