"""The command palette: go to any screen, study any area, objective or topic, open any note, change the theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.style import Style
from textual.types import IgnoreReturnCallbackType

from dp100.errors import Dp100Error
from dp100.quiz.wording import count
from dp100.tui.tell import tell
from dp100.tui.themes import THEMES

if TYPE_CHECKING:
    from dp100.tui.app import Dp100App


class Command(NamedTuple):
    """One entry: what it is called, what it does, and a word of help."""

    name: str
    run: IgnoreReturnCallbackType
    help: str


class Commands(Provider):
    """Everything that can be reached from anywhere."""

    @property
    def _app(self) -> Dp100App:
        return cast("Dp100App", self.app)

    def _safely(self, run: IgnoreReturnCallbackType) -> IgnoreReturnCallbackType:
        """The palette calls what was chosen outside of any action, so errors are told here."""

        def safe() -> None:
            try:
                run()
            except Dp100Error as error:
                tell(self._app, error)

        return safe

    def _first(self) -> Iterator[Command]:
        """What the palette shows before anything is typed."""
        from dp100.memory.selection import Selection

        app = self._app
        yield Command("Home", app.go_home, "Where you stand and what to do next")
        yield Command("Study what is due", lambda: app.open_study(Selection(mode="due")), "Today's questions")
        yield Command("Mock exam", app.open_exam, "Sit the exam against the clock")
        yield Command("Notes", app.open_notes, "Read and search the notes")
        yield Command("Labs", app.open_labs, "Hands-on work")
        yield Command("Statistics", app.open_stats, "Reviews, retention, forecast, exams")
        yield Command("Settings", app.open_settings, "Exam date, limits, theme, keys")
        yield Command(
            "Study only mistakes",
            lambda: app.open_study(Selection(mode="mistakes")),
            "What you missed last time",
        )
        yield Command(
            "Study the weakest topics",
            lambda: app.open_study(Selection(mode="weakest")),
            "Lowest mastery first",
        )
        yield Command(
            "Study bookmarks", lambda: app.open_study(Selection(mode="bookmarks")), "What you marked with b"
        )
        yield Command(
            "Questions set aside",
            app.open_suspended,
            f"{count(len(app.learner.suspended()), 'question')} you chose never to be asked; have one asked again",
        )
        for sdk in ("v1", "v2"):
            yield Command(
                f"Study only SDK {sdk}",
                lambda sdk=sdk: app.open_study(Selection(only_sdk=sdk)),
                "Without what holds for both SDKs",
            )
        for theme in THEMES.values():
            word = "dark" if theme.dark else "light"
            yield Command(
                f"Theme: {word}", lambda name=theme.name: app.change_theme(name), f"Use the {word} colours"
            )
        yield Command("Keys of this screen", app.action_keys, "All keys that work here")
        yield Command("Quit", app.exit, "Leave dp100; everything is kept")

    def _all(self) -> Iterator[Command]:
        from dp100.labs import shelf
        from dp100.memory.selection import Selection

        app = self._app
        yield from self._first()
        for lab in shelf.labs():
            yield Command(
                f"Lab: {lab.title}",
                lambda id=lab.id: app.open_lab(id),
                f"Lab {lab.number}, {lab.minutes} min, {count(len(lab.steps), 'step')}",
            )
        for area in app.learner.catalogue.outline.areas:
            yield Command(
                f"Open area: {area.title}", lambda id=area.id: app.open_area(id), "Its objectives and topics"
            )
            yield Command(
                f"Study area: {area.title}",
                lambda id=area.id: app.open_study(Selection(area=id)),
                "Questions of this area",
            )
            for objective in area.objectives:
                yield Command(
                    f"Study objective: {objective.title}",
                    lambda id=objective.id: app.open_study(Selection(objective=id)),
                    f"In {area.title}",
                )
                for topic in objective.topics:
                    yield Command(
                        f"Study: {topic.title}",
                        lambda id=topic.id: app.open_study(Selection(topic=id)),
                        f"In {objective.title}",
                    )
                    yield Command(
                        f"Note: {topic.title}",
                        lambda id=topic.id: app.open_notes(id),
                        f"In {objective.title}",
                    )

    async def discover(self) -> Hits:
        """The entries shown before anything is typed."""
        for command in self._first():
            yield DiscoveryHit(
                Content(command.name), self._safely(command.run), text=command.name, help=command.help
            )

    async def search(self, query: str) -> Hits:
        """The entries that match what is typed."""
        words = query.casefold().split()
        matcher = self.matcher(query)
        literal = False
        for command in self._all():
            name = command.name.casefold()
            if words and all(word in name for word in words):
                literal = True
                # What begins with the words comes first, and of equals the shorter.
                score = 2 - sum(name.find(word) for word in words) / 1000 - len(name) / 10_000
                yield _hit(
                    score, command, self._safely(command.run), _places(name, words), matcher.match_style
                )
        if not literal:
            for command in self._all():
                score, offsets = matcher.fuzzy_search.match(query, command.name)
                if score > 0:
                    yield _hit(score, command, self._safely(command.run), offsets, matcher.match_style)


def _places(name: str, words: Sequence[str]) -> list[int]:
    """Where in ``name`` the characters of the words stand."""
    return [place for word in words for place in range(name.find(word), name.find(word) + len(word))]


def _hit(
    score: float, command: Command, run: IgnoreReturnCallbackType, places: Iterable[int], style: Style
) -> Hit:
    """A hit with what matched marked. Its name is not read as markup."""
    shown = Content(command.name)
    for place in places:
        shown = shown.stylize(style, place, place + 1)
    return Hit(score, shown, run, text=command.name, help=command.help)
