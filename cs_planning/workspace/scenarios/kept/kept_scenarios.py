"""Scenarios that are kept: each under a name of its own, each save in its history, an earlier one brought back."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.scenarios.scenario import AS_IS, Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model, read_operation
from cs_planning.errors import Conflict, NameTaken
from cs_planning.kpis.currency import Currency
from cs_planning.language import LANGUAGES, Text, listed_texts, text, use_language
from cs_planning.storage import CURRENCY, Document, Save, Store
from cs_planning.workspace.layers.amounts import TEAM
from cs_planning.workspace.scenarios.kept.team_changes import team_changes
from cs_planning.workspace.words.fields import label

_OPERATION, _SCENARIO, _TEAM = TEAM, "scenario", TEAM


@dataclass(frozen=True)
class SavedScenario:
    """A scenario that is kept."""

    id: str
    version: int
    scenario: Scenario


@dataclass(frozen=True)
class SavedTeam:
    """The team as it was opened; with version 0 and no operation where nobody had described it."""

    version: int = 0
    operation: Operation | None = None


@dataclass(frozen=True)
class TeamRevision:
    """One save of the team: who, when (aware, in UTC), and what it changed, in words."""

    by: str
    at: datetime
    changes: tuple[Text, ...]


@dataclass(frozen=True)
class ScenarioRevision:
    """One save of a scenario.

    Attributes:
        version: that it made.
        by: who saved it.
        at: when, aware, in UTC.
        scenario: as it was saved.
        changes: against the save before, in words, those of the team that were kept with it included; empty for the first one.
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
        return self.team().operation

    def team(self) -> SavedTeam:
        """The same with its version, as a form opens it."""
        kept = self._store.documents.list(_OPERATION)
        return SavedTeam(kept[0].version, read_operation(kept[0].body)) if kept else SavedTeam()

    def save_operation(self, operation: Operation, *, save: Save) -> None:
        """Keeps the team as it is."""
        self._store.documents.save(self._team(operation, self.team()), save=save)
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

    def save_new(
        self, scenario: Scenario, operation: Operation | None = None, *, opened: SavedTeam | None = None, save: Save
    ) -> SavedScenario:
        """Keeps a scenario beside all others.

        Args:
            scenario: its name must be free.
            operation: the team that it was tried on; kept with it where it is another one than it was opened as.
            opened: the team as the form opened it; None takes the one that is kept now.
            save: who, when, and once.

        Raises:
            NameTaken: another scenario is kept under this name.
            Conflict: the team is another one than it was opened as, and somebody else saved it in between.
        """
        return self._save(Document(kind=_SCENARIO), scenario, operation, opened, save)

    def update(
        self,
        kept: SavedScenario,
        scenario: Scenario,
        operation: Operation | None = None,
        *,
        opened: SavedTeam | None = None,
        save: Save,
    ) -> SavedScenario:
        """Keeps a scenario in the place of what it was; what it was stays in its history.

        Args:
            kept: as it was opened.
            scenario: as it is now; another name renames it.
            operation: the team that it was tried on; kept with it where it is another one than it was opened as.
            opened: the team as the form opened it; None takes the one that is kept now.
            save: who, when, and once.

        Raises:
            Conflict: somebody saved it since it was opened, or saved the team that was changed here too.
            NameTaken: another scenario is kept under its new name.
        """
        return self._save(Document(kind=_SCENARIO, id=kept.id, version=kept.version), scenario, operation, opened, save)

    def put_away(self, kept: SavedScenario, *, save: Save) -> None:
        """Takes a scenario out of every list; `take_back` brings it back with its history.

        Args:
            kept: as it was opened.
            save: who, when, and once.

        Raises:
            Conflict: somebody saved it since it was opened.
            NotFound: there is none with this id.
        """
        self._store.documents.archive(_SCENARIO, kept.id, version=kept.version, save=save)

    def put_away_ones(self) -> tuple[SavedScenario, ...]:
        """Those that were put away, by their age."""
        return tuple(_saved(one) for one in self._store.documents.list(_SCENARIO, archived=True))

    def take_back(self, kept: SavedScenario, *, save: Save) -> SavedScenario:
        """Brings a scenario back that was put away.

        Args:
            kept: as `put_away_ones` gives it.
            save: who, when, and once.

        Raises:
            Conflict: somebody brought it back or saved it in between.
            NameTaken: another scenario is kept under its name by now.
        """
        present = self._store.documents.load(_SCENARIO, kept.id)
        back = present.model_copy(update={"archived": False, "version": kept.version})
        try:
            return _saved(self._store.documents.save(back, save=save))
        except NameTaken as error:
            raise NameTaken(
                text("Another scenario is called “{name}” by now; nothing was brought back.", name=kept.scenario.name),
                text("Rename that one first."),
            ) from error

    def history(self, id: str) -> tuple[ScenarioRevision, ...]:
        """Every save of a scenario with what it changed, the newest first.

        Raises:
            NotFound: there is none with this id.
        """
        found = []
        team = {(one.at, one.by): one.changes for one in self.team_history()}
        for save in self._store.documents.history(_SCENARIO, id):
            now = _saved(save.after).scenario
            changes = () if save.before is None else changes_between(_saved(save.before).scenario, now)
            if save.before is not None and save.before.archived != save.after.archived:
                changes = (text("Was put away") if save.after.archived else text("Was brought back"), *changes)
            changes = (*changes, *(team.get((save.at, save.author), ()) if save.before is not None else ()))
            found.append(ScenarioRevision(save.version, save.author, save.at, now, changes))
        return tuple(found)

    def team_history(self) -> tuple[TeamRevision, ...]:
        """Every save of the team with what it changed, the newest first; none where nobody has described it."""
        kept = self._store.documents.list(_OPERATION)
        if not kept:
            return ()
        found = []
        for save in self._store.documents.history(_OPERATION, kept[0].id):
            before = None if save.before is None else read_operation(save.before.body)
            found.append(TeamRevision(save.author, save.at, team_changes(before, read_operation(save.after.body))))
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

    def _save(
        self, document: Document, scenario: Scenario, operation: Operation | None, opened: SavedTeam | None, save: Save
    ) -> SavedScenario:
        _refuse_reserved(scenario.name)
        written = document.model_copy(update={"title": scenario.name, "body": scenario.model_dump_json()})
        now = self.team()
        start = now if opened is None else opened
        same = operation is None or operation in (start.operation, now.operation)
        team = [] if operation is None or same else [self._team(operation, start)]
        try:
            saved = self._store.documents.save_with_records(written, lambda _saved: team, save=save)
        except Conflict as error:
            theirs = error.theirs
            if isinstance(theirs, Document) and theirs.kind == _OPERATION:
                raise Conflict(
                    text(
                        "{author} changed the team since it was opened here; neither the team nor the scenario was kept.",
                        author=theirs.author or "?",
                    ),
                    text("Open the team as it is kept now, and make your change there."),
                    mine=error.mine,
                    theirs=theirs,
                ) from error
            raise
        if team and operation is not None:
            self._hold_currency(operation, save)
        return SavedScenario(saved.id, saved.version, scenario)

    def _hold_currency(self, operation: Operation, save: Save) -> None:
        """Amounts rest on the currency of the team from now on, where nobody chose one."""
        if not self._store.settings.load_currency().is_chosen:
            kept = Currency(code=operation.currency, is_chosen=True)
            self._store.settings.save(CURRENCY, kept.model_dump(), save=save.part("currency"))

    def _team(self, operation: Operation, opened: SavedTeam) -> Document:
        """The team to be written in the place of what was opened, and of nothing newer."""
        kept = self._store.documents.list(_OPERATION)
        return Document(
            kind=_OPERATION,
            id=kept[0].id if kept else _TEAM,
            version=opened.version,
            title=operation.name,
            body=operation.model_dump_json(),
        )


def is_reserved(name: str) -> bool:
    """Whether a name is that of the team without any lever, in any language, or shows nothing."""
    visible = "".join(sign for sign in name if unicodedata.category(sign) not in {"Cf", "Cc", "Zs"})
    return not visible or _as_name(name).replace("-", " ") in _names_of_as_is()


@cache
def _names_of_as_is() -> frozenset[str]:
    found = {AS_IS}
    for language in LANGUAGES:
        with use_language(language):
            found |= {_as_name(str(text("As it is")))}
    return frozenset(found)


def _refuse_reserved(name: str) -> None:
    if is_reserved(name):
        raise NameTaken(
            text("“{name}” can't be the name of a scenario: the team without any lever is called so.", name=name.strip())
            if name.strip()
            else text("A scenario needs a name that can be read."),
            text("Choose another name."),
        )


def _as_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


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
