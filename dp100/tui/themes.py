"""The two themes: one accent, one colour each for right, wrong and warning, all else shades of the surface.

Two variables beyond Textual's own are used throughout: ``$quiet`` for text that may be overlooked and
``$faint`` for tracks, rules and the borders of panels without focus.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dp100-dark",
    dark=True,
    primary="#6cb2f7",
    secondary="#6cb2f7",
    accent="#6cb2f7",
    success="#84cf8f",
    error="#f2777f",
    warning="#e3b341",
    foreground="#d8dbe2",
    background="#15171c",
    surface="#1c1f26",
    panel="#262a33",
    variables={
        "quiet": "#939aa8",
        "faint": "#4a505d",
        "cursor": "#242a35",
        "scrollbar": "#333843",
        "scrollbar-hover": "#4a505d",
        "scrollbar-active": "#4a505d",
        "scrollbar-background": "#15171c",
        "scrollbar-background-hover": "#15171c",
        "scrollbar-background-active": "#15171c",
        "scrollbar-corner-color": "#15171c",
        "border": "#6cb2f7",
        "border-blurred": "#4a505d",
        "block-cursor-background": "#242a35",
        "block-cursor-foreground": "#d8dbe2",
        "block-cursor-text-style": "none",
        "input-selection-background": "#6cb2f7 35%",
        "footer-key-foreground": "#6cb2f7",
    },
)

LIGHT = Theme(
    name="dp100-light",
    dark=False,
    primary="#0a5fbf",
    secondary="#0a5fbf",
    accent="#0a5fbf",
    success="#1d7533",
    error="#b3261e",
    warning="#875400",
    foreground="#22262e",
    background="#fbfbf9",
    surface="#f3f3f0",
    panel="#e8e8e4",
    variables={
        "quiet": "#5f6673",
        "faint": "#b4b9c2",
        "cursor": "#e6ecf4",
        "scrollbar": "#d4d7dc",
        "scrollbar-hover": "#b4b9c2",
        "scrollbar-active": "#b4b9c2",
        "scrollbar-background": "#fbfbf9",
        "scrollbar-background-hover": "#fbfbf9",
        "scrollbar-background-active": "#fbfbf9",
        "scrollbar-corner-color": "#fbfbf9",
        "border": "#0a5fbf",
        "border-blurred": "#b4b9c2",
        "block-cursor-background": "#e6ecf4",
        "block-cursor-foreground": "#22262e",
        "block-cursor-text-style": "none",
        "input-selection-background": "#0a5fbf 25%",
        "footer-key-foreground": "#0a5fbf",
    },
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}

EXTRA = {"quiet": "#939aa8", "faint": "#4a505d", "cursor": "#242a35"}
"""What the extra variables are under a theme that does not name them."""
