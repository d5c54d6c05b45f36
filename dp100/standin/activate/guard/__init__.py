"""Front-ends of programs that would reach Azure past Python: see outgoing.py."""
