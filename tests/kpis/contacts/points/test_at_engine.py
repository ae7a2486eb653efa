"""Contacts that are at an engine already are found by the name of their table or the place of their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ibis
import pandas as pd
import pytest

from cs_planning.cli import main
from cs_planning.errors import EngineUnavailable
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.at_engine import contacts_at
from cs_planning.kpis.contacts.points.engines import connected, contact_relation
from cs_planning.kpis.frequency import Frequency
from tests.kpis.contacts.points.compared import no_engine
from tests.kpis.contacts.points.test_aggregate import ticket_log
from tests.storage.postgresql import NoServer, running_server


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    try:
        with running_server() as url:
            yield url.format(database="postgres")
    except NoServer as reason:
        no_engine(reason)


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


def test_a_table_may_lack_columns_and_then_lacks_their_kpis() -> None:
    backend = ibis.duckdb.connect()
    backend.raw_sql(
        "CREATE TABLE few AS SELECT unnest(['2025-01-02', '2025-01-05'])::TIMESTAMP created_at, unnest(['a', 'b']) team"
    )
    points = contact_kpis(contacts_at(backend, "few"), CALENDAR_YEAR.rhythm(Frequency.MONTH), ["team"], connection=backend)
    assert set(points["series"]) == {"contact_volume|team=a", "contact_volume|team=b"}


def test_a_folder_of_files_is_read_by_the_engine_even_where_some_lack_a_column(tmp_path: Path) -> None:
    contacts = ticket_log()
    (tmp_path / "contacts" / "2025").mkdir(parents=True)
    halves = contacts.iloc[: len(contacts) // 2], contacts.iloc[len(contacts) // 2 :].drop(columns=["team", "cost"])
    for number, half in enumerate(halves):
        half.to_parquet(tmp_path / "contacts" / "2025" / f"{number}.parquet")
    month = CALENDAR_YEAR.rhythm(Frequency.MONTH)
    with connected("duckdb") as backend:
        theirs = contact_kpis(contacts_at(backend, str(tmp_path / "contacts")), month, connection=backend)
    pd.testing.assert_frame_equal(theirs, contact_kpis(contacts, month))


def test_the_engine_of_the_department_is_asked_for_a_table_and_not_for_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CS_PLANNING_ENGINE", "postgres://nobody@127.0.0.1:1/none")
    ticket_log().to_parquet(tmp_path / "contacts.parquet")
    out = ["--out", str(tmp_path / "kpis.csv")]
    assert main(["kpis", str(tmp_path / "contacts.parquet"), *out]) == 0
    assert main(["kpis", "--table", "contacts", *out]) != 0
    assert "postgres" in capsys.readouterr().err
    assert main(["kpis", "--table", str(tmp_path / "contacts.parquet"), "--engine", "duckdb", *out]) == 0


@pytest.mark.slow
def test_a_database_that_reads_no_files_says_so(postgres_url: str, tmp_path: Path) -> None:
    with connected(postgres_url) as backend, pytest.raises(EngineUnavailable, match="reads no Parquet"):
        contacts_at(backend, str(tmp_path / "contacts.parquet"))


def test_files_that_are_not_there_are_said_plainly(tmp_path: Path) -> None:
    with connected("duckdb") as backend, pytest.raises(EngineUnavailable, match="can't be read"):
        contacts_at(backend, str(tmp_path / "missing.parquet"))


def test_a_table_that_is_not_there_is_said_plainly() -> None:
    with connected("duckdb") as backend:
        with pytest.raises(EngineUnavailable, match="no table"):
            contacts_at(backend, "missing")
        backend.raw_sql("CREATE TABLE other AS SELECT 1 AS x")
        with pytest.raises(EngineUnavailable, match="created_at"):
            contacts_at(backend, "other")
