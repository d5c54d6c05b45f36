"""How fast it is: ``python -m tests.bench`` prints a table for each question that was asked of it.

Figures of one run belong together, since machines differ and drift; where two programs are compared they are
measured in turn. Nothing here fails because a machine is slow.
"""
