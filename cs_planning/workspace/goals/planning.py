"""The use cases of goals: draft, judge, save, watch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from cs_planning.errors import CannotForecast, InvalidGoal, NotFound, PlanningError, Problem
from cs_planning.forecasting.answers.achievability import measured, target_for
from cs_planning.forecasting.answers.belief import require_fresh
from cs_planning.forecasting.answers.measures import hardest_target
from cs_planning.forecasting.answers.track_record import Record, require_good_enough
from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.evidence.working_days import follows_working_days
from cs_planning.forecasting.forecast import Forecast, Question
from cs_planning.forecasting.models.paths import forecast
from cs_planning.goals.drafts.checks import commit, problems_of
from cs_planning.goals.drafts.first_draft import draft_for, draft_to_measure, with_targets
from cs_planning.goals.drafts.times import Quarter, TimeKind, quarters_from, times_from
from cs_planning.goals.finding import Finding
from cs_planning.goals.following.checkins import COMMITTED, check_in
from cs_planning.goals.following.progress import StatusReport, status_of
from cs_planning.goals.goal import Goal, GoalType, Measure, Stage
from cs_planning.goals.smart.objections import require_a_word
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import text
from cs_planning.storage import COUNTRY, GoalChange, Save, Store
from cs_planning.workspace.goals.events import Events
from cs_planning.workspace.goals.forecast_memory import ForecastMemory, contents_of
from cs_planning.workspace.goals.judging import NO_DEADLINE, Judge, MeasuredFutures, outlook_of
from cs_planning.workspace.goals.outlook import GoalLine, Outlook
from cs_planning.workspace.goals.records import check_in_document
from cs_planning.workspace.goals.target_range import TargetRange, range_of
from cs_planning.workspace.goals.track_records import Method, TrackRecords
from cs_planning.workspace.series_memory import SeriesMemory

_KEPT_FORECASTS = 600
_SAFE = 0.80
_WITHIN_REACH = ((0.55, 0.20), (0.45, 0.15), (0.35, 0.10), (0.25, 0.05))
"""Chances of the primary and the stretch target of a draft: the first pair that is worth the effort, else the last."""
_WORTH_IT = 0.25
"""How much of a usual swing of the KPI a target has to be away from today."""


class Planning:
    """Goals of a workspace.

    Forecasts are kept in memory by the version of the data and the marked events, so that a target can move without a new fit.

    Attributes:
        events: what users marked on the series; every forecast knows it.
    """

    def __init__(self, store: Store, memory: ForecastMemory) -> None:
        self._store = store
        self._memory = memory
        self.events = Events(store)
        self._series = SeriesMemory(store)
        self._forecast = lru_cache(maxsize=_KEPT_FORECASTS)(self._make_forecast)
        self._asked = lru_cache(maxsize=_KEPT_FORECASTS)(self._ask)
        self._records = TrackRecords(store, memory)

    def quarters(self, today: date, count: int = 5) -> list[Quarter]:
        """The quarters that a deadline can be picked from, by the fiscal year of the workspace."""
        return quarters_from(today, count, self.calendar.rhythm(Frequency.QUARTER))

    def times(self, today: date) -> Mapping[TimeKind, Sequence[Quarter]]:
        """The quarters, half-years and years that a goal can be set for, by the fiscal year of the workspace."""
        rhythm = self.calendar.rhythm(Frequency.QUARTER)
        return {kind: times_from(kind, today, 3 if kind is TimeKind.YEAR else 5, rhythm) for kind in TimeKind}

    @property
    def calendar(self) -> ServiceCalendar:
        """Where the years of the workspace begin and when its service is open, as it is kept now."""
        return self._store.settings.load_calendar()

    @property
    def place(self) -> str:
        """The country, or part of one, whose public holidays count: `JP`, `CA-BC`; empty when none was chosen."""
        return self.calendar.country

    def choose_place(self, place: str, *, save: Save) -> None:
        """Chooses the place whose public holidays count; an empty one for none.

        Raises:
            InvalidSeries: its holidays are not known.
        """
        public_holidays(place, save.now.date(), save.now.date())
        self._store.settings.save(COUNTRY, place, save=save)

    def days_of(self, series: str, frequency: Frequency) -> KpiSeries | None:
        """The same KPI by day, which completes a longer period that is not over; `None` when there are no days."""
        return None if frequency is Frequency.DAY else self._series.find(series, Frequency.DAY)

    def knows_holidays(self, goal: Goal) -> bool:
        """Whether public holidays have a part in the forecast of a goal: in daily values or the working days of a volume."""
        if goal.series is None:
            return False
        series = self.series_of(goal)
        counts_days = series is not None and follows_working_days(series)
        return counts_days or self._series.find(goal.series, Frequency.DAY) is not None

    def series_of(self, goal: Goal) -> KpiSeries | None:
        """The KPI of a goal in the goal's rhythm; `None` when it was never imported."""
        return self._series.find(goal.series, goal.frequency)

    def series_of_all(self, goals: Sequence[Goal]) -> Mapping[str, KpiSeries]:
        """The KPIs of many goals, each in its goal's rhythm, by the goal's id; those that were never imported are absent."""
        places = {goal.id: (goal.series, goal.frequency) for goal in goals if goal.series}
        found = self._series.find_all(places.values())
        return {goal: found[place] for goal, place in places.items() if place in found}

    def guard_of(self, goal: Goal) -> KpiSeries | None:
        """The KPI that must not suffer for a goal."""
        return self._series.find(goal.guard_series, goal.frequency)

    def draft(self, series: str, frequency: Frequency, type: GoalType, today: date) -> Goal:
        """A first draft of a goal on a KPI, with targets that are within reach where the history tells.

        Raises:
            NotFound: the KPI was never imported.
        """
        return self.brought_within_reach(draft_for(self._store.points.load_series(series, frequency), type, today), today)

    def draft_to_measure(self, series: str, frequency: Frequency, type: GoalType, today: date) -> Goal:
        """A first draft on a KPI of the catalogue that was never imported: to measure it first.

        Raises:
            NotFound: the catalogue does not know it.
        """
        kpi = CATALOGUE.get(SeriesKey.parse(series).kpi)
        if kpi is None:
            raise NotFound(text("There are no data for {series}.", series=series), text("Import a file with this KPI."))
        return draft_to_measure(kpi, type, today, self.calendar.rhythm(frequency))

    def brought_within_reach(self, drafted: Goal, today: date, unless_likelier_than: float = 1.0) -> Goal:
        """A draft with targets that its KPI reaches often enough by itself; as it is, where no better value is within reach.

        Args:
            drafted: with a baseline and targets.
            today: the day of drafting.
            unless_likelier_than: a target with a higher probability stays as it is.
        """
        series = self.series_of(drafted)
        asked = self._asked_of(drafted, today)
        if series is None or isinstance(asked, PlanningError) or drafted.baseline is None or drafted.measure is Measure.EVERY:
            return drafted
        seen = self.outlook(drafted, today).primary
        if seen is not None and seen.probability > unless_likelier_than:
            return drafted
        sign, now = drafted.direction.sign, drafted.baseline.value
        worth_it = _WORTH_IT * abs((drafted.primary or now) - now)
        for near, far in _WITHIN_REACH:
            floor, primary, stretch = (hardest_target(asked.draws, drafted.direction, chance) for chance in (_SAFE, near, far))
            enough = worth_it if (near, far) != _WITHIN_REACH[-1] else 0.0
            if sign * (primary - now) > enough and sign * (stretch - primary) > 0:
                return with_targets(drafted, series, floor, primary, stretch)
        return drafted

    def forecast(self, series: str, frequency: Frequency, last: date, today: date) -> Forecast:
        """The futures of a KPI up to the period of `last`, from data that are fresh on `today`.

        Raises:
            NotFound: the KPI was never imported.
            CannotForecast: there is no honest number; the error says why.
        """
        version, events = self._store.changes.data_version(), self.events.of(series)
        return self._forecast(version, events, self.place, series, frequency, last, today)

    def question(self, goal: Goal) -> Question | None:
        """What the goal asks of the forecast; `None` without a deadline."""
        return Question.of(goal, self.calendar.rhythm(goal.frequency))

    def asked(self, goal: Goal) -> tuple[str, Question]:
        """The series and the question of a goal.

        Raises:
            CannotForecast: it has no KPI or no deadline.
        """
        question = self.question(goal)
        if goal.series is None or question is None:
            raise CannotForecast(
                text("A probability needs a KPI and a deadline."), text("Choose both on the page “Draft a goal”.")
            )
        return goal.series, question

    def outlook(self, goal: Goal, today: date) -> Outlook:
        """How likely the targets of a goal are, with the targets that would be honest."""
        return outlook_of(goal, self._asked_of(goal, today), self.question(goal), today)

    def judge(self, goal: Goal, today: date) -> Judge:
        """All that a goal of this KPI, rhythm, measure, time and guard is judged by, read once."""
        return Judge(
            asked=self._asked_of(goal, today),
            question=self.question(goal),
            today=today,
            calendar=self.calendar,
            series=self.series_of(goal),
            guard=self.guard_of(goal),
            record=self.record(goal, today),
            siblings=self._store.goals.list(),
        )

    def draws(self, goal: Goal, today: date) -> np.ndarray | None:
        """Equally likely values of what the goal measures, shape (draws,); `None` when there is no forecast."""
        asked = self._asked_of(goal, today)
        return None if isinstance(asked, PlanningError) else asked.draws

    def target_range(self, goal: Goal, today: date) -> TargetRange:
        """The span in which a target of the goal makes sense.

        Raises:
            NotFound: the KPI was never imported.
        """
        series = self.series_of(goal)
        if series is None:
            raise NotFound(
                text("There are no data for {series}.", series=goal.series or "–"), text("Import a file with this KPI.")
            )
        recent = series.values[-2 * goal.frequency.periods_per_year :]
        return range_of(series.kpi, recent, self.draws(goal, today), (goal.floor, goal.primary, goal.stretch))

    def record(self, goal: Goal, today: date, *, method: Method = "own") -> Record | None:
        """How good past forecasts of the goal's KPI were, as far ahead as the goal's deadline is; `None` without a KPI."""
        series = self.series_of(goal)
        question = self.question(goal)
        if series is None or question is None or goal.series is None or not len(series):
            return None
        return self.record_of(series, question.last, today, self.events.of(goal.series), self.place, method)

    def findings(self, goal: Goal, today: date, outlook: Outlook | None = None) -> tuple[Finding, ...]:
        """What the SMART check says, at least one finding a letter."""
        judge = self.judge(goal, today)
        return judge.findings(goal, outlook or judge.outlook(goal))

    def problems(self, goal: Goal, today: date) -> list[Problem]:
        """What forbids committing to a goal."""
        return problems_of(goal, self.series_of(goal), today=today, goals=self._store.goals.list())

    def status(self, goal: Goal, today: date, outlook: Outlook | None = None) -> StatusReport:
        """Where a goal stands."""
        seen = outlook or self.outlook(goal, today)
        proven = seen.belief is None or seen.belief.past.is_proven
        probability = seen.primary.probability if seen.primary else None
        return status_of(goal, self.series_of(goal), probability, today, proven=proven)

    def overview(self, today: date) -> tuple[GoalLine, ...]:
        """All goals that are not archived, those that need somebody first."""
        lines = []
        for goal in self._store.goals.list():
            if goal.stage is Stage.ARCHIVED:
                continue
            seen = self.outlook(goal, today)
            lines.append(GoalLine(goal, self.status(goal, today, seen), seen))
        return tuple(sorted(lines, key=lambda line: (line.report.status.urgency, line.goal.deadline or date.max)))

    def goals(self) -> tuple[Goal, ...]:
        """All goals, archived ones aside."""
        return tuple(goal for goal in self._store.goals.list() if goal.stage is not Stage.ARCHIVED)

    def under_way(self, today: date) -> tuple[Goal, ...]:
        """The goals that can still be reached: neither closed nor over on `today`, drafts among them, by deadline."""
        return tuple(
            goal
            for goal in self.goals()
            if goal.stage is not Stage.CLOSED and (goal.deadline is None or goal.deadline >= today)
        )

    def goal(self, id: str) -> Goal:
        """One goal.

        Raises:
            NotFound: there is none with this id.
        """
        return self._store.goals.load(id)

    def history(self, id: str) -> tuple[GoalChange, ...]:
        """Who changed what of a goal, the newest first."""
        return self._store.goals.history(id)

    def save_draft(self, goal: Goal, *, save: Save) -> Goal:
        """Keeps a goal as it is, complete or not."""
        return self._store.goals.save(goal, save=save)

    def commit(self, goal: Goal, *, save: Save) -> Goal:
        """Makes a draft a goal that is followed, and freezes what was known on that day as its first check-in.

        The probability of that day is what the team's record is later judged by.  One that is followed already is only saved.

        Raises:
            InvalidGoal: something forbids it, or speaks against it without a word of why; all of it is named.
        """
        today = save.now.date()
        goals = self._store.goals.list()
        kept = commit(goal, self.series_of(goal), today=today, goals=goals)
        if any(one.id == goal.id and one.stage is Stage.ACTIVE for one in goals):
            return self._store.goals.save(kept, save=save)
        require_a_word(goal, self.findings(goal, today))
        first = check_in(kept, self.status(kept, today), by=save.author, note=COMMITTED.source, on=today)
        return self._store.goals.save_with_records(
            kept,
            lambda saved: (check_in_document(first.model_copy(update={"goal_id": saved.id})),),
            save=save,
        )

    def keep_changes(self, goal: Goal, *, save: Save) -> Goal:
        """Saves a goal that was committed to, in the stage that it has; what was wrong with it before may stay.

        Raises:
            InvalidGoal: a change brought in something that forbids committing; all of it is named.
            Conflict: somebody saved the goal since it was opened.
        """
        today, stored = save.now.date(), self.goal(goal.id)
        known = {str(problem.message) for problem in self.problems(stored, today)}
        problems = [problem for problem in self.problems(goal, today) if str(problem.message) not in known]
        if problems:
            raise InvalidGoal(text("The changes can’t be kept."), problems[0].remedy, problems)
        return self._store.goals.save(goal.model_copy(update={"stage": stored.stage}), save=save)

    def archive(self, goal: Goal, *, save: Save) -> Goal:
        """Puts a goal away; it can be restored."""
        return self._store.goals.archive(goal.id, version=goal.version, save=save)

    def _make_forecast(
        self, _version: int, events: tuple[Event, ...], place: str, series: str, frequency: Frequency, last: date, today: date
    ) -> Forecast:
        found = self._series.load(series, frequency)
        require_fresh(found, today)
        if last > found.rhythm.end_of(found.last_period):
            require_good_enough(self.record_of(found, last, today, events, place), found.name)
        days = self.days_of(series, frequency)
        return self._memory.forecast(
            (contents_of(found), contents_of(days), last, today, events, place),
            lambda: forecast(found, last, today=today, events=events, place=place, days=days),
        )

    def record_of(
        self, series: KpiSeries, last: date, today: date, events: tuple[Event, ...], place: str, method: Method = "own"
    ) -> Record:
        """How good past forecasts of a series were, as far ahead as `last` lies after the newest period that is over."""
        rhythm = series.rhythm
        newest = min(series.last_period, rhythm.next_after(rhythm.start_of(today), -1))
        ahead = max(1, rhythm.count_between(newest, last))
        return self._records.of(series, ahead, today, events=events, place=place, method=method)

    def _asked_of(self, goal: Goal, today: date) -> MeasuredFutures | PlanningError:
        question = self.question(goal)
        if goal.series is None:
            return CannotForecast(text("Choose a KPI first."))
        if question is None:
            return CannotForecast(NO_DEADLINE)
        try:
            events = self.events.of(goal.series)
            version = self._store.changes.data_version()
            asked = self._asked(version, events, self.place, goal.series, goal.frequency, question, today)
            return asked.with_traceback(None) if isinstance(asked, CannotForecast) else asked
        except (CannotForecast, NotFound) as error:
            if isinstance(error, NotFound) and goal.measuring is not None:
                return CannotForecast(
                    text("It is measured from {begins} on; the first figures set the target.", begins=goal.measuring.begins),
                    text("Import the first figures as soon as there are some."),
                )
            return error

    def _ask(
        self,
        version: int,
        events: tuple[Event, ...],
        place: str,
        series: str,
        frequency: Frequency,
        question: Question,
        today: date,
    ) -> MeasuredFutures | CannotForecast:
        """What was asked, or why it can't be forecast, which takes as long to find out."""
        try:
            made = self._forecast(version, events, place, series, frequency, question.last, today)
        except CannotForecast as refused:
            return refused
        targets: Sequence[float] = [target_for(made, question, chance) for chance in (0.8, 0.5, 0.2)]
        past = self.record_of(self._series.load(series, frequency), question.last, today, events, place)
        return MeasuredFutures(made, past, measured(made, question), (targets[0], targets[1], targets[2]))
