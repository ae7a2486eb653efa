"""A log of single calls, under whatever column names → hours with arrivals, waits, handle times and agents on duty."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import listed_texts, text

_NAMES = {
    "arrival": (
        "arrival", "arrival_time", "arrived_at", "queue_entry", "queue_start", "queued_at", "q_start", "enqueue_time",
        "entered_queue", "call_start", "start_time", "created_at", "offered_at", "timestamp", "datetime", "call_time", "time",
    ),
    "queue_exit": ("queue_exit", "queue_end", "q_exit", "left_queue", "dequeue_time"),
    "wait_seconds": (
        "wait_seconds", "wait", "waiting_time", "wait_time", "waiting_seconds", "queue_seconds", "queue_time", "q_time",
        "time_in_queue", "wait_s", "speed_of_answer", "speed_of_answer_seconds", "time_to_answer", "hold_time",
    ),
    "outcome": ("outcome", "status", "result", "disposition", "call_outcome"),
    "abandoned": ("abandoned", "is_abandoned", "abandon", "gave_up"),
    "answered": ("answered", "is_answered", "was_answered", "connected", "answered_y_n"),
    "service_start": (
        "service_start", "ser_start", "answered_at", "answer_time", "service_begin", "answer_start", "pickup_time",
    ),
    "service_end": (
        "service_end", "ser_exit", "ended_at", "end_time", "service_exit", "call_end", "completed_at", "hangup_time",
    ),
    "service_seconds": (
        "service_seconds", "ser_time", "handle_time_seconds", "handle_seconds", "handle_time", "talk_time",
        "duration_seconds", "service_time", "duration", "talk_seconds", "handle_s", "service_s", "talk_duration",
        "avgtalkduration",
    ),
    "agent": ("agent", "server", "agent_id", "operator", "agent_name", "answered_by", "server_id"),
    "agents_on_duty": ("agents_on_duty", "agents", "staffed_agents", "agents_present", "n_agents"),
    "date": ("date", "day", "call_date", "startdate"),
    "menu_exit": ("vru_exit", "ivr_exit"),
}  # fmt: skip
_GAVE_UP = frozenset(
    {"hang", "hangup", "hang_up", "abandon", "abandoned", "gave_up", "no_answer", "lost", "missed", "unanswered"}
)
_NEVER_QUEUED = frozenset({"phantom", "short", "error", "test"})
_NOBODY = frozenset({"", "no_server", "nan", "none", "no_agent", "null", "0"})
_YES = frozenset({"1", "true", "yes", "y", "1.0", "t"})
_GAP = pd.Timedelta(minutes=15)
_ENDLESS_SECONDS = 1e8
_FIRST, _LAST = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")


def read_calls(log: pd.DataFrame) -> pd.DataFrame:
    """The calls of a log in one shape.

    Args:
        log: a row for each call.  It tells the arrival in the queue, the wait (or when it left the queue or was answered),
            whether it was abandoned (a flag, an outcome, or no answer), the service (start, end or seconds) and the agent.
            Times may be full, or times of day beside a `date` (also written yymmdd); 0:00:00 then means "none".

    Returns:
        `arrival` (datetime), `wait_seconds`, `abandoned`, `service_start`, `service_seconds`, `agent`,
        `agents_on_duty`, ordered by arrival; the last two may be missing values.

    Raises:
        InvalidOperation: `problems` names what can't be found out, with the columns that were looked for.
    """
    columns = {_plain(name): name for name in map(str, log.columns)}
    found = {wanted: next((columns[n] for n in names if n in columns), None) for wanted, names in _NAMES.items()}
    found["outcome"] = _outcome_column(log, found["outcome"])
    raw = {wanted: log[name] for wanted, name in found.items() if name is not None}
    days = _days(raw["date"]) if "date" in raw else None
    moment = {
        name: _moments(raw[name], days)
        for name in ("arrival", "queue_exit", "service_start", "service_end", "menu_exit")
        if name in raw
    }
    clocks = "date" in raw
    nothing = pd.Series(pd.NaT, index=log.index, dtype="datetime64[ns]")
    start = moment.get("service_start", nothing)
    arrival = moment.get("arrival", nothing).fillna(start)
    if "menu_exit" in moment:
        arrival = arrival.fillna(moment["menu_exit"])
    if clocks:
        start = start.where(~(start < arrival - pd.Timedelta(hours=12)), start + pd.Timedelta(days=1))
    gone = _gave_up(raw, start, log.index)
    wait = _seconds(raw.get("wait_seconds"), log.index)
    left = moment.get("queue_exit", nothing).fillna(start)
    left = left.fillna(moment.get("service_end", nothing).where(gone))
    wait = wait.fillna((left - arrival).dt.total_seconds())
    seconds = _seconds(raw.get("service_seconds"), log.index)
    begun = start.fillna(arrival + pd.to_timedelta(wait, unit="s"))
    seconds = seconds.fillna((moment.get("service_end", nothing) - begun).dt.total_seconds())
    calls = pd.DataFrame(
        {
            "arrival": arrival,
            "wait_seconds": wait.astype(float),
            "abandoned": gone,
            "service_start": begun.where(~gone),
            "service_seconds": seconds.where(~gone).astype(float),
            "agent": raw["agent"].astype(str).str.strip()
            if "agent" in raw
            else pd.Series(pd.NA, index=log.index, dtype="string"),
            "agents_on_duty": pd.to_numeric(raw["agents_on_duty"], errors="coerce") if "agents_on_duty" in raw else np.nan,
        }
    )
    calls["agent"] = calls["agent"].where(~calls["agent"].astype("string").str.lower().isin(_NOBODY))
    _refuse(calls, found)
    queued = ~_never_queued(raw, log.index)
    usable = queued & calls["arrival"].notna() & (calls["wait_seconds"] >= 0) & (calls["wait_seconds"] < 86_400)
    usable &= gone | (calls["service_seconds"] >= 0)
    return calls[usable].sort_values("arrival", ignore_index=True)


def hours_of(
    calls: pd.DataFrame, answer_within_seconds: float, *, hour: pd.Timedelta | None = None, unstaffed: bool = False
) -> pd.DataFrame:
    """What happened in each hour in which somebody was on duty.

    Args:
        calls: as `read_calls` gives them.
        answer_within_seconds: the time that the service level counts.
        hour: length of an interval; an hour by default.
        unstaffed: whether to keep the hours in which calls came and nobody was on duty.

    Returns:
        One row an interval with arrivals: `start`, `offered`, `in_time`, `abandoned`, `wait_seconds` (sum), `handled`,
        `handle_seconds` (sum), `agents` (mean on duty).

    Assumptions: an agent is on duty from the first to the last of services that lie at most 15 minutes apart; where
        anybody was served, at least one was.
    """
    length = hour or pd.Timedelta(hours=1)
    start = calls["arrival"].dt.floor(length)
    within = ~calls["abandoned"] & (calls["wait_seconds"] <= answer_within_seconds)
    frame = pd.DataFrame(
        {
            "start": start,
            "offered": 1.0,
            "in_time": within.astype(float),
            "abandoned": calls["abandoned"].astype(float),
            "wait_seconds": calls["wait_seconds"],
            "handled": (~calls["abandoned"]).astype(float),
            "handle_seconds": calls["service_seconds"].fillna(0.0),
        }
    )
    hours = frame.groupby("start").sum()
    given = calls["agents_on_duty"].groupby(start).mean()
    seen = agents_on_duty(calls, hours.index, length) if given.isna().all() else given
    hours["agents"] = seen.clip(lower=hours["handled"].clip(upper=1.0)) if given.isna().all() else seen
    return hours[unstaffed | (hours["agents"] > 0)].reset_index()


def agents_on_duty(calls: pd.DataFrame, starts: Iterable[pd.Timestamp], length: pd.Timedelta) -> pd.Series:
    """Mean number of agents on duty in each interval, seen from their services."""
    index = pd.DatetimeIndex(list(starts)).astype("datetime64[ns]")
    served = calls[~calls["abandoned"] & calls["agent"].notna()].sort_values(["agent", "service_start"])
    begin = served["service_start"].astype("datetime64[ns]")
    end = begin + pd.to_timedelta(served["service_seconds"], unit="s")
    latest = end.groupby(served["agent"]).cummax()
    same = served["agent"].eq(served["agent"].shift())
    new = ~(same & (begin - latest.shift() <= _GAP))
    session = new.cumsum()
    first = begin.groupby(session).first().to_numpy().astype("int64")
    last = latest.groupby(session).last().to_numpy().astype("int64")
    nanoseconds = int(length.total_seconds() * 1e9)
    opens = index.to_numpy().astype("int64")
    edges = np.concatenate([opens, opens + nanoseconds])
    present = _presence_until(edges, np.sort(first), np.sort(last))
    half = len(index)
    return pd.Series((present[half:] - present[:half]) / nanoseconds, index=index)


def _presence_until(edges: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Total time on duty up to each edge, from sorted beginnings and ends of sessions."""
    started, ended = np.searchsorted(first, edges), np.searchsorted(last, edges)
    sums = [np.concatenate([[0.0], np.cumsum((times - times[0]).astype(float))]) for times in (first, last)]
    origin = (first[0], last[0])
    begun = started * (edges - origin[0]).astype(float) - sums[0][started]
    over = ended * (edges - origin[1]).astype(float) - sums[1][ended]
    return np.asarray(begun - over)


