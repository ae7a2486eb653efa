"""The contacts behind a value: computed of them alone, the KPI is the value that is shown."""

import numpy as np
import pandas as pd
import pytest

from cs_planning.kpis.contacts.columns import typed_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.behind import PART, contacts_behind
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.frequency import MONTHS, WEEKS
from cs_planning.kpis.series import SeriesKey


def many(count: int = 300, seed: int = 3) -> pd.DataFrame:
    """Contacts of every kind, of which some are answered, solved, rated, reopened, or abandoned."""
    rng = np.random.default_rng(seed)

    def some(values, share: float = 0.7):
        return pd.Series(values).where(rng.random(count) < share)

    created = pd.Timestamp("2026-01-05") + pd.to_timedelta(np.sort(rng.integers(0, 80 * 1440, count)), unit="min")
    kinds = pd.Series(rng.choice(["ticket", "call", "survey"], count))
    hours = some(rng.integers(1, 90, count).astype(float)).where(kinds != "survey")
    marks = ("reopened", "escalated", "first_contact", "complaint", "answered", "sla_kept", "abandoned", "answered_in_time")
    columns = {name: some(rng.random(count) < 0.5) for name in marks}
    return typed_contacts(
        pd.DataFrame(
            {
                "contact_id": [str(number) for number in range(count)],
                "kind": kinds,
                "created_at": created,
                "solved_at": created + pd.to_timedelta(hours, unit="h"),
                "rated_at": some(created + pd.Timedelta(days=9)),
                "first_response_minutes": some(rng.integers(1, 900, count).astype(float)),
                "resolution_hours": hours,
                "wait_seconds": some(rng.integers(1, 99, count).astype(float)),
                "handle_minutes": some(rng.integers(1, 30, count).astype(float)),
                "channel": some(rng.choice(["email", "phone"], count)),
                "csat_satisfied": some(rng.integers(0, 2, count).astype(float)),
                "nps_answer": some(rng.integers(0, 11, count).astype(float)),
                "cost": some(rng.integers(1, 9, count).astype(float)),
                **columns,
            }
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rhythm", "by"), [(MONTHS, ()), pytest.param(MONTHS, ("channel",), marks=pytest.mark.load), (WEEKS, ())]
)
def test_every_kpi_of_the_contacts_behind_a_value_is_that_value(rhythm, by):
    contacts = many()
    with open_contacts(contacts) as opened:
        points = contact_kpis(opened, rhythm, by)
        chosen = points[points["value"] > 0].groupby("series", sort=False).nth(1)
        assert chosen["series"].nunique() > 25
        for series, period, value, size in chosen[["series", "period", "value", "sample_size"]].itertuples(index=False):
            key = SeriesKey.parse(str(series))
            rows = contacts_behind(opened, key, rhythm, period.date())
            assert rows is not None
            assert rows["contact_id"].is_unique
            assert len(rows) == size, series
            if key.kpi == "backlog":
                assert len(rows) == value
                continue
            again = contact_kpis(typed_contacts(rows), rhythm, by)
            found = again[(again["series"] == series) & (again["period"] == period)]
            assert found["value"].tolist() == pytest.approx([value]), series
            parts = rows[PART]
            ways = {"_median": parts.median(), "_p90": parts.quantile(0.9)}
            expected = next((number for suffix, number in ways.items() if key.kpi.endswith(suffix)), None)
            if expected is None:
                is_sum = key.kpi in ("contact_volume", "solved_volume", "handled_volume", "complaints", "service_cost")
                expected = parts.sum() if is_sum else parts.mean()
            assert expected == pytest.approx(value), series


def test_what_is_not_computed_of_contacts_has_none_behind_it():
    assert contacts_behind(many(20), SeriesKey("occupancy"), MONTHS, pd.Timestamp("2026-01-01").date()) is None
