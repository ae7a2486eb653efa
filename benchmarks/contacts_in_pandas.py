"""The peer of `benchmarks.contacts`: the same KPIs by pandas, as an analyst would write them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def monthly_kpis(path: Path) -> pd.DataFrame:
    """Monthly KPIs of the whole and by channel: series, period, value."""
    log = pd.read_csv(path, parse_dates=["Created at", "First response at", "Solved at"])
    log["frt"] = (log["First response at"] - log["Created at"]).dt.total_seconds() / 60
    log["resolution"] = (log["Solved at"] - log["Created at"]).dt.total_seconds() / 3600
    log["satisfied"] = (log["Satisfaction"] >= 4).where(log["Satisfaction"].notna()).astype(float) * 100
    log["created_month"] = log["Created at"].dt.to_period("M").dt.start_time
    log["solved_month"] = log["Solved at"].dt.to_period("M").dt.start_time
    frames = []
    for by in ([], ["Channel"]):
        created = log.groupby(["created_month", *by])
        solved = log.groupby(["solved_month", *by])
        kpis = {
            "contact_volume": created.size(),
            "frt_median": created["frt"].median(),
            "frt_mean": created["frt"].mean(),
            "frt_p90": created["frt"].quantile(0.9),
            "csat": created["satisfied"].mean(),
            "solved_volume": solved.size(),
            "resolution_time_median": solved["resolution"].median(),
            "resolution_time_mean": solved["resolution"].mean(),
            "resolution_time_p90": solved["resolution"].quantile(0.9),
            "reopen_rate": solved["Reopened"].mean() * 100,
        }
        for name, values in kpis.items():
            frame = values.rename("value").rename_axis(["period", *by]).reset_index()
            frame["series"] = name if not by else name + "|channel=" + frame["Channel"]
            frames.append(frame[["series", "period", "value"]])
    return pd.concat(frames, ignore_index=True)
