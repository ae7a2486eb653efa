"""Rows as lines of text that every database gives alike, and what tells two tables apart: their counts and checksums."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Column, Connection, Date, DateTime, Float, LargeBinary, Table, TypeDecorator, select
from sqlalchemy.types import TypeEngine

_ROWS_AT_ONCE = 200
_HASHES = 2**256


class Tally(BaseModel):
    """What a table holds, whatever database it lies in and in whatever order its rows come.

    Attributes:
        rows: how many there are.
        checksum: the sum of the SHA-256 of each row's line, as 64 hexadecimal digits.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    checksum: str


class Tallying:
    """Counts and sums lines as they pass."""

    def __init__(self) -> None:
        self._rows = 0
        self._sum = 0

    def over(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, counted."""
        for line in lines:
            self._rows += 1
            self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest(), "big")) % _HASHES
            yield line

    def tally(self) -> Tally:
        """What passed so far."""
        return Tally(rows=self._rows, checksum=f"{self._sum:064x}")


def tally_of(lines: Iterable[bytes]) -> Tally:
    """The count and the checksum of lines."""
    tallying = Tallying()
    for _line in tallying.over(lines):
        pass
    return tallying.tally()


def lines_of(connection: Connection, table: Table[Any]) -> Iterator[bytes]:
    """Each row of a table as a JSON array, its columns in the order of their names."""
    columns = _in_order(table)
    for row in connection.execute(select(*columns).execution_options(yield_per=_ROWS_AT_ONCE)):
        values = [_written(value, column) for value, column in zip(row, columns, strict=True)]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def rows_of(lines: Iterable[bytes], table: Table[Any]) -> Iterator[list[dict[str, Any]]]:
    """Lines as rows for inserting into a table, some hundred at once.

    Raises:
        ValueError: a line is none of such a table.
    """
    columns = _in_order(table)
    at_once: list[dict[str, Any]] = []
    for line in lines:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(columns):
            raise ValueError(f"A line of {table.name} has {len(columns)} values.")
        at_once.append({column.name: _read(value, column) for value, column in zip(values, columns, strict=True)})
        if len(at_once) == _ROWS_AT_ONCE:
            yield at_once
            at_once = []
    if at_once:
        yield at_once


def _in_order(table: Table[Any]) -> Sequence[Column[Any]]:
    return sorted(table.columns, key=lambda column: column.name)


def _kind(column: Column[Any]) -> TypeEngine[Any]:
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _written(value: Any, column: Column[Any]) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    # SQLite gives a whole number without its point where nobody asked for one.
    return float(value) if value is not None and isinstance(_kind(column), Float) else value


def _read(value: Any, column: Column[Any]) -> Any:
    kind = _kind(column)
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value, validate=True) if isinstance(kind, LargeBinary) else value
