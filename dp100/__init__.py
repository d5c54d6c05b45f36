"""Pass exam DP-100 in the terminal: notes, spaced repetition, mock exams and offline labs."""

__version__ = "0.1.0"
