"""A column of marks whose filled cells are points in time, and the columns of words and counts that are none."""

from __future__ import annotations

import pytest

from cs_planning.kpis.columns.contents.by_moment import are_moments


@pytest.mark.parametrize(
    "cells",
    [["2026-09-02 09:00", "", "2026-09-03"], ["", "2026/09/02 9:00"], ["2026年9月2日 9:00"], ["N/A", "02.09.2026 09:00"]],
)
def test_filled_cells_that_are_points_in_time_are_moments(cells):
    assert are_moments(cells)


@pytest.mark.parametrize(
    "cells", [[], ["", "-"], ["yes", "no"], ["1", "0"], ["2", "11"], ["20260902"], ["2026-09-02", "yes", "no"]]
)
def test_words_counts_and_empty_columns_are_none(cells):
    assert not are_moments(cells)
