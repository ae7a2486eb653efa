"""The SMART check: one function per letter, each with at least one finding."""

from __future__ import annotations

from cs_planning.goals.finding import Finding
from cs_planning.goals.goal import Goal
from cs_planning.goals.smart.achievable import achievable
from cs_planning.goals.smart.evidence import Evidence
from cs_planning.goals.smart.measurable import measurable
from cs_planning.goals.smart.relevant import relevant
from cs_planning.goals.smart.specific import specific
from cs_planning.goals.smart.time_bound import time_bound
from cs_planning.goals.smart.touched import touched

__all__ = ["Evidence", "achievable", "check_smart", "measurable", "relevant", "specific", "time_bound", "touched"]


def check_smart(goal: Goal, evidence: Evidence) -> tuple[Finding, ...]:
    """What is to be said about `goal`, letter by letter in the order S M A R T, at least one finding for each.

    Args:
        goal: a draft or a running goal; anything may be missing.
        evidence: what is known around it.
    """
    letters = (specific, measurable, achievable, relevant, time_bound)
    return tuple(finding for letter in letters for finding in letter(goal, evidence))
