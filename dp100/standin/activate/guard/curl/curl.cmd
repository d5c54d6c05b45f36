@echo off
rem curl as ever, but not to a host of Azure; on PATH inside `dp100 offline` only.
"%DP100_PYTHON%" -P -m dp100.standin.activate.guard curl %*
