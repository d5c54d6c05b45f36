"""What this learner knows: the review log, FSRS, what is due, and where the learner stands."""