def _plain(name: str) -> str:
    plain = re.sub(r"[^0-9a-z]+", "_", name.strip().lower()).strip("_")
    return plain.removesuffix("_secs").removesuffix("_sec").removesuffix("_in_seconds").removesuffix("_s")


def _seconds(values: pd.Series | None, index: pd.Index) -> pd.Series:
    """Seconds, also where they are written as a clock (0:02:35)."""
    if values is None:
        return pd.Series(np.nan, index=index)
    if pd.api.types.is_timedelta64_dtype(values):
        spans: pd.Series = values.dt.total_seconds()
        return spans
    numbers: pd.Series = pd.to_numeric(values, errors="coerce")
    numbers = numbers.where(numbers.abs() < _ENDLESS_SECONDS)
    written = values.astype("string").str.strip()
    clock = written.str.fullmatch(r"(\d+:)?\d{1,2}:\d{2}(\.\d+)?").fillna(False).astype(bool)
    if not bool(clock.any()):
        return numbers
    full = written.where(written.str.count(":") == 2, "0:" + written)
    read = pd.to_timedelta(full.where(clock).astype("object"), errors="coerce").dt.total_seconds()
    return numbers.fillna(read)


def _outcome_column(log: pd.DataFrame, name: str | None) -> str | None:
    return name if name is None or not pd.api.types.is_bool_dtype(log[name]) else None


