"""What all visitors share; the only user of Streamlit's caches."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import streamlit as st

from cs_planning import ui
from cs_planning.automation.calibration.validation import ValidationReport
from cs_planning.exports.html import vega_bundle
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.currency import Currency, usual_currency
from cs_planning.kpis.files.reading import read_table as read
from cs_planning.kpis.files.table import Table, combine
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.imports.convert import convert as converted
from cs_planning.kpis.imports.outcomes import AnswerOutcome, outcome_of
from cs_planning.kpis.imports.sheets import series_of
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import LANGUAGES, current_language
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.workspace import Answers, FileQuestion, Home, Recognition, SharedPage, Workspace
from cs_planning.workspace.places import FIRST, SAMPLE, Place, home_of, places
from cs_planning.workspace.sample import sample_wanted
from cs_planning.workspace.scenarios.data.call_checks import CallLog, check_calls, read_call_log

_SLOW_IMPORTS = (
    "altair",
    "pandas",
    "pyarrow",
    "scipy.stats",
    "scipy.special",
    "statsmodels.tsa.api",
    "ibis",
    "duckdb",
    "openpyxl",
)
_KEPT_FILES, _KEPT_SECONDS = 8, 900
_KEPT_OUTCOMES = 64


def _write_what_waits(workspace: Workspace) -> None:
    workspace.unfinished.write()


@st.cache_resource(show_spinner=False, on_release=_write_what_waits)
def own_workspace() -> Workspace:
    """The workspace of this process, opened once."""
    return Workspace.from_environment()


def sample_workspace() -> Workspace:
    """The workspace of the sample team in the visitor's language, filled on its first use."""
    language = current_language()
    if Workspace.has_sample(own_workspace().home, language):
        return _sample_workspace(language)
    with st.spinner(_("Preparing the sample team …")):
        return _sample_workspace(language)


@st.cache_resource(show_spinner=False, on_release=_write_what_waits)
def _sample_workspace(language: str) -> Workspace:
    return Workspace.sample(own_workspace().home, session.today(), language)


def workspace() -> Workspace:
    """What this visitor looks at: an own workspace, or the sample team's as long as there is nothing of their own."""
    here = place()
    if here == SAMPLE:
        return sample_workspace()
    own = workspace_at(here)
    _settle_currency(own)
    return own


def workspace_at(place: str) -> Workspace:
    """An own workspace by its id, opened once.

    Raises:
        NotFound: there is none.
    """
    return own_workspace() if place == FIRST else _further(str(home_of(own_workspace().home, place).folder))


@st.cache_resource(show_spinner=False, on_release=_write_what_waits)
def _further(folder: str) -> Workspace:
    return Workspace.open(Home.at(Path(folder)))


def _settle_currency(own: Workspace) -> None:
    """Counts in what is usual for the visitor, in a workspace without amounts in which nobody chose a currency."""
    usual = usual_currency(current_language(), own.clock.calendar.country, session.locale())
    own.money.settle(usual, now=session.now())


def place() -> str:
    """The id of the workspace at which this visitor looks: a chosen one, else the sample team's until the own one is used."""
    chosen = session.wanted_place()
    if chosen is not None and (chosen != SAMPLE or sample_wanted()):
        return chosen
    return SAMPLE if sample_wanted() and own_workspace().is_unused() else FIRST


def looks_at_sample() -> bool:
    """Whether this visitor looks at the sample team."""
    return place() == SAMPLE


def own_places() -> tuple[Place, ...]:
    """The own workspaces of this installation, the first one first."""
    return places(own_workspace().home)


def shared_by(token: str) -> tuple[Workspace, SharedPage] | None:
    """The workspace that a link for readers opens, and its page: the visitor's own ones and those of the sample team."""
    now = session.clock()
    for one in _workspaces():
        shared = one.shares.opened(token, now)
        if shared is not None:
            return one, shared
    return None


def _workspaces() -> Iterator[Workspace]:
    """Every workspace of this process that is there already."""
    for one in own_places():
        yield workspace_at(one.id)
    if sample_wanted():
        for language in LANGUAGES:
            if Workspace.has_sample(own_workspace().home, language):
                yield _sample_workspace(language)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def read_table(fingerprint: str, name: str, sheet: str | None, _data: bytes) -> Table:
    """A file's table, read once; `fingerprint` stands for the bytes."""
    return read(name, _data, sheet=sheet)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def combined(fingerprint: str, names: tuple[str, ...], _tables: tuple[Table, ...]) -> Table:
    """Tables with the same header as one, put together once; `fingerprint` stands for their contents."""
    return combine(_tables)


