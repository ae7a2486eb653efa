"""Days that the model has not seen, on logs of banks that break its assumptions in different ways."""

from datetime import date

import pandas as pd
import pytest

from cs_planning.automation.calibration.call_log import read_calls
from cs_planning.automation.calibration.validation import validate_calls
from tests.automation.calibration.bank_calls import BANKS, in_plain_layout, in_technion_layout, simulated_calls

SPLIT = date(1999, 2, 15)
NAMES = ("balking and patient", "hyperexponential", "announcement", "exponential, much away", "shrinking", "large")


@pytest.fixture(scope="module")
def calls():
    return {name: simulated_calls(BANKS[name]) for name in NAMES}


@pytest.mark.load
@pytest.mark.parametrize("name", NAMES)
def test_the_second_fortnight_is_predicted_within_a_tenth(calls, name):
    report = validate_calls(in_technion_layout(calls[name]), SPLIT)
    for quantity in ("service_level", "abandonment_rate", "mean_wait_seconds"):
        fit = getattr(report.overall, quantity)
        assert fit.predicted == pytest.approx(fit.observed, rel=0.10), quantity
    assert report.calibration.usable
    assert report.overall.largest_error < report.erlang_a.largest_error + 0.05


@pytest.mark.slow
def test_what_is_observed_is_what_the_callers_saw(calls):
    log = calls["announcement"]
    real = log[(log["outcome"] != "PHANTOM") & (log["arrival"] >= pd.Timestamp(SPLIT))]
    for layout in (in_technion_layout, in_plain_layout):
        observed = validate_calls(layout(log), SPLIT).overall
        in_time = ~real["abandoned"] & (real["wait_seconds"] <= 60)
        assert observed.service_level.observed == pytest.approx(in_time.mean(), abs=0.005)
        assert observed.abandonment_rate.observed == pytest.approx(real["abandoned"].mean(), abs=0.001)
        assert observed.mean_wait_seconds.observed == pytest.approx(real["wait_seconds"].mean(), rel=0.01)


def test_calls_past_midnight_and_hours_without_anybody_are_counted():
    log = simulated_calls(BANKS["past midnight"], days=14)
    assert (log["arrival"].dt.hour < 2).any()
    read = read_calls(in_technion_layout(log))
    assert len(read) == (log["outcome"] != "PHANTOM").sum()
    assert read["service_seconds"].dropna().max() < 6 * 3600
    nobody = pd.DataFrame(
        {
            "arrival": pd.date_range("1999-02-20 04:00", periods=5, freq="5min"),
            "wait_seconds": 100.0,
            "abandoned": True,
            "service_seconds": None,
            "agent": None,
        }
    )
    plain = log.drop(columns=["outcome", "priority"])
    without = validate_calls(plain, date(1999, 2, 8))
    report = validate_calls(pd.concat([plain, nobody]), date(1999, 2, 8))
    assert (without.unstaffed, report.unstaffed) == (0, 5)
    assert report.overall.abandonment_rate.observed > without.overall.abandonment_rate.observed


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("Answered (Y/N)", ["Y", "N"]),
        ("status", ["Answered", "Abandoned"]),
        ("abandoned", ["FALSE", "TRUE"]),
    ],
)
def test_flags_are_read_in_many_writings(column, values):
    log = pd.DataFrame(
        {
            "Date": ["2025-03-03"] * 2,
            "Time": ["09:00:00", "09:01:00"],
            column: values,
            "Speed of answer in seconds": ["0:00:20", "45"],
            "Talk Duration": ["0:02:35", ""],
            "Agent": ["Diane", ""],
        }
    )
    read = read_calls(log)
    assert read["abandoned"].tolist() == [False, True]
    assert read["wait_seconds"].tolist() == [20, 45]
    assert read["service_seconds"].iloc[0] == 155
