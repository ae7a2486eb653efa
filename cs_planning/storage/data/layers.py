"""Layers: what each import brought by itself, in the order of imports, so that one can be taken back and the others stay.

The present values are what all layers give one after the other.  A layer holds the points of a table as its file gave them, or
names the Parquet files with the contacts of a file.  What was there before layers were kept is a layer without an import, and
so is what somebody took out; neither can be undone.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from sqlalchemy import Connection, delete, insert, select, update

from cs_planning.errors import Overtaken
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
from cs_planning.storage.changes import POINTS, count_change
from cs_planning.storage.data.contact_logs import LogPart
from cs_planning.storage.database import Database
from cs_planning.storage.looks import look_anew
from cs_planning.storage.tables import counters, import_layer_files, import_layers

LAYERS = "layers"
_COLUMNS = ("period", "value", "sample_size")


@dataclass(frozen=True)
class Brought:
    """What an import brings by itself, before anything is computed of it together with others.

    Attributes:
        points: series frames by frequency, of a table.
        sources: the file of each series, where the points come of several.
        kpis: descriptions of KPIs that are not in the catalogue.
        removed: series that were taken out, in all their frequencies.
        files: with the contacts of the file, each by its month.
        since: the number of the layer from which on each series was there, where several were put together.
    """

    points: Mapping[Frequency, pd.DataFrame] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    kpis: tuple[Kpi, ...] = ()
    removed: tuple[str, ...] = ()
    files: tuple[LogPart, ...] = ()
    since: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FoldedLayers:
    """The oldest layers of a contact log, or of the tables, put together; they can't be undone from then on.

    Attributes:
        numbers: of the layers.
        base: that of them which takes the others in.
        brought: what they bring together.
    """

    numbers: tuple[int, ...]
    base: int
    brought: Brought


@dataclass(frozen=True)
class Layer:
    """What one import brought.

    Attributes:
        number: its place in the order of imports.
        import_id: empty for what was there before, or was taken out.
        log_id: of the contact log that it fills; empty for a table.
        header: the fingerprint of the file's header.
    """

    number: int
    import_id: str
    log_id: str
    header: str
    brought: Brought = field(default_factory=Brought)


class Layers:
    """What each import brought."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, *, log: str | None = None, with_points: bool = True) -> tuple[Layer, ...]:
        """The layers that count, in the order of their imports; those of one contact log where it is given."""
        query = select(import_layers).order_by(import_layers.c.number)
        if log is not None:
            query = query.where(import_layers.c.log_id == log)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            files = _files(connection)
        return tuple(
            Layer(
                row.number,
                row.import_id,
                row.log_id,
                row.header,
                _unpacked(row.body if with_points else b"", files.get(row.number, ())),
            )
            for row in rows
        )

    def imports(self) -> frozenset[str]:
        """The ids of the imports that can be undone."""
        query = select(import_layers.c.import_id).where(import_layers.c.import_id != "")
        with self._database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def file_names(self) -> frozenset[str]:
        """The Parquet files that layers consist of."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(select(import_layer_files.c.file_name)).scalars())

    def state(self) -> tuple[int, int]:
        """Two numbers of which one grows with every change of points and with every import; see `unchanged_since`.

        What is read after it, in one look too, is what it is compared with.
        """
        look_anew()
        with self._database.reading() as connection:
            return _state(connection)


def unchanged_since(connection: Connection, state: tuple[int | None, int]) -> bool:
    """Whether neither points nor layers changed since `Layers.state` was read; inside a writing transaction.

    Args:
        connection: in a writing transaction.
        state: as it was read; without the number of the points these may have changed.
    """
    points, layers = _state(connection)
    return state[0] in (None, points) and state[1] == layers


def overtaken(source: str) -> Overtaken:
    """What is said where `unchanged_since` says no."""
    return Overtaken(
        text("Something was imported or changed while “{file}” was worked on.", file=source),
        text("Nothing of it was saved. Try again."),
    )


def add_layer(connection: Connection, import_id: str, log_id: str, header: str, brought: Brought) -> None:
    """Keeps what an import brought, or without an import what was there before, as the last layer."""
    _insert(connection, count_change(connection, LAYERS), import_id, log_id, header, brought)


def add_removal(connection: Connection, key: str) -> None:
    """Keeps that somebody took a series out, so that undoing a later import does not bring it back."""
    if has_layers(connection):
        add_layer(connection, "", "", "", Brought(removed=(key,)))


def has_layers(connection: Connection) -> bool:
    """Whether layers were ever kept, be it that all were undone."""
    return _state(connection)[1] > 0


def drop_layer(connection: Connection, number: int) -> None:
    """Takes away what an import brought, and counts that."""
    connection.execute(delete(import_layer_files).where(import_layer_files.c.number == number))
    connection.execute(delete(import_layers).where(import_layers.c.number == number))
    count_change(connection, LAYERS)


def fold(connection: Connection, folded: FoldedLayers) -> None:
    """Puts the oldest layers of a contact log or of the tables together."""
    gone = [number for number in folded.numbers if number != folded.base]
    connection.execute(delete(import_layer_files).where(import_layer_files.c.number.in_(folded.numbers)))
    connection.execute(delete(import_layers).where(import_layers.c.number.in_(gone)))
    kept = update(import_layers).where(import_layers.c.number == folded.base)
    connection.execute(kept.values(import_id="", header="", body=_packed(folded.brought)))
    _insert_files(connection, folded.base, folded.brought.files)


def _state(connection: Connection) -> tuple[int, int]:
    found = dict(
        connection.execute(select(counters.c.name, counters.c.value).where(counters.c.name.in_((POINTS, LAYERS)))).all()
    )
    return found.get(POINTS, 0), found.get(LAYERS, 0)


def _insert(connection: Connection, number: int, import_id: str, log_id: str, header: str, brought: Brought) -> None:
    row = {"number": number, "import_id": import_id, "log_id": log_id, "header": header, "body": _packed(brought)}
    connection.execute(insert(import_layers).values(row))
    _insert_files(connection, number, brought.files)


def _insert_files(connection: Connection, number: int, files: Sequence[LogPart]) -> None:
    rows = [{"number": number, "file_name": part.file_name, "month": part.month, "row_count": part.rows} for part in files]
    if rows:
        connection.execute(insert(import_layer_files), rows)


def _files(connection: Connection) -> Mapping[int, Collection[LogPart]]:
    columns = import_layer_files.c
    query = select(columns.number, columns.month, columns.file_name, columns.row_count).order_by(
        columns.month, columns.file_name
    )
    found: dict[int, list[LogPart]] = {}
    for number, month, name, rows in connection.execute(query):
        found.setdefault(number, []).append(LogPart(month, name, rows))
    return found


def _packed(brought: Brought) -> bytes:
    if not (brought.points or brought.removed):
        return b""
    frames = {
        frequency.value: {
            str(key): [
                group["period"].dt.strftime("%Y-%m-%d").tolist(),
                *(group[name].astype(object).where(group[name].notna(), None).tolist() for name in _COLUMNS[1:]),
            ]
            for key, group in frame.groupby("series", sort=False)
        }
        for frequency, frame in brought.points.items()
    }
    body = {
        "points": frames,
        "sources": dict(brought.sources),
        "kpis": [kpi.model_dump(mode="json") for kpi in brought.kpis],
        "removed": list(brought.removed),
        "since": dict(brought.since),
    }
    return zlib.compress(json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _unpacked(body: bytes, files: Collection[LogPart]) -> Brought:
    if not body:
        return Brought(files=tuple(files))
    read = json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))
    return Brought(
        {Frequency(name): _frame(groups) for name, groups in read["points"].items()},
        read["sources"],
        tuple(Kpi.model_validate(kpi) for kpi in read["kpis"]),
        tuple(read["removed"]),
        tuple(files),
        read.get("since", {}),
    )


def _frame(groups: Mapping[str, Sequence[Sequence[str | float | None]]]) -> pd.DataFrame:
    keys = [key for key, columns in groups.items() for _ in columns[0]]
    period, value, size = ([cell for columns in groups.values() for cell in columns[place]] for place in range(3))
    return pd.DataFrame(
        {
            "series": pd.Series(keys, dtype="str"),
            "period": pd.Series(pd.to_datetime(pd.Series(period, dtype="str"), format="%Y-%m-%d")).astype("datetime64[us]"),
            "value": pd.Series(value, dtype=float),
            "sample_size": pd.Series(size, dtype=float),
        }
    )
