"""The records of series: computed once for what a series holds, kept in the workspace between visits and restarts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from threading import Lock
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from cs_planning.errors import StorageUnavailable
from cs_planning.forecasting.answers.backtest import OWN_METHOD, record
from cs_planning.forecasting.answers.engine import engine_version
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.models.paths import second_opinion
from cs_planning.kpis.series import KpiSeries
from cs_planning.storage import Store
from cs_planning.workspace.goals.forecast_memory import ForecastMemory, contents_of

Method = Literal["own", "second"]

_PREFIX = "record."
_MOST_KNOWN = 5000
_FORM: TypeAdapter[Record] = TypeAdapter(Record)
_EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])
_METHODS = {"own": OWN_METHOD, "second": second_opinion}


class TrackRecords:
    """Records by series, horizon and method, used as long as values, events and engine are those that they were made with."""

    def __init__(self, store: Store, memory: ForecastMemory) -> None:
        self._store = store
        self._memory = memory
        self._known: dict[str, tuple[str, Record]] = {}
        self._computing = Lock()

    def of(
        self, series: KpiSeries, ahead: int, today: date, *, events: Sequence[Event], place: str, method: Method = "own"
    ) -> Record:
        """How past forecasts of a series did.

        Args:
            series: the history.
            ahead: periods ahead.
            today: a period that is not over on this day is not judged.
            events: marked on the series.
            place: country whose public holidays daily values and volumes know.
            method: the forecast, or the second opinion.
        """
        finished = _finished(series, today)
        name = _name(finished, ahead, method)
        made_from = _fingerprint(finished, events, place)
        found = self._find(name, made_from)
        if found is None:
            with self._computing:
                found = self._find(name, made_from) or self._compute(name, made_from, finished, ahead, events, place, method)
        return found

    def _find(self, name: str, made_from: str) -> Record | None:
        known = self._known.get(name)
        if known is None or known[0] != made_from:
            known = self._kept(name)
            if known is None or known[0] != made_from:
                return None
            self._remember(name, known)
        return known[1]

    def _kept(self, name: str) -> tuple[str, Record] | None:
        kept = self._store.computed.load(name)
        if not isinstance(kept, dict):
            return None
        try:
            return str(kept.get("from")), _FORM.validate_python(kept.get("record"))
        except ValidationError:
            return None

    def _compute(
        self, name: str, made_from: str, series: KpiSeries, ahead: int, events: Sequence[Event], place: str, method: Method
    ) -> Record:
        made_of = (contents_of(series), made_from, ahead, method)
        made = self._memory.record(made_of, lambda: record(series, ahead, events=events, place=place, method=_METHODS[method]))
        self._remember(name, (made_from, made))
        if made.forecasts:
            # On a full or read-only disk it is known until the next start.
            with suppress(StorageUnavailable):
                self._store.computed.keep(name, {"from": made_from, "record": _FORM.dump_python(made, mode="json")})
        return made

    def _remember(self, name: str, known: tuple[str, Record]) -> None:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[name] = known


def _finished(series: KpiSeries, today: date) -> KpiSeries:
    running = pd.Timestamp(series.rhythm.start_of(today))
    kept = series.frame[series.frame["period"] < running].reset_index(drop=True)
    return KpiSeries(series.key, series.kpi, series.rhythm, kept)


def _name(series: KpiSeries, ahead: int, method: Method) -> str:
    key = hashlib.sha256(str(series.key).encode()).hexdigest()[:16]
    return f"{_PREFIX}{method}.{key}.{series.frequency}.{ahead}"


def _fingerprint(series: KpiSeries, events: Sequence[Event], place: str) -> str:
    kpi = series.kpi
    read = hashlib.sha256(f"{engine_version()}|{kpi.unit}|{kpi.lower}|{kpi.upper}|{kpi.is_share}|{place}|".encode())
    read.update(_EVENTS.dump_json(tuple(events)))
    for column in (series.periods.to_numpy("datetime64[D]").astype(np.int64), series.values, series.sample_sizes):
        read.update(np.ascontiguousarray(column).tobytes())
    return read.hexdigest()[:24]
