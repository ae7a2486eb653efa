"""The use cases of snapshots: freeze a page for a meeting, open it, compare two, say why a probability moved."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from cs_planning.errors import InvalidPage, NotFound, PlanningError
from cs_planning.exports import PAPERS, export
from cs_planning.forecasting.answers.change import ProbabilityChange, Standpoint, explain_change
from cs_planning.forecasting.answers.effects import Effect
from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.forecast import Question
from cs_planning.goals.goal import Goal
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import KpiSeries, check_frame
from cs_planning.language import Text, current_language, text
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import RunPage
from cs_planning.notebook.snapshot import Snapshot, SnapshotComparison, compare
from cs_planning.notebook.story import story_of
from cs_planning.storage import Save, SnapshotInfo, Store
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.pages.goal_pages import GoalPages
from cs_planning.workspace.scenarios.what_if import WhatIf

_Point = tuple[date, float | None, float | None]


class _Frozen(BaseModel):
    """What is kept: the results, and the goal and history that the probability came from.

    Attributes:
        year_starts_in: the month in which years began when it was frozen; `None` of snapshots that do not say it.
    """

    model_config = ConfigDict(frozen=True)

    result: RunPage
    goal: Goal | None = None
    kpi: Kpi | None = None
    points: tuple[_Point, ...] = ()
    effects: tuple[Effect, ...] = ()
    events: tuple[Event, ...] = ()
    year_starts_in: int | None = None


@dataclass(frozen=True)
class Moved:
    """What changed between two states of a page.

    Attributes:
        comparison: cell by cell.
        change: why the probability of the page's goal moved, each state under the scenario that its page shows; `None` where
            that can't be told.
        with_scenario: whether one of the two states shows a scenario.
    """

    comparison: SnapshotComparison
    change: ProbabilityChange | None
    with_scenario: bool = False

    @property
    def story(self) -> tuple[Text, Text, Text]:
        """What became of the goal, why, and what else changed, in three sentences."""
        return story_of(self.comparison, self.change)


class PageSnapshots:
    """Frozen pages; nothing can change one."""

    def __init__(self, store: Store, planning: Planning, what_if: WhatIf, pages: GoalPages) -> None:
        self._store = store
        self._what_if = what_if
        self._planning = planning
        self._pages = pages

    def freeze(self, page: Page, today: date, *, note: str = "", save: Save) -> SnapshotInfo:
        """Keeps a page with its results as they are now, in the view that its parameters give."""
        kept = self._pages.kept(page, save=save.part("page"))
        frozen = self._state(kept, today)
        return self._store.snapshots.save(kept.id, note, frozen.model_dump_json(), save=save)

    def of_page(self, page: Page) -> tuple[SnapshotInfo, ...]:
        """The snapshots of a page, newest first."""
        return self._store.snapshots.list(page.id) if page.id else ()

    def open(self, id: str) -> Snapshot:
        """A snapshot with its results.

        Raises:
            NotFound: there is none.
        """
        frozen, info = self._load(id)
        return Snapshot(id=info.id, taken_at=info.taken_at, author=info.author, note=info.title, result=frozen.result)

    def export(self, id: str, format: str, language: str | None = None, *, of: Page, paper: str = PAPERS[0]) -> bytes:
        """A snapshot of the page `of` as the bytes of a file.

        Raises:
            NotFound: the page has no such snapshot, or there is no such format.
        """
        if all(info.id != id for info in self.of_page(of)):
            raise NotFound(
                text("This page has no snapshot “{id}”.", id=id), text("Look in its list of snapshots; `pages` lists them.")
            )
        return export(self.open(id).result, format, language or current_language(), paper=paper)

    def compare(self, before: str, after: str | None, page: Page, today: date) -> Moved:
        """What changed from a snapshot to a later one, or to the page as it is now when `after` is `None`.

        Raises:
            NotFound: there is no such snapshot.
        """
        earlier, _info = self._load(before)
        later = self._load(after)[0] if after else self._state(page, today)
        return Moved(
            compare(earlier.result, later.result),
            _why(earlier, later, self._store.settings.load_calendar()),
            bool(earlier.effects or later.effects),
        )

    def _state(self, page: Page, today: date) -> _Frozen:
        result = self._pages.run(page, today)
        try:
            goal = self._planning.goal(page.goal) if page.goal else None
        except NotFound:
            goal = None
        series = self._planning.series_of(goal) if goal is not None else None
        if series is None:
            return _Frozen(result=result, goal=goal)
        events = self._planning.events.of(str(series.key))
        try:
            effects = self._what_if.goals.effects_in(page.parameters, series.key, today)
        except NotFound:
            effects = ()
        return _Frozen(
            result=result,
            goal=goal,
            kpi=series.kpi,
            points=_points(series),
            effects=effects,
            events=events,
            year_starts_in=series.rhythm.year_starts_in,
        )

    def _load(self, id: str) -> tuple[_Frozen, SnapshotInfo]:
        kept = self._store.snapshots.load(id)
        try:
            return _Frozen.model_validate_json(kept.body), kept.info
        except ValidationError:
            raise InvalidPage(
                text("The snapshot {id} can't be read by this version.", id=id), text("Freeze the page again.")
            ) from None


def _points(series: KpiSeries) -> tuple[_Point, ...]:
    frame = series.frame
    return tuple(
        (period.date(), _number(value), _number(size))
        for period, value, size in zip(frame["period"], frame["value"], frame["sample_size"], strict=True)
    )


def _number(value: float) -> float | None:
    return None if pd.isna(value) or math.isinf(value) else float(value)


def _standpoint(state: _Frozen, calendar: ServiceCalendar) -> Standpoint | None:
    goal = state.goal
    if goal is None or goal.key is None or goal.primary is None or state.kpi is None:
        return None
    rhythm = Rhythm(goal.frequency, state.year_starts_in or calendar.year_starts_in)
    question = Question.of(goal, rhythm)
    if question is None:
        return None
    days, values, sizes = zip(*state.points, strict=True)
    table = {"series": str(goal.key), "period": pd.to_datetime(list(days)), "value": values, "sample_size": sizes}
    series = KpiSeries(goal.key, state.kpi, rhythm, check_frame(pd.DataFrame(table)))
    return Standpoint(series, question, goal.primary, state.effects, state.events, state.result.today)


def _why(before: _Frozen, after: _Frozen, calendar: ServiceCalendar) -> ProbabilityChange | None:
    try:
        old, new = _standpoint(before, calendar), _standpoint(after, calendar)
        if old is None or new is None or old.series.key != new.series.key:
            return None
        return explain_change(old, new, seed=after.result.seed)
    except PlanningError:
        return None
