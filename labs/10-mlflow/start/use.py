"""Use the registered model, by its name."""

import mlflow
import pandas as pd


def forecast(hours: pd.DataFrame) -> list[float]:
    """Rides in each of these hours, by the newest version of `rides-hourly`."""
    # TODO find the newest version of the model
    # TODO load it, whatever its library, and let it predict
    return []


if __name__ == "__main__":
    tomorrow = pd.DataFrame(
        {"temperature": 17.0, "rain": [0.0, 4.0], "hour": 8.0, "weekday": 2.0, "note": "commuters"}
    )
    print(f"dry and wet Wednesday, 8 o'clock: {forecast(tomorrow) or 'no forecast yet'}")
