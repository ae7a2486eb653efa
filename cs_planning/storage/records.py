"""The one way in which rows become records: each field is the column of its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Select

Record = TypeVar("Record")


def read_all(connection: Connection, record: Callable[..., Record], query: Select[*tuple[Any, ...]]) -> tuple[Record, ...]:
    """The records that a query finds, in its order.

    Args:
        connection: in a transaction.
        record: makes a record of the columns, given by name.
        query: whose columns have the names of the record's fields.
    """
    return tuple(record(**row) for row in connection.execute(query).mappings())


def read_one(connection: Connection, record: Callable[..., Record], query: Select[*tuple[Any, ...]]) -> Record | None:
    """The only record that a query finds, None where it finds none; arguments as for `read_all`."""
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else record(**row)
