"""The same contacts give the same KPIs on a real Spark: in the process, and on a cluster of a master and two workers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from cs_planning.cli import main
from cs_planning.errors import EngineUnavailable
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.points import spark as settings_of_spark
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.engines import connected, contact_relation
from cs_planning.kpis.contacts.points.spark import spark_backend
from cs_planning.kpis.frequency import Frequency
from tests.fixtures.make import FOLDER
from tests.kpis.contacts.points.compared import (
    OF_WHAT_IS_KNOWN,
    QUANTILE_TOLERANCE,
    every_measure_is_the_same_on,
    judged_in_opening_hours,
    no_engine,
    same_on,
    shares_of_what_is_known,
)
from tests.kpis.contacts.points.every_column import contacts_of_every_column
from tests.kpis.contacts.points.test_aggregate import ticket_log
from tests.kpis.spark import NoSpark, running_cluster, running_spark

_SMALL = "spark.executor.memory=600m&spark.driver.host=127.0.0.1&spark.sql.shuffle.partitions=4"
_ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def spark() -> Iterator[BaseBackend]:
    try:
        with running_spark() as backend:
            yield backend
    except NoSpark as reason:
        no_engine(reason)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The URL of a cluster with what an executor may take on it."""
    try:
        with running_cluster(workers=2, memory="700m") as (url, _processes):
            yield f"{url}?{_SMALL}"
    except NoSpark as reason:
        no_engine(reason)


@pytest.mark.load
def test_spark_judges_dates_without_a_clock_in_opening_hours_as_duckdb_does(spark: BaseBackend) -> None:
    assert judged_in_opening_hours(spark) == pytest.approx(100 * 2 / 3)


@pytest.mark.load
def test_spark_leaves_out_of_shares_what_nobody_knows(spark: BaseBackend) -> None:
    assert shares_of_what_is_known(spark) == OF_WHAT_IS_KNOWN


@pytest.mark.load
def test_spark_gives_the_same_kpis_as_duckdb(spark: BaseBackend) -> None:
    same_on(spark, Frequency.MONTH)


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


@pytest.mark.load
def test_a_cluster_of_two_workers_gives_every_measure_as_duckdb_does(cluster: str) -> None:
    with connected(cluster) as backend:
        every_measure_is_the_same_on(backend)
        executors = backend._session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
        assert len(executors) == 1 + 2, "the driver and an executor on each worker"


@pytest.mark.load
def test_a_cluster_reads_a_folder_that_all_see_and_gives_its_kpis_by_the_command_line(cluster: str, tmp_path: Path) -> None:
    contacts = contacts_of_every_column(3_000, seed=1)
    (tmp_path / "contacts").mkdir()
    for number in range(3):
        part = contacts.iloc[1_000 * number : 1_000 * (number + 1)]
        # The last one has no teams, as a month of another helpdesk.
        part.drop(columns=["team"] if number == 2 else []).to_parquet(tmp_path / "contacts" / f"{number}.parquet")
    contacts.loc[2_000:, "team"] = None
    command = [sys.executable, "-m", "cs_planning", "kpis", "--table", str(tmp_path / "contacts"), "--by", "team"]
    ran = subprocess.run(
        [*command, "--out", str(tmp_path / "theirs.csv")],
        cwd=_ROOT,
        env={**os.environ, "CS_PLANNING_ENGINE": cluster, "CS_PLANNING_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    month = CALENDAR_YEAR.rhythm(Frequency.MONTH)
    expected = pd.concat([contact_kpis(contacts, month), contact_kpis(contacts, month, ["team"])])
    theirs = pd.read_csv(tmp_path / "theirs.csv", parse_dates=["period"]).set_index(["series", "period"])["value"]
    ours = expected.set_index(["series", "period"])["value"]
    pd.testing.assert_series_equal(theirs.sort_index(), ours.sort_index(), check_index_type=False, rtol=1e-6)


@pytest.mark.load
def test_a_cluster_without_room_for_the_work_says_so_instead_of_waiting_for_ever(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_of_spark, "_STARTED_WITHIN_SECONDS", 4.0)
    greedy = cluster.replace("spark.executor.memory=600m", "spark.executor.memory=4g")
    with pytest.raises(EngineUnavailable, match="worker") as caught, connected(greedy):
        pass
    assert "spark.executor.memory" in str(caught.value.hint)
