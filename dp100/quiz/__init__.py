"""Asking and grading: presentations, study sessions, the mock exam."""
