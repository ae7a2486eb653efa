"""A of a goal sentence: judged from the probability, else from the history, else from the numbers alone."""

from __future__ import annotations

from cs_planning.goals.drafts.first_draft import baseline_of
from cs_planning.goals.drafts.reach import reach_of, stretch_words
from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.goal import Direction, Measure
from cs_planning.goals.sheet.entry import Entry, Neighbours
from cs_planning.goals.smart.achievable import CERTAIN, DOUBTFUL, UNLIKELY
from cs_planning.kpis.catalogue import Kpi, Unit
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.language import Chance, Text, text

_QUARTER_DAYS = 100
_MOST_GOALS = 5
_NO_SLACK = 95.0
_CAN_BE_WHOLE = frozenset({"trained_share", "backlog", "test_score", "training_sessions", "articles"})


def achievable(entry: Entry, neighbours: Neighbours) -> list[Finding]:
    """Whether the target is ambitious and still within reach, and its owner not overloaded."""
    if not entry.reading.has_number:
        return [
            _finding(
                Verdict.WARN,
                "achievable.nothing_to_judge",
                text("Without a target nobody can say whether it can be reached."),
                text("Set a target and compare it with what was reached before."),
            )
        ]
    judged = (
        _impossible(entry)
        or _side(entry)
        or _perfection(entry)
        or _already(entry)
        or _by_probability(entry)
        or _by_history(entry)
    )
    return [judged or _too_much(entry) or _unknown(entry), *_workload(entry, neighbours)]


def _workload(entry: Entry, neighbours: Neighbours) -> list[Finding]:
    count = neighbours.by_owner.get(entry.owner, 0)
    if count <= _MOST_GOALS:
        return []
    return [
        _finding(
            Verdict.WARN,
            "achievable.workload",
            text("{owner} carries {count} goals of this list.", owner=entry.owner, count=count),
            text("Hand some over, or start them one after another."),
        )
    ]


def _finding(verdict: Verdict, rule: str, message: Text, suggestion: Text | None = None) -> Finding:
    return found(Letter.ACHIEVABLE, verdict, rule, message, suggestion)


def _impossible(entry: Entry) -> Finding | None:
    kpi, target = entry.kpi, entry.target
    if kpi is None or target is None:
        return None
    low = kpi.lower is not None and target < kpi.lower
    high = kpi.upper is not None and target > kpi.upper
    if kpi.id == "occupancy" and target >= _NO_SLACK and entry.reading.has_number:
        return _finding(
            Verdict.FAIL,
            "achievable.no_slack",
            text(
                "At {target} occupancy nobody is free when the next customer calls, and people burn out.",
                target=quantity(target, kpi),
            ),
            text("Stay inside a band, such as 75 to 85 %."),
        )
    if not (low or high):
        return None
    return _finding(
        Verdict.FAIL,
        "achievable.impossible",
        text("{target} is no possible value of {kpi}.", target=quantity(target, kpi), kpi=kpi.name),
        text("Set a value that the KPI can have."),
    )


def _side(entry: Entry) -> Finding | None:
    kpi, target, baseline, direction = entry.kpi, entry.target, entry.like_baseline, entry.reading.direction
    keeps = entry.reading.asked.keeps or entry.reading.measure is Measure.EVERY
    if kpi is None or target is None or baseline is None or direction is None or keeps:
        return None
    if target == baseline:
        return _finding(
            Verdict.FAIL,
            "achievable.no_change",
            text("The target equals today’s value, {value}: nothing would have to change.", value=quantity(target, kpi)),
            text("Set a better value, or say that it shall be kept."),
        )
    if not direction.meets(baseline, target):
        return None
    return _finding(
        Verdict.FAIL,
        "achievable.already_there",
        text(
            "Today’s value, {baseline}, is already better than the target, {target}.",
            baseline=quantity(baseline, kpi),
            target=quantity(target, kpi),
        ),
        text("Set a target on the better side of today’s value."),
    )


def _already(entry: Entry) -> Finding | None:
    kpi, target, goal = entry.kpi, entry.target, entry.goal
    if kpi is None or target is None or goal is None or goal.measure is not Measure.LEVEL or entry.series is None:
        return None
    now = baseline_of(entry.series, entry.today)
    if now is None or not goal.direction.meets(now.value, target):
        return None
    return _finding(
        Verdict.WARN,
        "achievable.reached_in_data",
        text("The last value in the history, {value}, already meets it.", value=quantity(now.value, kpi)),
        text("Correct the starting value, and take a more ambitious target."),
    )


def _perfection(entry: Entry) -> Finding | None:
    kpi, target = entry.kpi, entry.target
    if kpi is None or target is None or kpi.id in _CAN_BE_WHOLE:
        return None
    limit = kpi.upper if entry.reading.direction is Direction.AT_LEAST else kpi.lower
    if limit is None or target != limit or (entry.probability is not None and entry.probability >= DOUBTFUL):
        return None
    if entry.series is not None and bool((entry.series.values == target).mean() > 0.5):
        return None
    gentle = entry.reading.threshold_seconds is not None
    return _finding(
        Verdict.WARN if gentle else Verdict.FAIL,
        "achievable.perfection",
        text(
            "{target} is perfection: a single case is enough to miss the goal, and it demotivates.",
            target=quantity(target, kpi),
        ),
        text("Take the best value of a good quarter, such as 90 or 95 %.")
        if kpi.unit is Unit.PERCENT
        else text("Take the best value of a good quarter."),
    )


