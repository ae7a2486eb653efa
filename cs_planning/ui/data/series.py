"""KPI series in lists: of a file that is about to be imported, and those that are kept."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cs_planning.kpis.catalogue import Better, Unit
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.intervals import interval_of
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import gettext as _
from cs_planning.language import listed, ntext, rounded_whole, text
from cs_planning.ui import shell
from cs_planning.ui.data import contacts_behind
from cs_planning.ui.data.deletion import draw_deleted, draw_deletion
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import SeriesInfo, Workspace

_SHOWN = 3
_LENGTHS = (Unit.SECONDS, Unit.MINUTES, Unit.HOURS)


def draw_at_a_glance(previews: Sequence[KpiSeries]) -> None:
    """The last value and the course of a few KPIs of the file, so that a wrong reading is seen."""
    with st.container(horizontal=True, gap="large"):
        for series in telling(previews):
            st.metric(
                str(text("{kpi}, {period}", kpi=series.name, period=period_label(series.last_period, series.rhythm))),
                str(quantity(float(series.values[-1]), series.kpi)),
                chart_data=[float(value) for value in series.values] if len(series) > 1 else None,
                chart_type="line",
                help=why.of("value_of_file", (series.kpi.name, series.kpi.formula)),
                border=True,
                width=240,
            )


def telling(previews: Sequence[KpiSeries]) -> list[KpiSeries]:
    """Of the whole service: how many contacts, how long something took, how good it was; else the first ones."""
    whole = [series for series in previews if not series.key.scope] or list(previews)
    volume = [series for series in whole if series.kpi.id == "contact_volume"]
    lengths = sorted((one for one in whole if one.kpi.unit in _LENGTHS), key=lambda one: not one.kpi.id.endswith("_median"))
    shares = [series for series in whole if series.kpi.unit is Unit.PERCENT]
    first = [*volume[:1], *lengths[:1], *shares[:1]]
    return [*first, *(series for series in whole if series not in first)][:_SHOWN]


def draw_series(previews: Sequence[KpiSeries]) -> None:
    """The KPIs that the file gives, with unit, direction and what the last value rests on."""
    arrows = {Better.HIGHER: _("higher is better"), Better.LOWER: _("lower is better"), Better.BAND: _("best inside a range")}
    rows = [
        {
            _("KPI"): str(series.name),
            _("Rhythm"): str(series.frequency.label),
            _("From"): period_label(series.periods[0].date(), series.rhythm),
            _("To"): period_label(series.last_period, series.rhythm),
            _("Last value"): str(quantity(float(series.values[-1]), series.kpi)),
            _("Rests on"): _sample_words(series),
            _("95 % range"): _range_words(series),
            _("Direction"): arrows.get(series.kpi.better, _("neither good nor bad by itself")),
        }
        for series in previews
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("The KPIs that the file gives"))
    kpis = {series.kpi.id: series.kpi for series in previews}
    why.draw("interval", inputs=[(kpi.name, kpi.formula) for kpi in kpis.values()], key="import-series")


def _sample_words(series: KpiSeries) -> str:
    size = float(series.sample_sizes[-1])
    return "" if math.isnan(size) else str(text("{size} {sample}", size=rounded_whole(size), sample=series.kpi.sample))


def _range_words(series: KpiSeries) -> str:
    """The range that the last value's sample allows, with a word when the sample is too small to count."""
    found = interval_of(series.kpi, float(series.values[-1]), float(series.sample_sizes[-1]))
    if found is None:
        return ""
    low, high = quantity(found.low, series.kpi), quantity(found.high, series.kpi)
    if not found.is_enough:
        return str(text("{low} to {high}, too few {sample}", low=low, high=high, sample=series.kpi.sample))
    return str(text("{low} to {high}", low=low, high=high))


def draw_what_is_here(workspace: Workspace) -> None:
    """The series that are kept already."""
    draw_deleted()
    infos = workspace.data.series_list()
    if not infos:
        st.caption(_("Nothing is here yet. Nothing is kept before you confirm it."))
        return
    _draw_earlier_rules(workspace)
    st.subheader(_("What is here already"), anchor=False)
    by_key: dict[str, list[SeriesInfo]] = {}
    for info in infos:
        by_key.setdefault(str(info.key), []).append(info)
    told = [next((one for one in group if one.frequency is Frequency.MONTH), group[0]) for group in by_key.values()]
    series = workspace.data.all_series(told)
    rows = [_series_row(info, series[info.key], group) for info, group in zip(told, by_key.values(), strict=True)]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("The KPI series of this workspace"))
    kpis = {info.kpi.id: info.kpi for info in infos}
    why.draw("interval", inputs=[(kpi.name, kpi.formula) for kpi in kpis.values()], key="kept-series")
    st.page_link(shell.QUALITY, label=_("See every import, or undo one"), icon=":material/undo:")
    contacts_behind.draw(workspace, workspace.data.series_of_contacts())
    named = zip(by_key, rows, strict=True)
    draw_deletion(workspace, {key: f"{row[_('KPI')]} · {row[_('From file')]}" for key, row in named})


def _draw_earlier_rules(workspace: Workspace) -> None:
    """The files that an earlier version understood, and how to see what today's rules change."""
    names = workspace.data.read_by_earlier_rules()
    if not names:
        return
    words = ntext(
        "{files} was read by an earlier version, whose rules were others. Choose it above again: it is shown what changes, and "
        "read anew with a click.",
        "{files} were read by an earlier version, whose rules were others. Choose them above again: it is shown what changes, "
        "and each is read anew with a click.",
        len(names),
        files=listed(names),
    )
    resting = list(dict.fromkeys(str(info.kpi.name) for info in workspace.data.series_by_earlier_rules()))
    if resting:
        kpis = text("These KPIs came from there: {kpis}.", kpis=listed(resting))
        words = text("{first} {second}", first=words, second=kpis)
    st.info(plain(words), icon=":material/rule:")


def _series_row(info: SeriesInfo, series: KpiSeries, group: Sequence[SeriesInfo]) -> dict[str, str]:
    return {
        _("KPI"): str(series.name),
        _("Rhythms"): listed(str(one.frequency.label) for one in group),
        _("From"): period_label(info.first, info.rhythm),
        _("To"): period_label(info.last, info.rhythm),
        _("Last value"): str(quantity(float(series.values[-1]), series.kpi)) if len(series) else "",
        _("95 % range"): _range_words(series) if len(series) else "",
        _("From file"): info.source,
    }
