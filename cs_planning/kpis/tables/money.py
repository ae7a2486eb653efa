"""In which currency a table says that its amounts are: never two of them in one, and never another than the workspace's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cs_planning.errors import Problem
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.columns.headers import header_key
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.currency import ANOTHER_CURRENCY, Currency, currency_written
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.tables.points import Cells
from cs_planning.language import listed_texts, text

_LOOKED_AT = 200
_LISTED = 5
_OF_CURRENCIES = frozenset({"currency", "currency code", "iso currency", "通貨", "通貨コード", "通貨単位"})


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
    said: dict[str, str] = {}
    for cells in amounts:
        for column, words in _words_about(cells, table, mapping):
            code = currency_written(words, next(iter(said), currency.code))
            if code is not None:
                said.setdefault(code, column)
    if len(said) > 1:
        problems.append(_several(said, table))
        return Amounts(tuple(series))
    code, column = next(iter(said.items()), (currency.code, ""))
    if currency.is_chosen and code != currency.code:
        problems.append(_another(code, column, currency, table))
    settled = tuple(replace(cells, kpi=cells.kpi.in_currency(code)) for cells in series)
    return Amounts(settled, next(iter(said), None), () if said or not _has_amounts(amounts) else (_unnamed(code, amounts),))


def _words_about(cells: Cells, table: Table, mapping: ColumnRoles) -> Iterator[tuple[str, str]]:
    """What may name the currency of a series, with its column: headers first, then units, a column of currencies, the cells."""
    entries = [entry for role in (Role.UNIT, Role.VALUE, Role.COST) for entry in mapping.all_with(role)]
    named = [name for name in table.frame.columns if header_key(name) in _OF_CURRENCIES]
    columns = [
        name for name in dict.fromkeys([*named, *(entry.column for entry in entries), cells.column]) if name in table.frame
    ]
    yield from ((name, name) for name in dict.fromkeys((cells.column, *columns)))
    places = np.flatnonzero(np.isin(table.rows, cells.rows[:_LOOKED_AT]))
    for name in columns:
        yield from ((name, str(cell)) for cell in table.frame[name].iloc[places].dropna().unique())


def _has_amounts(series: Sequence[Cells]) -> bool:
    return any(np.isfinite(cells.values).any() for cells in series)


def _unnamed(code: str, amounts: Sequence[Cells]) -> QualityFinding:
    columns = tuple(dict.fromkeys(cells.column for cells in amounts))
    return QualityFinding(
        rule="currency_not_named",
        severity=Severity.NOTICE,
        message=text("The file names no currency: its amounts were taken as {currency}.", currency=code),
        consequence=text("Nothing is converted: amounts in another currency would be written as {currency}.", currency=code),
        remedy=text(
            "If that is right, nothing to do. Else choose the currency in the settings (on the command line: --currency EUR), "
            "or write it in the header, such as Cost (EUR)."
        ),
        sample_values=columns[:_LISTED],
        column=columns[0],
    )


def _several(said: dict[str, str], table: Table) -> Problem:
    return Problem(
        message=text("Amounts of this file are in several currencies: {currencies}.", currencies=listed_texts(list(said))),
        remedy=text("Keep those of one currency in the file, or convert them first: nothing is added up across currencies."),
        row=table.header_row,
        column=next(iter(said.values())),
        value=", ".join(said),
    )


def _another(code: str, column: str, currency: Currency, table: Table) -> Problem:
    return Problem(
        message=text(
            "The amounts in {column} are in {found}, but {own} is counted in.", column=column, found=code, own=currency.code
        ),
        remedy=text(
            "Convert the amounts to {own} first, or choose {found} as the currency in the settings (on the command line: "
            "--currency {found}). Nothing is converted or mixed by itself.",
            own=currency.code,
            found=code,
        ),
        field=ANOTHER_CURRENCY,
        row=table.header_row,
        column=column,
        value=code,
    )
