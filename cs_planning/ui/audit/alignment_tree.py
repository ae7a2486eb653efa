"""What serves what: objectives with their goals and KPIs as a tree, loose ends, and three metrics side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import streamlit as st

from cs_planning.goals.goal import Direction, Goal
from cs_planning.goals.objectives.alignment import GoalNode, LooseEnd, Tree
from cs_planning.goals.objectives.claims import claims_about
from cs_planning.goals.objectives.correlation import Correlation
from cs_planning.goals.objectives.triple import Triple
from cs_planning.goals.title import called
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import gettext as _
from cs_planning.language import listed, ntext, text
from cs_planning.ui import shell
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import TYPE_ICONS, plain
from cs_planning.ui.parts.sparkline import sparkline
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.terms import meaning

_LOOSE = ":orange[:material/link_off:]"
_SIGNS = {1: ":green[:material/north_east:]", -1: ":green[:material/south_east:]", 0: ":gray[:material/remove:]"}
_MARKS = {1: "＋", -1: "－", 0: "?"}
_MOST_DRAWN = 40
_TO_WIDE = 0xFEE0
_LONGEST_LABEL = 78
_TREND_PERIODS = 24
_STEP = "\u2003"
_ROOMY = '%%{init: {"flowchart": {"padding": 26, "wrappingWidth": 140, "rankSpacing": 40, "nodeSpacing": 26}}}%%'
"""Boxes are measured in the font of the page and drawn as a picture, which has none of its own: other fonts need room."""


def draw_warnings(tree: Tree) -> None:
    """What does not hold together, folded into one line for each kind."""
    unserved = [one for one in tree.warnings if one.kind == "unserved"]
    others = [one for one in tree.warnings if one.kind != "unserved"]
    if others:
        with st.container(border=True, key="loose-ends"):
            for warning in others[:_MOST_DRAWN]:
                st.markdown(f"{_LOOSE} {plain(warning.message)}")
    if unserved:
        count = len(unserved)
        with st.expander(
            str(ntext("{count} company goal is served by no goal", "{count} company goals are served by no goal", count)),
            icon=":material/link_off:",
            key="unserved",
        ):
            st.markdown(plain(listed(_objective_of(tree, one) for one in unserved)))


def _objective_of(tree: Tree, warning: LooseEnd) -> str:
    return next((str(one.name) for one in tree.objectives if one.objective == warning.objective), warning.objective or "")


def draw_tree(workspace: Workspace, tree: Tree) -> None:
    """The tree as a drawing, and the same as a list whose goals can be opened."""
    served = [one for one in tree.objectives if one.goals]
    count = sum(1 for one in served for _node in _below(one.goals)) + sum(1 for _node in _below(tree.loose))
    drawn = 0 < count <= _MOST_DRAWN
    if drawn:
        with st.container(border=True, key="tree"):
            st.mermaid_chart(_diagram(workspace, tree), alt=_alternative(tree))
            st.caption(
                _(
                    "From right to left: what is measured, the goal on it, and the company goal that it serves. "
                    "＋: both rise together. －: the company goal gains when the KPI falls. ?: no known link."
                )
            )
    with st.expander(_("The same as a list"), icon=":material/list:", expanded=not drawn, key="tree-list"):
        for objective in served:
            st.markdown(f"**{plain(objective.name)}**")
            _draw_nodes(objective.goals)
        if tree.loose:
            st.markdown(f"**{_('Serves no objective')}**")
            _draw_nodes(tree.loose)
        st.caption(_("The arrow says whether the KPI rises or falls when the objective gets better."))


def _below(nodes: Sequence[GoalNode]) -> Iterator[GoalNode]:
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def _diagram(workspace: Workspace, tree: Tree) -> str:
    lines = [
        _ROOMY,
        "flowchart RL",
        "classDef kgi fill:#0b6e750d,stroke:#0b6e75,stroke-width:2px",
        "classDef kpi stroke-dasharray:4 3",
    ]
    kpis: dict[str, str] = {}
    for number, objective in enumerate(one for one in tree.objectives if one.goals):
        place = f"O{number}"
        lines.append(f'{place}["{_label(str(objective.name))}"]:::kgi')
        lines += _branch(workspace, objective.goals, place, kpis)
    lines += _branch(workspace, tree.loose, None, kpis)
    return "\n".join(lines)


def _branch(workspace: Workspace, nodes: Sequence[GoalNode], above: str | None, kpis: dict[str, str]) -> list[str]:
    lines = []
    waiting = [(node, above) for node in nodes]
    for node, over in waiting:
        goal, place = node.goal, f"G{node.goal.id}"
        lines.append(f'{place}("{_label(str(called(goal)))}")')
        if over is not None:
            lines.append(f'{place} -- "{_MARKS[node.sign] if over == above else "＋"}" --> {over}')
        series = workspace.standings.series_of(goal)
        if goal.series:
            kpi = kpis.setdefault(goal.series, f"K{len(kpis)}")
            name = str(series.name) if series is not None else goal.series
            way = "↑" if goal.direction is Direction.AT_LEAST else "↓"
            lines += [f'{kpi}["{_label(name)}"]:::kpi', f'{kpi} -- "{way}" --> {place}']
        waiting += [(child, place) for child in node.children]
    return lines


def _label(words: str) -> str:
    """Words of a user inside the drawing's language: nothing of them is read as part of it."""
    short = textwrap.shorten(words, _LONGEST_LABEL, placeholder="…") if " " in words else words[:_LONGEST_LABEL]
    safe = "".join(_harmless(char) for char in short)
    return safe or "…"


