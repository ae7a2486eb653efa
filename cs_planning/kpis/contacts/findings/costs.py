"""In which currency the costs of contacts are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cs_planning.errors import Problem
from cs_planning.kpis.catalogue import Kpi, kpi_named
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.currencies import currency_not_named, currency_of, words_about
from cs_planning.kpis.findings.imported import QualityFinding

_OF_COSTS = ("service_cost",)
"""The KPIs that the costs of contacts give."""


@dataclass(frozen=True)
class Costs:
    """The currency of the costs in a log of contacts.

    Attributes:
        kpis: of the costs, in their currency, by id; none where the log has no costs.
        named: the currency that the log names (ISO 4217), None where it names none or has no costs.
        problems: why the costs can't be counted in the currency of the workspace.
        findings: that it names none.
    """

    kpis: Mapping[str, Kpi] = field(default_factory=dict)
    named: str | None = None
    problems: tuple[Problem, ...] = ()
    findings: tuple[QualityFinding, ...] = ()


def costs_of(table: Table, mapping: ColumnRoles, currency: Currency) -> Costs:
    """The currency of the costs in a log, or in the first rows of a large one.

    Args:
        table: its cells.
        mapping: what its columns mean.
        currency: of the workspace; a usual one that nobody chose gives way to what the log says.
    """
    entry = mapping.find(Role.COST)
    if entry is None:
        return Costs()
    found = currency_of(words_about([entry.column], table, mapping), table, currency)
    findings = () if found.named else (currency_not_named(found.code, [entry.column]),)
    kpis = {kpi: kpi_named(kpi).in_currency(found.code) for kpi in _OF_COSTS}
    return Costs(kpis, found.named, () if found.problem is None else (found.problem,), findings)
