"""A figure of the trade is called a claim and has its source wherever it is told."""

import re

from cs_planning.goals.objectives.claims import WORTH_CLAIMS, claims_about
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.kpis.catalogue import CATALOGUE
from tests.catalogues import template

_FIGURES = re.compile(r"\b(67|140) %|\b5 (to|–) ?25\b")


def test_every_figure_of_the_trade_about_the_worth_of_service_stands_in_a_claim_with_its_source():
    told = {message.id for message in template() if isinstance(message.id, str) and _FIGURES.search(message.id)}
    assert told == {claim.statement.source for claim in WORTH_CLAIMS}
    for claim in WORTH_CLAIMS:
        assert str(claim.words).startswith("Claim of the trade: ")
        assert "second hand" in str(claim.source)
        assert str(claim.source) in str(claim.words)


def test_a_claim_is_told_once_beside_the_kpis_that_it_is_about():
    assert [one.id for one in claims_about(["retention_rate", "churn_rate|channel=email"])] == ["winning_costs_more"]
    assert [one.id for one in claims_about(["lifetime_value", "csat"])] == ["loyal_spend_more", "experience_raises_spending"]
    assert claims_about(["frt_median", "backlog"]) == ()


def test_claims_name_kpis_of_the_catalogue_or_revenue():
    families = {kpi_family(kpi) for kpi in CATALOGUE} | {"revenue"}
    assert all(claim.kpis <= families for claim in WORTH_CLAIMS)
