"""From a value of a KPI down to the contacts that it was computed of, on the screen and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.kpis.files.safe_cells import csv_bytes
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import gettext as _
from cs_planning.language import ntext
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import SeriesInfo, Workspace
from cs_planning.workspace.words.contact_columns import readable_contacts
from cs_planning.workspace.words.fields import hint

_SHOWN = 500
"""Rows that are drawn; the file has all of them."""


def draw_of_goal(workspace: Workspace, series: str | None, frequency: Frequency) -> None:
    """The contacts behind the values that a goal rests on; nothing where they are not contacts.

    Args:
        workspace: with the data.
        series: the written key of the goal's series; None for a goal without one.
        frequency: in which the goal reads it.
    """
    if series is None:
        return
    infos = workspace.data.series_of_contacts()
    draw(workspace, [info for info in infos if str(info.key) == series and info.frequency is frequency])


def draw(workspace: Workspace, infos: Sequence[SeriesInfo]) -> None:
    """The contacts behind one value: which series, which period, then the contacts as a table and as CSV.

    Args:
        workspace: with the data.
        infos: the series to choose from; with none nothing is drawn, with one it is not asked for.
    """
    if not infos:
        return
    box = st.expander(_("Contacts behind a value"), icon=":material/account_tree:", key="contacts-behind", on_change="rerun")
    if not box.open:
        return
    with box, st.container(key="contacts-behind-choice"):
        _draw_choice(workspace, infos)


def _draw_choice(workspace: Workspace, infos: Sequence[SeriesInfo]) -> None:
    monthly_first = sorted(infos, key=lambda info: (info.frequency is not Frequency.MONTH, bool(info.key.scope)))
    by_name = {f"{info.key.named(info.kpi)} · {info.frequency.label}": info for info in monthly_first}
    with st.container(horizontal=True):
        info = monthly_first[0]
        if len(infos) > 1:
            info = by_name[st.selectbox(_("KPI"), list(by_name), key="behind-series", help=hint("behind_series"), width=420)]
        series = workspace.data.series(info.key, info.frequency)
        periods = [stamp.date() for stamp in series.periods[::-1]]
        day = st.selectbox(
            _("Period"),
            periods,
            format_func=lambda first: f"{period_label(first, info.rhythm)}: {_value_of(series, first)}",
            key=f"behind-period-{info.key}-{info.frequency}",
            help=hint("behind_period"),
            width=320,
        )
    try:
        found = workspace.data.contacts_behind(str(info.key), info.frequency, day)
    except PlanningError as error:
        draw_error(error)
        return
    _draw_found(found, info, day)


def _value_of(series: KpiSeries, first: date) -> str:
    place = series.periods.get_loc(pd.Timestamp(first))
    return str(quantity(float(series.values[place]), series.kpi))


def _draw_found(found: pd.DataFrame, info: SeriesInfo, day: date) -> None:
    shown = readable_contacts(found)
    st.dataframe(shown.head(_SHOWN), hide_index=True, alt=_("The contacts behind the value"), height=320)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("All of them as CSV"),
            lambda: csv_bytes(shown),
            f"{info.key.named(info.kpi)} {period_label(day, info.rhythm)}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="behind-download",
        )
        counted = ntext("{count} contact counts here.", "{count} contacts count here.", len(found))
        st.caption(
            f"{plain(counted)} "
            + _("A share or a mean is the mean of their parts, a median is their median, a count is their sum.")
        )
