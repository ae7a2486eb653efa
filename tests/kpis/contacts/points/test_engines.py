"""The same contacts give the same KPIs on DuckDB and on a real PostgreSQL; engines that are not there are said plainly."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from cs_planning.errors import EngineUnavailable
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.calendar.sla_targets import read_targets
from cs_planning.kpis.contacts.columns import typed_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.engines import connected
from cs_planning.kpis.frequency import Frequency
from tests.kpis.contacts.points.compared import (
    OF_WHAT_IS_KNOWN,
    every_measure_is_the_same_on,
    judged_in_opening_hours,
    no_engine,
    same_on,
    shares_of_what_is_known,
)
from tests.storage.postgresql import NoServer, running_server


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    try:
        with running_server() as url:
            yield url.format(database="postgres")
    except NoServer as reason:
        no_engine(reason)


@pytest.mark.slow
def test_postgresql_gives_the_same_kpis_as_duckdb(postgres_url: str) -> None:
    with connected(postgres_url) as backend:
        same_on(backend, Frequency.MONTH)


@pytest.mark.slow
def test_postgresql_gives_every_measure_as_duckdb_does(postgres_url: str) -> None:
    with connected(postgres_url) as backend:
        every_measure_is_the_same_on(backend)


@pytest.mark.slow
def test_postgresql_judges_dates_without_a_clock_and_targets_as_duckdb_does(postgres_url: str) -> None:
    # Solved on the same day, twice on the next one, two and four days later: one of five within a day.  Within 24 h: the first,
    # while the second may or may not be.  Within 48 h: the third, while the fourth may or may not be, and the fifth is not.
    days = [pd.Timestamp(f"2026-03-0{day}") for day in range(2, 7)]
    contacts = typed_contacts(
        pd.DataFrame(
            {
                "contact_id": list("abcde"),
                "kind": "ticket",
                "created_at": days,
                "solved_at": [day + pd.Timedelta(days=took) for day, took in zip(days, [0, 1, 1, 2, 4], strict=True)],
                "resolution_hours": [0.0, 24.0, 24.0, 48.0, 96.0],
                "priority": ["High", "high ", "low", "low", "low"],
            }
        )
    )
    targets = read_targets("high -/24; * -/48")
    with connected(postgres_url) as backend:
        for connection in (None, backend):
            points = contact_kpis(
                contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), ["priority"], connection=connection, targets=targets
            )
            whole = contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), connection=connection, targets=targets)
            values = dict(zip(points["series"], points["value"], strict=True))
            values |= dict(zip(whole["series"], whole["value"], strict=True))
            assert values["solved_within_day"] == 20.0
            assert values["resolution_sla"] == pytest.approx(100 * 2 / 3)
            assert values["resolution_sla|priority=low"] == 50.0


def test_shares_are_of_contacts_of_which_it_is_known() -> None:
    assert shares_of_what_is_known(None) == OF_WHAT_IS_KNOWN


@pytest.mark.slow
def test_postgresql_leaves_out_of_shares_what_nobody_knows(postgres_url: str) -> None:
    with connected(postgres_url) as backend:
        assert shares_of_what_is_known(backend) == OF_WHAT_IS_KNOWN


@pytest.mark.slow
def test_postgresql_judges_dates_without_a_clock_in_opening_hours_as_duckdb_does(postgres_url: str) -> None:
    with connected(postgres_url) as backend:
        assert judged_in_opening_hours(None) == judged_in_opening_hours(backend) == pytest.approx(100 * 2 / 3)


@pytest.mark.parametrize(
    "engine", ["oracle-db", "nosuch://host/db", "postgres://nobody@127.0.0.1:1/none", "spark://127.0.0.1:1", "sc://127.0.0.1:1"]
)
def test_an_engine_that_is_not_there_is_said_plainly(engine: str) -> None:
    with pytest.raises(EngineUnavailable) as caught, connected(engine):
        pass
    assert str(caught.value.hint)


@pytest.mark.parametrize(("gigabytes", "allowed"), [(2, "1.1 GiB"), (64, "15.2 GiB")])
def test_the_engine_in_the_process_may_take_a_quarter_of_a_large_machine(
    monkeypatch: pytest.MonkeyPatch, gigabytes: int, allowed: str
) -> None:
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": gigabytes * 1024**3 // 4096}
    monkeypatch.setattr("os.sysconf", pages.__getitem__)
    with connected("duckdb") as backend:
        assert backend.con.execute("SELECT current_setting('memory_limit')").fetchone() == (allowed,)
