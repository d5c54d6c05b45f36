"""Run ids as the SDKs make them."""

from __future__ import annotations

import re
import secrets
import time

_ADJECTIVES = """
    amiable amusing bold brave bright bubbly calm careful clever cool coral crimson dreamy eager epic frank
    frosty gentle gifted goofy great green happy honest icy jolly joyful keen khaki kind lemon lucid lucky
    magenta mango maroon mighty modest neat nice nifty olive orange patient placid plucky plum polite purple
    quiet quirky red sharp shy silver sleepy smart strong sweet tender tidy upbeat wheat willing witty zen
"""
_NOUNS = """
    airport angle apple arch atemoya bag balloon basil beach bear bell bird board boat bone book brake branch
    bread brush bucket cabbage camel carpet carrot cartoon celery cherry clock cloud coat corn cup curtain date
    deer diamond drain duck ear energy evening eye feather fennel fig floor flower foot garden ghost glass grape
    guitar hair hat heart helmet honey hook house island jackal juice kettle kitchen knee lamp leaf leg library
    lime lion lizard lobster market match monkey moon mountain nail napkin neck needle nerve night nose onion
    oregano owl oxygen oyster panda pasta pea pear pen pencil pepper picture pillow plane plastic plate pocket
    pot potato prune quill quince rabbit rail rain raisin receipt rice ring river road roof room root sail salt
    school seed shampoo sheep shelf shirt shoe snail sock soccer soursop spade spider spoon square stamp star
    station steelpan stick stomach store street sugar sun table tail thread tiger tongue tooth town train tray
    tree truck turnip vase vinegar wall watch whistle window wolf yacht yam yogurt zebra
"""
_LETTERS = "bcdfghjklmnpqrstvwxyz0123456789"


def v1(experiment: str) -> str:
    """``experiment_1700000000_1a2b3c4d``."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", experiment).lstrip("_-") or "run"
    return f"{stem}_{int(time.time())}_{secrets.token_hex(4)}"


def friendly() -> str:
    """``plucky_owl_1x2y3z4w5v``."""
    tail = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{secrets.choice(_ADJECTIVES.split())}_{secrets.choice(_NOUNS.split())}_{tail}"
