"""Tables of costs → the cost of the service by period, kind of cost, team and channel; with contacts, the cost of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE, Kpi
from cs_planning.kpis.cells.numbers import is_missing
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.guesses.guess import Guess
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.names.headers import cost_words, header_key, read_header, role_of
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported, QualityFinding, Severity
from cs_planning.kpis.series import SeriesKey, check_frame
from cs_planning.kpis.tables.cells import numbers_in_unit, table_periods
from cs_planning.kpis.tables.money import with_currency
from cs_planning.kpis.tables.points import Cells, imported_points
from cs_planning.language import ntext

_SURE = 0.93
_FEW_CATEGORIES = 60


def guess_costs(table: Table, looks: Mapping[str, Column]) -> Guess | None:
    """The table as one of costs: every column of numbers is an amount of money."""
    kinds, totals = cost_words()
    roles: dict[str, Role] = {}
    amounts: list[str] = []
    for name, look in looks.items():
        known = role_of(name, "generic_costs")
        words = read_header(name)
        if known is not None and known[0] is Role.PERIOD and look.share_periods >= 0.6 and Role.PERIOD not in roles.values():
            roles[name] = Role.PERIOD
        elif look.is_number:
            is_kind = (
                words.name in kinds or words.plain in kinds or words.name.removesuffix(" cost").removesuffix(" costs") in kinds
            )
            if (known is not None and known[0] is Role.COST) or is_kind or words.plain in totals:
                amounts.append(name)
            elif header_key(name) not in ("id", "no", "nr", "番号"):
                return None
        elif known is not None and known[0] in (Role.COST_CATEGORY, Role.CHANNEL, Role.TEAM):
            roles.setdefault(name, known[0])
    single = [name for name in amounts if read_header(name).plain not in totals]
    amounts = single if single else amounts[:1]
    if Role.PERIOD not in roles.values() or not amounts:
        return None
    has_parts = len(amounts) > 1 or bool(set(roles.values()) - {Role.PERIOD})
    return Guess(Kind.COSTS, roles | dict.fromkeys(amounts, Role.COST), _SURE if has_parts else 0.5)


def convert_costs(table: Table, mapping: ColumnRoles, calendar: ServiceCalendar, today: date, currency: Currency) -> Imported:
    """The points of a table of costs: `service_cost` in all, and of each kind of cost, team and channel.

    Raises:
        ImportProblems: as for tables of KPIs.
    """
    problems: list[Problem] = list(table.broken)
    starts, explicit = table_periods(table, mapping, calendar.year_starts_in, problems)
    kpi = CATALOGUE["service_cost"]
    lines = pd.concat(
        [
            pd.DataFrame(
                {
                    "start": starts.to_numpy(),
                    "row": table.rows,
                    "amount": numbers_in_unit(table, entry, kpi, problems),
                    **_parts(table, mapping, entry.column),
                }
            )
            for entry in mapping.all_with(Role.COST)
        ],
        ignore_index=True,
    ).dropna(subset=["amount"])
    series = [_cells(SeriesKey("service_cost"), kpi, lines)]
    for dimension in ("category", "team", "channel"):
        names = list(lines[dimension].dropna().unique()[:_FEW_CATEGORIES]) if dimension in lines else []
        series += [
            _cells(SeriesKey("service_cost", ((dimension, str(name)),)), kpi, lines[lines[dimension] == name]) for name in names
        ]
    amounts = with_currency(series, table, mapping, currency, problems)
    findings = (*amounts.findings, *_gaps(lines))
    found = imported_points(table, mapping, amounts.series, explicit, calendar, today, problems, findings)
    return replace(found, currency=amounts.named)


def cost_per_contact(points: pd.DataFrame) -> pd.DataFrame:
    """Service cost ÷ contacts, of the whole and of every part that has both, for each period.

    Args:
        points: a series frame of one rhythm.

    Returns: a series frame with `cost_per_contact` alone, its sample size the contacts; empty where either is not there.
    """
    keys = {name: SeriesKey.parse(str(name)) for name in points["series"].unique()}
    costs = {key.scope: name for name, key in keys.items() if key.kpi == "service_cost"}
    volumes = {key.scope: name for name, key in keys.items() if key.kpi == "contact_volume"}
    frames = []
    for scope in costs.keys() & volumes.keys():
        cost = points[points["series"] == costs[scope]].set_index("period")["value"]
        contacts = points[points["series"] == volumes[scope]].set_index("period")["value"]
        both = pd.DataFrame({"cost": cost, "sample_size": contacts}).dropna()
        both = both[both["sample_size"] > 0]
        if len(both):
            value = both["cost"] / both["sample_size"]
            made = both.assign(value=value, series=str(SeriesKey("cost_per_contact", scope))).rename_axis("period")
            frames.append(made.reset_index()[["series", "period", "value", "sample_size"]])
    return check_frame(pd.concat(frames, ignore_index=True) if frames else points.iloc[:0])


def _parts(table: Table, mapping: ColumnRoles, amount: str) -> dict[str, object]:
    parts: dict[str, object] = {}
    for role, name in ((Role.COST_CATEGORY, "category"), (Role.TEAM, "team"), (Role.CHANNEL, "channel")):
        entry = mapping.find(role)
        if entry is not None:
            cells = table.frame[entry.column].astype("str").str.strip()
            parts[name] = cells.where(~cells.map(is_missing)).to_numpy(object)
    if "category" not in parts and len(mapping.all_with(Role.COST)) > 1:
        parts["category"] = amount
    return parts


def _cells(key: SeriesKey, kpi: Kpi, lines: pd.DataFrame) -> Cells:
    sums = lines.groupby("start", sort=True).agg(amount=("amount", "sum"), row=("row", "first"), count=("row", "size"))
    return Cells(
        key,
        kpi,
        "service_cost",
        sums["row"].to_numpy(),
        pd.Series(sums.index),
        sums["amount"].to_numpy(float),
        sums["count"].to_numpy(float),
    )


def _gaps(lines: pd.DataFrame) -> Iterator[QualityFinding]:
    """Kinds of cost that are not there in some periods, although they are before and after them."""
    if "category" not in lines:
        return
    periods = np.sort(lines["start"].dropna().unique())
    for name, part in lines.groupby("category", sort=True):
        there = np.isin(periods, part["start"].unique())
        inner = np.flatnonzero(there)
        missing = periods[inner[0] : inner[-1] + 1][~there[inner[0] : inner[-1] + 1]]
        if len(missing):
            yield QualityFinding(
                rule="cost_missing",
                severity=Severity.WARNING,
                message=ntext(
                    "“{category}” has no cost in {count} period between others.",
                    "“{category}” has no cost in {count} periods between others.",
                    len(missing),
                    category=str(name),
                ),
                consequence=ntext(
                    "The total of this period, and the cost per contact, are too low.",
                    "The total of these periods, and the cost per contact, are too low.",
                    len(missing),
                ),
                remedy=ntext(
                    "Add the missing amount, or enter 0 if nothing was spent.",
                    "Add the missing amounts, or enter 0 where nothing was spent.",
                    len(missing),
                ),
                count=len(missing),
                sample_values=tuple(str(pd.Timestamp(day).date()) for day in missing[:5]),
                column=str(name),
            )
