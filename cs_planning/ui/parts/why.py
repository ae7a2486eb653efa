"""Why a number is what it is: how it comes about, from which inputs, as of when; shown at every computed number."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from cs_planning.forecasting.forecast import Forecast
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, current_language, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.browser.document import LANGUAGE_PARAMETER
from cs_planning.ui.parts.escaping import plain
from cs_planning.workspace.words.figures import FIGURES

Input = tuple[Text | str, object]
"""What a number was computed from: its name and its value."""


def of(figure: str, *inputs: Input, series: KpiSeries | None = None) -> str:
    """The help at a number: its formula in words, its inputs, until when the data go, and the way to the glossary.

    Args:
        figure: the number, one of `FIGURES`.
        inputs: what it was computed from, in the order of the formula; those without a value are left out.
        series: the history behind it, where there is one.
    """
    parts = [plain(FIGURES[figure].formula)]
    if series is not None and len(series):
        inputs = (*inputs, (text("Data"), _history(series)))
    listed = [_line(name, value) for name, value in inputs if value is not None and str(value)]
    if listed:
        parts.append("\n".join(listed))
    parts.append(f"[{_('More in the glossary')}]({_glossary(figure)})")
    return "\n\n".join(parts)


def of_probability(forecast: Forecast | None) -> str:
    """The help at a probability: the method, the futures that were simulated, and the history behind them."""
    if forecast is None:
        return of("probability")
    return of("probability", (text("Futures simulated"), text("{count}", count=len(forecast.paths))), series=forecast.series)


def draw(*figures: str, inputs: Iterable[Input] = (), key: str) -> None:
    """How the numbers of a table come about, folded away below it, since cells have no help of their own."""
    with st.expander(_("Why are these numbers what they are?"), type="compact", icon=":material/help:", key=f"why-{key}"):
        lines = [f"- **{_named(FIGURES[one].name)}** {plain(FIGURES[one].formula)}" for one in figures]
        lines += [_line(name, value) for name, value in inputs]
        st.markdown("\n".join(lines))


def _line(name: Text | str, value: object) -> str:
    return f"- {_named(name)} **{plain(value)}**"


def _named(name: Text | str) -> str:
    return plain(text("{title}: ", title=name)).strip()


def _history(series: KpiSeries) -> Text:
    return text(
        "{kpi}, {count} periods up to {last}",
        kpi=series.name,
        count=len(series),
        last=period_label(series.last_period, series.rhythm),
    )


def _glossary(figure: str) -> str:
    words = {"glossary-search": str(FIGURES[figure].name), LANGUAGE_PARAMETER: current_language()}
    return session.link("glossary", **words)
