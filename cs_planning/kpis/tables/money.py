"""The amounts of tables in the currency that the file names, else in that of the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cs_planning.errors import Problem
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.currencies import currency_not_named, currency_of, words_about
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.tables.points import Cells


@dataclass(frozen=True)
class Amounts:
    """The series of a table after its currency was settled.

    Attributes:
        series: all of them, those of money in their currency.
        named: the currency that the table names (ISO 4217), None where it names none.
        findings: that it names none, where there are amounts.
    """

    series: tuple[Cells, ...]
    named: str | None = None
    findings: tuple[QualityFinding, ...] = ()


def with_currency(
    series: Sequence[Cells], table: Table, mapping: ColumnRoles, currency: Currency, problems: list[Problem]
) -> Amounts:
    """The series with their amounts in the currency that the table names, else in that of the workspace.

    Args:
        series: of the table.
        table: its headers and cells may name a currency.
        mapping: what its columns mean.
        currency: of the workspace; a usual one that nobody chose gives way to what the table says.
        problems: gets one where the table names several currencies, or another one than the workspace counts in.
    """
    amounts = [cells for cells in series if cells.kpi.unit is Unit.MONEY]
    found = currency_of(_words_about(amounts, table, mapping), table, currency)
    if found.problem is not None:
        problems.append(found.problem)
    settled = tuple(replace(cells, kpi=cells.kpi.in_currency(found.code)) for cells in series)
    columns = tuple(dict.fromkeys(cells.column for cells in amounts))
    has_amounts = any(np.isfinite(cells.values).any() for cells in amounts)
    unnamed = (currency_not_named(found.code, columns),) if has_amounts and found.named is None else ()
    return Amounts(settled, found.named, unnamed)


def _words_about(amounts: Sequence[Cells], table: Table, mapping: ColumnRoles) -> Iterator[tuple[str, str]]:
    for cells in amounts:
        yield from words_about([cells.column], table, mapping, cells.rows)
