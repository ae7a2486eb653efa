"""The use cases of the audit: gaps, checklist, self-assessment, benchmarks, standards, and how goals hang together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from cs_planning.audit.benchmark_steps import StepsOfGoal, steps_of_goal
from cs_planning.audit.benchmarks import (
    BenchmarkComparison,
    BestChannel,
    BestPeriod,
    ExternalBenchmark,
    Standard,
    best_channels,
    best_period,
    compare,
    goal_from_standard,
)
from cs_planning.audit.checklist import Audit, needs_of_audit
from cs_planning.audit.gaps import AuditRow, audit_table, goal_from_gap, needs_of
from cs_planning.audit.maturity import SelfAssessment, needs_of_maturity
from cs_planning.audit.roles import RoleCheck, RoleStanding, standings
from cs_planning.goals.drafts.first_draft import USUAL_KPIS, types_for
from cs_planning.goals.drafts.times import TimeKind
from cs_planning.goals.goal import Goal, GoalType
from cs_planning.goals.objectives.alignment import Tree, tree_of
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.triple import Triple, triple_of
from cs_planning.goals.templates import Suggestion, suggest
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.storage import Save, Store
from cs_planning.workspace.following.changes import GoalTemplates
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.goals.records import document_of, kept_records

_AUDIT, _ASSESSMENT, _BENCHMARK, _STANDARD = "audit", "self_assessment", "benchmark", "standard"
_ROLE_CHECK = "role_check"


class Audits:
    """What a team lacks, measured and asked."""

    def __init__(self, store: Store, planning: Planning, templates: GoalTemplates) -> None:
        self._store = store
        self._planning = planning
        self._templates = templates
        self._series = lru_cache(maxsize=2)(self._load)
        self._table = lru_cache(maxsize=4)(self._make_table)

    def series(self) -> tuple[KpiSeries, ...]:
        """Every KPI by month, as a whole or by channel."""
        return self._series(self._store.changes.data_version())

    def table(self, today: date) -> tuple[AuditRow, ...]:
        """Every metric against its goal or standard, channel by channel."""
        version = self._store.changes.data_version()
        return self._table(version, self._planning.under_way(today), self.standards(), today)

    def steps_of(self, goal: Goal, today: date) -> StepsOfGoal:
        """Where a goal stands on the four steps of a benchmark."""
        series = self._planning.series_of(goal)
        is_measured = series is not None and len(series) > 0
        return steps_of_goal(goal, self._planning.status(goal, today), self._planning.goals(), is_measured=is_measured)

    def usual_series(self, type: GoalType, today: date) -> str | None:
        """The series that a new goal of a type begins with: the worst gap, else the usual KPI with the most history."""
        gaps = [row for row in self.table(today) if row.verdict.is_gap and type in types_for(row.kpi)[:2]]
        if gaps:
            return max(gaps, key=lambda row: row.severity).series
        suited = [one for one in self.series() if type in types_for(one.kpi)[:2] and len(one)]
        usual = USUAL_KPIS[type]

        def rank(series: KpiSeries) -> tuple[int, int, int]:
            family = kpi_family(series.kpi.id)
            return usual.index(family) if family in usual else len(usual), len(series.key.scope), -len(series)

        best = min(suited, key=rank, default=None)
        return None if best is None else str(best.key)

    def draft(self, row: AuditRow, *, save: Save, today: date) -> Goal:
        """Keeps a draft goal that closes a gap."""
        series = next(one for one in self.series() if str(one.key) == row.series)
        return self._planning.save_draft(goal_from_gap(row, series, today), save=save)

    def audits(self) -> tuple[Audit, ...]:
        """All audits, the newest first."""
        return tuple(sorted(kept_records(self._store, _AUDIT, Audit), key=lambda one: one.on, reverse=True))

    def save_audit(self, audit: Audit, *, save: Save) -> None:
        """Keeps an audit as it is."""
        self._store.documents.save(document_of(audit, _AUDIT, title=audit.on.isoformat()), save=save)

    def assessments(self) -> tuple[SelfAssessment, ...]:
        """All self-assessments, the newest first."""
        found = kept_records(self._store, _ASSESSMENT, SelfAssessment)
        return tuple(sorted(found, key=lambda one: one.on, reverse=True))

    def save_assessment(self, assessment: SelfAssessment, *, save: Save) -> None:
        """Keeps a self-assessment as it is."""
        document = document_of(assessment, _ASSESSMENT, title=assessment.on.isoformat())
        self._store.documents.save(document, save=save)

    def role_standings(self, today: date) -> tuple[RoleStanding, ...]:
        """How far each role is with its part in the quarter that is running, by the fiscal year of the workspace."""
        quarter = self._planning.times(today)[TimeKind.QUARTER][0]
        return standings(kept_records(self._store, _ROLE_CHECK, RoleCheck), quarter.first)

    def save_role_check(self, check: RoleCheck, *, save: Save) -> None:
        """Keeps what a role found done."""
        self._store.documents.save(document_of(check, _ROLE_CHECK, title=f"{check.role} {check.on.isoformat()}"), save=save)

    def comparisons(self, today: date) -> tuple[BenchmarkComparison, ...]:
        """Benchmarks from outside beside the own values."""
        found = kept_records(self._store, _BENCHMARK, ExternalBenchmark)
        return tuple(compare(one, self._templates.series_for(one.kpi), today) for one in found)

    def save_benchmark(self, benchmark: ExternalBenchmark, *, save: Save) -> None:
        """Keeps a benchmark from outside with its source and date."""
        document = document_of(benchmark, _BENCHMARK, title=benchmark.source)
        self._store.documents.save(document, save=save)

    def standards(self) -> tuple[Standard, ...]:
        """The service standards."""
        return kept_records(self._store, _STANDARD, Standard)

    def save_standard(self, standard: Standard, *, save: Save, today: date) -> Goal:
        """Keeps a service standard, and a draft of the control goal that watches it."""
        document = document_of(standard, _STANDARD, title=standard.promise or standard.series)
        self._store.documents.save(document, save=save)
        series = next((one for one in self.series() if str(one.key) == standard.series), None)
        goal = goal_from_standard(standard, series, today)
        return self._planning.save_draft(goal, save=save.part("goal"))

    def best_periods(self, today: date) -> tuple[tuple[KpiSeries, BestPeriod], ...]:
        """The best quarter of every KPI as a whole."""
        found = [(one, best_period(one, today)) for one in self.series() if not one.key.scope]
        return tuple((one, best) for one, best in found if best is not None)

    def best_channels(self, today: date) -> tuple[BestChannel, ...]:
        """How the channels compare on each KPI."""
        return best_channels(self.series(), today)

    def suggestions(self, today: date, count: int = 5) -> tuple[Suggestion, ...]:
        """Templates for what the team lacks, from gaps, the last audit and the last self-assessment."""
        needs = needs_of(self.table(today))
        for audit in self.audits()[:1]:
            needs += needs_of_audit(audit)
        for assessment in self.assessments()[:1]:
            needs += needs_of_maturity(assessment)
        return suggest(needs, count, self._templates.all())

    def tree(self, today: date) -> Tree:
        """Objectives with the goals under way that serve them."""
        return tree_of(self._planning.under_way(today), currency=self._store.settings.load_currency().code)

    def triples(self, today: date) -> Sequence[Triple]:
        """For the KPI of each goal: the customer outcome and the company metric that it should move."""
        known = self.series()
        wanted = list(dict.fromkeys(goal.series for goal in self._planning.under_way(today) if goal.series))
        return [triple_of(one, known) for one in known if str(one.key) in wanted]

    def _make_table(
        self, version: int, goals: tuple[Goal, ...], standards: tuple[Standard, ...], today: date
    ) -> tuple[AuditRow, ...]:
        return audit_table(self._series(version), goals, standards, today=today)

    def _load(self, _version: int) -> tuple[KpiSeries, ...]:
        by_month = [
            info.key
            for info in self._store.points.list_series()
            if info.frequency is Frequency.MONTH and {name for name, _value in info.key.scope} <= {"channel"}
        ]
        return self._store.points.load_all_series(by_month, Frequency.MONTH)