def _harmless(char: str) -> str:
    # Mermaid shows its own escapes as they are written in a picture, so signs with a meaning in it become their wide forms.
    if char.isalnum() or char in " .,:–-…%()/'+!?＋－％、。・（）／":
        return char
    if "!" <= char <= "~":
        return chr(ord(char) + _TO_WIDE)
    return char if char.isprintable() else " "


def _alternative(tree: Tree) -> str:
    said = [
        str(text("{objective}: {goals}", objective=one.name, goals=listed(_title(node.goal) for node in _below(one.goals))))
        for one in tree.objectives
        if one.goals
    ]
    if tree.loose:
        loose = listed(_title(node.goal) for node in _below(tree.loose))
        said.append(str(text("{objective}: {goals}", objective=_("Serves no objective"), goals=loose)))
    return " / ".join(said)


def _title(goal: Goal) -> str:
    return str(called(goal))


def _draw_nodes(nodes: Sequence[GoalNode]) -> None:
    waiting = [(node, 0) for node in reversed(nodes)]
    while waiting:
        node, depth = waiting.pop()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{_STEP * 2 * depth}{_SIGNS[node.sign]}", width="content")
            st.page_link(
                shell.GOAL,
                label=plain(_title(node.goal)),
                icon=TYPE_ICONS[node.goal.type],
                query_params={"goal": node.goal.id},
            )
        waiting.extend((child, depth + 1) for child in reversed(node.children))


def draw_triples(triples: Sequence[Triple]) -> None:
    """Service KPI, customer outcome and company metric in one row, with what the data say between them."""
    if not triples:
        return
    st.subheader(_("Triple metric: service, customers, company"), anchor=False, help=meaning("triple_metric"))
    st.caption(
        _(
            "A KPI of the service, the outcome with customers that it should move, and the company metric above it. "
            "Between them: how closely their changes went together in your data, which is no proof of an effect."
        )
    )
    for triple in triples:
        with st.container(border=True, key=f"triple-{triple.service.key}"):
            one, between, two, further, three = st.columns([4, 3, 4, 3, 4], vertical_alignment="center")
            with one:
                _draw_metric(_("Service"), triple.service)
            with between:
                if triple.outcome is not None:
                    _draw_correlation(triple.service_to_outcome)
            with two:
                _draw_metric(_("Customers"), triple.outcome)
            with further:
                if triple.outcome is not None and triple.company is not None:
                    _draw_correlation(triple.outcome_to_company)
            with three:
                _draw_metric(_("Company"), triple.company)
    shown = [one.kpi.id for triple in triples for one in (triple.service, triple.outcome, triple.company) if one is not None]
    for claim in claims_about(shown):
        st.caption(plain(claim.words))
    why.draw("correlation", key="triples")


def _draw_metric(label: str, series: KpiSeries | None) -> None:
    if series is None or not len(series):
        st.markdown(f":gray[{label}]  \n{_('not imported')}")
        return
    value = quantity(float(series.values[-1]), series.kpi)
    st.markdown(f":small[:gray[{label} · {plain(series.name)}]]  \n**{plain(value)}**")
    st.image(sparkline(series.values[-_TREND_PERIODS:].tolist()), alt=str(text("{kpi}: {now}", kpi=series.name, now=value)))


def _draw_correlation(correlation: Correlation | None) -> None:
    if correlation is None:
        st.caption(_("too few periods in common"))
        return
    mark = ":material/arrow_forward: " if correlation.is_clear else ":material/remove: "
    st.caption(mark + plain(correlation.words))
