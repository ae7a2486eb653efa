"""What a file could be when no known helpdesk wrote it: one guess for each kind of rows."""

from __future__ import annotations

from collections.abc import Mapping

from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.guesses.guess import Guess
from cs_planning.kpis.columns.guesses.of_contacts import calls, events, surveys, tickets
from cs_planning.kpis.columns.guesses.of_figures import call_centre, long_kpi_table, turned_kpi_table, wide_kpi_table
from cs_planning.kpis.files.table import Table


def generic_guesses(table: Table, looks: Mapping[str, Column], order: DateOrder) -> list[Guess]:
    """Every kind of rows that the table could hold, in no particular order.

    Args:
        table: the file's cells.
        looks: its columns at a glance.
        order: its order of day and month.
    """
    guesses = (
        turned_kpi_table(table, looks),
        call_centre(table, looks, order),
        events(table, looks),
        calls(looks),
        tickets(table, looks, order),
        surveys(looks),
        long_kpi_table(table, looks, order),
        wide_kpi_table(table, looks, order),
    )
    return [guess for guess in guesses if guess is not None]
