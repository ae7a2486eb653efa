"""What past forecasts of a series were worth, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import bdtr, bdtrc

from cs_planning.errors import CannotForecast
from cs_planning.language import Text, ntext, text
from cs_planning.language.values import Percent

FEWEST_TO_WITHHOLD = 12
"""With fewer past forecasts a bad record may be bad luck, and the number is said with its verdict."""
_EQUAL_SKILL = 0.05
_BRIER_OF_A_COIN = 0.25
_UNUSUAL = 0.025
"""How rarely right ranges catch so few, or so many, outcomes that they are called too narrow or too wide."""
_MISJUDGED, _MISJUDGED_ERRORS = 0.15, 2.6
"""How far, and by how many standard errors, one of five groups has to be off: with normal errors one record in twenty is."""
_OVERLAP = 0.6


class PoorRecord(CannotForecast):
    """Past forecasts were worse than assuming no change, so that no probability is said."""


class Skill(StrEnum):
    """How past probabilities compare with those of a random walk, as far as their number tells."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True)
class ReliabilityBin:
    """Past probabilities of about the same size: their mean, the share that came true, and their number."""

    predicted: float
    observed: float
    count: int


@dataclass(frozen=True)
class Record:
    """How past forecasts of a series did, `horizon` periods ahead.

    Attributes:
        horizon: periods ahead.
        forecasts: how many past origins were forecast; 0 when there is too little history.
        brier: mean squared error of our probabilities on standard targets; lower is better.
        brier_random_walk: the same of a random walk with normal steps.
        coverage80, coverage95: share of outcomes inside our intervals.
        reliability: probabilities in five groups.
        reason: why there is no record, where there is none.
        gain_error: standard error of `brier_random_walk` − `brier`, 0 where it is not known.
    """

    horizon: int
    forecasts: int
    brier: float = float("nan")
    brier_random_walk: float = float("nan")
    coverage80: float = float("nan")
    coverage95: float = float("nan")
    reliability: tuple[ReliabilityBin, ...] = ()
    reason: Text | None = None
    gain_error: float = 0.0

    @property
    def skill(self) -> float:
        """1 − Brier ÷ Brier of the random walk: above 0 the forecast knows more than "no change"."""
        return 1.0 - self.brier / self.brier_random_walk if self.brier_random_walk > 0 else float("nan")

    @property
    def compared(self) -> Skill:
        """Better or worse than "no change" only by more than the standard error of the difference, and by more than .05."""
        if not np.isfinite(self.skill):
            return Skill.SAME
        margin = max(_EQUAL_SKILL, self.gain_error / self.brier_random_walk)
        return Skill.BETTER if self.skill > margin else Skill.WORSE if self.skill < -margin else Skill.SAME

    @property
    def is_poor(self) -> bool:
        """Whether enough past forecasts were worse than assuming no change, so that no probability is said."""
        return self.forecasts >= FEWEST_TO_WITHHOLD and self.compared is Skill.WORSE

    @property
    def is_proven(self) -> bool:
        """Whether nothing says that past forecasts knew no more than that nothing changes; so it is without any."""
        return not self.forecasts or (self.compared is Skill.BETTER and self.brier <= _BRIER_OF_A_COIN)

    @property
    def misjudged(self) -> ReliabilityBin | None:
        """The group whose probabilities were farthest from what came true, where chance hardly explains it.

        Assumptions: of one origin's targets that fall into a group one counts, and of overlapping horizons 1 ÷ .6 h.
        """
        worst, most = None, 0.0
        for group in self.reliability:
            cases = min(group.count, self.forecasts) / max(1.0, _OVERLAP * self.horizon)
            expected = min(max(group.predicted, 0.05), 0.95)
            off = abs(group.observed - group.predicted)
            errors = off / float(np.sqrt(expected * (1 - expected) / cases))
            if off >= _MISJUDGED and errors > max(most, _MISJUDGED_ERRORS):
                worst, most = group, errors
        return worst

    def phrase(self) -> Text:
        """The record in one phrase, misses first."""
        if self.reason is not None or not self.forecasts:
            return text("no past forecasts this far ahead yet")
        hits = round(self.coverage80 * self.forecasts)
        if self._ranges_are_too_narrow(hits):
            ranges = text("ranges too narrow: {hits} of {count} inside", hits=hits, count=self.forecasts)
        elif self._ranges_are_too_wide(hits):
            ranges = text("ranges too wide: {hits} of {count} inside", hits=hits, count=self.forecasts)
        else:
            ranges = text("{hits} of {count} inside the 80 % range", hits=hits, count=self.forecasts)
        verdict = text("{ranges}; {verdict}", ranges=ranges, verdict=self._verdict())
        group = self.misjudged
        if group is None:
            return verdict
        return text(
            "what was said with {said} came true in {seen}; {rest}",
            said=Percent(share=group.predicted),
            seen=Percent(share=group.observed),
            rest=verdict,
        )

    def _verdict(self) -> Text:
        if self.brier > _BRIER_OF_A_COIN:
            return text("worse than a coin")
        return {
            Skill.BETTER: text("better than assuming no change"),
            Skill.SAME: text("no better than assuming no change"),
            Skill.WORSE: text("worse than assuming no change"),
        }[self.compared]

    def words(self) -> Text:
        """The record as a manager would say it."""
        if self.reason is not None:
            return self.reason
        hits = round(self.coverage80 * self.forecasts)
        facts = ntext(
            "In {count} past forecast the outcome fell inside the 80 % range {hits} times",
            "In {count} past forecasts the outcome fell inside the 80 % range {hits} times",
            self.forecasts,
            hits=hits,
        )
        verdict = text("its probabilities were {verdict}", verdict=self._verdict())
        if self._ranges_are_too_narrow(hits):
            return text("{facts}: the ranges were too narrow; {verdict}.", facts=facts, verdict=verdict)
        if self._ranges_are_too_wide(hits):
            return text("{facts}: the ranges were too wide; {verdict}.", facts=facts, verdict=verdict)
        return text("{facts}; {verdict}.", facts=facts, verdict=verdict)

    def _ranges_are_too_narrow(self, hits: int) -> bool:
        return bool(bdtr(hits, self.forecasts, 0.8) < _UNUSUAL)

    def _ranges_are_too_wide(self, hits: int) -> bool:
        return bool(bdtrc(hits - 1, self.forecasts, 0.8) < _UNUSUAL)


def require_good_enough(past: Record, name: Text) -> None:
    """Lets a number be said unless enough past forecasts were worse than assuming no change.

    Args:
        past: the record as far ahead as the question.
        name: of the series.

    Raises:
        PoorRecord: they were.
    """
    if past.is_poor:
        raise PoorRecord(
            text(
                "{count} past forecasts of {series} did too badly for a probability to be said: {phrase}.",
                count=past.forecasts,
                series=name,
                phrase=past.phrase(),
            ),
            text("Mark on the page “Forecast” what happened to this KPI, or look at it in longer periods."),
        )
