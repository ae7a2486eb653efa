"""What the trade says that service is worth, each saying with where it comes from; nothing is computed with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.language import Text, text


@dataclass(frozen=True)
class WorthClaim:
    """A figure that the trade repeats about what service is worth.

    Attributes:
        id: short.
        kpis: the KPI families beside which it is told.
        statement: the figure in words.
        source: where it comes from and how far it carries.
    """

    id: str
    kpis: frozenset[str]
    statement: Text
    source: Text

    @property
    def words(self) -> Text:
        """Figure and source in one, called a claim."""
        return text("Claim of the trade: {statement} {source}", statement=self.statement, source=self.source)


WORTH_CLAIMS: tuple[WorthClaim, ...] = (
    WorthClaim(
        "winning_costs_more",
        frozenset({"retention_rate", "churn_rate"}),
        text("Winning a customer costs 5 to 25 times as much as keeping one."),
        text(
            "From an article by Amy Gallo in the Harvard Business Review (2014), which names a range by study and industry and "
            "no study; quoted second hand. Compare what winning and keeping cost you."
        ),
    ),
    WorthClaim(
        "loyal_spend_more",
        frozenset({"repeat_purchase_rate", "lifetime_value"}),
        text("Loyal customers spend 67 % more."),
        text(
            "From a survey by Bain & Company and Mainspring (about 2000) of people who bought clothes online: their 31st to "
            "36th month against their first six; quoted second hand. Those who stay so long were no average customers before."
        ),
    ),
    WorthClaim(
        "experience_raises_spending",
        frozenset({"csat", "csat_score", "revenue"}),
        text("A good experience raises spending by up to 140 %."),
        text(
            "From an article by Peter Kriss in the Harvard Business Review (2014) on customers who buy again and again: the "
            "best experiences against the poorest; quoted second hand. It compares customers and shows no effect."
        ),
    ),
)
"""The published claims about the worth of service."""


def claims_about(kpis: Iterable[str]) -> tuple[WorthClaim, ...]:
    """The claims that belong beside some KPIs, each once.

    Args:
        kpis: ids of KPIs or written series.
    """
    families = {kpi_family(kpi) for kpi in kpis}
    return tuple(claim for claim in WORTH_CLAIMS if claim.kpis & families)
