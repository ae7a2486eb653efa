"""What serves what: objectives with their goals, loose ends, and three metrics side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_planning.goals.alignment import GoalNode, Tree, Triple
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import gettext as _
from cs_planning.ui import shell
from cs_planning.ui.drawing import TYPE_ICONS, plain

_LOOSE = ":orange[:material/link_off:]"
_SIGNS = {1: ":green[:material/north_east:]", -1: ":green[:material/south_east:]", 0: ":gray[:material/remove:]"}
_MOST_WARNINGS = 12
_STEP = "\u2003"


def draw_warnings(tree: Tree) -> None:
    """What does not hold together, first of all."""
    for warning in tree.warnings[:_MOST_WARNINGS]:
        st.markdown(f"{_LOOSE} {plain(warning.message)}")
    if len(tree.warnings) > _MOST_WARNINGS:
        with st.expander(_("Further warnings")):
            for warning in tree.warnings[_MOST_WARNINGS:]:
                st.markdown(f"{_LOOSE} {plain(warning.message)}")


def draw_tree(tree: Tree) -> None:
    """Each objective that is served, with its goals and theirs below."""
    for objective in tree.objectives:
        if objective.goals:
            with st.container(border=True, key=f"objective-{objective.objective}"):
                st.markdown(f"**{plain(objective.name)}**")
                _draw_nodes(objective.goals)
    if tree.loose:
        with st.container(border=True, key="objective-none"):
            st.markdown(f"**{_('Serves no objective')}**")
            _draw_nodes(tree.loose)
    st.caption(_("The arrow says whether the KPI rises or falls when the objective gets better."))


def _draw_nodes(nodes: Sequence[GoalNode]) -> None:
    waiting = [(node, 0) for node in reversed(nodes)]
    while waiting:
        node, depth = waiting.pop()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{_STEP * 2 * depth}{_SIGNS[node.sign]}", width="content")
            st.page_link(
                shell.GOAL,
                label=plain(node.goal.title or _("Untitled goal")),
                icon=TYPE_ICONS[node.goal.type],
                query_params={"goal": node.goal.id},
            )
        waiting.extend((child, depth + 1) for child in reversed(node.children))


def draw_triples(triples: Sequence[Triple]) -> None:
    """Service KPI, customer outcome and company metric in one row, with what the data say about them."""
    st.subheader(_("Service, customers, company"), anchor=False)
    for triple in triples:
        with st.container(border=True, key=f"triple-{triple.service.key}"):
            one, two, three = st.columns(3)
            with one:
                _draw_metric(_("Service"), triple.service)
            with two:
                _draw_metric(_("Customers"), triple.outcome)
            with three:
                _draw_metric(_("Company"), triple.company)
            if triple.service_to_outcome is not None:
                st.caption(f"{_('Service and customers')}: {plain(triple.service_to_outcome.words)}")
            if triple.outcome_to_company is not None:
                st.caption(f"{_('Customers and company')}: {plain(triple.outcome_to_company.words)}")


def _draw_metric(label: str, series: KpiSeries | None) -> None:
    st.caption(label)
    if series is None or not len(series):
        st.markdown(_("not imported"))
        return
    st.metric(str(series.name), str(quantity(float(series.values[-1]), series.kpi)), chart_data=series.values[-24:].tolist())
