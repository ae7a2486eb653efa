"""Settings of the workspace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm
from cs_planning.storage.changes import POINTS, claim, count_change, note_in_audit, settle
from cs_planning.storage.database import Database, insert_into
from cs_planning.storage.save import Save
from cs_planning.storage.tables import settings

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What a setting may hold."""


COMPUTED = "computed."
"""How the keys begin under which `Computed` keeps what it keeps."""
OPENING_HOURS, FISCAL_YEAR, COUNTRY, ZONE = "opening_hours", "fiscal_start_month", "country", "time_zone"
SLA_TARGETS = "sla_targets"
"""The settings that make the calendar."""
CURRENCY = "currency"
"""The setting of the currency in which amounts are counted."""


class Settings:
    """What people set, by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load_all(self) -> Mapping[str, Json]:
        """All settings that have been saved, by key."""
        with self._database.reading() as connection:
            rows = connection.execute(select(settings.c.key, settings.c.value)).all()
        return {key: json.loads(value) for key, value in rows if not key.startswith(COMPUTED)}

    def load(self, key: str, default: Json = None) -> Json:
        """The value of a setting, `default` when it has never been saved."""
        with self._database.reading() as connection:
            return kept_settings(connection, (key,)).get(key, default)

    def load_calendar(self) -> ServiceCalendar:
        """The calendar of the workspace as it is kept now, whoever changed it; years from January where nobody said more."""
        return self._database.once("calendar", _kept_calendar)

    def load_currency(self) -> Currency:
        """The currency of the workspace as it is kept now, whoever changed it."""
        return self._database.once("currency", kept_currency)

    def keep_usual_currency(self, code: str, *, now: datetime) -> None:
        """Keeps the currency that is usual where the workspace is used, as long as nobody chose one: no change by anybody.

        Args:
            code: ISO 4217.
            now: aware.
        """
        with self._database.writing() as connection:
            before = kept_currency(connection)
            if before.is_chosen or before.code == code:
                return
            _write(connection, CURRENCY, json.dumps(Currency(code=code).model_dump()), now=now)
            count_change(connection, POINTS)

    def save(self, key: str, value: Json, *, save: Save) -> None:
        """Saves one setting; the last one who saves wins."""
        self.save_all({key: value}, save=save)

    def save_all(self, values: Mapping[str, Json], *, save: Save) -> None:
        """Saves several settings at once; the others stay as they are.

        Args:
            values: by key.
            save: who saves, when, and the key under which it happens once.
        """
        written = {key: json.dumps(value, ensure_ascii=False, allow_nan=False) for key, value in sorted(values.items())}
        with self._database.writing() as connection:
            claimed = claim(connection, "save_settings", json.dumps(written), save=save)
            if claimed.earlier is not None:
                return
            if values.get(FISCAL_YEAR, (year := _kept_year(connection))) != year:
                count_change(connection, POINTS)  # the periods of every series are others now
            if values.get(CURRENCY, kept := kept_settings(connection, (CURRENCY,)).get(CURRENCY)) != kept:
                count_change(connection, POINTS)  # every amount reads otherwise now
            for key, value in written.items():
                _write(connection, key, value, now=save.now)
                note_in_audit(connection, "saved", "setting", key, detail=value, save=save)
            settle(connection, claimed)


def kept_rhythm(connection: Connection, frequency: Frequency) -> Rhythm:
    """Periods of a length in the years of the workspace, read in the transaction that reads or writes them."""
    return Rhythm(frequency, _kept_year(connection))


def kept_currency(connection: Connection) -> Currency:
    """The currency of the workspace, read in the transaction that reads or writes amounts."""
    kept = kept_settings(connection, (CURRENCY,)).get(CURRENCY)
    return Currency.model_validate(kept) if isinstance(kept, dict) else UNSAID


def _kept_calendar(connection: Connection) -> ServiceCalendar:
    kept = kept_settings(connection, (OPENING_HOURS, FISCAL_YEAR, COUNTRY, ZONE, SLA_TARGETS))
    hours, country, zone = kept.get(OPENING_HOURS), kept.get(COUNTRY), kept.get(ZONE)
    targets = kept.get(SLA_TARGETS)
    return ServiceCalendar(
        fiscal_start_month=_month(kept.get(FISCAL_YEAR)),
        hours=None if hours is None else OpeningHours.model_validate(hours),
        country=country if isinstance(country, str) else "",
        zone=zone if isinstance(zone, str) and zone else None,
        targets=None if targets is None else SlaTargets.model_validate(targets),
    )


def fix_currency(connection: Connection, code: str | None, *, save: Save) -> None:
    """Makes amounts rest on a currency from now on: on the one that a file names, else on the usual one; a chosen one stays.

    Args:
        connection: in a writing transaction.
        code: ISO 4217; None where the file names none.
        save: whose file it is, and when.
    """
    usual = kept_currency(connection)
    if not usual.is_chosen:
        write_currency(connection, Currency(code=code or usual.code, is_chosen=True, instead_of=usual.code), save=save)


def write_currency(connection: Connection, currency: Currency, *, save: Save) -> None:
    """Counts amounts in a currency from now on, inside a writing transaction."""
    value = json.dumps(currency.model_dump())
    _write(connection, CURRENCY, value, now=save.now)
    count_change(connection, POINTS)  # every amount reads otherwise now
    note_in_audit(connection, "saved", "setting", CURRENCY, detail=value, save=save)


def _write(connection: Connection, key: str, value: str, *, now: datetime) -> None:
    statement = insert_into(connection, settings).values(key=key, value=value, updated_at=now)
    replaced = {"value": statement.excluded.value, "updated_at": statement.excluded.updated_at}
    connection.execute(statement.on_conflict_do_update(index_elements=[settings.c.key], set_=replaced))


def _kept_year(connection: Connection) -> int:
    return _month(kept_settings(connection, (FISCAL_YEAR,)).get(FISCAL_YEAR)) or JANUARY


def kept_settings(connection: Connection, keys: Iterable[str]) -> Mapping[str, Json]:
    """The settings of these keys that were saved, inside a transaction."""
    query = select(settings.c.key, settings.c.value).where(settings.c.key.in_(list(keys)))
    return {row.key: json.loads(row.value) for row in connection.execute(query)}


def _month(kept: Json) -> int | None:
    return kept if isinstance(kept, int) and 1 <= kept <= 12 else None
