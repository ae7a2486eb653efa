"""How far a measured value can be from what everybody would have said, by the number of answers that it rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from cs_planning.kpis.catalogue import Aggregation, Kpi

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A range in the unit of the KPI.

    Attributes:
        low, high: its ends.
        is_enough: whether the sample reaches the KPI's minimum; below it the value is noise.
    """

    low: float
    high: float
    is_enough: bool


def interval_of(kpi: Kpi, value: float, sample_size: float, confidence: float = CONFIDENCE) -> Interval | None:
    """The range that holds the value of the whole with the given confidence; None where the sample does not say.

    A share gets Wilson's interval.  A mean on a bounded scale (NPS, CES, scores) gets the same on its scale, the widest that
    its value allows: on a scale from l to u no answers with mean m vary more than (m - l)(u - m), and they do when all of
    them are at the ends.  So it is never too narrow for want of the single answers; with them it would be narrower.

    Args:
        kpi: what was measured; its bounds are those of the scale.
        value: in the KPI's unit.
        sample_size: answers or contacts that it rests on.
        confidence: between 0 and 1.

    Not valid when: the answers are those of a chosen few, or the same people answer many times.

    Source: Wilson (1927); Bhatia and Davis (2000) for the variance on a bounded scale.
    """
    if not (math.isfinite(value) and math.isfinite(sample_size) and sample_size > 0):
        return None
    if kpi.aggregation is not Aggregation.WEIGHTED_MEAN or kpi.lower is None or kpi.upper is None:
        return None
    if not kpi.lower <= value <= kpi.upper:
        return None
    is_enough = sample_size >= kpi.minimum_sample
    width = kpi.upper - kpi.lower
    low, high = wilson((value - kpi.lower) / width, sample_size, confidence)
    return Interval(kpi.lower + width * low, kpi.lower + width * high, is_enough)


def wilson(share: float, sample_size: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's interval of a share.

    Args:
        share: between 0 and 1.
        sample_size: of the sample, above 0.
        confidence: between 0 and 1.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    weight = z * z / sample_size
    centre = (share + weight / 2) / (1 + weight)
    half = z * math.sqrt(share * (1 - share) / sample_size + weight / (4 * sample_size)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)
