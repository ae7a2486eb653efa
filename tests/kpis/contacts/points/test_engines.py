"""The same contacts give the same KPIs on every engine: DuckDB, a real PostgreSQL and a real Spark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import ibis
import pandas as pd
import pytest
from ibis.backends import BaseBackend

from cs_planning.cli import main
from cs_planning.errors import EngineUnavailable
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.calendar.sla_targets import read_targets
from cs_planning.kpis.contacts.columns import typed_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.engines import connected, contact_relation, table_at
from cs_planning.kpis.contacts.points.spark import spark_backend
from cs_planning.kpis.frequency import Frequency
from tests.fixtures.make import FOLDER
from tests.kpis.contacts.points.test_aggregate import ticket_log
from tests.kpis.spark import NoSpark, running_spark
from tests.storage.postgresql import NoServer, running_server

QUANTILE_TOLERANCE = 1e-9
"""All three interpolate between the two nearest values; what differs is the order of the floating-point sums."""
NEVER_SKIPPED = "CI" in os.environ


def no_engine(reason: Exception) -> None:
    if NEVER_SKIPPED:
        raise reason
    pytest.skip(str(reason))


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    try:
        with running_server() as url:
            yield url.format(database="postgres")
    except NoServer as reason:
        no_engine(reason)


@pytest.fixture(scope="module")
def spark() -> Iterator[BaseBackend]:
    try:
        with running_spark() as backend:
            yield backend
    except NoSpark as reason:
        no_engine(reason)


def same_on(backend: BaseBackend, frequency: Frequency) -> None:
    contacts = ticket_log()
    for by in ([], ["channel"]):
        ours = contact_kpis(contacts, CALENDAR_YEAR.rhythm(frequency), by)
        assert {"reopen_rate", "backlog", "frt_p90", "csat"} <= set(ours["series"].str.partition("|")[0])
        theirs = contact_kpis(contacts, CALENDAR_YEAR.rhythm(frequency), by, connection=backend)
        pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=QUANTILE_TOLERANCE)


@pytest.mark.slow
def test_postgresql_gives_the_same_kpis_as_duckdb(postgres_url: str) -> None:
    with connected(postgres_url) as backend:
        same_on(backend, Frequency.MONTH)


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


def shares_of_what_is_known(backend: BaseBackend | None) -> dict[str, tuple[float, float]]:
    # Tickets: of four one is answered, one not, of two nobody knows; one is solved, one open, one nobody knows, one solved by
    # its status.  Calls: one answered in time, one abandoned, of two nobody knows.
    log = pd.DataFrame(
        {
            "contact_id": list("abcdefgh"),
            "kind": ["ticket"] * 4 + ["call"] * 4,
            "created_at": pd.Timestamp("2026-03-02"),
            "solved_at": [pd.Timestamp("2026-03-03"), *[pd.NaT] * 7],
            "answered": [True, False, *[None] * 6],
            "solved": [None, None, None, True, *[None] * 4],
            "solution_unknown": [None, None, True, *[None] * 5],
            "abandoned": [*[None] * 4, False, True, None, None],
            "answered_in_time": [*[None] * 4, True, False, None, None],
        }
    )
    points = contact_kpis(typed_contacts(log), CALENDAR_YEAR.rhythm(Frequency.MONTH), connection=backend).set_index("series")
    shares = ("completion_rate", "resolution_rate", "abandonment_rate", "service_level", "handled_volume")
    return {name: (float(points["value"][name]), float(points["sample_size"][name])) for name in shares}


OF_WHAT_IS_KNOWN = {
    "completion_rate": (50.0, 4.0),
    "resolution_rate": (pytest.approx(200 / 3), 3.0),
    "abandonment_rate": (50.0, 2.0),
    "service_level": (50.0, 2.0),
    "handled_volume": (1.0, 2.0),
}


def test_shares_are_of_contacts_of_which_it_is_known() -> None:
    assert shares_of_what_is_known(None) == OF_WHAT_IS_KNOWN


@pytest.mark.slow
def test_postgresql_leaves_out_of_shares_what_nobody_knows(postgres_url: str) -> None:
    with connected(postgres_url) as backend:
        assert shares_of_what_is_known(backend) == OF_WHAT_IS_KNOWN


@pytest.mark.load
def test_spark_leaves_out_of_shares_what_nobody_knows(spark: BaseBackend) -> None:
    assert shares_of_what_is_known(spark) == OF_WHAT_IS_KNOWN


def judged_in_opening_hours(backend: BaseBackend | None) -> float:
    # Open nine hours a day; solved on the same day (0 to 9 h), the next (0 to 18 h), the third (9 to 27 h): of these within 9 h
    # the first, after it the third, and of the second nothing is known.  With a clock: 2 h, in time.
    came = [*[pd.Timestamp("2026-03-02")] * 3, pd.Timestamp("2026-03-02 10:00")]
    solved = [*(pd.Timestamp(f"2026-03-0{day}") for day in (2, 3, 4)), pd.Timestamp("2026-03-02 12:00")]
    log = pd.DataFrame({"contact_id": list("abcd"), "kind": "ticket", "created_at": came, "solved_at": solved})
    contacts = typed_contacts(log.assign(resolution_hours=[0.0, 24.0, 48.0, 2.0]))
    hours, targets = OpeningHours(week=read_week("mon-fri 09:00-18:00")), read_targets("* -/9")
    month = CALENDAR_YEAR.rhythm(Frequency.MONTH)
    points = contact_kpis(contacts, month, connection=backend, hours=hours, targets=targets)
    return float(points.set_index("series")["value"]["resolution_sla"])


@pytest.mark.slow
def test_postgresql_judges_dates_without_a_clock_in_opening_hours_as_duckdb_does(postgres_url: str) -> None:
    with connected(postgres_url) as backend:
        assert judged_in_opening_hours(None) == judged_in_opening_hours(backend) == pytest.approx(100 * 2 / 3)


@pytest.mark.load
def test_spark_judges_dates_without_a_clock_in_opening_hours_as_duckdb_does(spark: BaseBackend) -> None:
    assert judged_in_opening_hours(spark) == pytest.approx(100 * 2 / 3)


@pytest.mark.load
def test_spark_gives_the_same_kpis_as_duckdb(spark: BaseBackend) -> None:
    same_on(spark, Frequency.MONTH)


@pytest.mark.slow
def test_a_table_at_an_engine_gives_its_kpis_by_the_command_line(postgres_url: str, tmp_path: Path) -> None:
    contacts = ticket_log()
    with connected(postgres_url) as backend:
        backend.create_table("helpdesk_contacts", contact_relation(backend, contacts).to_pyarrow())
    arguments = ["kpis", "--table", "helpdesk_contacts", "--engine", postgres_url, "--by", "channel", "--out"]
    assert main([*arguments, str(tmp_path / "theirs.csv")]) == 0
    theirs = pd.read_csv(tmp_path / "theirs.csv", parse_dates=["period"]).set_index(["series", "period"])["value"]
    ours = pd.concat(
        [
            contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH)),
            contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), ["channel"]),
        ]
    )
    expected = ours.set_index(["series", "period"])["value"]
    assert len(theirs) == len(expected)
    pd.testing.assert_series_equal(
        theirs.sort_index(), expected.sort_index(), check_index_type=False, check_index=True, rtol=1e-6
    )


@pytest.mark.load
def test_spark_by_its_url_gives_the_kpis_of_a_file_and_of_a_table_by_the_command_line(
    spark: BaseBackend, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spark.disconnect()
    url = f"pyspark://{tmp_path / 'warehouse'}?spark.master=local[2]&spark.sql.shuffle.partitions=2&spark.driver.host=127.0.0.1"
    log = str(FOLDER / "ticket-log.csv")
    for engine, out in ((url, "theirs.csv"), ("duckdb", "ours.csv")):
        assert main(["kpis", log, "--by", "channel", "--engine", engine, "--out", str(tmp_path / out)]) == 0
    theirs, ours = (pd.read_csv(tmp_path / out) for out in ("theirs.csv", "ours.csv"))
    pd.testing.assert_frame_equal(theirs, ours, check_exact=False, rtol=QUANTILE_TOLERANCE)
    at_the_table = ["kpis", "--engine", url, "--out", str(tmp_path / "table.csv"), "--table"]
    assert main([*at_the_table, "missing_contacts"]) != 0
    assert "missing_contacts" in capsys.readouterr().err
    backend = spark_backend(url)
    backend.create_table("helpdesk_contacts", contact_relation(backend, ticket_log()), overwrite=True)
    assert main([*at_the_table, "helpdesk_contacts"]) == 0
    expected = contact_kpis(ticket_log(), CALENDAR_YEAR.rhythm(Frequency.MONTH))
    pd.testing.assert_series_equal(pd.read_csv(tmp_path / "table.csv")["value"], expected["value"], rtol=1e-6)


def test_a_table_may_lack_columns_and_then_lacks_their_kpis() -> None:
    backend = ibis.duckdb.connect()
    backend.raw_sql(
        "CREATE TABLE few AS SELECT unnest(['2025-01-02', '2025-01-05'])::TIMESTAMP created_at, unnest(['a', 'b']) team"
    )
    points = contact_kpis(table_at(backend, "few"), CALENDAR_YEAR.rhythm(Frequency.MONTH), ["team"], connection=backend)
    assert set(points["series"]) == {"contact_volume|team=a", "contact_volume|team=b"}


@pytest.mark.parametrize(
    "engine", ["oracle-db", "nosuch://host/db", "postgres://nobody@127.0.0.1:1/none", "spark://127.0.0.1:1", "sc://127.0.0.1:1"]
)
def test_an_engine_that_is_not_there_is_said_plainly(engine: str) -> None:
    with pytest.raises(EngineUnavailable) as caught, connected(engine):
        pass
    assert str(caught.value.hint)


def test_a_table_that_is_not_there_is_said_plainly() -> None:
    with connected("duckdb") as backend:
        with pytest.raises(EngineUnavailable, match="no table"):
            table_at(backend, "missing")
        backend.raw_sql("CREATE TABLE other AS SELECT 1 AS x")
        with pytest.raises(EngineUnavailable, match="created_at"):
            table_at(backend, "other")
