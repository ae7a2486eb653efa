"""Whether what a database holds fits together: its pages, what refers to what, and what is kept twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, or_, select
from sqlalchemy import text as sql

from cs_planning.language import Text, text
from cs_planning.storage.copies.state import State
from cs_planning.storage.tables import audit_trail, document_versions, documents, points, series, snapshots

UNCHANGEABLE = (snapshots.name, document_versions.name, audit_trail.name)
"""Tables whose rows the database itself keeps from being changed."""


def faults_of(state: State) -> Iterator[Text]:
    """What is not as it should be, every row read once.

    Raises:
        StorageUnavailable: the database can't be read at all.
    """
    connection = state.connection
    if connection.dialect.name == "sqlite":
        for (found,) in connection.execute(sql("PRAGMA integrity_check(20)")):
            if found != "ok":
                yield text("SQLite says: {fault}", fault=str(found))
        for table, _row, parent, _key in connection.execute(sql("PRAGMA foreign_key_check")):
            yield text("A row of {table} refers to a row of {parent} that is not there.", table=table, parent=parent)
    state.tallies()
    lacking = [table for table in UNCHANGEABLE if not _is_protected(connection, table)]
    if lacking:
        yield text("Rows that must never change are not protected in {tables}.", tables=", ".join(lacking))
    yield from _kept_twice(connection)


def _is_protected(connection: Connection, table: str) -> bool:
    if connection.dialect.name == "sqlite":
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name"
        return int(connection.execute(sql(query), {"name": table}).scalar_one()) >= 2
    query = "SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass(:name) AND NOT tgisinternal AND tgenabled = 'O'"
    return int(connection.execute(sql(query), {"name": table}).scalar_one()) >= 1


def _kept_twice(connection: Connection) -> Iterator[Text]:
    counted = select(points.c.series_id, func.count().label("found")).group_by(points.c.series_id).subquery()
    beside = series.outerjoin(counted, counted.c.series_id == series.c.id)
    other = select(func.count()).select_from(beside).where(series.c.point_count != func.coalesce(counted.c.found, 0))
    wrong = connection.execute(other).scalar_one()
    if wrong:
        yield text("The list of series counts other points than are there, in {count} series.", count=wrong)
    newest = (
        select(document_versions.c.document_id, func.max(document_versions.c.version).label("newest"))
        .group_by(document_versions.c.document_id)
        .subquery()
    )
    known = documents.outerjoin(newest, newest.c.document_id == documents.c.id)
    lost = select(func.count()).select_from(known)
    lost = lost.where(or_(newest.c.newest.is_(None), newest.c.newest != documents.c.version))
    wrong = connection.execute(lost).scalar_one()
    if wrong:
        yield text("The history lacks the present version of {count} goals, pages or scenarios.", count=wrong)


def server_of(connection: Connection) -> str:
    """The name and the version of the database program."""
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
    return f"{name} {'.'.join(str(part) for part in connection.dialect.server_version_info or ())}"
