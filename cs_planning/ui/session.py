"""What belongs to one visitor: language, name, forms under way; the only user of Streamlit's session state."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Container
from datetime import UTC, date, datetime
from functools import wraps
from ipaddress import ip_address
from typing import Any, ParamSpec, TypeVar
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cs_planning.errors import PlanningError
from cs_planning.language import LANGUAGES, Text, ask_for_language, current_language, nearest_language, text, use_language
from cs_planning.ui import accounts
from cs_planning.ui.browser.document import LANGUAGE_COOKIE, LANGUAGE_PARAMETER, PERSON_COOKIE, PLACE_PARAMETER
from cs_planning.workspace import Save, look_anew, one_look
from cs_planning.workspace.places import is_place_id

_P = ParamSpec("_P")
_R = TypeVar("_R")
_PREFIX = "cs."
_AS_OF = "as_of"
_LONGEST_NAME = 200
_PLACE, _LEAVING, _LEFT, _PERSON = "place", "leaving", "left", "person"


def language() -> str | None:
    """The visitor's language: what the address says (`?lang=ja`), else this session, an earlier choice, the browser."""
    if not _has_visitor():
        return None
    asked = st.query_params.get(LANGUAGE_PARAMETER)
    chosen = asked if asked in LANGUAGES else st.session_state.get(_PREFIX + "language")
    if chosen is None:
        chosen = nearest_language(asked, st.context.cookies.get(LANGUAGE_COOKIE), st.context.locale)
    st.session_state[_PREFIX + "language"] = chosen
    return str(chosen)


