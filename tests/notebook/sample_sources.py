"""A workspace in memory over the sample data, which counts what a page asks of it."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd

from cs_planning.automation.levers.registry import Lever
from cs_planning.errors import NotFound
from cs_planning.forecasting.answers import achievability
from cs_planning.forecasting.answers.achievability import SuggestedTargets
from cs_planning.forecasting.answers.belief import Belief, belief_of
from cs_planning.forecasting.answers.track_record import Record, ReliabilityBin
from cs_planning.forecasting.forecast import Assessment, Forecast, Question
from cs_planning.forecasting.models.paths import forecast
from cs_planning.goals.finding import Finding
from cs_planning.goals.following.progress import Status, StatusReport, status_of
from cs_planning.goals.goal import Goal, goal_from_fields
from cs_planning.goals.plan.actions import ActionStatus
from cs_planning.goals.smart import check_smart
from cs_planning.goals.smart.evidence import Evidence
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR, ServiceCalendar
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import text
from cs_planning.notebook.blocks.block import Image, Words
from cs_planning.notebook.blocks.outcome_charts import Bar, FrontierPoint
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.records import Action, CheckIn, Comment, Decision
from cs_planning.notebook.registry import KINDS
from cs_planning.notebook.sources import (
    AuditLine,
    Dependency,
    Frontier,
    PlanLine,
    ScenarioComparison,
    ScenarioFigure,
    WholePlan,
)

SAMPLE = Path(__file__).parents[2] / "sample_data"
TODAY = date(2026, 11, 3)
EMAIL, PHONE, CSAT, TRAINING, COST = "goal-email", "goal-phone", "goal-csat", "goal-training", "goal-cost"
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


@lru_cache(maxsize=1)
def _tickets() -> pd.DataFrame:
    tickets = pd.read_csv(SAMPLE / "tickets.csv", parse_dates=["Created at", "First response at"])
    tickets["period"] = tickets["Created at"].dt.to_period("M").dt.start_time
    tickets["minutes"] = (tickets["First response at"] - tickets["Created at"]).dt.total_seconds() / 60
    return tickets


def first_response(channel: str) -> KpiSeries:
    rows = _tickets()[_tickets()["Channel"] == channel].groupby("period")["minutes"].agg(["median", "count"])
    return _series(SeriesKey("frt_median", (("channel", channel),)), rows.index, rows["median"], rows["count"])


def _series(key: SeriesKey, periods: pd.Index, values: pd.Series, sizes: pd.Series) -> KpiSeries:
    frame = pd.DataFrame(
        {
            "series": str(key),
            "period": pd.DatetimeIndex(periods),
            "value": values.to_numpy(float),
            "sample_size": sizes.to_numpy(float),
        }
    )
    return KpiSeries(key, kpi_named(key.kpi), CALENDAR_YEAR.rhythm(Frequency.MONTH), frame)


@lru_cache(maxsize=1)
def all_series() -> dict[str, KpiSeries]:
    monthly = pd.read_csv(SAMPLE / "kpis-monthly.csv")
    months = pd.DatetimeIndex(pd.to_datetime(monthly["Month"]))
    unknown = pd.Series(float("nan"), index=monthly.index)
    made = [first_response(channel) for channel in ("email", "web", "chat", "phone")]
    made.append(_series(SeriesKey("csat"), months, monthly["CSAT (%)"], monthly["CSAT answers"]))
    made.append(_series(SeriesKey("quality_score"), months, monthly["Quality score (%)"], monthly["Reviews"]))
    made.append(_series(SeriesKey("cost_per_contact"), months, monthly["Cost per contact (USD)"], unknown))
    phone = pd.read_csv(SAMPLE / "phone-daily.csv", parse_dates=["Date"])
    phone["within"] = phone["Service level (%)"] * phone["Calls offered"]
    sums = phone.groupby(phone["Date"].dt.to_period("M").dt.start_time)[["within", "Calls offered"]].sum()
    made.append(
        _series(
            SeriesKey("service_level", (("channel", "phone"),)),
            sums.index,
            sums["within"] / sums["Calls offered"],
            sums["Calls offered"],
        )
    )
    return {str(series.key): series for series in made}


def sample_goals() -> dict[str, Goal]:
    ids = (PHONE, EMAIL, CSAT, TRAINING, COST)
    fields = json.loads((SAMPLE / "goals.json").read_text(encoding="utf-8"))
    return {name: goal_from_fields(one | {"id": name}) for name, one in zip(ids, fields, strict=True)}


@lru_cache(maxsize=16)
def _forecast(series: str, last: date) -> Forecast:
    return forecast(all_series()[series], last, seed=7, draws=400)


class SampleSources:
    """All methods of `Sources`; `calls` counts them by name, `versions` may be changed by a test."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.versions: dict[Dependency, str] = {}
        self.goals = sample_goals()
        self.comment_words = "Is the **campaign** in it?"

    def version_of(self, dependency: Dependency) -> str:
        return self.versions.get(dependency, "1")

    def calendar(self) -> ServiceCalendar:
        """Years from January."""
        return CALENDAR_YEAR

    def data_as_of(self) -> date | None:
        return date(2026, 10, 31)

    def seed(self) -> int:
        return 7

    def goal(self, id: str) -> Goal:
        if id not in self.goals:
            raise NotFound(text("There is no goal {id}.", id=id), text("Choose another goal."))
        return self.goals[id]

    def relatives(self, goal: Goal) -> tuple[Goal, ...]:
        self.calls["relatives"] += 1
        return (self.goals[CSAT], goal)

    def series(self, key: SeriesKey, frequency: Frequency) -> KpiSeries:
        self.calls["series"] += 1
        if str(key) not in all_series():
            raise NotFound(text("There is no data for {series}.", series=str(key)), text("Import it."))
        return all_series()[str(key)]

    def parts(self, key: SeriesKey, dimension: str, frequency: Frequency) -> Mapping[str, KpiSeries]:
        self.calls["parts"] += 1
        parts = {}
        for series in all_series().values():
            if series.key.kpi == key.kpi and dimension in dict(series.key.scope):
                parts[dict(series.key.scope)[dimension]] = series
        return parts

    def forecast(self, goal: Goal) -> Forecast:
        self.calls["forecast"] += 1
        assert goal.series is not None
        assert goal.deadline is not None
        return _forecast(goal.series, goal.deadline)

    def _question(self, goal: Goal) -> Question:
        assert goal.deadline is not None
        return Question(goal.measure, goal.direction, goal.deadline)

    def assessment(self, goal: Goal, target: float) -> Assessment:
        return achievability.assess(self.forecast(goal), self._question(goal), target)

    def belief(self, goal: Goal) -> Belief | None:
        if goal.primary is None:
            return None
        asked = self._question(goal)
        return belief_of(self.assessment(goal, goal.primary), self.forecast(goal), asked, TODAY, self.record(goal))

    def suggested_targets(self, goal: Goal) -> SuggestedTargets:
        return achievability.suggested_targets(self.forecast(goal), self._question(goal))

    def findings(self, goal: Goal) -> tuple[Finding, ...]:
        self.calls["findings"] += 1
        return check_smart(
            goal, Evidence(today=TODAY, calendar=CALENDAR_YEAR, series=all_series().get(goal.series or ""), probability=0.4)
        )

    def status(self, goal: Goal, today: date) -> StatusReport:
        self.calls["status"] += 1
        assert goal.primary is not None
        probability = self.assessment(goal, goal.primary).probability
        return status_of(goal, all_series().get(goal.series or ""), probability, today)

    def record(self, goal: Goal) -> Record:
        self.calls["record"] += 1
        bins = ((0.08, 0.12, 30), (0.29, 0.22, 18), (0.5, 0.55, 21), (0.71, 0.69, 17), (0.93, 0.9, 34))
        return Record(5, 24, 0.17, 0.21, 0.83, 0.95, tuple(ReliabilityBin(*one) for one in bins))

    def scenarios(self, goal: Goal | None, ids: tuple[str, ...], moved: tuple[Lever, ...] = ()) -> ScenarioComparison:
        self.calls["scenarios"] += 1
        names: tuple[Words, ...] = (text("As it is"), "Chatbot for delivery questions", "Chatbot and one seat fewer")
        levels = ((81.0, 77.0, 84.0), (90.2, 84.0, 94.0), (79.0, 70.0, 86.0))
        costs = ((7.27, 7.1, 7.4), (7.05, 6.7, 7.5), (6.6, 6.2, 7.1))
        return ScenarioComparison(
            figures=(
                ScenarioFigure(
                    "service_level",
                    text("Service level (%)"),
                    kpi_named("service_level"),
                    tuple(Bar(name, *level) for name, level in zip(names, levels, strict=True)),
                ),
                ScenarioFigure(
                    "cost_per_contact",
                    text("Cost per contact"),
                    kpi_named("cost_per_contact"),
                    tuple(Bar(name, *cost) for name, cost in zip(names, costs, strict=True)),
                ),
            ),
            probabilities=(0.31, 0.74, 0.22),
            assumptions=(text("People wait and leave as they did from August to October."),),
        )

    def scenario_name(self, id: str) -> str:
        return "Chatbot for delivery questions"

    def frontier(self, scenario: str, moved: tuple[Lever, ...] = ()) -> Frontier:
        self.calls["frontier"] += 1
        points = tuple(
            FrontierPoint(text("{count} agents", count=count), 5.5 + 0.45 * count, 100 * (1 - 2.2 ** (3 - count)), count == 7)
            for count in range(5, 11)
        )
        title = text("Service level (up) and cost per contact (across)")
        return Frontier(title, points, kpi_named("service_level"), kpi_named("cost_per_contact"))

    def audit(self, id: str) -> tuple[AuditLine, ...]:
        self.calls["audit"] += 1
        csat, response = kpi_named("csat"), kpi_named("frt_median")
        return (
            AuditLine(csat.name, csat, 90.0, 87.4, 2.6, text("rising"), text("gap"), False),
            AuditLine(response.name, response, 120.0, 92.8, -27.2, text("falling"), text("met"), True),
        )

    def plan(self) -> WholePlan:
        self.calls["plan"] += 1
        series = all_series()
        lines = tuple(PlanLine(one, status_of(one, series.get(one.series or ""), 0.4, TODAY)) for one in self.goals.values())
        return WholePlan(lines, (text("Of {goals} running goals, {span} are likely.", goals=5, span=text("1 to 4")),))

    def actions(self, goal: str) -> tuple[Action, ...]:
        self.calls["actions"] += 1
        return (
            Action(id="a1", goal_id=goal, what="Write ten templates", owner="Jonas Weber", due=date(2026, 12, 15)),
            Action(id="a2", goal_id=goal, what="Second routing rule", owner="Ama Boateng", due=date(2026, 10, 15)),
            Action(
                id="a3",
                goal_id=goal,
                what="Ask the team",
                owner="Jonas Weber",
                status=ActionStatus.DONE,
                done_on=date(2026, 10, 20),
            ),
        )

    def checkins(self, goal: str) -> tuple[CheckIn, ...]:
        self.calls["checkins"] += 1
        at_risk = Status.AT_RISK
        return (
            CheckIn(
                goal_id=goal, on=date(2026, 11, 2), status=at_risk, value=92.8, probability=0.31, note="Templates", by="Jonas"
            ),
            CheckIn(
                goal_id=goal, on=date(2026, 9, 2), status=at_risk, value=102.0, probability=0.25, note="Sick leave", by="Jonas"
            ),
        )

    def decisions(self, goal: str) -> tuple[Decision, ...]:
        self.calls["decisions"] += 1
        return (Decision(id="d1", goal_id=goal, on=date(2026, 10, 5), what="Buy no bot before January", owner="Ama Boateng"),)

    def comments(self, page: str) -> tuple[Comment, ...]:
        self.calls["comments"] += 1
        return (Comment(page=page, author="Mariko", at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC), words=self.comment_words),)

    def image(self, id: str) -> Image:
        self.calls["image"] += 1
        return Image(data=PIXEL, media_type="image/png", alt="A whiteboard")


SETTINGS: dict[str, dict[str, object]] = {
    "text": {"markdown": "## Notes\n\nWe **try** it:\n\n- templates\n- routing\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"},
    "kpi_chart": {"breakdown": ""},
    "image": {"image": "i1", "alt": "A whiteboard with three arrows"},
}


def page_of_all_kinds(goal: str = EMAIL, parameters: Parameters | None = None) -> Page:
    cells = [known.cell.model_validate({"id": kind, **SETTINGS.get(kind, {})}) for kind, known in KINDS.items()]
    unknown = {"id": "future", "kind": "hologram", "depth": 3}
    written = [cell.model_dump(mode="json") for cell in cells] + [unknown]
    return Page.model_validate(
        {
            "id": "page-1",
            "title": "First answer to an e-mail – review",
            "goal": goal,
            "parameters": (parameters or Parameters()).model_dump(),
            "cells": written,
        }
    )
