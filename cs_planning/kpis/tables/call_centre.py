"""Call-centre statistics by day or longer → points of volume, abandonment, speed of answer and service level."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE, kpi_named
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported, QualityFinding, Severity
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.tables.cells import described, numbers_in_unit, scope_of, table_periods
from cs_planning.kpis.tables.points import Cells, imported_points
from cs_planning.language import text


def convert_call_centre(table: Table, mapping: Mapping, calendar: ServiceCalendar, today: date) -> Imported:
    """The points of call-centre statistics.

    Volumes are counts; abandonment is abandoned ÷ offered and completion handled ÷ offered, with the offered as sample size;
    speed of answer is weighted by the handled, the service level by the offered.  So longer periods are made exactly.

    Raises:
        ImportProblems: as for tables of KPIs.
    """
    problems: list[Problem] = list(table.broken)
    starts, explicit = table_periods(table, mapping, today, problems)
    series: list[Cells] = []
    too_many = np.zeros(0, dtype=np.int64)
    for scope, places in scope_of(table, mapping):
        rows, here = table.rows[places], starts.iloc[places].reset_index(drop=True)

        def read(role: Role, id: str, places: np.ndarray = places) -> np.ndarray | None:
            entry = mapping.find(role)
            return None if entry is None else numbers_in_unit(table, entry, kpi_named(id), problems, places)

        offered = read(Role.OFFERED, "contact_volume")
        assert offered is not None
        handled, abandoned = read(Role.HANDLED, "handled_volume"), read(Role.ABANDONED, "contact_volume")
        in_time = read(Role.ANSWERED_IN_TIME, "contact_volume")
        answered = (
            handled if handled is not None else offered - abandoned if abandoned is not None else np.full(len(rows), np.nan)
        )
        found: list[tuple[str, Role, np.ndarray, np.ndarray]] = [("contact_volume", Role.OFFERED, offered, offered)]
        if handled is not None:
            found.append(("handled_volume", Role.HANDLED, handled, handled))
            found.append(("completion_rate", Role.HANDLED, _share(handled, offered), offered))
            too_many = np.concatenate([too_many, rows[handled > offered]])
        if abandoned is not None:
            found.append(("abandonment_rate", Role.ABANDONED, _share(abandoned, offered), offered))
            too_many = np.concatenate([too_many, rows[abandoned > offered]])
        for role, kpi_id, weights in (
            (Role.ASA, "asa_mean", answered),
            (Role.SERVICE_LEVEL, "service_level", offered),
            (Role.HANDLE_TIME, "aht_mean", answered),
        ):
            values = read(role, kpi_id)
            if values is not None:
                found.append((kpi_id, role, values, weights))
        if in_time is not None and not any(kpi_id == "service_level" for kpi_id, *_ in found):
            found.append(("service_level", Role.ANSWERED_IN_TIME, _share(in_time, offered), offered))
        for kpi_id, role, values, weights in found:
            entry = mapping.find(role)
            series.append(
                Cells(
                    SeriesKey(kpi_id, scope), CATALOGUE[kpi_id], entry.column if entry else kpi_id, rows, here, values, weights
                )
            )
        for entry in mapping.all_with(Role.KPI):
            kpi = described(entry.kpi or entry.column, entry.measure)
            values = numbers_in_unit(table, entry, kpi, problems, places)
            series.append(Cells(SeriesKey(kpi.id, scope), kpi, entry.column, rows, here, values, np.full(len(rows), np.nan)))
    return imported_points(table, mapping, series, explicit, calendar, today, problems, _more_than_offered(too_many))


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """`part` ÷ `whole` in percent; missing where nothing was offered or more is counted than offered."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, 100 * part / whole, np.nan)
    return np.where(share > 100, np.nan, share)


def _more_than_offered(rows: np.ndarray) -> tuple[QualityFinding, ...]:
    if not len(rows):
        return ()
    return (
        QualityFinding(
            rule="more_than_offered",
            severity=Severity.WARNING,
            message=text("In {count} rows more contacts were handled or abandoned than offered.", count=len(pd.unique(rows))),
            consequence=text("Their shares can't be computed and are left out."),
            remedy=text("Check whether contacts of the day before are counted, or which columns are mapped."),
            count=len(pd.unique(rows)),
            sample_rows=tuple(int(row) for row in rows[:5]),
        ),
    )
