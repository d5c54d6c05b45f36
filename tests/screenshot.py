"""Draw docs/home.svg: the app itself, with a learner who has studied for some weeks.

Run ``python -m tests.screenshot`` after a change to Home.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import tempfile
from pathlib import Path

from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from dp100.tui.app import Dp100App
from tests.fixed_clock import FixedClock

NOW = dt.datetime(2026, 11, 19, 18, 0, tzinfo=dt.UTC)
TARGET = Path(__file__).parent.parent / "docs" / "home.svg"


def studied(learner: Learner) -> None:
    """Forty days of answers, better in the first areas than in the last."""
    dice = random.Random(7)
    likely = {"workspace": 0.9, "train": 0.8, "optimize": 0.7, "deploy": 0.6, "foundations": 0.7}
    share = {"workspace": 0.9, "train": 0.7, "optimize": 0.45, "deploy": 0.3, "foundations": 0.2}
    for days_ago in range(40, 0, -1):
        if dice.random() < 0.2 and days_ago > 6:
            continue
        at = NOW - dt.timedelta(days=days_ago)
        for item in learner.catalogue.items():
            area = learner.catalogue.area_of(item.topic) or "foundations"
            if dice.random() < share[area] / 9:
                full = dice.random() < likely[area]
                learner.record(
                    item,
                    points=int(full),
                    possible=1,
                    confidence=Confidence.SURE,
                    seconds=dice.uniform(15, 60),
                    source="study",
                    answer=(0,),
                    seed=1,
                    at=at + dt.timedelta(seconds=dice.randrange(5000)),
                )


async def draw() -> None:
    """Open Home and write it as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TZ"] = "UTC"
        with Learner.open(Path(folder), clock=FixedClock(NOW)) as learner:
            learner.change_settings(introduced=True, exam_date=dt.date(2026, 12, 12))
            studied(learner)
            app = Dp100App(learner)
            async with app.run_test(size=(100, 26)) as pilot:
                await pilot.pause(0.5)
                TARGET.parent.mkdir(exist_ok=True)
                TARGET.write_text(app.export_screenshot(title="dp100"), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw())
