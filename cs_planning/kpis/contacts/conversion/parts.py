"""Parquet files as they were written in parallel → files of the contact log: repeated ids counted once, unusable records left.

The files carry a column `_part`: 0 for unusable records, 1 for a log that is not cut by month, else year and month as 202603.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.log.manifest import Part, new_name
from cs_planning.kpis.contacts.query.contact_query import UPDATED
from cs_planning.kpis.contacts.query.problems import NOTE

PART = "_part"
WRITTEN = "FORMAT parquet, DICTIONARY_SIZE_LIMIT 1000"
UNUSABLE = 0
WHOLE = 1
RECORD = "_record"
LAST = f"{UPDATED} DESC NULLS LAST, {RECORD} DESC"
"""Of several records with one id the first in this order is the last state of the contact."""


def part_of(by_month: bool) -> str:
    """The expression that says to which part a record belongs."""
    usable = "100 * year(created_at) + month(created_at)" if by_month else str(WHOLE)
    return f"CASE WHEN problem IS NULL THEN {usable} ELSE {UNUSABLE} END"


def written(by_month: bool) -> str:
    """How records become files, as options of COPY: one folder for each part, or one file for each thread."""
    return (
        f"{WRITTEN}, PARTITION_BY ({PART}), WRITE_PARTITION_COLUMNS true"
        if by_month
        # Nobody keeps these, so that packing them would not pay.
        else f"{WRITTEN}, COMPRESSION uncompressed, PER_THREAD_OUTPUT true"
    )


def scan_of(folder: Path) -> str:
    """The files of `folder` as a relation with `_part` and `filename`."""
    return f"read_parquet({literal(str(folder / '**/*.parquet'))}, filename = true, hive_partitioning = false)"


def find_repeated(connection: duckdb.DuckDBPyConnection, scan: str, listed: str, by_month: bool, states: str | None) -> None:
    """Makes the table `repeated`: the contacts whose id (`shared_id`) is there more than once, as they count.

    Of several records with one id the last counts, by its update or else by its place in the file; without a column of ids
    equal records are contacts of their own, and get ids of their own.

    Args:
        connection: where the table is made.
        scan: as `scan_of` gives it.
        listed: the columns of a contact that are kept, as SQL.
        by_month: whether the log is cut by month.
        states: a query that gives the records in the order of the file, with `_record` and `_updated`; None without ids.
    """
    usable = f"(SELECT * FROM {scan} WHERE {PART} <> {UNUSABLE})"
    shared = f"(SELECT contact_id FROM {usable} GROUP BY contact_id HAVING count(*) > 1)"
    if states is None:
        twins = (
            "SELECT *, contact_id AS shared_id, row_number() OVER (PARTITION BY contact_id) AS place "
            f"FROM {usable} SEMI JOIN {shared} USING (contact_id)"
        )
        own_id = "CASE WHEN place = 1 THEN contact_id ELSE contact_id || '-' || (place - 1) END"
        counted = f"SELECT * REPLACE ({own_id} AS contact_id) FROM ({twins})"
    else:
        connection.execute(f"CREATE TEMP TABLE shared AS SELECT contact_id AS shared_id FROM {shared}")
        counted = (
            f"SELECT {listed}, {NOTE}, {part_of(by_month)} AS {PART}, contact_id AS shared_id FROM ({states}) "
            "WHERE problem IS NULL AND contact_id IN (SELECT shared_id FROM shared) "
            f"QUALIFY row_number() OVER (PARTITION BY contact_id ORDER BY {LAST}) = 1"
        )
    connection.execute(f"CREATE TEMP TABLE repeated AS {counted}")


def keep_parts(
    connection: duckdb.DuckDBPyConnection, scan: str, folder: Path, columns: str, made: list[Path], *, is_repeated: bool
) -> Iterator[Part]:
    """The contacts behind `scan` as files of the log.

    Files that are a part as they stand are only renamed; parts with repeated ids are written anew, and so is a log that is not
    cut by month and has unusable records between the others.

    Args:
        connection: where `repeated` is, if there are any.
        scan: as `scan_of` gives it.
        folder: of the log.
        columns: of the log, as SQL.
        made: is given every file that was made.
        is_repeated: whether some ids are there more than once.
    """
    found = connection.execute(f"SELECT {PART}, filename, count(*) FROM {scan} GROUP BY ALL ORDER BY ALL").fetchall()
    mixed = {name for _, name, _ in found if sum(other == name for _, other, _ in found) > 1}
    anew = {int(part) for part, name, _ in found if name in mixed}
    if is_repeated:
        shared = f"SELECT DISTINCT {PART} FROM {scan} WHERE contact_id IN (SELECT shared_id FROM repeated)"
        anew |= {int(part) for (part,) in connection.execute(shared).fetchall()}
    for part in dict.fromkeys(int(part) for part, _, _ in found if part != UNUSABLE):
        month = "all" if part == WHOLE else f"{part // 100:04d}-{part % 100:02d}"
        files = [(Path(str(name)), int(rows)) for other, name, rows in found if other == part]
        if part not in anew:
            for file, rows in files:
                made.append(folder / new_name(month))
                file.rename(made[-1])
                yield Part(month=month, file_name=made[-1].name, rows=rows)
            continue
        read = ", ".join(literal(str(file)) for file, _ in files)
        query = f"SELECT {columns} FROM read_parquet([{read}]) WHERE {PART} = {part}"
        if is_repeated:
            query += (
                " AND contact_id NOT IN (SELECT shared_id FROM repeated) "
                f"UNION ALL SELECT {columns} FROM repeated WHERE {PART} = {part}"
            )
        made.append(folder / new_name(month))
        connection.execute(f"COPY ({query}) TO {literal(str(made[-1]))} ({WRITTEN})")
        kept = _count(connection, made[-1]) if is_repeated else sum(rows for _, rows in files)
        if kept:
            yield Part(month=month, file_name=made[-1].name, rows=kept)


def _count(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    found = connection.execute(f"SELECT count(*) FROM read_parquet({literal(str(path))})").fetchone()
    return int(found[0]) if found else 0
