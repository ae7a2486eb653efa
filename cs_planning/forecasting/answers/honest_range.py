"""How sure a probability is itself: the range in which the true chance may well lie."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.special import betaincinv

from cs_planning.forecasting.answers.track_record import Record, ReliabilityBin

POINTS_A_CASE = 6.0
"""So many points of a history tell as much about a probability as one case of what it speaks of."""
_NEAR = 0.25
_TARGETS = 5
_OVERLAP = 0.6
_CASES_TO_BELIEVE = 10.0


def honest_range(probability: float, points: int, past: Record) -> tuple[float, float]:
    """The range that holds the true chance in about 80 of 100 cases.

    Args:
        probability: as it was computed, 0…1.
        points: usable points of the history.
        past: the record as far ahead as the question.

    Method: a history of n points knows a chance as well as n ÷ 6 cases of the event would (a beta distribution); that weight
        was fixed on simulated walks, noise, autoregressions, seasons and trends of 12 to 60 points, whose true chances are
        known and lie inside in 82 % of all cases.  Where the record of such probabilities was off, the range is stretched
        towards what came true, by the number of past forecasts.

    Assumptions: a chance that is certain for a reason is not asked for.
    """
    cases = max(points / POINTS_A_CASE, 1.0)
    shown = min(max(probability + miss(probability, past), 0.001), 0.999)
    own = min(max(probability, 0.001), 0.999)
    ends = [float(betaincinv(cases * centre, cases * (1 - centre), edge)) for centre in (own, shown) for edge in (0.1, 0.9)]
    return min(*ends, probability), max(*ends, probability)


def miss(probability: float, past: Record) -> float:
    """By how much such probabilities fell short of what came true, −1…1, shrunken by how few they were.

    Assumptions: groups count the less the farther they are, none beyond 25 points; the five targets of an origin are one case,
        and forecasts h periods ahead from neighbouring origins share most of what happens (1 ÷ .6 h).
    """
    weights = [_nearness(group, probability) * group.count for group in past.reliability]
    total = sum(weights)
    if total == 0:
        return 0.0
    off = _weighted(weights, past.reliability) / total
    cases = total / _TARGETS / max(1.0, _OVERLAP * past.horizon)
    return off * cases / (cases + _CASES_TO_BELIEVE)


def _nearness(group: ReliabilityBin, probability: float) -> float:
    return max(0.0, 1 - abs(group.predicted - probability) / _NEAR)


def _weighted(weights: Sequence[float], groups: Sequence[ReliabilityBin]) -> float:
    return sum(weight * (group.observed - group.predicted) for weight, group in zip(weights, groups, strict=True))
