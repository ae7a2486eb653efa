"""The contact log: Parquet files, some for each month, and a manifest that says which of them count.

Adding contacts writes new files for the months that they touch and leaves all others alone.  Until the caller has stored the
new manifest the old one is valid, so that a crash in between loses nothing; `kept_files.discard` removes what was replaced.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.watched import first_line
from cs_planning.language import text


class Part(BaseModel):
    """One file of the log.

    Attributes:
        month: of the contacts in it, by creation, `2026-03`.
        file_name: inside the log's folder.
        rows: how many contacts it holds.
    """

    model_config = ConfigDict(frozen=True)

    month: str
    file_name: str
    rows: int


class Manifest(BaseModel):
    """The files that make up the log, one or more for each month."""

    model_config = ConfigDict(frozen=True)

    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[tuple[str, str, int]]) -> Manifest:
        """The manifest of files given as month, file name and number of contacts."""
        return cls(parts=tuple(Part(month=month, file_name=name, rows=rows) for month, name, rows in parts))

    @property
    def rows(self) -> int:
        """How many contacts the log holds."""
        return sum(part.rows for part in self.parts)

    def paths(self, folder: Path) -> list[Path]:
        """The files of the log in `folder`, by month."""
        return [folder / part.file_name for part in self.parts]


def kept_contacts(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> str:
    """The contacts in Parquet files as a relation with every column of a contact table and `filename`.

    A file holds the columns that its export could fill; the others are empty.
    """
    listed = ", ".join(literal(str(file)) for file in files)
    scan = f"read_parquet([{listed}], union_by_name = true, filename = true)"
    found = connection.execute(f"SELECT * FROM {scan} LIMIT 0").description or ()
    there = {name for name, *_ in found}
    columns = (name if name in there else f"CAST(NULL AS {kind}) AS {name}" for name, kind in CONTACT_COLUMNS.items())
    return f"(SELECT {', '.join(columns)}, filename FROM {scan})"


def each_once(files: Sequence[Path], more: pd.DataFrame | None, folder: Path) -> tuple[list[Path], int]:
    """Parquet files in which every contact is there once, and how many records were there too many.

    Args:
        files: Parquet files of contacts.
        more: a contact table that belongs to them; None without one.
        folder: where new files go.

    Raises:
        StorageUnavailable: the disk is full or can't be written.

    Assumptions: of several records of a contact the one in the last file is its last state.
    """
    files = list(files)
    try:
        if more is not None:
            files.append(folder / new_name("more"))
            more.dropna(axis="columns", how="all").to_parquet(files[-1])
        with duckdb.connect() as connection:
            connection.execute("SET threads = 2; SET memory_limit = '1GB'; SET preserve_insertion_order = false")
            connection.execute(f"SET temp_directory = {literal(str(folder / 'spill'))}")
            return _each_once(connection, files, folder)
    except (OSError, duckdb.Error) as cause:
        raise not_stored(cause) from cause


def _each_once(connection: duckdb.DuckDBPyConnection, files: list[Path], folder: Path) -> tuple[list[Path], int]:
    scan = kept_contacts(connection, files)
    number = "hash(kind, contact_id)"
    found = connection.execute(f"SELECT count(*), count(DISTINCT {number}) FROM {scan}").fetchone() or (0, 0)
    again = int(found[0]) - int(found[1])
    if not again:
        return files, 0
    connection.execute(f"CREATE TEMP TABLE repeated AS SELECT {number} AS number FROM {scan} GROUP BY 1 HAVING count(*) > 1")
    is_repeated = f"{number} IN (SELECT number FROM repeated)"
    order = ", ".join(literal(str(file)) for file in files)
    newest = f"list_position([{order}], filename) DESC"
    last = f"QUALIFY row_number() OVER (PARTITION BY kind, contact_id ORDER BY {newest}) = 1"
    once = [folder / new_name("once"), folder / new_name("last")]
    for path, which in zip(once, (f"NOT {is_repeated}", f"{is_repeated} {last}"), strict=True):
        query = f"SELECT * EXCLUDE (filename) FROM {scan} WHERE {which}"
        connection.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet)")
    return once, again


def not_stored(cause: Exception) -> StorageUnavailable:
    """What to say when contacts can't be written."""
    return StorageUnavailable(
        text("The contacts can't be stored ({cause}).", cause=first_line(cause)),
        text("Make room on the disk or check the rights of the data folder, and import again; nothing was changed."),
    )


def merge_contacts(folder: Path, existing: Manifest, contacts: pd.DataFrame | Sequence[Path]) -> Manifest:
    """The manifest of the log with `contacts` in it; a contact with the same id replaces the one that is there.

    Months that would not change keep their file, so merging the same contacts again gives the same manifest.

    Args:
        folder: where the files are; made when it is not there.
        existing: the log so far.
        contacts: a contact table, or Parquet files of one in which each contact is there once.

    Raises:
        StorageUnavailable: a file can't be read or written; the files written so far are taken away.
    """
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as connection:
            connection.execute("SET threads = 2")
            register_incoming(connection, contacts)
            parts: dict[str, list[Part]] = {}
            for part in existing.parts:
                parts.setdefault(part.month, []).append(part)
            ready = {} if isinstance(contacts, pd.DataFrame) else incoming_files(connection)
            for month in _touched_months(connection, folder, existing):
                if month in ready and not parts.get(month):
                    parts[month] = adopted(folder, month, ready[month], written)
                else:
                    parts[month] = _merged_parts(connection, folder, month, parts.get(month, []), written)
    except BaseException as cause:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(cause, (OSError, duckdb.Error)):
            raise not_stored(cause) from cause
        raise
    return Manifest(parts=tuple(part for month in sorted(parts) for part in parts[month]))


