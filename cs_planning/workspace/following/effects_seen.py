"""The use case of looking back: what the KPI of a goal did after a step of its plan was finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.aftermath import Aftermath, aftermath_of
from cs_planning.goals.goal import Goal
from cs_planning.goals.plan.actions import Action, ActionStatus
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks.block import Chart
from cs_planning.notebook.blocks.charts import ChartEvent, fan
from cs_planning.notebook.blocks.target_lines import target_lines
from cs_planning.storage import Store
from cs_planning.workspace.following.actions import Actions
from cs_planning.workspace.goals.planning import Planning

_YEARS = 2


@dataclass(frozen=True)
class SeenEffect:
    """What was seen after a finished step, for a screen.

    Attributes:
        words: what the KPI did against what had been forecast; what was expected; what else was done; that it is no proof.
        chart: history, band from the day of the step on, and what was measured.
        is_good: whether the KPI came out better than forecast, worse (`False`), or neither (`None`).
    """

    words: tuple[Text, ...]
    chart: Chart
    is_good: bool | None


class EffectsSeen:
    """Looking back at finished steps."""

    def __init__(self, store: Store, planning: Planning, actions: Actions) -> None:
        self._store = store
        self._planning = planning
        self._actions = actions
        self._aftermath = lru_cache(maxsize=64)(self._look)

    def finished(self, goal: str = "") -> tuple[Action, ...]:
        """The steps that are done and have a day, the latest first; of one goal or of all."""
        done = [one for one in self._actions.plan(goal) if one.status is ActionStatus.DONE and one.done_on is not None]
        return tuple(sorted(done, key=lambda one: one.done_on or date.min, reverse=True))

    def of(self, action: Action, today: date) -> SeenEffect:
        """What the KPI of the step's goal did since the step was done.

        Raises:
            NotFound: the goal is gone.
            CannotForecast: it has no KPI, no whole period is over since, or too little was known then.
        """
        goal = self._planning.goal(action.goal_id)
        if goal.series is None or action.done_on is None:
            raise CannotForecast(text("The step or its goal can’t be looked at: a KPI and the day of finishing are needed."))
        seen = self._aftermath(
            self._store.changes.data_version(), self._planning.events.stamp(), goal.series, goal, action.done_on, today
        )
        beside = [
            one
            for one in self.finished(action.goal_id)
            if one.id != action.id and one.done_on is not None and one.done_on >= action.done_on
        ]
        return SeenEffect(_words(seen, goal, action, beside), _chart(seen, goal, action.done_on), _is_good(seen, goal))

    def _look(self, _version: int, _events: str, series: str, goal: Goal, day: date, today: date) -> Aftermath:
        found = self._planning.series_of(goal)
        if found is None:
            raise CannotForecast(text("There are no data for {series}.", series=series), text("Import a file with this KPI."))
        return aftermath_of(found, day, today, events=self._planning.events.of(series), place=self._planning.place)


def _is_good(seen: Aftermath, goal: Goal) -> bool | None:
    return None if seen.side == 0 else seen.side == goal.direction.sign


def _words(seen: Aftermath, goal: Goal, action: Action, beside: Sequence[Action]) -> tuple[Text, ...]:
    series = seen.forecast.series
    kpi = series.kpi
    named = {
        "kpi": series.name,
        "mean": quantity(seen.mean, kpi),
        "low": quantity(seen.low, kpi),
        "high": quantity(seen.high, kpi),
    }
    told = [
        ntext(
            "{kpi} was {mean} in the {count} period since; from what was known before, {low} to {high} had been likely (80 %).",
            "{kpi} was {mean} on average in the {count} periods since; from what was known before, {low} to {high} had been "
            "likely (80 %).",
            seen.whole_periods,
            **named,
        ),
        {
            True: text("That is better than was to be expected without the step."),
            False: text("That is worse than was to be expected without the step."),
            None: text("That is what was to be expected without the step: an effect, if there is one, can’t be seen yet."),
        }[_is_good(seen, goal)],
    ]
    if action.expected_change is not None:
        told.append(text("The plan had hoped for a change of {change}.", change=float(action.expected_change)))
    if beside:
        told.append(
            ntext(
                "{count} other step of this goal was finished since.",
                "{count} other steps of this goal were finished since.",
                len(beside),
            )
        )
    told.append(text("This is no proof: whatever else happened at the same time lies in the same difference."))
    return tuple(told)


def _chart(seen: Aftermath, goal: Goal, day: date) -> Chart:
    series = seen.forecast.series
    chart = fan(
        seen.forecast,
        target_lines(goal, series),
        events=(ChartEvent(day, text("step finished")),),
        periods_shown=_YEARS * series.frequency.periods_per_year,
        alt=_words(seen, goal, Action(what="-"), ())[0],
        required=seen.measured,
    )
    key = text("Grey: measured before. Blue: what had been forecast without the step, with its ranges. Orange: what came.")
    return chart.model_copy(update={"subtitle": key})
