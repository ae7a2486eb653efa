"""Several files together: only the one that ends last says that the data ended, and an unfinished month is said once."""

from __future__ import annotations

from datetime import date

import pandas as pd

from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.findings.ended import old_data
from cs_planning.kpis.findings.imported import Imported, QualityFinding
from cs_planning.kpis.findings.of_files import of_all_files
from cs_planning.kpis.findings.quality import unfinished_period
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.freshness import freshness_since

TODAY = date(2026, 12, 1)
OCTOBER = unfinished_period(date(2026, 10, 1), MONTHS, TODAY)
NOVEMBER = unfinished_period(date(2026, 11, 1), MONTHS, TODAY)


def log(until: date, *findings: QualityFinding) -> Imported:
    return Imported(Kind.TICKETS, 10, 10, pd.DataFrame(), findings, last_day=until)


def old(until: date) -> QualityFinding:
    return old_data(freshness_since(MONTHS.start_of(until), MONTHS, TODAY), until)


def test_a_month_that_two_files_leave_unfinished_is_said_by_the_last_of_them() -> None:
    assert of_all_files([log(date(2026, 10, 9), OCTOBER), log(date(2026, 10, 13), OCTOBER)]) == ((), (OCTOBER,))
    assert of_all_files([log(date(2026, 10, 13), OCTOBER), log(date(2026, 11, 9), NOVEMBER)]) == ((OCTOBER,), (NOVEMBER,))


def test_of_many_old_files_the_one_that_ends_last_says_so_wherever_it_stands() -> None:
    first, last = date(2026, 1, 31), date(2026, 3, 31)
    assert of_all_files([log(first, old(first)), log(last, old(last))]) == ((), (old(last),))
    assert of_all_files([log(last, old(last)), log(first, old(first))]) == ((old(last),), ())
    assert of_all_files([log(first, old(first)), log(date(2026, 11, 30))]) == ((), ())


def test_files_of_other_kinds_do_not_speak_for_each_other() -> None:
    day = date(2026, 1, 31)
    table = Imported(Kind.KPI_TABLE_WIDE, 10, 10, pd.DataFrame(), points=pd.DataFrame(), last_day=date(2026, 11, 30))
    assert of_all_files([log(day, old(day)), table]) == ((old(day),), ())


def test_what_is_said_of_rows_is_said_of_every_file() -> None:
    about_rows = OCTOBER.model_copy(update={"rule": "duplicate_ids"})
    day = date(2026, 10, 13)
    assert of_all_files([log(day, about_rows), log(day, about_rows)]) == ((about_rows,), (about_rows,))
