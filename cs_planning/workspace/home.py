"""Where a workspace lives, and how it is opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from cs_planning.errors import StorageUnavailable
from cs_planning.language import text


@dataclass(frozen=True)
class Home:
    """The folder of a workspace and the address of its database.

    Attributes:
        folder: holds the contact log and, by default, the database.
        database: the file of a SQLite database, or the address of a server, `postgresql://…`.
    """

    folder: Path
    database: str | Path

    @property
    def contacts(self) -> Path:
        """The folder of the contact log."""
        return self.folder / "contacts"

    @property
    def is_shared(self) -> bool:
        """Whether the database is a server's, which processes on several machines can share."""
        return isinstance(self.database, str) and not self.database.startswith("sqlite")

    @property
    def backups(self) -> Path:
        """The folder of the backups that the program makes by itself."""
        return self.folder / "backups"

    @classmethod
    def from_environment(cls) -> Home:
        """The workspace of this user, wherever the environment moves it.

        `CS_PLANNING_HOME` names the folder, else it is the user's data folder; `CS_PLANNING_DATABASE_URL` names the database,
        else it is a SQLite file in that folder.

        Raises:
            StorageUnavailable: the folder can't be made.
        """
        named = os.environ.get("CS_PLANNING_HOME")
        folder = Path(named).expanduser() if named else user_data_path("cs-planning", appauthor=False)
        return cls.at(folder, os.environ.get("CS_PLANNING_DATABASE_URL"))

    @classmethod
    def at(cls, folder: Path, database_url: str | None = None) -> Home:
        """A workspace in `folder`, which is made when it is not there.

        Raises:
            StorageUnavailable: the folder can't be made.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageUnavailable(
                text("The folder {folder} can't be made ({reason}).", folder=str(folder), reason=error.strerror or str(error)),
                text("Set CS_PLANNING_HOME to a folder that you may write."),
            ) from None
        resolved = folder.resolve()
        return cls(resolved, database_url or resolved / "workspace.db")
