"""An exam of thirty questions, and a timer that is turned by hand."""

from __future__ import annotations

import pytest

from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Form, Sitting

from .at_exam import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def sitting(learner: Learner, watch: Watch) -> Sitting:
    return Sitting.begin(learner, Form(questions=30, minutes=30), seed=1, timer=watch)
