"""Where contacts are computed: DuckDB inside the process, or a database, warehouse or cluster that ibis knows, by its URL."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import TypeAlias

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends import BaseBackend

from cs_planning.errors import EngineUnavailable
from cs_planning.kpis.calendar.open_times import with_open_times
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.in_process import session
from cs_planning.kpis.contacts.points.spark import KINDS as SPARK
from cs_planning.kpis.contacts.points.spark import spark_backend
from cs_planning.kpis.contacts.points.targets import with_targets
from cs_planning.kpis.contacts.watched import first_line
from cs_planning.language import text

DUCKDB = "duckdb"
_LEAST_MEMORY_MB, _SHARE_OF_MEMORY = 1_200, 0.25
"""What the engine in this process may take: medians keep all values of a column, of 50 million contacts more than the least."""
_THREADS = 2
_FEW_CONTACTS = 200_000
"""Up to how many contacts all ways to group them go into one query, since planning it takes longer than running it."""
_MOST_IN_MEMORY = 500_000
"""Up to how many contacts are taken into memory, where a query that is asked again and again opens no file."""
IBIS_TYPES = {"VARCHAR": "string", "TIMESTAMP": "timestamp(6)", "DOUBLE": "float64", "BOOLEAN": "boolean"}
"""What ibis calls the SQL types of contact columns."""
_ARROW_TYPES = {"VARCHAR": pa.string(), "TIMESTAMP": pa.timestamp("us"), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}
_NEEDED = ("kind", "created_at", "first_response_at", "solved_at", "rated_at", "channel", "team", "customer_group", "topic")
_Source: TypeAlias = pd.DataFrame | Sequence[Path] | ir.Table
_URL_HINT = "postgres://user@host/database, spark://host:7077, trino://…, bigquery://…, snowflake://…, clickhouse://…"


@dataclass(frozen=True)
class OpenContacts:
    """Contacts at an engine, ready for queries.

    Attributes:
        backend: the engine.
        table: the contacts with the columns that hold something, and those that every query names.
        are_few: whether they are few and in this process, so that writing and planning a query takes longer than its run.
    """

    backend: BaseBackend
    table: ir.Table
    are_few: bool = False
    _results: dict[tuple[Step, ...], pd.DataFrame] = field(default_factory=dict)

    def run(self, query: ir.Table) -> pd.DataFrame:
        """The result of a query over the table."""
        result: pd.DataFrame = self.backend.to_pyarrow(query).to_pandas()
        return result

    def run_steps(self, *steps: Step) -> pd.DataFrame:
        """The result of the last of several steps from the table to a query."""
        if self.backend.name != DUCKDB:
            return self.run(made_by(self.table, steps))
        sql, name, schema = "", self.table.get_name(), self.table.schema()
        for number, step in enumerate(steps):
            written, schema = _written(step, name, tuple(schema.items()))
            name = f"step_{number}"
            sql += f"{', ' if sql else 'WITH '}{name} AS ({written})"
        # A relation of the engine would be bound twice: once for its columns, once to run it.
        result: pd.DataFrame = self.backend.con.execute(f"{sql} SELECT * FROM {name}").df()
        return result

    def once(self, *steps: Step) -> pd.DataFrame:
        """The same where the result is asked for again and again, such as the counts of days that every rhythm needs."""
        if steps not in self._results:
            self._results[steps] = self.run_steps(*steps)
        return self._results[steps]


@dataclass(frozen=True)
class Step:
    """A step of a query: a function from a table of contacts to the next table.

    Attributes:
        make: takes the table and the facts, and gives the same query for every table with the same columns.
        facts: what else it needs.
    """

    make: Callable[..., ir.Table]
    facts: tuple[Hashable, ...] = ()


def made_by(table: ir.Table, steps: Iterable[Step]) -> ir.Table:
    """The query that steps make of a table."""
    for step in steps:
        table = step.make(table, *step.facts)
    return table


@lru_cache(maxsize=512)
def _written(step: Step, name: str, columns: tuple[tuple[str, dt.DataType], ...]) -> tuple[str, ibis.Schema]:
    """The SQL of a step at DuckDB and the columns of its result; for a small log writing it takes longer than running it."""
    query = step.make(ibis.table(dict(columns), name=name), *step.facts)
    return str(ibis.to_sql(query, dialect=DUCKDB)), query.schema()


@contextmanager
def open_contacts(
    contacts: _Source | OpenContacts,
    connection: BaseBackend | None = None,
    hours: OpeningHours | None = None,
    targets: SlaTargets | None = None,
) -> Iterator[OpenContacts]:
    """Contacts at an engine for the length of a `with` block.

    Args:
        contacts: a contact table, the Parquet files of a contact log, or a table of a database; contacts that are open already
            are given back as they are, and stay open.
        connection: where to compute; DuckDB in the process when None.
        hours: when the service is open, for times on that clock as well; none of these when None.
        targets: within which time contacts are to be answered and solved, for those whose file does not say it.
    """
    if isinstance(contacts, OpenContacts):
        yield contacts
        return
    if isinstance(contacts, pd.DataFrame) and connection is None and hours is None and targets is None:
        with session() as here:
            yield _handed_over(here, contacts)
        return
    backend = connection or duckdb_backend()
    try:
        table = with_all_columns(contact_relation(backend, contacts))
        filled, count = _filled(backend, table, contacts)
        table = table.select(*(name for name in CONTACT_COLUMNS if name in filled or name in _NEEDED))
        table = table if hours is None else _on_the_clock(backend, table, hours, with_bounds=targets is not None)
        table = table if targets is None else with_targets(table, targets, in_opening_hours=hours is not None)
        if backend.name != DUCKDB:
            yield OpenContacts(backend, table)
            return
        yield OpenContacts(backend, _named(backend, table, count <= _MOST_IN_MEMORY), count <= _FEW_CONTACTS)
    finally:
        if connection is None:
            backend.disconnect()


def _handed_over(here: duckdb.DuckDBPyConnection, contacts: pd.DataFrame) -> OpenContacts:
    """A contact table as one of DuckDB, without the queries that find out what another engine's table holds."""
    arrow = _arrow(contacts)
    kept = [name for name in CONTACT_COLUMNS if name in _NEEDED or arrow[name].null_count < len(arrow)]
    is_in_memory = len(arrow) <= _MOST_IN_MEMORY
    name = "handed_over" if is_in_memory else "contacts"
    here.register(name, arrow.select(kept))
    if is_in_memory:
        here.execute(f"CREATE TEMP TABLE contacts AS SELECT * FROM {name}")
        here.unregister(name)
    table = ibis.table({name: IBIS_TYPES[CONTACT_COLUMNS[name]] for name in kept}, name="contacts")
    return OpenContacts(ibis.duckdb.from_connection(here), table, len(arrow) <= _FEW_CONTACTS)