def changed_since(folder: Path, before: Manifest, after: Manifest) -> datetime | None:
    """The first moment at which a contact in a file of only one manifest was created, solved or rated; None without one.

    The files of both manifests must still be there.
    """
    old, new = ({part.file_name for part in manifest.parts} for manifest in (before, after))
    differing = sorted(old ^ new)
    if not differing:
        return None
    with duckdb.connect() as connection:
        scan = kept_contacts(connection, [folder / name for name in differing])
        found = connection.execute(f"SELECT min(least(created_at, solved_at, rated_at)) FROM {scan}").fetchone()
    moment = found[0] if found else None
    return moment if isinstance(moment, datetime) else None


def register_incoming(connection: duckdb.DuckDBPyConnection, contacts: pd.DataFrame | Sequence[Path]) -> None:
    """Makes new contacts, a table or Parquet files, known to a connection as `incoming`, with their month."""
    if isinstance(contacts, pd.DataFrame):
        once = typed_contacts(contacts).drop_duplicates(["kind", "contact_id"], keep="last")
        connection.register("given", once)
        connection.execute("CREATE TEMP TABLE incoming AS SELECT *, strftime(created_at, '%Y-%m') AS month FROM given")
        return
    scan = kept_contacts(connection, contacts)
    connection.execute(f"CREATE VIEW incoming AS SELECT *, strftime(created_at, '%Y-%m') AS month FROM {scan}")


def new_name(month: str) -> str:
    """A name that no other file has."""
    return f"contacts-{month}-{uuid.uuid4().hex[:12]}.parquet"


def _touched_months(connection: duckdb.DuckDBPyConnection, folder: Path, existing: Manifest) -> Iterator[str]:
    """The months of the incoming contacts, and months from which a contact moves away because its creation changed."""
    months = {str(month) for (month,) in connection.execute("SELECT DISTINCT month FROM incoming").fetchall()}
    others = {part.file_name: part.month for part in existing.parts if part.month not in months}
    if others:
        scan = kept_contacts(connection, [folder / name for name in others])
        moved = connection.execute(
            f"SELECT DISTINCT parse_filename(filename) FROM {scan} old "
            "SEMI JOIN incoming ON incoming.kind = old.kind AND incoming.contact_id = old.contact_id"
        ).fetchall()
        months |= {others[str(name)] for (name,) in moved}
    yield from sorted(months)


def incoming_files(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Path, int]]]:
    """The incoming files with their rows, by month; only of months all of whose files hold that month alone."""
    found = connection.execute(
        "SELECT filename, min(month), max(month), count(*) FROM incoming GROUP BY 1 ORDER BY 1"
    ).fetchall()
    mixed = [(first, last) for _, first, last, _ in found if first != last]
    ready: dict[str, list[tuple[Path, int]]] = {}
    for name, month, last, rows in found:
        if month == last and not any(begin <= month <= end for begin, end in mixed):
            ready.setdefault(str(month), []).append((Path(str(name)), int(rows)))
    return ready


def adopted(folder: Path, month: str, files: list[tuple[Path, int]], written: list[Path]) -> list[Part]:
    """Files that are a month as they stand, under new names in the log."""
    parts = []
    for file, rows in files:
        path = folder / new_name(month)
        written.append(path)
        try:
            path.hardlink_to(file)
        except OSError:
            shutil.copyfile(file, path)
        parts.append(Part(month=month, file_name=path.name, rows=rows))
    return parts


def _merged_parts(
    connection: duckdb.DuckDBPyConnection, folder: Path, month: str, existing: list[Part], written: list[Path]
) -> list[Part]:
    columns = ", ".join(CONTACT_COLUMNS)
    new = f"SELECT {columns} FROM incoming WHERE month = {literal(month)}"
    merged = new
    if existing:
        old = kept_contacts(connection, [folder / part.file_name for part in existing])
        same = connection.execute(
            f"SELECT count(*) FROM (({new}) EXCEPT (SELECT {columns} FROM {old}))"
            f" UNION ALL SELECT count(*) FROM {old} old SEMI JOIN incoming i "
            "ON old.kind = i.kind AND old.contact_id = i.contact_id "
            f"AND i.month <> {literal(month)}"
        ).fetchall()
        if all(count == 0 for (count,) in same):
            return existing
        merged = f"{new} UNION ALL (SELECT {columns} FROM {old} ANTI JOIN incoming USING (kind, contact_id))"
    path = folder / new_name(month)
    written.append(path)
    written_rows = connection.execute(
        f"COPY (SELECT * FROM ({merged}) ORDER BY created_at, contact_id) TO {literal(str(path))} (FORMAT parquet)"
    ).fetchone()
    rows = int(written_rows[0]) if written_rows else 0
    if rows == 0:
        path.unlink(missing_ok=True)
        return []
    return [Part(month=month, file_name=path.name, rows=rows)]
