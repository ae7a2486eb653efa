"""The workspaces and the way between them: the sample team's, the own ones, a new one."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.parts.drawing import draw_error
from cs_planning.ui.parts.escaping import plain
from cs_planning.workspace.places import FIRST, LONGEST_NAME, SAMPLE, can_have_more, make_place, rename_place
from cs_planning.workspace.sample import sample_wanted
from cs_planning.workspace.words.fields import hint

_HOME, _IMPORT = "pages/home.py", "pages/import_data.py"
_GO, _WRONG = "go", "place.wrong"


def name_of(place: str) -> str:
    """What a workspace is called on the screen."""
    if place == SAMPLE:
        return _("Sample team")
    return next((one.name for one in cached.own_places() if one.id == place), "") or _("My team")


def is_carried() -> bool:
    """Whether addresses say of which workspace they are: wherever there is more than one."""
    return sample_wanted() or len(cached.own_places()) > 1


def is_missing() -> bool:
    """Whether the address names a workspace that is not here."""
    here = cached.place()
    return here != SAMPLE and all(one.id != here for one in cached.own_places())


def draw_missing() -> None:
    """That the workspace of the address is not here, and the ways to those that are."""
    st.title(_("This workspace is not here"), anchor=False)
    st.warning(
        _("The address names a workspace that this installation does not have. It may have been made on another machine."),
        icon=":material/help:",
    )
    with st.container(horizontal=True):
        draw_ways("missing", type="secondary")


def draw_ways(key: str, type: Literal["secondary", "tertiary"] = "tertiary") -> None:
    """The ways to the other workspaces that there are already.

    Args:
        key: tells the places apart where they are drawn.
        type: of the buttons.
    """
    here = cached.place()
    for one in cached.own_places():
        if one.id == FIRST and here == SAMPLE and not one.name and cached.own_workspace().is_unused():
            continue  # the sample team's way there is another one, which begins
        if one.id != here:
            label = plain(name_of(one.id))
            icon, name = ":material/domain:", f"place-{key}-{one.id}"
            st.button(label, icon=icon, type=type, key=name, on_click=switch, args=(one.id,))
    if here != SAMPLE:
        draw_way_to_sample(key)


def draw_way_to_sample(key: str = "look-at-sample") -> None:
    """The way to the sample team, where there is one."""
    if sample_wanted():
        label = _("Look at the sample team")
        st.button(label, icon=":material/science:", key=f"{key}-sample", on_click=switch, args=(SAMPLE,))


def draw_names() -> None:
    """The name of this workspace, where it is an own one, and a field for that of a new one."""
    here = cached.place()
    if here != SAMPLE:
        st.text_input(
            _("Name of this workspace"),
            name_of(here),
            max_chars=LONGEST_NAME,
            key=f"place-name-{here}",
            on_change=_rename,
            args=(here,),
            help=hint("place_name"),
        )
        wrong = session.kept(_WRONG)
        session.forget(_WRONG)
        if wrong:
            st.error(plain(wrong), icon=":material/error:")
    if not can_have_more(cached.own_workspace().home):
        st.caption(_("On a database server each further workspace is a server of the app with a database of its own."))
        return
    with st.form("place-new", border=False, enter_to_submit=True):
        name = st.text_input(
            _("A new workspace"),
            max_chars=LONGEST_NAME,
            placeholder=_("the team or site that plans in it"),
            key="place-new-name",
            help=hint("place_new"),
        )
        is_wanted = st.form_submit_button(_("Make it"), icon=":material/add:")
    if is_wanted:
        _make(name or "")


def _make(name: str) -> None:
    try:
        made = make_place(cached.own_workspace().home, name)
    except PlanningError as error:
        draw_error(error)
        return
    switch(made.id, page=_IMPORT)
    st.rerun()


def _rename(place: str) -> None:
    try:
        rename_place(cached.own_workspace().home, place, session.widget_value(f"place-name-{place}") or "")
    except PlanningError as error:
        session.keep(_WRONG, f"{error.message} {error.hint}")
        session.drop_widget(f"place-name-{place}")


def switch(place: str, page: str = _HOME) -> None:
    """Goes over to another workspace: to where the visitor was in it before, else to a page."""
    before = session.choose_workspace(place, leaves=cached.place())
    address, query = before if before is not None and page == _HOME else (page, {})
    session.keep(_GO, [address, query])


def go_to(page: str) -> None:
    """Opens another page of this workspace when the next run begins."""
    session.keep(_GO, [page, {}])


def wanted_page() -> tuple[str, dict[str, str]] | None:
    """The script or the address of the page that a click wants to open, and what its address says; once."""
    wanted = session.kept(_GO)
    session.forget(_GO)
    return None if wanted is None else (wanted[0], wanted[1])
