"""Reads the table in the folder rides, as its MLTable file says. Nothing to do here."""

import mltable

rides = mltable.load("rides").to_pandas_dataframe()
print(rides.head(8))
print()
print(len(rides), "rows")
print(rides.dtypes.to_string())
