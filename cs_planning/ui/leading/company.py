"""Company goals with their numbers: the year so far against its target, and the form in which they are set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import streamlit as st

from cs_planning.goals.drafts.times import Quarter, TimeKind
from cs_planning.goals.goal import Direction, Measure
from cs_planning.goals.objectives.company import CompanyGoal
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import own_kpis
from cs_planning.kpis.catalogue import KGIS, Aggregation, Better
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import quantity, unit_label
from cs_planning.language import gettext as _
from cs_planning.language import in_brackets, text
from cs_planning.ui import session
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import percent, plain, status_badge
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import SeriesInfo, Workspace
from cs_planning.workspace.leading.company import CompanyLine
from cs_planning.workspace.words.fields import hint

_MEASURES = (Measure.AVERAGE, Measure.TOTAL, Measure.LEVEL)


def draw_company(workspace: Workspace, today: date) -> None:
    """The company goals of the running year, and the form."""
    st.subheader(_("What the company wants this year"), anchor=False)
    lines = workspace.company.lines(today)
    if lines:
        for line in lines:
            _draw_line(line)
        why.draw("year_so_far", "status", "probability", key="company")
    else:
        st.caption(_("No company goal has a number yet. Set one below: goals say which one they serve."))
    with st.expander(_("Set a company goal"), icon=":material/edit:", key="company-form"):
        _draw_form(workspace, today)


def _draw_line(line: CompanyLine) -> None:
    company, report, series = line.goal, line.report, line.series
    with st.container(border=True, key=f"company-{company.id}"):
        name, now, target, before, stands = st.columns([5, 3, 3, 3, 4], vertical_alignment="center")
        if series is None:
            name.markdown(f"**{plain(company.name)}**  \n:small[:gray[{plain(company.series)}]]")
            now.caption(_("Not measured yet"))
            return
        name.markdown(f"**{plain(company.name)}**  \n:small[:gray[{plain(series.name)}]]")
        current = report.pace.current
        _draw_fact(now, _("Year so far"), "–" if current is None else str(quantity(current, series.kpi)))
        _draw_fact(target, _("Target"), str(quantity(company.target, series.kpi)))
        _draw_fact(before, _("Year before"), "–" if line.last_year is None else str(quantity(line.last_year, series.kpi)))
        with stands:
            status_badge(report.status, report.rule)
            if report.probability is not None:
                st.caption(str(text("{chance} likely", chance=percent(report.probability))))
            elif line.reason is not None:
                st.caption(plain(line.reason))


def _draw_fact(place: st.delta_generator.DeltaGenerator, label: str, value: str) -> None:
    place.markdown(f":small[:gray[{label}]]  \n**{plain(value)}**")


def _draw_form(workspace: Workspace, today: date) -> None:
    infos = workspace.data.series_list()
    if not infos:
        st.caption(_("A company goal needs a KPI: import one first."))
        return
    known = {one.id: one for one in workspace.company.list()}
    which = st.selectbox(
        _("Which company goal?"),
        list(known),
        index=None,
        format_func=lambda one: str(text("{goal}, from {day}", goal=known[one].name, day=known[one].start)),
        placeholder=_("A new one"),
        key="company-which",
        help=hint("company_which"),
    )
    start = known.get(which or "")
    form = f"company-{which or 'new'}-{0 if start is None else start.version}"
    _draw_fields(workspace, start, infos, workspace.planning.times(today)[TimeKind.YEAR], form)


def _usual(series: Mapping[str, SeriesInfo], objective: str) -> int:
    """The place of the KPI that tells whether a company goal itself is reached; the first one where none does."""
    whole = [(key, kpi_family(info.key.kpi), info) for key, info in series.items() if not info.key.scope]
    by_month = sorted(whole, key=lambda one: one[2].frequency is not Frequency.MONTH)
    found = (key for wanted in own_kpis(objective) for key, family, _info in by_month if family == wanted)
    return list(series).index(next(found, next(iter(series))))


def _draw_fields(
    workspace: Workspace, start: CompanyGoal | None, infos: Sequence[SeriesInfo], years: Sequence[Quarter], form: str
) -> None:
    series = {f"{info.key} {info.frequency.value}": info for info in infos}
    one, two, three = st.columns(3)
    objectives = list(KGIS)
    objective = one.selectbox(
        _("Company goal (KGI)"),
        objectives,
        index=objectives.index(start.objective) if start is not None and start.objective in objectives else 0,
        format_func=lambda kgi: str(KGIS[kgi].name),
        key=f"{form}-objective",
        help=hint("company_objective"),
    )
    own = None if start is None else f"{start.series} {start.frequency.value}"
    chosen = two.selectbox(
        _("Its own KPI"),
        list(series),
        index=list(series).index(own) if own in series else _usual(series, objective),
        format_func=lambda key: str(
            text("{kpi} ({rhythm})", kpi=series[key].key.named(series[key].kpi), rhythm=series[key].frequency.label)
        ),
        key=f"{form}-kpi" if own in series else f"{form}-kpi-{objective}",
        help=hint("company_kpi"),
    )
    firsts = {str(year.first): year for year in years}
    year = three.selectbox(
        _("Year"),
        list(firsts),
        format_func=lambda first: str(firsts[first].label),
        key=f"{form}-year",
        help=hint("company_year"),
    )
    info = series[chosen]
    one, two, three = st.columns(3)
    sums = info.kpi.aggregation is Aggregation.SUM
    measure = one.selectbox(
        _("What counts"),
        [each.value for each in _MEASURES],
        index=_MEASURES.index(start.measure if start is not None else Measure.TOTAL if sums else Measure.AVERAGE),
        format_func=lambda each: str(Measure(each).label),
        key=f"{form}-measure" if start is not None else f"{form}-measure-{'total' if sums else 'mean'}",
        help=hint("company_measure"),
    )
    ways = {Direction.AT_LEAST.value: _("at least the target"), Direction.AT_MOST.value: _("at most the target")}
    usual = Direction.AT_MOST if info.kpi.better is Better.LOWER else Direction.AT_LEAST
    direction = two.selectbox(
        _("The KPI should be"),
        list(ways),
        index=list(ways).index(start.direction.value if start is not None else usual.value),
        format_func=lambda each: ways[each],
        key=f"{form}-direction-{info.kpi.id}",
        help=hint("company_direction"),
    )
    target = three.number_input(
        in_brackets(_("Target of the year"), unit_label(info.kpi)),
        value=None if start is None else start.target,
        key=f"{form}-target",
        help=hint("company_target"),
    )
    if target is not None:
        three.caption(plain(quantity(target, info.kpi)))
    with st.container(horizontal=True):
        keeps = st.button(_("Keep the company goal"), type="primary", icon=":material/save:", key="company-save")
        goes = start is not None and st.button(_("Put away"), icon=":material/archive:", key="company-away")
    if start is not None and goes:
        if saved(f"{form}-away", partial(workspace.company.put_away, start), _("The company goal is put away.")):
            st.rerun()
        return
    if not keeps:
        return
    if target is None:
        st.warning(_("Set the target of the year."), icon=":material/edit:")
        return
    made = CompanyGoal(
        id="" if start is None else start.id,
        version=0 if start is None else start.version,
        objective=objective,
        series=str(info.key),
        frequency=info.frequency,
        measure=Measure(measure),
        direction=Direction(direction),
        start=firsts[year].first,
        end=firsts[year].last,
        target=target,
    )
    if saved(form, partial(workspace.company.save, made), _("The company goal is kept.")):
        session.forget_widgets(form)
        st.rerun()
