"""Which periods count: the start, the period that a deadline names, and what the history knows of it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from cs_planning.forecasting.sheets.assessment import assess_sheet
from cs_planning.forecasting.sheets.windows import WrittenSpan, read_span
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR

TODAY = date(2027, 3, 10)


def months(values, start="2024-09-01", name="returns_handled"):
    periods = pd.date_range(start, periods=len(values), freq="MS").strftime("%Y-%m")
    return pd.DataFrame({"series": name, "period": periods, "value": values})


def ask(history, target, deadline, *, start="", measure="total", direction="at_least", **options):
    goal = {
        "goal_id": "g", "series": history["series"].iloc[0], "direction": direction, "measure": measure,
        "target": target, "deadline": deadline, "start": start,
    }  # fmt: skip
    return assess_sheet(history, pd.DataFrame([goal]), **{"calendar": CALENDAR_YEAR, **options}).iloc[0]


STEADY = np.random.default_rng(4).normal(500, 20, 29).round()  # to January 2027


def test_a_total_of_a_quarter_that_has_begun_counts_what_is_done():
    done = STEADY[-1]
    found = ask(months(STEADY), done + 1000, "2027-Q1")
    assert (found["from"], found["to"], found["observed"]) == ("2027-01", "2027-03", 1)
    # Two more months of about 500 ± 20 each: what is left is 1,000, right in the middle.
    left = 1000 - 2 * STEADY.mean()
    by_hand = 1 - norm.cdf(left / (np.sqrt(2) * STEADY.std()))
    assert found["probability"] == pytest.approx(by_hand, abs=0.2)
    assert f"1 of 3 periods are observed, {done:.0f} in total" in found["message"]


def test_a_total_without_a_start_says_where_it_begins():
    found = ask(months(STEADY), 1000, "2027-03-31")
    assert (found["from"], found["to"], found["observed"]) == ("2027-02", "2027-03", 0)
    assert "does not say where it begins: 2027-02 to 2027-03" in found["message"]


def test_a_start_says_where_it_begins():
    found = ask(months(STEADY), 3000, "2027-03-31", start="2026-10")
    assert (found["from"], found["to"], found["observed"]) == ("2026-10", "2027-03", 4)
    assert "does not say" not in found["message"]


def test_a_later_period_is_that_period_alone():
    found = ask(months(STEADY), 1500, "2027-Q3", direction="at_most")
    assert (found["from"], found["to"], found["observed"]) == ("2027-07", "2027-09", 0)
    assert 0.2 < found["probability"] < 0.8


@pytest.mark.parametrize("last", ["", "n/a", "inf", "-3"])
def test_an_unusable_last_value_moves_no_beginning(last):
    history = months([*STEADY, last], name="contact_volume")
    found = ask(history, 500, "2027-03-31", today=date(2027, 3, 10))
    assert (found["from"], found["to"], found["observed"]) == ("2027-03", "2027-03", 0)


def test_rows_prepared_for_months_to_come_move_no_beginning():
    history = months([*STEADY, "", "", "", ""])
    found = ask(history, 1000, "2027-03-31", today=date(2027, 2, 10))
    assert (found["from"], found["observed"]) == ("2027-02", 0)


def test_a_month_without_a_value_does_not_make_the_total_smaller():
    whole = months(STEADY)
    target = STEADY[-4:].sum() + 1000
    found, gap = (ask(one, target, "2027-03", start="2026-10") for one in (whole, whole.drop(index=26)))
    assert gap["observed"] == 3
    assert "1 periods before the end of the history have no value" in gap["message"]
    assert gap["expected"] == pytest.approx(found["expected"], abs=60)


def test_a_level_is_that_of_the_last_period():
    found = ask(months(STEADY), 500, "2027-Q2", measure="level")
    assert (found["from"], found["to"], found["observed"]) == ("2027-06", "2027-06", 0)


@pytest.mark.parametrize(("start", "said"), [("someday", "start is 'someday'"), ("2027-08", "after the deadline")])
def test_a_start_that_can_not_be_is_named(start, said):
    found = ask(months(STEADY), 1000, "2027-03", start=start)
    assert found["status"] == "invalid"
    assert said in found["message"]


@pytest.mark.parametrize(
    ("written", "fiscal", "first", "last"),
    [
        ("2027-Q2", None, (2027, 4, 1), (2027, 6, 30)),
        ("2027-Q2", 4, (2027, 7, 1), (2027, 9, 30)),
        ("FY2027-Q2", 1, (2027, 4, 1), (2027, 6, 30)),
        ("2027", None, (2027, 1, 1), (2027, 12, 31)),
        ("2027", 10, (2027, 10, 1), (2028, 9, 30)),
        ("2027-02", 4, (2027, 2, 1), (2027, 2, 28)),
        ("2027-W05", None, (2027, 2, 1), (2027, 2, 7)),
        ("2027-05-20", 4, (2027, 5, 20), (2027, 5, 20)),
        ("上期", None, (2027, 4, 1), (2027, 9, 30)),
        ("2027年度下期", None, (2027, 10, 1), (2028, 3, 31)),
        ("2027年度上期", 1, (2027, 1, 1), (2027, 6, 30)),
        ("2027年度", None, (2027, 4, 1), (2028, 3, 31)),
        ("2027年", None, (2027, 1, 1), (2027, 12, 31)),
        ("2027-H2", None, (2027, 7, 1), (2027, 12, 31)),
        ("H1 2028", 7, (2028, 7, 1), (2028, 12, 31)),
        ("2027年度第3四半期", None, (2027, 10, 1), (2027, 12, 31)),
        ("令和9年度", None, (2027, 4, 1), (2028, 3, 31)),
    ],
)
def test_a_written_period_has_a_first_and_a_last_day(written, fiscal, first, last):
    assert read_span(written, TODAY, fiscal) == WrittenSpan(date(*first), date(*last))


def test_weeks_of_a_retail_calendar_end_as_they_are_given():
    lengths = [28, 28, 35] * 10
    starts = pd.to_datetime("2024-02-04") + pd.to_timedelta(np.cumsum([0, *lengths[:29]]), unit="D")
    history = pd.DataFrame({"series": "returns", "period": starts.strftime("%Y-%m-%d"), "value": 500 + np.arange(30) % 5})
    assert starts[-1] == pd.Timestamp("2026-06-28")  # 5 weeks, to August 1
    found = [ask(history, 500, day, measure="level") for day in ("2026-08-01", "2026-08-02", "2026-08-29", "2026-09-26")]
    assert [one["status"] for one in found] == ["deadline_not_after_history", "ok", "ok", "ok"]
    assert [one["to"] for one in found] == ["2026-07", "2026-08", "2026-08", "2026-09"]
