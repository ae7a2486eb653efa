"""The second peer of `benchmarks.contacts`: the same KPIs by a bare DuckDB script.

It reads the same cells and does the same work as the script in pandas; it knows the names and the format of the columns
beforehand, keeps nothing, and writes no sentence about what it found.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

_THREADS = 2
_MOMENTS = {"Created at": "created", "First response at": "answered", "Solved at": "solved"}
_TOMORROW = "TIMESTAMP '2026-01-02'"
_TIMES = """count({0}) AS {1}_median__n, quantile_cont({0}, 0.5) AS {1}_median, count({0}) AS {1}_mean__n, avg({0}) AS {1}_mean,
    count({0}) AS {1}_p90__n, quantile_cont({0}, 0.9) AS {1}_p90"""


def monthly_kpis(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Monthly KPIs of the whole and by channel (series, period, value, sample_size), and how many rows each reason rejects."""
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {_THREADS}; SET preserve_insertion_order = false")
        connection.execute(f"CREATE TEMP TABLE rows AS {_read(path)}")
        rejected = connection.execute("SELECT reason, count(*) AS count FROM rows WHERE reason <> '' GROUP BY ALL").df()
        connection.execute(
            "CREATE TEMP TABLE repeated AS SELECT id FROM rows WHERE reason = '' GROUP BY id HAVING count(*) > 1"
        )
        connection.execute(
            "CREATE TEMP VIEW contacts AS SELECT * FROM rows WHERE reason = '' AND id NOT IN (FROM repeated) UNION ALL "
            "(SELECT * FROM rows WHERE reason = '' AND id IN (FROM repeated) "
            "QUALIFY row_number() OVER (PARTITION BY id ORDER BY place DESC) = 1)"
        )
        created = connection.execute(
            _grouped(
                "created",
                "count(*) AS contact_volume__n, count(*) AS contact_volume, count(satisfied) AS csat__n, "
                f"100 * avg(satisfied) AS csat, {_TIMES.format('response', 'frt')}",
            )
        ).df()
        solved = connection.execute(
            _grouped(
                "solved",
                "count(*) AS solved_volume__n, count(*) AS solved_volume, count(reopened) AS reopen_rate__n, "
                f"100 * avg(reopened) AS reopen_rate, {_TIMES.format('resolution', 'resolution_time')}",
            )
        ).df()
    return pd.concat([_points(created), _points(solved), _backlog(created, solved)], ignore_index=True), rejected


def _read(path: Path) -> str:
    cells = ", ".join(f'try_cast("{column}" AS TIMESTAMP) AS {name}' for column, name in _MOMENTS.items())
    reasons = " ".join(
        f"""WHEN {name} IS NULL AND ("{column}" <> '' OR '{name}' = 'created') THEN '{column} is not a point in time'
        WHEN {name} > {_TOMORROW} THEN '{column} lies in the future'"""
        for column, name in _MOMENTS.items()
    )
    return f"""
        SELECT id, place, created, solved, channel, reopened,
            CASE WHEN answered >= created THEN epoch_us(answered - created) / 6e7 END AS response,
            CASE WHEN solved >= created THEN epoch_us(solved - created) / 3.6e9 END AS resolution,
            CASE WHEN satisfaction IS NOT NULL THEN (satisfaction >= 4)::DOUBLE END AS satisfied,
            CASE WHEN id IS NULL THEN 'no ticket id' {reasons} ELSE '' END AS reason
        FROM (
            SELECT nullif("Ticket ID", '') AS id, row_number() OVER () AS place, {cells},
                coalesce(nullif(trim("Channel"), ''), 'unknown') AS channel, try_cast("Reopened" AS DOUBLE) AS reopened,
                try_cast("Satisfaction" AS DOUBLE) AS satisfaction, {", ".join(f'"{column}"' for column in _MOMENTS)}
            FROM read_csv('{path}', header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"',
                columns = {{{_columns(path)}}}, store_rejects = true)
        )"""


def _columns(path: Path) -> str:
    with path.open(encoding="utf-8") as stream:
        names = stream.readline().strip().split(",")
    return ", ".join(f"""'{name.strip('"')}': 'VARCHAR'""" for name in names)


def _grouped(moment: str, values: str) -> str:
    return f"""SELECT date_trunc('month', {moment}) AS period, channel, {values} FROM contacts WHERE {moment} IS NOT NULL
        GROUP BY GROUPING SETS ((date_trunc('month', {moment})), (date_trunc('month', {moment}), channel))"""


def _points(result: pd.DataFrame) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "series": _series(name, result["channel"]),
                "period": result["period"],
                "value": result[name].astype(float),
                "sample_size": result[f"{name}__n"].astype(float),
            }
        )
        for name in result.columns
        if f"{name}__n" in result.columns
    ]
    return pd.concat(frames, ignore_index=True)


def _series(kpi: str, channels: pd.Series) -> pd.Series:
    return (kpi + "|channel=" + channels.astype("str")).where(channels.notna(), kpi)


def _backlog(created: pd.DataFrame, solved: pd.DataFrame) -> pd.DataFrame:
    """What is open at the end of each month, of the whole (no channel) and by channel."""
    came = created.pivot_table(index="period", columns=created["channel"].fillna(""), values="contact_volume", fill_value=0)
    went = solved.pivot_table(index="period", columns=solved["channel"].fillna(""), values="solved_volume", fill_value=0)
    left = came.cumsum() - went.reindex(index=came.index, columns=came.columns, fill_value=0).cumsum()
    stacked = left.stack()
    assert isinstance(stacked, pd.Series)
    frame = stacked.rename_axis(["period", "channel"]).reset_index(name="value")
    series = _series("backlog", frame["channel"].where(frame["channel"] != ""))
    return pd.DataFrame({"series": series, "period": frame["period"], "value": frame["value"], "sample_size": frame["value"]})
