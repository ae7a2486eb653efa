"""Calls with moments and waits that nobody had: they are left out, the others are read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cs_planning.automation.calibration.call_log import read_calls


def _log(count: int = 5) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "arrival": [f"2026-01-05 09:0{place}:00" for place in range(count)],
            "wait_seconds": ["30"] * count,
            "outcome": ["answered"] * count,
            "service_seconds": ["120"] * count,
            "agent": ["a"] * count,
        }
    )


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("arrival", "9999-12-31 10:00:00"),
        ("arrival", "0001-01-01 00:00:00"),
        ("arrival", "12000-01-01 10:00"),
        ("wait_seconds", "inf"),
        ("wait_seconds", "-inf"),
        ("wait_seconds", "1e400"),
        ("service_seconds", "inf"),
        ("service_seconds", "1e300"),
    ],
)
def test_a_call_with_a_moment_or_a_length_that_cannot_be_is_left_out(column: str, cell: str) -> None:
    log = _log()
    log.loc[2, column] = cell
    calls = read_calls(log)
    assert len(calls) == 4
    assert np.isfinite(calls["wait_seconds"]).all()