def _by_probability(entry: Entry) -> Finding | None:
    probability = entry.probability
    if probability is None:
        return None
    chance = Chance(chance=probability)
    if probability < UNLIKELY:
        return _finding(
            Verdict.FAIL,
            "achievable.unlikely",
            text("From history alone it is reached with {chance} probability.", chance=chance),
            text("Take a nearer target, a later deadline, or name what will change."),
        )
    if probability < DOUBTFUL:
        return _finding(
            Verdict.WARN,
            "achievable.doubtful",
            text("From history alone it is reached with {chance} probability.", chance=chance),
            text("Name what will change, or keep it as a stretch target."),
        )
    if probability > CERTAIN:
        return _finding(
            Verdict.WARN,
            "achievable.no_effort",
            text("It is reached with {chance} probability without doing anything.", chance=chance),
            text("Take a more ambitious target."),
        )
    return _finding(
        Verdict.PASS,
        "achievable.likely_enough",
        text("From history alone it is reached with {chance} probability.", chance=chance),
    )


def _by_history(entry: Entry) -> Finding | None:
    if entry.goal is None or entry.series is None or entry.target is None or entry.kpi is None:
        return None
    reach = reach_of(entry.goal, entry.series, entry.today)
    if reach is None:
        return None
    kpi, target = entry.kpi, entry.target
    beyond = not entry.goal.direction.meets(reach.best, target)
    required, fastest = reach.required_change, reach.fastest_change
    too_fast = required is not None and fastest is not None and required > max(fastest, 0.0)
    if beyond:
        return _finding(
            Verdict.FAIL if too_fast else Verdict.WARN,
            "achievable.beyond_best",
            text(
                "The best that was ever reached is {best} ({period}); {target} lies beyond it.",
                best=quantity(reach.best, kpi),
                period=stretch_words(reach, entry.series.rhythm),
                target=quantity(target, kpi),
            ),
            text("Make {best} the target and keep this one as the stretch target.", best=quantity(reach.best, kpi))
            if reach.best != reach.now
            else text("It stands at its best already: go there in steps, and name what will change."),
        )
    if too_fast and required is not None and fastest is not None:
        return _finding(
            Verdict.WARN,
            "achievable.too_fast",
            text(
                "It takes an improvement of {required} within {count} periods; the fastest ever seen is {fastest}.",
                required=difference(required, kpi),
                count=reach.periods,
                fastest=difference(max(fastest, 0.0), kpi),
            ),
            text("Give it more time, or go there in steps."),
        )
    return _finding(
        Verdict.PASS,
        "achievable.seen_before",
        text(
            "{target} was reached before (best: {best}, {period}).",
            target=quantity(target, kpi),
            best=quantity(reach.best, kpi),
            period=stretch_words(reach, entry.series.rhythm),
        ),
    )


def _too_much(entry: Entry) -> Finding | None:
    share = _relative_change(entry)
    points = None
    if entry.kpi is not None and entry.kpi.unit in {Unit.PERCENT, Unit.POINTS}:
        if entry.like_baseline is not None and entry.target is not None:
            points = abs(entry.target - entry.like_baseline)
        elif entry.reading.change is not None and not entry.reading.relative:
            points = entry.reading.change
    days = (entry.reading.deadline - entry.today).days if entry.reading.deadline is not None else None
    soon = days is not None and days <= _QUARTER_DAYS
    limit_points = 40.0 if entry.kpi is not None and entry.kpi.unit is Unit.POINTS else 25.0
    much = (points is not None and points > (limit_points if soon else 2 * limit_points)) or (
        points is None and share is not None and share > (0.75 if soon else 0.9)
    )
    if points is None and share is not None and days is not None and days <= 31:
        much = much or share >= 0.4
    if points is not None and days is not None and days <= 31:
        much = much or points > limit_points * 0.6
    if not much:
        return None
    return _finding(
        Verdict.FAIL,
        "achievable.leap",
        text("Such a leap in this time is seen in hardly any service team."),
        text("Go there in steps: a nearer target for this quarter, the rest as a stretch target."),
    )


def _relative_change(entry: Entry) -> float | None:
    reading = entry.reading
    if reading.relative and reading.change is not None:
        return (
            reading.change / 100
            if reading.direction is Direction.AT_MOST
            else reading.change / 100 / (1 + reading.change / 100)
        )
    baseline = entry.like_baseline
    if baseline and entry.target is not None:
        return abs(entry.target - baseline) / max(abs(baseline), abs(entry.target))
    return None


def _unknown(entry: Entry) -> Finding:
    kpi: Kpi | None = entry.kpi
    if entry.like_baseline is None:
        return _finding(
            Verdict.WARN,
            "achievable.no_baseline",
            text("Today’s value and the history are not known, so nobody can say whether it can be reached."),
            text("Add today’s value, and import the history for a probability."),
        )
    return _finding(
        Verdict.WARN,
        "achievable.no_history",
        text(
            "From {baseline} to {target}: without a history it stays a guess whether it can be reached.",
            baseline=quantity(entry.like_baseline, kpi),
            target=quantity(entry.target, kpi),
        )
        if kpi is not None and entry.target is not None
        else text("Without a history it stays a guess whether it can be reached."),
        text("Import the history for a probability."),
    )
