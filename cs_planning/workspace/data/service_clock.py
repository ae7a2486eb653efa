"""When the service is open and when its year begins; changing either computes again what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cs_planning.kpis.calendar.opening_hours import OpeningHours, checked_zone
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.frequency import Frequency, checked_month
from cs_planning.storage import COST_AND_CONTACTS, COUNTRY, FISCAL_YEAR, OPENING_HOURS, SLA_TARGETS, ZONE, Save, Store
from cs_planning.workspace.data.kpi_data import KpiData

_BY_TARGETS = ("resolution_sla", "first_response_sla")


class ServiceClock:
    """The opening hours and the fiscal year of a workspace."""

    def __init__(self, store: Store, data: KpiData) -> None:
        self._store = store
        self._data = data

    @property
    def calendar(self) -> ServiceCalendar:
        """Where the years begin and when the service is open, as it is kept now, whichever process changed it."""
        return self._store.settings.load_calendar()

    def save(
        self,
        hours: OpeningHours | None,
        starts_in: int,
        *,
        zone: str | None = None,
        save: Save,
        progress: Callable[[float], None] = lambda _share: None,
    ) -> bool:
        """Keeps both, and computes again the KPIs that rest on them; says whether there was anything to compute.

        Args:
            hours: when the service is open; None for no times in opening hours.
            starts_in: the month in which the year begins, 1…12.
            zone: the IANA zone in which days begin where no hours are given; empty for that of the files, None to leave it.
            save: who saves, when, and the key under which it happens once.
            progress: is told the share that is done, from 0 to 1.

        Raises:
            InvalidOpeningHours: there is no such month.
            StorageUnavailable: the workspace can't be written.
        """
        before = self.calendar
        other_hours, other_year = before.hours != hours, before.year_starts_in != checked_month(starts_in)
        values: dict[str, Any] = {
            OPENING_HOURS: None if hours is None else hours.model_dump(mode="json"),
            FISCAL_YEAR: starts_in,
        }
        if hours is not None:
            values[COUNTRY] = hours.country or ""
            zone = hours.time_zone or ""
        if zone is not None:
            values[ZONE] = zone
        self._store.settings.save_all(values, save=save)
        if not (other_hours or other_year):
            return False
        if other_year:
            self._forget_years(save=save)
        self._data.derived.compute_again(save=save, progress=progress)
        return True

    def choose_targets(
        self,
        targets: SlaTargets | None,
        *,
        save: Save,
        progress: Callable[[float], None] = lambda _share: None,
    ) -> bool:
        """Keeps the targets and computes again what rests on them; says whether there was anything to compute.

        Args:
            targets: within which time contacts are to be answered and solved; None for none.
            save: who saves, when, and the key under which it happens once.
            progress: is told the share that is done, from 0 to 1.

        Raises:
            StorageUnavailable: the workspace can't be written.
        """
        if self.calendar.targets == targets:
            return False
        self._store.settings.save(SLA_TARGETS, None if targets is None else targets.model_dump(mode="json"), save=save)
        of_contacts = {name for names in self._data.logs.sources().values() for name in names}
        for info in self._data.series_list():
            if info.kpi.id in _BY_TARGETS and info.source in of_contacts:
                self._store.points.delete_series(info.key, info.frequency, save=save.part(f"{info.key}-{info.frequency}"))
        self._data.derived.compute_again(save=save, progress=progress)
        return True

    def choose_zone(self, zone: str, *, save: Save) -> None:
        """Begins days in a zone from the next import on; opening hours, where there are any, hold in it too.

        Args:
            zone: an IANA zone, such as `Asia/Tokyo`.
            save: who saves, when, and the key under which it happens once.

        Raises:
            InvalidOpeningHours: there is no such zone.
            StorageUnavailable: the workspace can't be written.
        """
        checked_zone(zone)
        before = self.calendar
        if before.hours is None:
            self._store.settings.save(ZONE, zone, save=save)
            return
        self.save(before.hours.model_copy(update={"time_zone": zone}), before.year_starts_in, save=save)

    def _forget_years(self, *, save: Save) -> None:
        """Takes away the quarters and years that can be made again of shorter periods or of other series."""
        infos = self._data.series_list()
        shorter = {info.key for info in infos if info.frequency.is_finer_than(Frequency.QUARTER)}
        for info in infos:
            can_be_made_again = info.key in shorter or info.source == COST_AND_CONTACTS
            if can_be_made_again and info.frequency in (Frequency.QUARTER, Frequency.YEAR):
                self._store.points.delete_series(info.key, info.frequency, save=save.part(f"{info.key}-{info.frequency}"))