def recognised(fingerprint: str, table: Table) -> Recognition:
    """What a file is and what its columns mean, worked out once for what was confirmed for its header."""
    remembered = workspace().data.remembered(table)
    return _recognised(fingerprint, "" if remembered is None else remembered.model_dump_json(), table)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def _recognised(fingerprint: str, remembered: str, _table: Table) -> Recognition:
    return workspace().data.recognise(_table)


def asked(fingerprint: str, table: Table, found: Recognition, answers: Answers) -> tuple[Recognition, tuple[FileQuestion, ...]]:
    """What a file is by the answers to its questions, and the questions that are open, worked out once."""
    return _asked(fingerprint, found.mapping.model_dump_json(), answers.model_dump_json(), table, found)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def _asked(
    fingerprint: str, mapping: str, answers: str, _table: Table, _found: Recognition
) -> tuple[Recognition, tuple[FileQuestion, ...]]:
    return workspace().data.asked(_table, _found, Answers.model_validate_json(answers))


def outcome(fingerprint: str, table: Table, found: Recognition, answers: Answers, today: date) -> AnswerOutcome:
    """The KPIs that a file would give by some answers, worked out once for a calendar, a currency and a language."""
    place, calendar, currency = _here()
    mapping = found.mapping.model_dump_json()
    said = answers.model_dump_json()
    return _outcome(fingerprint, place, calendar, currency, current_language(), mapping, said, table, found, today)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_OUTCOMES, ttl=_KEPT_SECONDS)
def _outcome(
    fingerprint: str,
    place: str,
    calendar: str,
    currency: str,
    language: str,
    mapping: str,
    answers: str,
    _table: Table,
    _found: Recognition,
    today: date,
) -> AnswerOutcome:
    return outcome_of(
        _table,
        _found,
        Answers.model_validate_json(answers),
        calendar=ServiceCalendar.model_validate_json(calendar),
        today=today,
        currency=Currency.model_validate_json(currency),
    )


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def as_kind(fingerprint: str, mapping: str, kind: Kind, _table: Table, _found: Recognition) -> Mapping:
    """How the columns of a file are read if somebody says of which kind it is; `mapping` is how they were read before."""
    return workspace().data.as_kind(_table, kind, _found)


def convert(fingerprint: str, mapping: Mapping, table: Table, today: date) -> Imported:
    """What a file holds under a mapping, worked out once for a calendar, a currency and a language."""
    place, calendar, currency = _here()
    return _convert(fingerprint, place, calendar, currency, current_language(), mapping.model_dump_json(), table, today)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def _convert(
    fingerprint: str, place: str, calendar: str, currency: str, language: str, mapping: str, _table: Table, today: date
) -> Imported:
    return converted(
        _table,
        Mapping.model_validate_json(mapping),
        calendar=ServiceCalendar.model_validate_json(calendar),
        currency=Currency.model_validate_json(currency),
        today=today,
    )


def preview(fingerprint: str, mapping: Mapping, imported: Imported, today: date) -> tuple[KpiSeries, ...]:
    """The KPIs that a file gives under a mapping, worked out once for a calendar."""
    place, calendar, currency = _here()
    return _preview(fingerprint, place, calendar, currency, mapping.model_dump_json(), imported, today)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def _preview(
    fingerprint: str, place: str, calendar: str, currency: str, mapping: str, _imported: Imported, today: date
) -> tuple[KpiSeries, ...]:
    return series_of(_imported, ServiceCalendar.model_validate_json(calendar))


def _here() -> tuple[str, str, str]:
    """The workspace that the visitor looks at, with its calendar and currency as kept now: an import rests on all of them."""
    data = workspace().data
    return str(workspace().home.folder), data.calendar.model_dump_json(), data.currency.model_dump_json()


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def call_log(fingerprint: str, _content: bytes) -> CallLog:
    """A log of calls, read once; `fingerprint` stands for the bytes."""
    return read_call_log(_content)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def validation(fingerprint: str, split: date, answer_within_seconds: float, _log: CallLog) -> ValidationReport:
    """How well the model predicts the later days of a log, worked out once."""
    return check_calls(_log, split, answer_within_seconds)


def preload() -> None:
    """Loads the slow libraries, opens what a first visitor sees and reads its goals, so that no first page waits for that."""
    for name in (*_SLOW_IMPORTS, *(screen.name for screen in pkgutil.walk_packages(ui.__path__, "cs_planning.ui."))):
        importlib.import_module(name)
    vega_bundle()
    own = own_workspace()
    seen = [_sample_workspace(one) for one in LANGUAGES] if sample_wanted() and own.is_unused() else [own]
    for one in seen:
        one.standings.brief(session.today())
