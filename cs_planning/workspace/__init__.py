"""The use cases of the product, one method each: the one way to whatever a team keeps.

Screens and command line reach the store, the contact log and the models only by a method of the workspace.  Besides it they
call what keeps nothing: types, words and formatters of the folders before it, readers of one uploaded file, arithmetic on an
answer that a use case gave, and `exports` for a file of it.  The command line also answers for files that belong to no
workspace: it calls the sheets of `forecasting`, the conversions of `kpis` and the simulation of `automation` as they are.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

from cs_planning.kpis.imports.answers import Answers, FileQuestion, Rows
from cs_planning.kpis.imports.recognise import Recognition
from cs_planning.language import LANGUAGES
from cs_planning.storage import ImportInfo, Limits, Outdated, Save, SeriesInfo, Share, SnapshotInfo, Store, look_anew, one_look
from cs_planning.workspace.appraisals.monthly import MonthlyReports
from cs_planning.workspace.appraisals.sheets import GoalSheets
from cs_planning.workspace.data.feedback import Feedback
from cs_planning.workspace.data.keeping import ImportReport
from cs_planning.workspace.data.kpi_data import KpiData
from cs_planning.workspace.data.service_clock import ServiceClock
from cs_planning.workspace.following.actions import Actions
from cs_planning.workspace.following.audits import Audits
from cs_planning.workspace.following.changes import GoalChanges, GoalTemplates
from cs_planning.workspace.following.effects_seen import EffectsSeen
from cs_planning.workspace.following.reviews import Reviews
from cs_planning.workspace.following.standings import Standings
from cs_planning.workspace.following.taking_back import TakingBack
from cs_planning.workspace.following.together import GoalsTogether
from cs_planning.workspace.goals.forecast_memory import ForecastMemory
from cs_planning.workspace.goals.forecasts import Forecasts
from cs_planning.workspace.goals.lists import GoalLists
from cs_planning.workspace.goals.outlook import GoalLine, Outlook
from cs_planning.workspace.goals.parts import GoalParts
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.goals.steps import GoalSteps
from cs_planning.workspace.goals.unfinished import Unfinished
from cs_planning.workspace.health import Health, health_of
from cs_planning.workspace.home import Home
from cs_planning.workspace.leading.company import CompanyGoals
from cs_planning.workspace.leading.leadership import Leadership
from cs_planning.workspace.leading.moves import PlanMoves
from cs_planning.workspace.pages.goal_pages import GoalPages
from cs_planning.workspace.pages.index import PageIndex
from cs_planning.workspace.pages.parts import KpiParts
from cs_planning.workspace.pages.shares import PageShares, SharedPage
from cs_planning.workspace.pages.snapshots import PageSnapshots
from cs_planning.workspace.pages.talk import PageTalk
from cs_planning.workspace.safekeeping.backups import Backups, backup_before_update
from cs_planning.workspace.safekeeping.logs_again import LogRepair
from cs_planning.workspace.safekeeping.one_folder import require_one_folder, wrong_folder
from cs_planning.workspace.sample import import_sample, sample_stamp, tell_sample
from cs_planning.workspace.scenarios.kept.money import MoneySetting
from cs_planning.workspace.scenarios.what_if import WhatIf

__all__ = [
    "Answers",
    "FileQuestion",
    "Forecasts",
    "GoalLine",
    "GoalPages",
    "Home",
    "ImportInfo",
    "ImportReport",
    "KpiData",
    "Limits",
    "Outdated",
    "Outlook",
    "Planning",
    "Recognition",
    "Rows",
    "Save",
    "SeriesInfo",
    "Share",
    "SharedPage",
    "SnapshotInfo",
    "WhatIf",
    "Workspace",
    "look_anew",
    "one_look",
]

_SAMPLE, _BEGUN, _TOUR = "sample", "begun", "tour"
_STAMP = "made-by.txt"
"""The file that says which version made a sample team."""


class Workspace:
    """Everything that a team plans with.

    Attributes:
        data: imports and KPI series.
        clock: opening hours and the fiscal year.
        money: the currency of amounts.
        feedback: what customers write about.
        planning: goals and how likely they are.
        unfinished: goals that are being typed.
        forecasts: one forecast seen from all sides.
        changes: what was changed of goals, and taking it back.
        templates: ready-made goals.
        steps: targets that vary from period to period.
        parts: goals for the parts of a goal, in one go.
        lists: goal lists of the team's own, checked.
        actions: action plans.
        reviews: check-ins, reviews, decisions, closing.
        effects_seen: what KPIs did after steps were finished.
        taking_back: what was done today, and undoing it.
        standings: where all goals stand, at once.
        sheets: the goal sheets of people and teams.
        reports: what is told of a month.
        audits: gaps, checklist, benchmarks, alignment.
        what_if: the operation and what automation does to it.
        company: company goals with a yearly target.
        leadership: the plan as a leadership asks for it.
        pages: goal pages and their exports.
        kpi_parts: from the figure of a KPI to its teams and channels.
        index: the list of all pages.
        snapshots: pages frozen for a meeting.
        talk: comments and decisions on pages.
        shares: links to pages for readers.
        backups: the whole workspace as one file.
        repair: contact logs that were damaged.
        retention: what may go after a time.
    """

    def __init__(self, store: Store, home: Home, memory: ForecastMemory | None = None) -> None:
        self._store = store
        self.home = home
        self.data = KpiData(store, home.contacts)
        self.clock = ServiceClock(store, self.data)
        self.planning = Planning(store, memory or ForecastMemory())
        self.unfinished = Unfinished(store)
        self.feedback = Feedback(store, self.data, self.planning)
        self.forecasts = Forecasts(store, self.planning)
        self.changes = GoalChanges(store)
        self.parts = GoalParts(store)
        self.steps = GoalSteps(self.planning)
        self.lists = GoalLists(store)
        self.actions = Actions(store, self.planning)
        self.templates = GoalTemplates(store, self.planning, self.actions)
        self.reviews = Reviews(store, self.planning, self.actions)
        self.effects_seen = EffectsSeen(store, self.planning, self.actions)
        self.taking_back = TakingBack(store, self.planning)
        self.standings = Standings(store, self.planning, self.reviews, self.actions)
        self.together = GoalsTogether(store, self.planning)
        self.sheets = GoalSheets(store, self.planning)
        self.reports = MonthlyReports(store, self.standings, self.reviews)
        self.audits = Audits(store, self.planning, self.templates)
        self.what_if = WhatIf(store, self.planning, home.contacts)
        self.company = CompanyGoals(store, self.planning)
        moves = PlanMoves(self.planning, self.together, self.what_if)
        self.leadership = Leadership(store, self.planning, self.standings, self.reviews, self.together, moves)
        self.money = MoneySetting(store, self.what_if.kept)
        self.pages = GoalPages(store, self.planning, self.what_if, self.audits, self.together)
        self.kpi_parts = KpiParts(store, self.planning)
        self.index = PageIndex(store, self.standings, self.pages)
        self.snapshots = PageSnapshots(store, self.planning, self.what_if, self.pages)
        self.talk = PageTalk(store, self.pages)
        self.shares = PageShares(store, self.pages, self.snapshots)
        self.backups = Backups(store, home)
        self.repair = LogRepair(store, home)
        self.retention = store.retention

    @classmethod
    def open(cls, home: Home, memory: ForecastMemory | None = None) -> Self:
        """Opens a workspace; makes it when it is not there, and backs it up before its tables are brought up to date.

        Args:
            home: where it lives.
            memory: of forecasts, where it is shared with another workspace; one of its own when None.

        Raises:
            StorageUnavailable: it can't be opened; the message says why.
        """
        store = Store.open(home.database, partial(backup_before_update, home))
        try:
            require_one_folder(store, home)
        except BaseException:
            store.close()
            raise
        return cls(store, home, memory)

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the workspace that the environment names, else the user's own."""
        return cls.open(Home.from_environment())

    @classmethod
    def sample(cls, home: Home, today: date, language: str = LANGUAGES[0]) -> Self:
        """The workspace of the sample team, which lives beside the user's own and never mixes with it.

        It is filled on its first use, and anew where another version of the product or of its files had filled it.

        Args:
            home: of the user's own workspace.
            today: the day on which the sample is loaded.
            language: in which the team writes; each has a workspace of its own, whose goals have the same addresses.
        """
        folder = cls.sample_folder(home, language)
        if not cls.has_sample(home, language):
            cls._make_samples(home, today)
        return cls.open(Home.at(folder))

    @classmethod
    def has_sample(cls, home: Home, language: str) -> bool:
        """Whether the sample team of a language is there, as this version makes it."""
        kept = cls.sample_folder(home, language) / _STAMP
        return kept.is_file() and kept.read_text(encoding="utf-8") == sample_stamp()

    @classmethod
    def _make_samples(cls, home: Home, today: date) -> None:
        """Makes the sample team in every language aside and puts each in place at once; the files are imported once for all.

        An interrupted start leaves nothing half done, and of two at once one wins.
        """
        with tempfile.TemporaryDirectory(prefix=f".{_SAMPLE}-", dir=home.folder) as aside:
            files = Path(aside) / "files"
            loading = cls.open(Home.at(files))
            import_sample(loading, today)
            loading.close()
            # The teams write in different languages and have the same figures.
            memory = ForecastMemory()
            for language in LANGUAGES:
                made = Path(shutil.copytree(files, Path(aside) / language))
                telling = cls.open(Home.at(made), memory)
                tell_sample(telling, today, language)
                telling.planning.overview(today)  # the records of its forecasts are kept: nobody's first visit waits for them
                telling.close()
                (made / _STAMP).write_text(sample_stamp(), encoding="utf-8")
                before = cls.sample_folder(home, language)
                with suppress(OSError):
                    if before.is_dir() and not cls.has_sample(home, language):
                        before.rename(Path(aside) / f"{language}-before")
                    made.rename(before)

    @staticmethod
    def sample_folder(home: Home, language: str) -> Path:
        """Where the sample team of a language lives, whether it is there or not yet."""
        return home.folder / (_SAMPLE if language == LANGUAGES[0] else f"{_SAMPLE}-{language}")

    def is_unused(self) -> bool:
        """Whether nothing was ever imported, planned or begun here."""
        return not self._store.changes.list(limit=1)

    def begin(self, *, save: Save) -> None:
        """Keeps that the user begins with data of their own: from now on this workspace opens, not the sample team's."""
        self._store.settings.save(_BEGUN, True, save=save)

    def end_tour(self, *, save: Save) -> None:
        """Keeps that the author took or declined the tour."""
        self._store.settings.save(f"{_TOUR}.{save.author}", True, save=save)

    def tour_ended(self, person: str) -> bool:
        """Whether somebody took or declined the tour."""
        return bool(self._store.settings.load(f"{_TOUR}.{person}", False))

    def health(self) -> Health:
        """Whether it can be worked with: its database, its files of contacts, and room on the disk."""
        found = health_of(self._store, self.home.folder, self.home.contacts)
        is_known = not any(check.name == "database" and check.wrong is not None for check in found.checks)
        wrong = wrong_folder(self._store, self.home) if is_known else None
        return found if wrong is None else found.with_wrong("contacts", wrong)

    def close(self) -> None:
        """Writes what waits, and gives the database back."""
        self.unfinished.close()
        self._store.close()