def _days(values: pd.Series) -> pd.Series:
    written = values.astype(str).str.strip().str.removesuffix(".0")
    short = written.str.fullmatch(r"\d{5,6}")
    six = pd.to_datetime(written.where(short).str.zfill(6), format="%y%m%d", errors="coerce")
    return six.fillna(pd.to_datetime(written.where(~short), errors="coerce", format="mixed")).dt.normalize()


def _moments(values: pd.Series, days: pd.Series | None) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        plain = values.dt.tz_localize(None) if getattr(values.dt, "tz", None) is not None else values
        return _in_nanoseconds(plain)
    written = values.astype("string").str.strip()
    clock = written.str.fullmatch(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?").fillna(False).astype(bool)
    if days is not None and bool(clock.any()):
        full = written.where(written.str.count(":") == 2, written + ":00")
        past = pd.to_timedelta(full.where(clock).astype("object"), errors="coerce")
        moments = (days + past.where(past > pd.Timedelta(0))).astype("datetime64[ns]")
        return moments.fillna(_read_dates(written.where(~clock)))
    numeric = pd.to_numeric(written, errors="coerce")
    if bool(numeric.notna().any()) and bool((numeric.dropna() > 1e8).all()):
        thousandths = numeric * (1 if float(numeric.dropna().median()) > 1e11 else 1000)
        return _in_nanoseconds(pd.Series(thousandths.round().to_numpy("datetime64[ms]"), index=values.index))
    return _read_dates(written)


def _in_nanoseconds(moments: pd.Series) -> pd.Series:
    """Points in time in one unit; those of years in which nobody called are missing."""
    possible = (moments >= _FIRST) & (moments < _LAST)
    return moments.where(possible).astype("datetime64[ns]")


def _read_dates(written: pd.Series) -> pd.Series:
    read = pd.to_datetime(written.astype("object"), errors="coerce", format="mixed", utc=True)
    return _in_nanoseconds(read.dt.tz_localize(None))


def _words(raw: dict[str, pd.Series]) -> pd.Series | None:
    return (
        raw["outcome"].astype(str).str.strip().str.lower().str.replace(r"[\s\-]+", "_", regex=True)
        if "outcome" in raw
        else None
    )


def _gave_up(raw: dict[str, pd.Series], start: pd.Series, index: pd.Index) -> pd.Series:
    if "abandoned" in raw:
        return raw["abandoned"].astype(str).str.strip().str.lower().isin(_YES)
    if "answered" in raw:
        return ~raw["answered"].astype(str).str.strip().str.lower().isin(_YES)
    words = _words(raw)
    if words is not None:
        return words.isin(_GAVE_UP)
    if start.notna().any():
        return start.isna()
    if "agent" in raw:
        return raw["agent"].astype(str).str.strip().str.lower().isin(_NOBODY)
    return pd.Series(False, index=index)


def _never_queued(raw: dict[str, pd.Series], index: pd.Index) -> pd.Series:
    words = _words(raw)
    return words.isin(_NEVER_QUEUED) if words is not None else pd.Series(False, index=index)


def _refuse(calls: pd.DataFrame, found: dict[str, str | None]) -> None:
    missing = {
        "arrival": calls["arrival"].isna().all(),
        "wait_seconds": calls["wait_seconds"].isna().all(),
        "service_seconds": calls["service_seconds"].isna().all(),
        "agent": calls["agent"].isna().all() and bool(pd.isna(calls["agents_on_duty"]).all()),
        "abandoned": not (
            found["abandoned"] or found["answered"] or found["outcome"] or found["service_start"] or found["agent"]
        ),
    }
    problems = [
        Problem(
            field=name,
            column=found[name],
            message=text("The log does not tell {what}.", what=name),
            remedy=text("Name a column one of: {names}.", names=listed_texts(list(_NAMES[name]))),
        )
        for name, absent in missing.items()
        if absent
    ]
    if problems:
        raise InvalidOperation(
            text(
                "The calls can't be read: {missing} not found.",
                missing=listed_texts([str(problem.field) for problem in problems]),
            ),
            problems[0].remedy,
            problems,
        )