def in_one_language(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """Asks for the visitor's language once for all that `draw` draws, where it would be asked for each word of it."""

    @wraps(draw)
    def draw_in_one_language(*args: _P.args, **named: _P.kwargs) -> _R:
        with use_language(current_language()):
            return draw(*args, **named)

    return draw_in_one_language


def in_one_run(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """Draws in one language what is one run of a script or a fragment, and asks the workspace once for what is asked again."""
    drawn = in_one_language(draw)

    @wraps(draw)
    def draw_in_one_run(*args: _P.args, **named: _P.kwargs) -> _R:
        with one_look():
            return drawn(*args, **named)

    return draw_in_one_run


def wanted_place() -> str | None:
    """The id of the workspace that the visitor wants: the address says it, else this session; `None` where neither does."""
    if not _has_visitor():
        return None
    asked = _asked_place()
    return kept(_PLACE) if asked is None else asked


def follow_the_address() -> None:
    """Leaves the workspace of this session, with all that was chosen in it, when the address is of another one."""
    asked, before = _asked_place(), kept(_PLACE)
    leaving = kept(_LEAVING, False)
    forget(_LEAVING)
    if leaving or asked is None or asked == before:
        return
    if before is not None:
        start_over()
    keep(_PLACE, asked)


def choose_workspace(place: str, *, leaves: str) -> tuple[str, dict[str, str]] | None:
    """Goes over to another workspace on another page; forms of this one are forgotten.

    The address that is left still names this workspace, so that the way back leads to it.  Where the visitor was in it, with
    what was being typed there, is remembered until they come back by the switcher.

    Args:
        place: the id of the other one.
        leaves: the id of this one.

    Returns:
        The last part and the parameters of the address at which the visitor left the other one; `None` at the first time.
    """
    said = {name: value for name, value in st.query_params.to_dict().items() if name != LANGUAGE_PARAMETER}
    left = {**kept(_LEFT, {}), leaves: [path(), {**said, PLACE_PARAMETER: leaves}]}
    start_over()
    keep(_LEFT, left)
    keep(_PLACE, place)
    keep(_LEAVING, True)
    return (left[place][0], left[place][1]) if place in left else None


def name_workspace(place: str) -> None:
    """Says in the address of which workspace it is, so that it leads there from anywhere."""
    if st.query_params.get(PLACE_PARAMETER) != place:
        st.query_params[PLACE_PARAMETER] = place


def _asked_place() -> str | None:
    asked = st.query_params.get(PLACE_PARAMETER, "")
    return asked if is_place_id(asked) else None


def locale() -> str:
    """The locale of the visitor's browser, such as `de-CH`; empty where it says none."""
    return (st.context.locale or "") if _has_visitor() else ""


def _has_visitor() -> bool:
    return get_script_run_ctx(suppress_warning=True) is not None


def choose_language(code: str) -> None:
    """Keeps the visitor's choice for the session and in the address."""
    if code in LANGUAGES:
        st.session_state[_PREFIX + "language"] = code
        st.query_params[LANGUAGE_PARAMETER] = code


def today() -> date:
    """The day as of which the visitor plans: a chosen one, else the visitor's date, which `CS_PLANNING_TODAY` moves."""
    return planned_day() or _own_day()


def planned_day() -> date | None:
    """The earlier day as of which the visitor plans, from the address (`?as_of=2026-06-01`) or this session."""
    if not _has_visitor():
        return None
    said = st.query_params.get(_AS_OF)
    try:
        chosen = date.fromisoformat(said) if said else st.session_state.get(_PREFIX + _AS_OF)
    except ValueError:
        return None
    if chosen is None or chosen >= _own_day():
        return None
    st.session_state[_PREFIX + _AS_OF] = chosen
    return chosen


def plan_as_of(day: date | None) -> None:
    """Plans as of an earlier day from now on; `None` goes back to today."""
    if day is None:
        st.session_state.pop(_PREFIX + _AS_OF, None)
        st.query_params.pop(_AS_OF, None)
    else:
        st.session_state[_PREFIX + _AS_OF] = day
        st.query_params[_AS_OF] = str(day)


def _own_day() -> date:
    moved = os.environ.get("CS_PLANNING_TODAY")
    return date.fromisoformat(moved) if moved else date.today()  # noqa: DTZ011 - the laptop's own day is meant


def now() -> datetime:
    """This moment, moved by as many days as the visitor's date is, in the zone of that date.

    What is kept with it, such as the day of an agreement, so agrees with the date, also in the morning east of Greenwich.
    """
    return datetime.now(UTC).astimezone() + (today() - date.today())  # noqa: DTZ011 - the laptop's own day is meant


def clock() -> datetime:
    """This moment, aware, whatever day the visitor plans as of: for what ends at a time, such as a link.

    `CS_PLANNING_TODAY` moves it, the address does not.
    """
    return datetime.now(UTC) + (_own_day() - date.today())  # noqa: DTZ011 - the laptop's own day is meant


def here(moment: datetime) -> datetime:
    """A moment in the time zone of the visitor's browser; as it is where that is not known."""
    zone = st.context.timezone if _has_visitor() else None
    try:
        return moment.astimezone(ZoneInfo(zone)) if zone else moment
    except (ZoneInfoNotFoundError, ValueError):
        return moment


def author() -> str:
    """Who is at work, for the history of what was changed; empty until somebody said so."""
    return account() or person() or os.environ.get("CS_PLANNING_USER", "").strip()[:_LONGEST_NAME]


def named(author: str) -> str | Text:
    """Whoever did something, for a sentence that says so: some gave no name."""
    return author or text("somebody")


def person() -> str:
    """The name that the visitor gave, in this session or earlier in this browser; empty where none was given."""
    if not _has_visitor():
        return ""
    said = st.session_state.get(_PREFIX + _PERSON)
    if said is None:
        kept_name = st.context.cookies.get(PERSON_COOKIE)
        said = unquote(kept_name) if isinstance(kept_name, str) else ""
    return str(said).strip()[:_LONGEST_NAME]


def said_name() -> str | None:
    """The name as it was given in this session; `None` where none was."""
    return st.session_state.get(_PREFIX + _PERSON)


def call_oneself(name: str) -> None:
    """Keeps the visitor's name for this session; the page tells it to the browser."""
    st.session_state[_PREFIX + _PERSON] = name.strip()[:_LONGEST_NAME]


def account() -> str:
    """Who the proxy before the app says has signed in, believed by its secret; else empty."""
    return accounts.account_of(_header) if _has_visitor() else ""


def is_without_account() -> bool:
    """Whether accounts are asked for and this visitor has none: such a one reads by a link and sees nothing else."""
    return accounts.are_asked_for() and not account()


def _header(name: str) -> str | None:
    return st.context.headers.get(name)


def address(*names: str) -> dict[str, str]:
    """What the address says under these names; everything it says when none is given."""
    said = st.query_params.to_dict()
    return {name: said[name] for name in names or said if name in said}


def path() -> str:
    """The last part of the address, such as `goal`; empty on the first page and where there is no browser."""
    return urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]


def link(page: str, **query: str) -> str:
    """The whole address of another page of this server, in the workspace of this one."""
    place = _asked_place()
    if place is not None:
        query = {**query, PLACE_PARAMETER: place}
    here = urlsplit(st.context.url or "")
    folder = here.path.rstrip("/").rpartition("/")[0]
    return urlunsplit((here.scheme, here.netloc, f"{folder}/{page}", urlencode(query), ""))


def is_on_this_machine() -> bool:
    """Whether the address of the app is one that no other machine can open."""
    host = urlsplit(st.context.url or "").hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def idempotency_key(form: str) -> str:
    """The key of the form under way: the same for every click on its button until `finish_form`."""
    return str(st.session_state.setdefault(f"{_PREFIX}form.{form}", uuid.uuid4().hex))


def save(form: str) -> Save:
    """The save that a click on the form under way asks for: by whom, when, and once until `finish_form`.

    Whoever saves decides by what is kept at this moment, not when the page began to be drawn.
    """
    look_anew()
    return Save(author(), idempotency_key(form), now())


def save_by_clock(form: str) -> Save:
    """As `save`, at this moment whatever day the visitor plans as of: for what ends some days from now."""
    look_anew()
    return Save(author(), idempotency_key(form), clock())


def finish_form(form: str) -> None:
    """The form was saved: the next save is another one."""
    st.session_state[f"{_PREFIX}form.{form}"] = uuid.uuid4().hex


def keep(name: str, value: Any) -> None:
    """Keeps a small serialisable value for this visitor."""
    st.session_state[_PREFIX + name] = value


def kept(name: str, default: Any = None) -> Any:
    """What `keep` kept; the default where there is no visitor, as when the server starts."""
    return st.session_state.get(_PREFIX + name, default) if _has_visitor() else default


def forget(name: str) -> None:
    """Drops what `keep` kept."""
    st.session_state.pop(_PREFIX + name, None)


def say(error: PlanningError) -> None:
    """Keeps what a callback could not do, to be shown when the page is drawn."""
    keep("said", f"{error.message} {error.hint}")


def forget_widgets(name: str) -> None:
    """Drops the values of all widgets of a form, so that it opens empty again."""
    for key in list(st.session_state):
        if str(key).startswith((f"{name}-", f"{_PREFIX}{name}.")):
            st.session_state.pop(key, None)


def start_over() -> None:
    """Drops everything of this visitor but language, name and where they left other workspaces, as for another workspace."""
    for key in list(st.session_state):
        if key not in {_PREFIX + "language", _PREFIX + _PERSON, _PREFIX + _LEFT}:
            st.session_state.pop(key, None)


def drop_widget(key: str) -> None:
    """Drops the value of one widget, so that it opens as if it were new."""
    st.session_state.pop(key, None)


def widget_value(key: str, default: Any = None) -> Any:
    """The value of a widget before it is drawn in this run."""
    return st.session_state.get(key, default)


def set_widget(key: str, value: Any) -> None:
    """Sets a widget that is not drawn yet in this run; only inside a callback or before the widget."""
    st.session_state[key] = value


def open_choice(key: str, ids: Container[str]) -> None:
    """Lets the address say by an id what a choice shows first; before the choice is drawn.

    Streamlit's own binding knows what can be chosen by its label alone, which is another one in each language.
    """
    asked = st.query_params.get(key)
    if key not in st.session_state and asked in ids:
        st.session_state[key] = asked


def name_choice(key: str, chosen: str | None, unasked: str | None) -> None:
    """Says in the address what a choice shows, unless it is what is shown unasked."""
    if chosen is None or chosen == unasked:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != chosen:
        st.query_params[key] = chosen


ask_for_language(language)
