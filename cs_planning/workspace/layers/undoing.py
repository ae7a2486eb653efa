"""Taking an import back as a whole: what it brought goes, what it overwrote comes back, and later imports stay right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from cs_planning.errors import CannotUndo, Overtaken
from cs_planning.kpis.contacts.log.kept_files import UNREADABLE, importing, readable_files
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.contacts.log.undone import Overlap, overlap, without
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import Text, listed_texts, ntext, text
from cs_planning.storage import ImportInfo, Save, SeriesInfo, Store, Undone
from cs_planning.workspace.layers.undo_plan import UndoPlan, why_not
from cs_planning.workspace.points.contacts import manifest_of
from cs_planning.workspace.points.logs import ContactLogs

_NAMED = 12


@dataclass(frozen=True)
class Undoing:
    """What undoing an import does.

    Attributes:
        info: the import.
        contacts_gone: contacts that no other import holds.
        contacts_back: contacts that are then as other imports have them.
        values_gone: values of KPIs of a table that no other import gives.
        values_back: values that are then as other imports have them.
        series_gone: series that have no value left.
        currency: in which amounts are counted again, as before files with amounts fixed another one; None where that stays.
    """

    info: ImportInfo
    contacts_gone: int = 0
    contacts_back: int = 0
    values_gone: int = 0
    values_back: int = 0
    series_gone: tuple[SeriesInfo, ...] = ()
    currency: Currency | None = None


def words_of_series_gone(done: Undoing) -> Text | None:
    """Which series go altogether; None where none does."""
    count = len(done.series_gone)
    if not count:
        return None
    whole_first = sorted(done.series_gone, key=lambda info: len(info.key.scope))
    names = listed_texts([info.key.named(info.kpi) for info in whole_first[:_NAMED]])
    if count > _NAMED:
        return text("{count} series go altogether, among them: {series}.", count=count, series=names)
    return ntext("{count} series goes altogether: {series}.", "{count} series go altogether: {series}.", count, series=names)


def words_of_currency(done: Undoing) -> Text | None:
    """In which currency amounts are counted again; None where that stays."""
    if done.currency is None:
        return None
    return text(
        "Amounts are counted in {currency} again, as before: nothing else holds the currency that files with amounts fixed.",
        currency=done.currency.code,
    )


class ImportUndo:
    """Imports of a workspace that are taken back."""

    def __init__(self, store: Store, logs: ContactLogs) -> None:
        self._store = store
        self._logs = logs

    def possible(self) -> frozenset[str]:
        """The ids of the imports that can be undone."""
        return self._store.layers.imports()

    def refusal(self, info: ImportInfo) -> CannotUndo | None:
        """Why an import can't be undone, and what to do instead; None where it can."""
        return None if info.id in self.possible() else why_not(info)

    def preview(self, id: str) -> Undoing:
        """What undoing an import would take away and bring back; of contacts it takes about as long as doing it.

        Raises:
            NotFound: there is no such import.
            CannotUndo: it can't be undone, and why.
            StorageUnavailable: the folder of contacts can't be written.
        """
        return self._worked_out(id, lambda _undone, what: what)

    def undo(self, id: str, *, save: Save, progress: Callable[[float], None] = lambda _share: None) -> Undoing:
        """Takes an import back as a whole, and says what that did; what came after it stays as if it had not been.

        Args:
            id: of the import.
            save: who does it, when, and the key under which it happens once.
            progress: is told the share that is done, from 0 to 1.

        Raises:
            NotFound: there is no such import.
            CannotUndo: it can't be undone, and why.
            Conflict: others keep importing at the same moment; nothing was changed.
            StorageUnavailable: the workspace can't be written; nothing was changed.
        """

        def put_in_place(undone: Undone, what: Undoing) -> Undoing:
            return replace(what, info=self._store.imports.undo(id, undone, save=save))

        done = self._worked_out(id, put_in_place, progress)
        progress(1.0)
        return done

    def _worked_out(
        self,
        id: str,
        then: Callable[[Undone, Undoing], Undoing],
        progress: Callable[[float], None] = lambda _share: None,
    ) -> Undoing:
        """Does something with what is without an import; again where others changed meanwhile what that was computed of."""
        for last in (False, False, True):
            progress(0.1)
            with importing(self._logs.folder, self._logs.named):
                plan = UndoPlan(self._store, self._logs, id)
                try:
                    with self._without(plan, progress) as (undone, what):
                        return then(undone, what)
                except Overtaken:
                    if last:
                        raise
                except (CannotUndo, *UNREADABLE):
                    # Others may have replaced the files that were being read.
                    if last or self._store.layers.state() == plan.state:
                        raise
        raise AssertionError

    @contextmanager
    def _without(self, plan: UndoPlan, progress: Callable[[float], None]) -> Iterator[tuple[Undone, Undoing]]:
        """What is without an import, and how that differs; files that are not kept afterwards are removed."""
        if not plan.layer.log_id:
            undone = plan.without_table()
            yield undone, self._differing(plan, undone)
            return
        folder = self._logs.folder / plan.layer.log_id
        own, others = plan.files()
        known = self._store.contact_logs.load(plan.layer.log_id)
        present, lost = readable_files(folder, manifest_of(known), every_value=True)
        log = without(folder, present, own, others)
        try:
            progress(0.4)
            undone = plan.without_contacts(known, log, lost)
            yield undone, self._differing(plan, undone, overlap(folder, own, others))
        finally:
            self._logs.discard(known.id, Manifest(parts=(*present.parts, *log.parts, *own.parts)))

    def _differing(self, plan: UndoPlan, undone: Undone, contacts: Overlap | None = None) -> Undoing:
        gone = back = 0
        for frequency in Frequency if contacts is None else ():
            before = self._store.points.load_frame(frequency, undone.keys)
            after = undone.points.get(frequency, before.iloc[:0])
            both = before.merge(after, on=["series", "period"], how="left", suffixes=("", "_after"), indicator="found")
            is_left = both["found"] == "both"
            gone += int((~is_left).sum())
            back += int((is_left & (both["value"] != both["value_after"]) & both["value_after"].notna()).sum())
        keys, left = set(undone.keys), set(undone.sources)
        series = {info.key: info for info in plan.infos if str(info.key) in keys and str(info.key) not in left}
        counted = Overlap(0, 0) if contacts is None else contacts
        return Undoing(plan.info, counted.gone, counted.back, gone, back, tuple(series.values()), undone.currency)
