"""What the SMART check says about a goal: one or more findings for each letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from cs_planning.language import Text, text


class Letter(StrEnum):
    """The five letters of SMART."""

    SPECIFIC = "S"
    MEASURABLE = "M"
    ACHIEVABLE = "A"
    RELEVANT = "R"
    TIME_BOUND = "T"

    @property
    def label(self) -> Text:
        """The letter's word."""
        return {
            "S": text("Specific"),
            "M": text("Measurable"),
            "A": text("Achievable"),
            "R": text("Relevant"),
            "T": text("Time-bound"),
        }[self.value]


class Verdict(StrEnum):
    """How a letter stands."""

    PASS = "pass"  # noqa: S105 - a letter stands, nothing is hidden
    WARN = "warn"
    FAIL = "fail"


class Finding(BaseModel):
    """One judgement on one letter.

    Attributes:
        rule: a stable name of the rule, such as `measurable.no_data`.
        message: what was found and why it matters.
        suggestion: what to write or change; empty when the letter passes.
        fix: field values that a click would set, by field name of the goal.
    """

    model_config = ConfigDict(frozen=True)

    letter: Letter
    verdict: Verdict
    rule: str
    message: Text
    suggestion: Text | None = None
    fix: Mapping[str, Any] = {}


def found(
    letter: Letter,
    verdict: Verdict,
    rule: str,
    message: Text,
    suggestion: Text | None = None,
    fix: Mapping[str, Any] | None = None,
) -> Finding:
    """A `Finding`, written short."""
    return Finding(letter=letter, verdict=verdict, rule=rule, message=message, suggestion=suggestion, fix=fix or {})


def worst_of(findings: Iterable[Finding]) -> Verdict:
    """The worst verdict among `findings`; pass when there are none."""
    verdicts = {finding.verdict for finding in findings}
    return next((verdict for verdict in (Verdict.FAIL, Verdict.WARN) if verdict in verdicts), Verdict.PASS)
