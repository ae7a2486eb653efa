"""The store: one workspace, opened by its URL."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from cs_planning.storage.attachments import Images, Shares, Snapshots
from cs_planning.storage.changes import Changes
from cs_planning.storage.computed import Computed
from cs_planning.storage.contact_logs import ContactLogs
from cs_planning.storage.database import open_engine
from cs_planning.storage.documents import Documents
from cs_planning.storage.goals import Goals
from cs_planning.storage.imports import Imports
from cs_planning.storage.kpis import Kpis
from cs_planning.storage.points import Points
from cs_planning.storage.schema import bring_up_to_date
from cs_planning.storage.settings import Settings


class Store(Changes):
    """Everything that a workspace keeps.

    Every method is one transaction and returns frozen objects.  A store may be used by several threads at once, and several
    processes may have the same workspace open.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        super().__init__(engine, where)
        self.settings = Settings(self)
        self.computed = Computed(self)
        self.kpis = Kpis(self)
        self.points = Points(self)
        self.imports = Imports(self)
        self.contact_logs = ContactLogs(self)
        self.documents = Documents(self)
        self.goals = Goals(self)
        self.snapshots = Snapshots(self)
        self.shares = Shares(self)
        self.images = Images(self)

    @classmethod
    def open(cls, url: str | Path) -> Self:
        """Opens a workspace; makes it when it is not there, and brings its tables up to date.

        Args:
            url: the path of an SQLite file, `sqlite:///folder/workspace.db` or `postgresql://user:password@host/database`.

        Raises:
            StorageUnavailable: it can't be opened; the message says why and never shows a password.
        """
        engine, where = open_engine(url)
        try:
            bring_up_to_date(engine, where)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
