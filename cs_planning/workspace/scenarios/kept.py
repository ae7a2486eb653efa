"""Scenarios that are kept: each under a name of its own, each save in its history, an earlier one brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cs_planning.automation.levers.lever import Lever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model, read_operation
from cs_planning.kpis.currency import Currency
from cs_planning.language import Text, listed_texts, text
from cs_planning.storage import CURRENCY, Document, Save, Store
from cs_planning.workspace.layers.amounts import TEAM
from cs_planning.workspace.words.fields import label

_OPERATION, _SCENARIO, _TEAM = TEAM, "scenario", TEAM


@dataclass(frozen=True)
class SavedScenario:
    """A scenario that is kept."""

    id: str
    version: int
    scenario: Scenario


@dataclass(frozen=True)
class ScenarioRevision:
    """One save of a scenario.

    Attributes:
        version: that it made.
        by: who saved it.
        at: when, aware, in UTC.
        scenario: as it was saved.
        changes: against the save before, in words; empty for the first one.
    """

    version: int
    by: str
    at: datetime
    scenario: Scenario
    changes: tuple[Text, ...]


class KeptScenarios:
    """The scenarios of a workspace and the team that they are about."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def operation(self) -> Operation | None:
        """The team as it is; `None` until somebody has described it."""
        kept = self._store.documents.list(_OPERATION)
        return read_operation(kept[0].body) if kept else None

    def save_operation(self, operation: Operation, *, save: Save) -> None:
        """Keeps the team as it is."""
        self._store.documents.save(self._team(operation), save=save)
        self._hold_currency(operation, save)

    def all(self) -> tuple[SavedScenario, ...]:
        """Those that are kept, by their age."""
        return tuple(_saved(one) for one in self._store.documents.list(_SCENARIO))

    def one(self, id: str) -> SavedScenario:
        """One scenario.

        Raises:
            NotFound: there is none with this id.
        """
        return _saved(self._store.documents.load(_SCENARIO, id))

    def save_new(self, scenario: Scenario, operation: Operation | None = None, *, save: Save) -> SavedScenario:
        """Keeps a scenario beside all others.

        Args:
            scenario: its name must be free.
            operation: the team that it was tried on; kept with it where it is another one than before.
            save: who, when, and once.

        Raises:
            NameTaken: another scenario is kept under this name.
        """
        return self._save(Document(kind=_SCENARIO), scenario, operation, save)

    def update(
        self, kept: SavedScenario, scenario: Scenario, operation: Operation | None = None, *, save: Save
    ) -> SavedScenario:
        """Keeps a scenario in the place of what it was; what it was stays in its history.

        Args:
            kept: as it was opened.
            scenario: as it is now; another name renames it.
            operation: the team that it was tried on; kept with it where it is another one than before.
            save: who, when, and once.

        Raises:
            Conflict: somebody saved it since it was opened.
            NameTaken: another scenario is kept under its new name.
        """
        return self._save(Document(kind=_SCENARIO, id=kept.id, version=kept.version), scenario, operation, save)

    def history(self, id: str) -> tuple[ScenarioRevision, ...]:
        """Every save of a scenario with what it changed, the newest first.

        Raises:
            NotFound: there is none with this id.
        """
        found = []
        for save in self._store.documents.history(_SCENARIO, id):
            now = _saved(save.after).scenario
            changes = () if save.before is None else changes_between(_saved(save.before).scenario, now)
            found.append(ScenarioRevision(save.version, save.author, save.at, now, changes))
        return tuple(found)

    def operation_at(self, moment: datetime) -> tuple[Operation, datetime] | None:
        """The team as it was described at a moment, and when that was; the first description where there was none yet."""
        kept = self._store.documents.list(_OPERATION)
        if not kept:
            return None
        saves = self._store.documents.history(_OPERATION, kept[0].id)
        chosen = next((save for save in saves if save.at <= moment), saves[-1])
        return read_operation(chosen.after.body), chosen.at

    def bring_back(self, kept: SavedScenario, to_version: int, *, save: Save) -> SavedScenario:
        """Makes an earlier save of a scenario its newest one; nothing of the history is lost.

        Raises:
            Conflict: somebody saved it since it was opened.
            NameTaken: another scenario is kept under the name that it had.
        """
        earlier = _saved(self._store.documents.load(_SCENARIO, kept.id, to_version)).scenario
        return self.update(kept, earlier, save=save)

    def _save(self, document: Document, scenario: Scenario, operation: Operation | None, save: Save) -> SavedScenario:
        written = document.model_copy(update={"title": scenario.name, "body": scenario.model_dump_json()})
        team = [] if operation is None or operation == self.operation() else [self._team(operation)]
        saved = self._store.documents.save_with_records(written, lambda _saved: team, save=save, own_name=True)
        if team and operation is not None:
            self._hold_currency(operation, save)
        return SavedScenario(saved.id, saved.version, scenario)

    def _hold_currency(self, operation: Operation, save: Save) -> None:
        """Amounts rest on the currency of the team from now on, where nobody chose one."""
        if not self._store.settings.load_currency().is_chosen:
            kept = Currency(code=operation.currency, is_chosen=True)
            self._store.settings.save(CURRENCY, kept.model_dump(), save=save.part("currency"))

    def _team(self, operation: Operation) -> Document:
        kept = self._store.documents.list(_OPERATION)
        return Document(
            kind=_OPERATION,
            id=kept[0].id if kept else _TEAM,
            version=kept[0].version if kept else 0,
            title=operation.name,
            body=operation.model_dump_json(),
        )


def changes_between(before: Scenario, after: Scenario) -> tuple[Text, ...]:
    """What differs between two saves of a scenario, in words.

    Args:
        before, after: levers of a kind are compared in their order.
    """
    found: list[Text] = []
    if before.name != after.name:
        found.append(text("Name: {before} → {after}", before=before.name, after=after.name))
    then, now = _by_kind(before), _by_kind(after)
    for key in dict.fromkeys([*then, *now]):
        old, new = then.get(key), now.get(key)
        if old is None and new is not None:
            found.append(text("{lever} added", lever=new.title))
        elif new is None and old is not None:
            found.append(text("{lever} removed", lever=old.title))
        elif old is not None and new is not None and old != new:
            fields = [name for name in type(new).model_fields if getattr(old, name) != getattr(new, name)]
            moved = listed_texts([label(f"lever.{name}", text("{name}", name=name)) for name in fields])
            found.append(text("{lever}: {fields} changed", lever=new.title, fields=moved))
    return tuple(found)


def _by_kind(scenario: Scenario) -> dict[tuple[str, int], Lever]:
    found: dict[tuple[str, int], Lever] = {}
    for lever in scenario.levers:
        number = sum(kind == lever.kind for kind, _place in found)
        found[lever.kind, number] = lever
    return found


def _saved(document: Document) -> SavedScenario:
    return SavedScenario(document.id, document.version, read_model(Scenario, document.body))
