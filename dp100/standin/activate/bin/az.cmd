@echo off
rem Our az, on PATH inside `dp100 offline` only.
"%DP100_PYTHON%" -P -m dp100.standin.az %*
