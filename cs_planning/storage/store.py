"""The store: one workspace, opened by its URL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from cs_planning.storage.attachments import Images, ShareLinks, Snapshots
from cs_planning.storage.changes import Changes
from cs_planning.storage.computed import Computed
from cs_planning.storage.copies.state import State
from cs_planning.storage.data.contact_logs import StoredContactLogs
from cs_planning.storage.data.imports import Imports
from cs_planning.storage.data.kpis import Kpis
from cs_planning.storage.data.layers import Layers
from cs_planning.storage.data.points import SeriesPoints
from cs_planning.storage.database import Database, open_engine
from cs_planning.storage.documents.documents import Documents
from cs_planning.storage.goals import Goals
from cs_planning.storage.retention import Retention
from cs_planning.storage.schema import bring_up_to_date, newest_version
from cs_planning.storage.settings import Settings


class Store:
    """Everything that a workspace keeps: one object for each kind of thing.

    Every method of theirs is one transaction and returns frozen objects.  A store may be used by several threads at once, and
    several processes may have the same workspace open.

    Attributes:
        database: where all of it lies.
        changes: counters that move with every change, and who did what.
        settings: what people set.
        computed: what was computed and is kept.
        kpis: KPIs that are not in the catalogue.
        points: KPI series.
        imports: files that were read.
        layers: what each of them brought by itself.
        contact_logs: which Parquet files hold the contacts.
        documents: whatever people edit, of any kind, with its history.
        goals: documents that are goals.
        snapshots: pages that were frozen.
        shares: links to pages.
        images: pictures on pages.
        retention: what may go after a time.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.changes = Changes(database)
        self.settings = Settings(database)
        self.computed = Computed(database)
        self.kpis = Kpis(database)
        self.points = SeriesPoints(database)
        self.imports = Imports(database)
        self.layers = Layers(database)
        self.contact_logs = StoredContactLogs(database)
        self.documents = Documents(database)
        self.goals = Goals(database)
        self.snapshots = Snapshots(database)
        self.shares = ShareLinks(database)
        self.images = Images(database)
        self.retention = Retention(database)

    @classmethod
    def open(cls, url: str | Path, before_migration: Callable[[State], None] | None = None) -> Self:
        """Opens a workspace; makes it when it is not there, and brings its tables up to date.

        Args:
            url: the path of an SQLite file, `sqlite:///folder/workspace.db` or `postgresql://user:password@host/database`.
            before_migration: is given what the workspace holds before its tables are brought up to date, while nobody else
                can change it; what it raises leaves all as it is.

        Raises:
            StorageUnavailable: it can't be opened; the message says why and never shows a password.
        """
        engine, where = open_engine(url)
        try:
            bring_up_to_date(
                engine, where, before_migration and (lambda connection, version: before_migration(State(connection, version)))
            )
        except BaseException:
            engine.dispose()
            raise
        return cls(Database(engine, where))

    @contextmanager
    def one_state(self, while_still: Callable[[State], None] = lambda _state: None) -> Iterator[State]:
        """All that the workspace holds at one moment, for as long as the block lasts, while others go on saving.

        Args:
            while_still: is given the state before anybody else can save again.
        """
        found: list[State] = []

        def hold(connection: Connection) -> None:
            found.append(State(connection, newest_version()))
            while_still(found[0])

        with self.database.one_state(hold):
            yield found[0]

    def close(self) -> None:
        """Closes all connections; the store can't be used afterwards."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
