"""Sharing a page: links for readers, what is open, taking them back; and the page as a reader sees it."""

from __future__ import annotations

import secrets
from datetime import date

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.notebook.pages.page import Page
from cs_planning.ui import person, session, shell
from cs_planning.ui.parts.drawing import draw_error
from cs_planning.workspace import Share, Workspace
from cs_planning.workspace.words.fields import hint

_DAYS = (1, 7, 30, 90)
_MADE = "share-made"
_ALLOWED = "share-allowed"


def draw_menu(workspace: Workspace, page: Page, today: date) -> None:
    """Makes a link, shows it once, and lists those that are open."""
    menu = st.popover(_("Share"), icon=":material/link:", key="share", on_change="rerun")
    if not menu.open:
        return
    with menu:
        if not workspace.shares.allowed:
            st.info(_("This workspace opens no page by a link."), icon=":material/link_off:")
            st.page_link(shell.SETTINGS, label=_("Allow links under Settings"), icon=":material/settings:")
            return
        st.caption(_("Whoever has the link can read the page and move its parameters; nothing can be changed with it."))
        live = st.segmented_control(
            _("The reader sees"),
            [True, False],
            default=True,
            required=True,
            format_func=lambda live: _("the page as it will be") if live else _("the page as it is now"),
            key="share-live",
            help=hint("share_live"),
        )
        days = st.segmented_control(
            _("The link ends after"),
            _DAYS,
            default=_DAYS[1],
            required=True,
            format_func=lambda days: str(ntext("{count} day", "{count} days", days)),
            key="share-days",
            help=hint("share_days"),
        )
        person.draw_question("share")
        if st.button(_("Make a link"), icon=":material/add_link:", type="primary", key="share-make"):
            _make(workspace, page, today, live=bool(live), days=int(days or _DAYS[1]))
        made = session.kept(_MADE)
        if made and made["page"] == workspace.pages.name(page):
            st.code(made["link"], language=None, wrap_lines=True)
            st.caption(_("Copy it now: only its fingerprint is kept, so it can't be shown again."))
            if session.is_on_this_machine():
                st.warning(
                    _(
                        "Only this machine can open the link, since the app runs on it alone. Take the page along as HTML or "
                        "PDF instead, or run the app on a server that the readers reach."
                    ),
                    icon=":material/computer:",
                )
        now = session.clock()
        for share in workspace.shares.of_page(workspace.pages.newest(page)):
            if share.is_open(now):
                _draw_open(workspace, share)


def draw_setting(workspace: Workspace) -> None:
    """Whether pages can be opened by a link, with what that means."""
    st.subheader(_("Links for readers"), anchor=False)
    st.markdown(
        _(
            "A link opens one goal page to readers without an account. It can't be guessed, ends after 90 days at most and "
            "lets nothing be changed. While links are off, none of them opens anything; turned on again, those that have not "
            "ended or been taken back open as before."
        )
    )
    st.toggle(
        _("Allow links for readers"),
        workspace.shares.allowed,
        help=hint("share_allowed"),
        key=_ALLOWED,
        on_change=_allow,
        args=(workspace,),
    )
    count = workspace.shares.count_open(session.clock())
    st.caption(str(ntext("{count} link has not ended.", "{count} links have not ended.", count)))


def draw_closed() -> None:
    """What everybody reads whose link opens nothing, whatever the reason."""
    st.title(_("This link does not open a page"), anchor=False)
    st.info(_("It may have ended or been taken back. Ask whoever sent it to you for a new one."), icon=":material/link_off:")


def _allow(workspace: Workspace) -> None:
    allowed = bool(session.widget_value(_ALLOWED))
    try:
        workspace.shares.allow(allowed, save=session.save(_ALLOWED))
    except PlanningError as error:
        session.say(error)
        session.drop_widget(_ALLOWED)
    session.finish_form(_ALLOWED)


def _make(workspace: Workspace, page: Page, today: date, *, live: bool, days: int) -> None:
    name = f"share-{workspace.pages.name(page)}"
    token = secrets.token_urlsafe(32)
    try:
        workspace.shares.share(page, token, today, days=days, live=live, save=session.save_by_clock(name))
    except PlanningError as error:
        draw_error(error)
        return
    session.keep(_MADE, {"page": workspace.pages.name(page), "link": session.link("shared", token=token)})
    session.finish_form(name)


def _draw_open(workspace: Workspace, share: Share) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = _("as it will be") if share.live else _("frozen")
        made = text(
            "{kind}, made {day} by {author}", kind=kind, day=share.created_at.date(), author=session.named(share.author)
        )
        ends = "" if share.expires_at is None else str(text("ends {day}", day=share.expires_at.date()))
        st.caption(f"{made}, {ends}", width="content")
        st.button(
            _("Take back"),
            icon=":material/link_off:",
            type="tertiary",
            key=f"revoke-{share.id}",
            on_click=_revoke,
            args=(workspace, share.id),
        )


def _revoke(workspace: Workspace, share: str) -> None:
    try:
        workspace.shares.revoke(share, save=session.save(f"revoke-{share}"))
    except PlanningError as error:
        session.say(error)
    session.forget(_MADE)
