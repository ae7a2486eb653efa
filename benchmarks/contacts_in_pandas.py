"""The peer of `benchmarks.contacts`: the same KPIs by pandas, as a service analyst would write them.

It does the same work on the same file: rows without a readable creation are set apart with their reason, of a repeated ticket
the last row counts, dates in the future and impossible orders are left out, and every KPI comes with its sample size.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

TODAY = pd.Timestamp("2026-01-01")


def monthly_kpis(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Monthly KPIs of the whole and by channel (series, period, value, sample_size), and the rejected rows."""
    log = pd.read_csv(path)
    reasons = pd.Series("", index=log.index)
    for column in ("Created at", "First response at", "Solved at"):
        moments = pd.to_datetime(log[column], errors="coerce", format="ISO8601")
        is_future = moments > TODAY + pd.Timedelta(days=1)
        unreadable = moments.isna() & (log[column].notna() | (column == "Created at"))
        reasons = reasons.mask(unreadable, column + " is not a point in time").mask(is_future, column + " lies in the future")
        log[column] = moments
    reasons = reasons.mask(log["Ticket ID"].isna(), "no ticket id")
    rejected = log[reasons != ""].assign(reason=reasons)
    log = log[reasons == ""].drop_duplicates("Ticket ID", keep="last")
    log["Channel"] = log["Channel"].str.strip().fillna("unknown")
    log["frt"] = (log["First response at"] - log["Created at"]).dt.total_seconds() / 60
    log["frt"] = log["frt"].where(log["frt"] >= 0)
    log["resolution"] = (log["Solved at"] - log["Created at"]).dt.total_seconds() / 3600
    log["resolution"] = log["resolution"].where(log["resolution"] >= 0)
    log["satisfied"] = (log["Satisfaction"] >= 4).where(log["Satisfaction"].notna()).astype(float) * 100
    log["created_month"] = log["Created at"].dt.to_period("M").dt.start_time
    log["solved_month"] = log["Solved at"].dt.to_period("M").dt.start_time
    frames = []
    for by in ([], ["Channel"]):
        created, solved = log.groupby(["created_month", *by]), log.groupby(["solved_month", *by])
        kpis: dict[str, tuple[pd.Series[Any], pd.Series[Any]]] = {
            "contact_volume": (created.size(), created.size()),
            "frt_median": (created["frt"].median(), created["frt"].count()),
            "frt_mean": (created["frt"].mean(), created["frt"].count()),
            "frt_p90": (created["frt"].quantile(0.9), created["frt"].count()),
            "csat": (created["satisfied"].mean(), created["satisfied"].count()),
            "solved_volume": (solved.size(), solved.size()),
            "resolution_time_median": (solved["resolution"].median(), solved["resolution"].count()),
            "resolution_time_mean": (solved["resolution"].mean(), solved["resolution"].count()),
            "resolution_time_p90": (solved["resolution"].quantile(0.9), solved["resolution"].count()),
            "reopen_rate": (solved["Reopened"].mean() * 100, solved["Reopened"].count()),
        }
        came, went = created.size(), solved.size()
        if by:
            opened, done = came.unstack(fill_value=0), went.unstack(fill_value=0)
            stacked = (opened.cumsum() - done.reindex(opened.index, fill_value=0).cumsum()).stack()
            assert isinstance(stacked, pd.Series)
            backlog: pd.Series[Any] = stacked
        else:
            backlog = came.cumsum() - went.reindex(came.index, fill_value=0).cumsum()
        kpis["backlog"] = (backlog, backlog)
        for name, (values, sizes) in kpis.items():
            frame = pd.DataFrame({"value": values, "sample_size": sizes}).rename_axis(["period", *by]).reset_index()
            frame["series"] = name if not by else name + "|channel=" + frame["Channel"]
            frames.append(frame[["series", "period", "value", "sample_size"]])
    return pd.concat(frames, ignore_index=True), rejected
