"""A record is computed once for what a series holds, and found again after a restart."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cs_planning.forecasting.answers.backtest import record
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.storage import Store
from cs_planning.workspace.goals import track_records
from cs_planning.workspace.goals.forecast_memory import ForecastMemory
from cs_planning.workspace.goals.track_records import TrackRecords
from cs_planning.workspace.home import Home
from tests.forecasting.builders import series_of

TODAY = date(2026, 11, 10)
SERIES = series_of(np.random.default_rng(1).normal(100, 5, 24), start="2024-11-01")  # until October 2026


@pytest.fixture
def counted(monkeypatch):
    made = []
    real = record
    monkeypatch.setattr(track_records, "record", lambda *given, **named: made.append(given) or real(*given, **named))
    return made


def asked(records, series=SERIES, ahead=2, today=TODAY, events=(), **more):
    return records.of(series, ahead, today, events=events, place="", **more)


def test_it_is_computed_once_and_kept_between_restarts(tmp_path, counted):
    store = Store.open(Home.at(tmp_path).database)
    first = asked(TrackRecords(store, ForecastMemory()))
    records = TrackRecords(store, ForecastMemory())
    assert asked(records) == first == asked(records)
    assert len(counted) == 1
    store.close()
    opened = Store.open(Home.at(tmp_path).database)
    assert asked(TrackRecords(opened, ForecastMemory())) == first
    assert len(counted) == 1
    opened.close()


def test_other_values_horizons_events_and_engines_have_records_of_their_own(tmp_path, counted, monkeypatch):
    store = Store.open(Home.at(tmp_path).database)
    records = TrackRecords(store, ForecastMemory())
    asked(records)
    changed = SERIES.frame.copy()
    changed.loc[3, "value"] += 1
    asked(records, replace(SERIES, frame=changed))
    asked(records, ahead=3)
    asked(records, events=(Event(EventKind.IGNORE, date(2025, 5, 1), name="Outage"),))
    asked(records, method="second")
    monkeypatch.setattr(track_records, "engine_version", lambda: "another")
    asked(records)
    assert len(counted) == 6
    store.close()


def test_a_period_that_is_not_over_is_not_judged(tmp_path, counted):
    store = Store.open(Home.at(tmp_path).database)
    records = TrackRecords(store, ForecastMemory())
    over = asked(records, today=date(2026, 11, 1))
    running = asked(records, today=date(2026, 10, 31))
    assert (over.forecasts, running.forecasts) == (24 - 8 - 1, 24 - 8 - 2)
    assert len(counted[1][0].values) == 23
    store.close()
