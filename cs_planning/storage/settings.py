"""Settings of the workspace, and descriptions of KPIs that are not in the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm
from cs_planning.storage.changes import POINTS, Changes, claim, count_change, note_in_audit, settle
from cs_planning.storage.database import insert_into
from cs_planning.storage.save import Save
from cs_planning.storage.tables import kpis, settings

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What a setting may hold."""


_COMPUTED = "computed."
OPENING_HOURS, FISCAL_YEAR, COUNTRY = "opening_hours", "fiscal_start_month", "country"
"""The settings that make the calendar."""


class Settings(Changes):
    """The repository of settings and of own KPIs."""

    def load_settings(self) -> Mapping[str, Json]:
        """All settings that have been saved, by key."""
        with self.reading() as connection:
            rows = connection.execute(select(settings.c.key, settings.c.value)).all()
        return {key: json.loads(value) for key, value in rows if not key.startswith(_COMPUTED)}

    def load_setting(self, key: str, default: Json = None) -> Json:
        """The value of a setting, `default` when it has never been saved."""
        with self.reading() as connection:
            value = connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar_one_or_none()
        return default if value is None else json.loads(value)

    def load_calendar(self) -> ServiceCalendar:
        """The calendar of the workspace as it is kept now, whoever changed it; years from January where nobody said more."""
        with self.reading() as connection:
            kept = _kept(connection, (OPENING_HOURS, FISCAL_YEAR, COUNTRY))
        hours, country = kept.get(OPENING_HOURS), kept.get(COUNTRY)
        return ServiceCalendar(
            fiscal_start_month=_month(kept.get(FISCAL_YEAR)),
            hours=None if hours is None else OpeningHours.model_validate(hours),
            country=country if isinstance(country, str) else "",
        )

    def save_setting(self, key: str, value: Json, *, save: Save) -> None:
        """Saves one setting; the last one who saves wins."""
        self.save_settings({key: value}, save=save)

    def save_settings(self, values: Mapping[str, Json], *, save: Save) -> None:
        """Saves several settings at once; the others stay as they are.

        Args:
            values: by key.
            save: who saves, when, and the key under which it happens once.
        """
        written = {key: json.dumps(value, ensure_ascii=False, allow_nan=False) for key, value in sorted(values.items())}
        with self.writing() as connection:
            claimed = claim(connection, "save_settings", json.dumps(written), save=save)
            if claimed.earlier is not None:
                return
            if values.get(FISCAL_YEAR, (year := _kept_year(connection))) != year:
                count_change(connection, POINTS)  # the periods of every series are others now
            for key, value in written.items():
                statement = insert_into(connection, settings).values(key=key, value=value, updated_at=save.now)
                statement = statement.on_conflict_do_update(
                    index_elements=[settings.c.key],
                    set_={"value": statement.excluded.value, "updated_at": statement.excluded.updated_at},
                )
                connection.execute(statement)
                note_in_audit(connection, "saved", "setting", key, detail=value, save=save)
            settle(connection, claimed)

    def remember(self, name: str, value: Json) -> None:
        """Keeps what has no history of its own, such as what was computed: no author, no audit trail, last one wins."""
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
        with self.writing() as connection:
            statement = insert_into(connection, settings).values(
                key=_COMPUTED + name, value=written, updated_at=datetime.now(UTC)
            )
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[settings.c.key],
                    set_={"value": statement.excluded.value, "updated_at": statement.excluded.updated_at},
                )
            )

    def recall(self, name: str) -> Json:
        """What `remember` kept; `None` when there is nothing."""
        return self.load_setting(_COMPUTED + name)

    def forget(self, name: str) -> None:
        """Drops what `remember` kept; nothing happens when there is nothing."""
        with self.writing() as connection:
            connection.execute(delete(settings).where(settings.c.key == _COMPUTED + name))

    def forget_before(self, prefix: str, moment: datetime) -> None:
        """Drops all that `remember` kept before `moment`, aware, under names that start with `prefix`."""
        named = settings.c.key.startswith(_COMPUTED + prefix, autoescape=True)
        with self.writing() as connection:
            connection.execute(delete(settings).where(named, settings.c.updated_at < moment))

    def load_kpis(self) -> Mapping[str, Kpi]:
        """The KPIs that have been saved, by id; those of the catalogue are not among them unless they were redefined."""
        with self.reading() as connection:
            return own_kpis(connection)

    def save_kpi(self, kpi: Kpi, *, save: Save) -> Kpi:
        """Saves the description of a KPI; the last one who saves wins."""
        with self.writing() as connection:
            claimed = claim(connection, "save_kpi", kpi.model_dump_json(), save=save)
            if claimed.earlier is None:
                write_kpis(connection, [kpi], now=save.now)
                note_in_audit(connection, "saved", "kpi", kpi.id, detail=str(kpi.name), save=save)
                settle(connection, claimed)
        return kpi


def kept_rhythm(connection: Connection, frequency: Frequency) -> Rhythm:
    """Periods of a length in the years of the workspace, read in the transaction that reads or writes them."""
    return Rhythm(frequency, _kept_year(connection))


def _kept_year(connection: Connection) -> int:
    return _month(_kept(connection, (FISCAL_YEAR,)).get(FISCAL_YEAR)) or JANUARY


def _kept(connection: Connection, keys: Iterable[str]) -> Mapping[str, Json]:
    query = select(settings.c.key, settings.c.value).where(settings.c.key.in_(list(keys)))
    return {row.key: json.loads(row.value) for row in connection.execute(query)}


def _month(kept: Json) -> int | None:
    return kept if isinstance(kept, int) and 1 <= kept <= 12 else None


def own_kpis(connection: Connection, ids: Iterable[str] | None = None) -> Mapping[str, Kpi]:
    """The saved KPI descriptions, all of them or those of `ids`, by id."""
    query = select(kpis.c.id, kpis.c.body)
    if ids is not None:
        query = query.where(kpis.c.id.in_(list(ids)))
    return {row.id: Kpi.model_validate_json(row.body) for row in connection.execute(query)}


def write_kpis(connection: Connection, described: Iterable[Kpi], *, now: datetime) -> None:
    """Adds or replaces KPI descriptions, inside a writing transaction."""
    for kpi in described:
        statement = insert_into(connection, kpis).values(id=kpi.id, body=kpi.model_dump_json(), updated_at=now)
        statement = statement.on_conflict_do_update(
            index_elements=[kpis.c.id],
            set_={"body": statement.excluded.body, "updated_at": statement.excluded.updated_at},
        )
        connection.execute(statement)
