"""What a goal sentence says by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cs_planning.goals.goal import Direction, Measure
from cs_planning.goals.naming import described
from cs_planning.goals.reading.measures import Asked, measure_of
from cs_planning.kpis.catalogue import Unit


@dataclass(frozen=True)
class GoalReading:
    """What a goal sentence says by itself.

    Attributes:
        sentence: the plain text that was read.
        language: `en` or `ja`.
        kpi: the id of the KPI that shall move; `None` when none is named.
        kpis: the ids of all KPIs that are goals of the sentence, the first one is `kpi`.
        target: the value to be reached, in `unit`.
        baseline: the value to start from, in `unit`.
        change: how much it shall move, without sign: percent of the baseline when `relative`, else in `unit`.
        unit: of target, baseline and change; `None` when the number is bare.
        direction: at least or at most the target; up or down for a change.
        asked: the words that say whether the total, the average, every period or the last one is meant.
        currency: ISO 4217, of an amount of money whose sign or word names one.
        threshold_seconds: the time within which one contact is answered or solved, for a share of contacts.
        deadline: the last day.
        first: the first day of the period that the sentence speaks of as a whole ("in Q3"); `None` when it names an end only.
        days: the length of time, where the deadline was written as one.
        recurring: whether it is asked for every month, week or day.
        scope, method, purpose, guard: the words that say where, how, what for and under which condition; empty without.
        vague: words that can't be checked.
        vague_times: words such as "soon" in the place of a deadline.
        vague_share: words such as "most" in the place of a share.
        about_service: whether the sentence speaks of customer service at all.
        subject: what is left besides numbers, vague and general words: the measure, when the KPI is not known by name.
    """

    sentence: str
    language: str
    kpi: str | None = None
    kpis: tuple[str, ...] = ()
    target: float | None = None
    baseline: float | None = None
    change: float | None = None
    relative: bool = False
    unit: Unit | None = None
    direction: Direction | None = None
    asked: Asked = field(default_factory=Asked)
    currency: str | None = None
    threshold_seconds: float | None = None
    deadline: date | None = None
    first: date | None = None
    days: int | None = None
    recurring: bool = False
    scope: str = ""
    method: str = ""
    purpose: str = ""
    guard: str = ""
    vague: tuple[str, ...] = ()
    vague_times: tuple[str, ...] = ()
    vague_share: str = ""
    about_service: bool = False
    subject: str = ""

    @property
    def has_number(self) -> bool:
        """Whether there is a value or a change to be reached."""
        return self.target is not None or self.change is not None

    @property
    def measure(self) -> Measure:
        """What of the KPI is compared with the target."""
        kpi = described(self.kpi) if self.kpi else None
        moves = self.baseline is not None or (self.change is not None and self.target is None)
        return measure_of(self.asked, kpi, self.first, self.deadline, moves=moves)
