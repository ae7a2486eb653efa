"""What a clock of two parts shows is said where the header leaves it open."""

import pandas as pd
import pytest

from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.findings.units import clock_findings

CELLS = pd.Series(["", "12:30", "0:45", "1:02:30"])


def found(column, **known):
    return list(clock_findings(column, CELLS, **known))


@pytest.mark.parametrize(
    ("column", "known", "read", "other"),
    [
        ("First reply", {"role": Role.FIRST_RESPONSE_TIME}, "hours and minutes", "First reply (mm:ss)"),
        ("Wait", {"role": Role.WAIT_TIME}, "minutes and seconds", "Wait (h:mm)"),
        ("AHT", {"kpi": "aht_mean"}, "minutes and seconds", "AHT (h:mm)"),
        ("初回応答", {"kpi": "frt_median"}, "hours and minutes", "初回応答 (mm:ss)"),
    ],
)
def test_an_open_clock_is_said_with_how_it_was_read_and_how_to_settle_it(column, known, read, other):
    (finding,) = found(column, **known)
    assert finding.count == 2
    assert f"12:30 was read as {read}" in str(finding.message)
    assert other in str(finding.remedy)


@pytest.mark.parametrize("column", ["First reply (h:mm)", "AHT (mm:ss)", "対応時間（時:分）"])
def test_a_header_that_names_its_clock_settles_it(column):
    assert not found(column, role=Role.FIRST_RESPONSE_TIME)


def test_clocks_of_three_parts_and_plain_numbers_need_no_word():
    assert not list(clock_findings("First reply", pd.Series(["1:02:30", "90", "2h"]), role=Role.FIRST_RESPONSE_TIME))
