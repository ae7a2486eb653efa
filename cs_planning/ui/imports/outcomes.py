"""What each answer to a question about a file would give, beside the answer: a wrong one is seen before it is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cs_planning.kpis.files.table import Table
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, text
from cs_planning.ui import cached
from cs_planning.ui.data.series import telling
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.sparkline import sparkline
from cs_planning.workspace import Answers, FileQuestion, Recognition


def draw(
    places: Sequence[DeltaGenerator],
    question: FileQuestion,
    given: Answers,
    fingerprint: str,
    table: Table,
    found: Recognition,
    today: date,
) -> None:
    """Fills the place beside each choice; the choices stand already, so that nobody waits for this."""
    before = cached.outcome(fingerprint, table, found, given, today) if question.id in ("column", "step") else None
    rows, is_told = None, False
    for place, choice in zip(places, question.choices, strict=True):
        answers = given.and_then(question.id, choice.value, question.column)
        after = cached.outcome(fingerprint, table, found, answers, today)
        rows = after.rows
        if after.refusal is not None:
            place.caption(plain(text("gives nothing: {reason}", reason=after.refusal)))
            continue
        shown = telling(after.series if before is None else after.beyond(before))[:1]
        is_told = is_told or bool(shown)
        for one in shown:
            place.image(sparkline(one.values.tolist()), alt=str(_words(one)))
            place.caption(plain(_words(one)))
    if rows is not None and is_told:
        st.caption(plain(text("Beside each answer stands what it gives for the first {rows} rows.", rows=rows)))


def _words(series: KpiSeries) -> Text:
    first, last = period_label(series.periods[0].date(), series.rhythm), period_label(series.last_period, series.rhythm)
    return text(
        "{kpi}: usually {value}, {frequency} from {first} to {last}",
        kpi=series.name,
        value=quantity(float(np.nanmedian(series.values)), series.kpi),
        frequency=series.frequency.label,
        first=first,
        last=last,
    )
