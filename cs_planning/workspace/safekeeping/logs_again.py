"""Contact logs that were damaged: what is missing, what nobody lists, and making them again of what is there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cs_planning.kpis.contacts.log.kept_files import left_alone, left_behind, readable_files
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.contacts.log.rebuilt import rebuilt
from cs_planning.storage import ContactLog, Layer, Save, Store
from cs_planning.workspace.home import Home
from cs_planning.workspace.points.contacts import log_parts, manifest_of, manifest_of_parts


@dataclass(frozen=True)
class LogState:
    """The files of one contact log.

    Attributes:
        log: as the database lists it.
        present: its files that can be read.
        lost: those that are missing or damaged.
        brought: the readable files of each import that fills it, in their order.
        unreadable: how many files with what an import brought can't be read, which the log itself does not need.
    """

    log: ContactLog
    present: Manifest
    lost: Manifest
    brought: tuple[Manifest, ...]
    unreadable: int


@dataclass(frozen=True)
class Repaired:
    """What was made again.

    Attributes:
        contacts: that lost files held and the log has again.
        lost: contacts of lost files that no other file holds.
        moved: files that nobody listed, as they lie now.
    """

    contacts: int
    lost: int
    moved: tuple[Path, ...]


class LogRepair:
    """The contact logs of a workspace, looked at as a whole."""

    def __init__(self, store: Store, home: Home) -> None:
        self._store = store
        self._home = home

    def states(self) -> tuple[LogState, ...]:
        """Every log with its files, all of which are read."""
        layers = self._store.layers.list(with_points=False)
        return tuple(self._state(log, layers) for log in self._store.contact_logs.list())

    def unlisted(self) -> tuple[Path, ...]:
        """Files of contacts that nobody lists; none while an import runs, whose files are not listed yet."""
        if not self._home.contacts.is_dir():
            return ()
        with left_alone(self._home.contacts) as is_alone:
            return tuple(left_behind(self._home.contacts, self._named())) if is_alone else ()

    def unlisted_folder(self) -> Path:
        """Where files that nobody lists are moved."""
        return self._home.folder / "left-over"

    def repair(self, *, save: Save) -> Repaired:
        """Makes lost months again of what imports brought, and moves away what nobody lists; values of KPIs stay.

        Raises:
            Conflict: something was imported at the same moment; that log stays as it is.
            StorageUnavailable: the workspace can't be written.
        """
        moved = tuple(self._moved(path) for path in self.unlisted())
        again = left = 0
        with left_alone(self._home.contacts):
            for state in self.states():
                if not state.lost.parts:
                    continue
                folder = self._home.contacts / state.log.id
                folder.mkdir(parents=True, exist_ok=True)
                made = rebuilt(folder, state.present, state.lost, state.brought)
                names = {part.file_name for part in state.lost.parts}
                new = [part for part in made.parts if part not in state.present.parts and part.file_name not in names]
                try:
                    if new:
                        self._store.contact_logs.put(ContactLog(state.log.id, state.log.version, log_parts(made)), save=save)
                except BaseException:
                    for part in new:
                        with suppress(OSError):
                            (folder / part.file_name).unlink()
                    raise
                rows = sum(part.rows for part in new)
                again += rows
                left += max(state.lost.rows - rows, 0)
        return Repaired(again, left, moved)

    def _state(self, log: ContactLog, layers: tuple[Layer, ...]) -> LogState:
        folder = self._home.contacts / log.id
        present, lost = readable_files(folder, manifest_of(log), every_value=True)
        known = _names(present) | _names(lost)
        brought: list[Manifest] = []
        unreadable: set[str] = set()
        for layer in layers:
            if layer.log_id != log.id:
                continue
            own, gone = readable_files(folder, manifest_of_parts(layer.brought.files), every_value=True)
            brought.append(own)
            unreadable |= _names(gone) - known
        return LogState(log, present, lost, tuple(brought), len(unreadable))

    def _named(self) -> frozenset[str]:
        present = frozenset(part.file_name for log in self._store.contact_logs.list() for part in log.parts)
        return present | self._store.layers.file_names()

    def _moved(self, path: Path) -> Path:
        target = self.unlisted_folder() / path.name
        target.parent.mkdir(exist_ok=True)
        return path.rename(target)


def _names(manifest: Manifest) -> set[str]:
    return {part.file_name for part in manifest.parts}
