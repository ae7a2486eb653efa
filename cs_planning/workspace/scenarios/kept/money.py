"""In which currency the amounts of a workspace are counted; changing it converts nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.currency import Currency, checked_currency
from cs_planning.storage import CURRENCY, Save, Store
from cs_planning.workspace.scenarios.kept.kept_scenarios import KeptScenarios


class MoneySetting:
    """The currency of a workspace."""

    def __init__(self, store: Store, kept: KeptScenarios) -> None:
        self._store = store
        self._kept = kept

    @property
    def currency(self) -> Currency:
        """As it is kept now, whichever process changed it."""
        return self._store.settings.load_currency()

    def choose(self, code: str, *, save: Save) -> None:
        """Counts in another currency from now on: every amount keeps its number and is written in it, the team's too.

        Args:
            code: ISO 4217.
            save: who saves, when, and the key under which it happens once.

        Raises:
            InvalidOperation: there is no such currency.
            StorageUnavailable: the workspace can't be written.
        """
        chosen = Currency(code=checked_currency(code), is_chosen=True)
        self._store.settings.save(CURRENCY, chosen.model_dump(), save=save)
        team = self._kept.operation()
        if team is not None and team.currency != chosen.code:
            self._kept.save_operation(team.model_copy(update={"currency": chosen.code}), save=save.part("team"))

    def settle(self, usual: str, *, now: datetime) -> None:
        """Counts in the usual currency as long as nobody chose one and no amount is kept.

        Args:
            usual: ISO 4217.
            now: aware.
        """
        kept = self.currency
        if kept.is_chosen:
            return
        # Also where the usual one is kept: an earlier version kept amounts without this setting.
        imported = self._as_imported() if self._store.settings.load(CURRENCY) is None else None
        if kept.code == usual and imported in (None, usual):
            return
        if any(info.kpi.unit is Unit.MONEY for info in self._store.points.list_series()):
            usual = imported or kept.code
        elif self._kept.operation() is not None:
            return
        with suppress(StorageUnavailable):
            self._store.settings.keep_usual_currency(usual, now=now)

    def _as_imported(self) -> str | None:
        """The one currency that files named before the workspace had a setting for it."""
        named = {kpi.currency for kpi in self._store.kpis.load_all().values() if kpi.unit is Unit.MONEY}
        return named.pop() if len(named) == 1 else None
