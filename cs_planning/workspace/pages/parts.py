"""From the figure of a KPI to its parts and back: each team or channel with its own value, change and goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from cs_planning.errors import NotFound
from cs_planning.goals.goal import Goal, Stage
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.kpis.year_before import KpiChange, compared_with_a_year_before
from cs_planning.language import Text
from cs_planning.notebook.kinds.kpi_chart import until_quarter
from cs_planning.notebook.pages.page import Page
from cs_planning.storage import Store
from cs_planning.workspace.goals.planning import Planning

DIMENSIONS = ("team", "channel")
"""The ways down from a department, in the order in which they are gone."""


@dataclass(frozen=True)
class PartFigure:
    """One part of a KPI.

    Attributes:
        part: the team or channel, as the data name it.
        value: its newest value in words.
        when: the period of that value.
        year: the value beside that of a year before; `None` where there was none.
        goal: the id of the part's own goal that runs; empty without one.
    """

    part: str
    value: Text
    when: Text
    year: KpiChange | None
    goal: str = ""


class KpiParts:
    """The parts of KPIs of a workspace."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._store = store
        self._planning = planning

    def of(self, page: Page, goal: Goal) -> Mapping[str, tuple[PartFigure, ...]]:
        """The parts right below what a page shows, by dimension; those of which nothing is known are left out.

        Args:
            page: in the view of its reader, which may be narrowed already.
            goal: that the page is about.
        """
        found = {
            dimension: self._figures(goal, keys, dimension, page.parameters.quarter)
            for dimension, keys in self.keys(page, goal).items()
        }
        return {dimension: figures for dimension, figures in found.items() if figures}

    def keys(self, page: Page, goal: Goal) -> Mapping[str, tuple[SeriesKey, ...]]:
        """The series right below what a page shows, by dimension, without a look at their values."""
        if goal.key is None:
            return {}
        seen = {"team": page.parameters.team, "channel": page.parameters.channel}
        scope = dict(goal.key.scope) | {name: value for name, value in seen.items() if value}
        of_kpi = [
            info.key
            for info in self._store.points.list_series()
            if info.key.kpi == goal.key.kpi and info.frequency is goal.frequency
        ]
        found = {
            dimension: tuple(
                key for key in of_kpi if dict(key.scope).keys() - scope.keys() == {dimension} and _lies_in(key, scope)
            )
            for dimension in DIMENSIONS
            if dimension not in scope
        }
        return {dimension: keys for dimension, keys in found.items() if keys}

    def _figures(self, goal: Goal, keys: Sequence[SeriesKey], dimension: str, quarter: str) -> tuple[PartFigure, ...]:
        running = {one.series: one.id for one in self._planning.goals() if one.stage is Stage.ACTIVE}
        series = self._store.points.load_all_series(keys, goal.frequency)
        figures = []
        for one in series:
            with suppress(NotFound):  # a part that came later has nothing to show of an earlier quarter
                figures.append(_figure(until_quarter(one, quarter), dimension, running.get(str(one.key), "")))
        return tuple(figures)


def _lies_in(key: SeriesKey, scope: Mapping[str, str]) -> bool:
    return all(dict(key.scope).get(name) == value for name, value in scope.items())


def _figure(seen: KpiSeries, dimension: str, goal: str) -> PartFigure:
    return PartFigure(
        part=dict(seen.key.scope)[dimension],
        value=quantity(float(seen.values[-1]), seen.kpi),
        when=period_words(seen.last_period, seen.rhythm),
        year=compared_with_a_year_before(seen),
        goal=goal,
    )
