"""Why a number is what it is: from what, by what, as of when; shown at every computed number."""

from __future__ import annotations

from datetime import date

from cs_planning.forecasting.forecast import Forecast
from cs_planning.language import text
from cs_planning.notebook.blocks import period_label
from cs_planning.ui.drawing import plain
from cs_planning.workspace.terms import meaning


def of_probability(forecast: Forecast | None) -> str:
    """Why a probability is what it is: the data behind it, the method, and where it is explained."""
    parts = [meaning("probability")]
    if forecast is not None:
        series = forecast.series
        last: date = series.last_period
        parts.append(
            plain(
                text(
                    "Data: {kpi}, {count} periods up to {last}.",
                    kpi=series.kpi.name,
                    count=len(series),
                    last=period_label(last, series.frequency),
                )
            )
        )
        parts.append(str(text("Futures simulated: {count}.", count=len(forecast.paths))))
    parts.append(str(text("Method: an average over many structural models, weighted by how well each explained this KPI.")))
    return "\n\n".join(parts)