def _named(backend: BaseBackend, table: ir.Table, is_in_memory: bool) -> ir.Table:
    """The table under a name of its own, so that queries over it need not repeat how it is made."""
    views = "SELECT count(*) FROM duckdb_views() WHERE view_name LIKE 'contacts_%'"
    [(number,)] = backend.con.execute(views).fetchall()
    view = backend.create_view(f"contacts_{number}", table)
    if not is_in_memory:
        return view
    name = f"few_{view.get_name()}"
    backend.con.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {view.get_name()}")
    return backend.table(name)


def duckdb_backend() -> BaseBackend:
    """A DuckDB engine in this process, bounded in memory and threads."""
    # Without the cache, which would fill what is allowed with what was read of files.
    return ibis.duckdb.connect(memory_limit=_memory_limit(), threads=_THREADS, enable_external_file_cache=False)


def _memory_limit() -> str:
    """A quarter of the machine's memory, and no less than every machine has."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**2 if hasattr(os, "sysconf") else 0.0
    return f"{max(_LEAST_MEMORY_MB, int(_SHARE_OF_MEMORY * machine))}MB"


def load_ahead() -> None:
    """Loads the library of the engine in a thread of its own, while DuckDB reads a file on others."""
    Thread(target=lambda: ibis.duckdb, daemon=True).start()


@contextmanager
def connected(engine: str) -> Iterator[BaseBackend]:
    """The engine at a URL, for the length of a `with` block.

    Args:
        engine: `duckdb` for the one in the process, or a URL that `ibis.connect` takes.

    Raises:
        EngineUnavailable: there is no such engine, its driver is not installed, or it can't be reached.
    """
    if engine == DUCKDB:
        backend = duckdb_backend()
    else:
        if "://" not in engine:
            raise EngineUnavailable(
                text("“{engine}” is not the URL of an engine.", engine=engine),
                text("Give `duckdb`, or a URL such as {examples}.", examples=_URL_HINT),
            )
        kind = engine.partition("://")[0]
        try:
            backend = spark_backend(engine) if kind in SPARK else ibis.connect(engine)
        except (ImportError, ModuleNotFoundError) as cause:
            raise EngineUnavailable(
                text("The driver of {engine} is not installed ({cause}).", engine=kind, cause=str(cause)[:120]),
                text(
                    "Install it: pip install 'ibis-framework[{engine}]'",
                    engine="pyspark" if kind in SPARK else kind.removesuffix("ql"),
                ),
            ) from cause
        except EngineUnavailable:
            raise
        except Exception as cause:
            raise EngineUnavailable(
                text("The engine {engine} can't be reached ({cause}).", engine=kind, cause=first_line(cause)),
                text("Check the URL, the password and whether the engine runs. URLs look like {examples}.", examples=_URL_HINT),
            ) from cause
    try:
        yield backend
    finally:
        backend.disconnect()


def contact_relation(backend: BaseBackend, contacts: _Source) -> ir.Table:
    """The contacts as a relation of `backend`; frames are handed over as a temporary table."""
    if isinstance(contacts, ir.Table):
        return contacts
    if isinstance(contacts, pd.DataFrame):
        return ibis.memtable(_arrow(contacts))
    return backend.read_parquet([str(path) for path in contacts], union_by_name=True)


def with_all_columns(table: ir.Table) -> ir.Table:
    """Every column of a contact table in its type; those that are not there are empty, and the kind is a ticket then."""
    columns: dict[str, ir.Value] = {}
    for name, kind in CONTACT_COLUMNS.items():
        wanted = IBIS_TYPES[kind]
        if name not in table.columns:
            columns[name] = ibis.literal("ticket") if name == "kind" else ibis.null(wanted)
        elif kind == "TIMESTAMP":
            columns[name] = table[name] if table[name].type().is_timestamp() else table[name].cast(wanted)
        else:
            columns[name] = table[name] if table[name].type() == ibis.dtype(wanted) else table[name].cast(wanted)
    return table.select(**columns)


def _filled(backend: BaseBackend, table: ir.Table, contacts: _Source) -> tuple[set[str], int]:
    """The columns with a value in at least one contact, since what no contact has needs no query; and how many there are."""
    if isinstance(contacts, pd.DataFrame):
        return {name for name in CONTACT_COLUMNS if name in contacts and contacts[name].notna().any()}, len(contacts)
    if not isinstance(contacts, ir.Table):
        return _filled_in_files(contacts)
    counts = backend.to_pyarrow(table.aggregate(**{name: table[name].count() for name in CONTACT_COLUMNS})).to_pylist()[0]
    return {name for name, count in counts.items() if count}, max(counts.values())


def _filled_in_files(files: Sequence[Path]) -> tuple[set[str], int]:
    """The same out of the statistics of Parquet files, without reading a contact."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT path_in_schema, sum(num_values), sum(coalesce(stats_null_count, 0)) FROM parquet_metadata(?) GROUP BY 1",
            [[str(path) for path in files]],
        ).fetchall()
    return {str(name) for name, values, empty in rows if empty < values}, max((int(values) for _, values, _ in rows), default=0)


def _on_the_clock(backend: BaseBackend, contacts: ir.Table, hours: OpeningHours, *, with_bounds: bool) -> ir.Table:
    moments = {
        name: contacts[name].max() for name in ("created_at", "first_response_at", "solved_at") if name in contacts.columns
    }
    ends = backend.to_pyarrow(contacts.aggregate(first=contacts.created_at.min(), **moments)).to_pylist()[0]
    days = [moment.date() for moment in ends.values() if moment is not None]
    return with_open_times(contacts, hours, min(days), max(days), with_bounds=with_bounds) if days else contacts


def _arrow(contacts: pd.DataFrame) -> pa.Table:
    schema = pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in CONTACT_COLUMNS.items()])
    arrow = pa.Table.from_pandas(contacts[list(CONTACT_COLUMNS)], schema=schema, preserve_index=False)
    for name in (name for name, kind in CONTACT_COLUMNS.items() if kind == "DOUBLE"):
        column = pa.array(contacts[name].to_numpy(float), from_pandas=True)
        arrow = arrow.set_column(arrow.schema.get_field_index(name), name, column)
    return arrow
