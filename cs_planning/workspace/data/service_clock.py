"""When the service is open and when its year begins; changing either computes again what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.public_holidays import SETTING as COUNTRY
from cs_planning.kpis.frequency import Frequency, fiscal_start_month, set_fiscal_year
from cs_planning.storage import Save, Store
from cs_planning.workspace.data.contact_logs import OPENING_HOURS
from cs_planning.workspace.data.derived_points import COST_AND_CONTACTS
from cs_planning.workspace.data.kpi_data import KpiData

_FISCAL = "fiscal_start_month"


class ServiceClock:
    """The opening hours and the fiscal year of a workspace."""

    def __init__(self, store: Store, data: KpiData) -> None:
        self._store = store
        self._data = data
        kept = store.load_setting(_FISCAL, 1)
        set_fiscal_year(kept if isinstance(kept, int) and 1 <= kept <= 12 else 1)

    @property
    def hours(self) -> OpeningHours | None:
        """When the service is open, None when nobody said it."""
        return self._data.logs.hours

    @property
    def country(self) -> str:
        """The country, or a part of one, whose public holidays are known; empty for none."""
        kept = self._store.load_setting(COUNTRY, "")
        return kept if isinstance(kept, str) else ""

    @property
    def fiscal_start_month(self) -> int:
        """The month in which the year begins, 1…12."""
        return fiscal_start_month()

    def save(
        self,
        hours: OpeningHours | None,
        starts_in: int,
        *,
        save: Save,
        progress: Callable[[float], None] = lambda _share: None,
    ) -> bool:
        """Keeps both, and computes again the KPIs that rest on them; says whether there was anything to compute.

        Args:
            hours: when the service is open; None for no times in opening hours.
            starts_in: the month in which the year begins, 1…12.
            save: who saves, when, and the key under which it happens once.
            progress: is told the share that is done, from 0 to 1.

        Raises:
            InvalidOpeningHours: there is no such month.
            StorageUnavailable: the workspace can't be written.
        """
        other_hours = (self.hours.fingerprint if self.hours else None) != (hours.fingerprint if hours else None)
        other_year = starts_in != fiscal_start_month()
        set_fiscal_year(starts_in)
        values: dict[str, Any] = {
            OPENING_HOURS: None if hours is None else hours.model_dump(mode="json"),
            _FISCAL: starts_in,
        }
        if hours is not None:
            values[COUNTRY] = hours.country or ""
        self._store.save_settings(values, save=save)
        if not (other_hours or other_year):
            return False
        if other_year:
            self._forget_years(save=save)
        self._data.derived.compute_again(save=save, progress=progress)
        return True

    def _forget_years(self, *, save: Save) -> None:
        """Takes away the quarters and years that can be made again of shorter periods or of other series."""
        infos = self._data.series_list()
        shorter = {info.key for info in infos if info.frequency.is_finer_than(Frequency.QUARTER)}
        for info in infos:
            can_be_made_again = info.key in shorter or info.source == COST_AND_CONTACTS
            if can_be_made_again and info.frequency in (Frequency.QUARTER, Frequency.YEAR):
                self._store.delete_series(info.key, info.frequency, save=save.part(f"{info.key}-{info.frequency}"))
