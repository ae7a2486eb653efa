"""Contacts that are at an engine already: a table or view by its name, or Parquet files that the engine itself reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import ibis.expr.types as ir
from ibis.backends import BaseBackend

from cs_planning.errors import EngineUnavailable
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.points.engines import DUCKDB
from cs_planning.kpis.contacts.watched import first_line
from cs_planning.language import text

_PARQUET = ".parquet"
_BY_NAME = {DUCKDB: {"union_by_name": True}, "pyspark": {"mergeSchema": True}}
"""How an engine puts files together of which some have fewer columns."""


def contacts_at(backend: BaseBackend, named: str) -> ir.Table:
    """Contacts at an engine; their columns are those of a contact table, and may be fewer.

    Args:
        backend: the engine.
        named: a table or view, `schema.table` where it is not in the usual schema; or a folder of Parquet files, with a `/` in
            its name, or one such file. Every machine of the engine has to see them under this name.

    Raises:
        EngineUnavailable: there is no such table or folder, the engine reads no files, or there is no `created_at`.
    """
    table = _files(backend, named) if "/" in named or named.endswith(_PARQUET) else _table(backend, named)
    if "created_at" not in table.columns:
        raise EngineUnavailable(
            text("The table {name} has no column created_at; it has {columns}.", name=named, columns=_some(table.columns)),
            text("Make a view with the columns of a contact table: {columns}", columns=_some(CONTACT_COLUMNS)),
        )
    return table


def _table(backend: BaseBackend, name: str) -> ir.Table:
    schema, _, bare = name.rpartition(".")
    try:
        return backend.table(bare, database=schema or None)
    except Exception as cause:
        raise EngineUnavailable(
            text("There is no table {name} ({cause}).", name=name, cause=first_line(cause)),
            text("Check its name, with its schema where it needs one: schema.table"),
        ) from cause


def _files(backend: BaseBackend, place: str) -> ir.Table:
    # Spark looks into a folder by itself, DuckDB wants to be told which files.
    asked = f"{place.rstrip('/')}/**/*{_PARQUET}" if backend.name == DUCKDB and Path(place).is_dir() else place
    try:
        return backend.read_parquet(asked, **_BY_NAME.get(backend.name, {}))
    except NotImplementedError as cause:
        raise EngineUnavailable(
            text("{engine} reads no Parquet files.", engine=backend.name),
            text("Load the contacts into a table and give its name."),
        ) from cause
    except Exception as cause:
        raise EngineUnavailable(
            text("The Parquet files {place} can't be read ({cause}).", place=place, cause=first_line(cause)),
            text("Every machine of the engine has to see them under this name."),
        ) from cause


def _some(columns: Iterable[str]) -> str:
    return ", ".join(columns)[:300]
