"""In which currency a file says that its amounts are: never two of them in one, and never another than the workspace's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cs_planning.errors import Problem
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.names.headers import header_key
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.currency import ANOTHER_CURRENCY, Currency, currency_written
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import listed_texts, text

_LOOKED_AT = 200
_LISTED = 5
_OF_CURRENCIES = frozenset({"currency", "currency code", "iso currency", "通貨", "通貨コード", "通貨単位"})


@dataclass(frozen=True)
class NamedCurrency:
    """The currency of the amounts of a file.

    Attributes:
        code: that they are in (ISO 4217).
        named: the one that the file names, None where it names none.
        problem: why they can't be taken: several currencies, or another one than the workspace counts in.
    """

    code: str
    named: str | None = None
    problem: Problem | None = None


def currency_of(words: Iterable[tuple[str, str]], table: Table, currency: Currency) -> NamedCurrency:
    """The currency of amounts, as what stands about them names it, else that of the workspace.

    Args:
        words: what may name it, with its column, the most telling first; see `words_about`.
        table: the file.
        currency: of the workspace; a usual one that nobody chose gives way to what the file says.
    """
    said: dict[str, str] = {}
    for column, written in words:
        code = currency_written(written, next(iter(said), currency.code))
        if code is not None:
            said.setdefault(code, column)
    code, column = next(iter(said.items()), (currency.code, ""))
    if len(said) > 1:
        return NamedCurrency(code, code, _several(said, table))
    if currency.is_chosen and code != currency.code:
        return NamedCurrency(code, code, _another(code, column, currency, table))
    return NamedCurrency(code, next(iter(said), None))


def words_about(
    columns: Sequence[str], table: Table, mapping: ColumnRoles, rows: np.ndarray | None = None
) -> Iterator[tuple[str, str]]:
    """What may name the currency of amounts, with its column: headers first, then units, a column of currencies, the cells.

    Args:
        columns: those of the amounts.
        table: the file.
        mapping: what its columns mean.
        rows: line numbers of the amounts; all rows when None.
    """
    entries = [entry for role in (Role.UNIT, Role.VALUE, Role.COST) for entry in mapping.all_with(role)]
    named = [name for name in table.frame.columns if header_key(name) in _OF_CURRENCIES]
    there = [name for name in dict.fromkeys([*named, *(entry.column for entry in entries), *columns]) if name in table.frame]
    yield from ((name, name) for name in dict.fromkeys((*columns, *there)))
    frame = table.frame.iloc[:_LOOKED_AT]
    if rows is not None:
        frame = table.frame.iloc[np.flatnonzero(np.isin(table.rows, rows[:_LOOKED_AT]))]
    for name in there:
        yield from ((name, str(cell)) for cell in frame[name].dropna().unique())


def currency_not_named(code: str, columns: Sequence[str]) -> QualityFinding:
    """The finding that a file with amounts names no currency.

    Args:
        code: in which they were taken.
        columns: those of the amounts.
    """
    return QualityFinding(
        rule="currency_not_named",
        severity=Severity.NOTICE,
        message=text("The file names no currency: its amounts were taken as {currency}.", currency=code),
        consequence=text("Nothing is converted: amounts in another currency would be written as {currency}.", currency=code),
        remedy=text(
            "If that is right, nothing to do. Else choose the currency in the settings (on the command line: --currency EUR), "
            "or write it in the header, such as Cost (EUR)."
        ),
        sample_values=tuple(columns[:_LISTED]),
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
