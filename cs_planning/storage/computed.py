"""What was computed and is kept so that it need not be computed again."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import delete

from cs_planning.storage.database import Database, insert_if_new, insert_into
from cs_planning.storage.settings import COMPUTED, Json, kept_settings
from cs_planning.storage.tables import settings


class Computed:
    """Results by name: no author, no history, the last one wins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, name: str, value: Json) -> None:
        """Keeps what has no history of its own, such as what was computed: no author, no audit trail, last one wins."""
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
        with self._database.writing() as connection:
            statement = insert_into(connection, settings).values(
                key=COMPUTED + name, value=written, updated_at=datetime.now(UTC)
            )
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[settings.c.key],
                    set_={"value": statement.excluded.value, "updated_at": statement.excluded.updated_at},
                )
            )

    def keep_first(self, name: str, value: Json) -> None:
        """Keeps a value unless there is one: of several at once the first one stays."""
        row = {"key": COMPUTED + name, "value": json.dumps(value), "updated_at": datetime.now(UTC)}
        with self._database.writing() as connection:
            insert_if_new(connection, settings, row)

    def load(self, name: str) -> Json:
        """What `keep` kept; `None` when there is nothing."""
        with self._database.reading() as connection:
            return kept_settings(connection, (COMPUTED + name,)).get(COMPUTED + name)

    def drop(self, name: str) -> None:
        """Drops what `keep` kept; nothing happens when there is nothing."""
        with self._database.writing() as connection:
            connection.execute(delete(settings).where(settings.c.key == COMPUTED + name))

    def drop_before(self, prefix: str, moment: datetime) -> None:
        """Drops all that `keep` kept before `moment`, aware, under names that start with `prefix`."""
        named = settings.c.key.startswith(COMPUTED + prefix, autoescape=True)
        with self._database.writing() as connection:
            connection.execute(delete(settings).where(named, settings.c.updated_at < moment))
