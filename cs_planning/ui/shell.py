"""What stands around every page: its title, the way between pages, the language."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page

from cs_planning.language import Text, text
from cs_planning.language import gettext as _
from cs_planning.ui import cached, guide, log, session, switcher
from cs_planning.ui.browser.document import TITLE
from cs_planning.ui.parts import belief

HOME = "pages/home.py"
IMPORT = "pages/import_data.py"
QUALITY = "pages/data_quality.py"
FEEDBACK = "pages/feedback.py"
DRAFT = "pages/draft_goal.py"
FORECAST = "pages/forecast.py"
WHAT_IF = "pages/what_if.py"
COMPARE = "pages/compare.py"
GOAL = "pages/goal_page.py"
GLOSSARY = "pages/glossary.py"
PRESENT = "pages/present.py"
SHARED = "pages/shared.py"
PLAN = "pages/plan.py"
REVIEW = "pages/review.py"
AUDIT = "pages/audit.py"
ALIGNMENT = "pages/alignment.py"
SHEETS = "pages/sheets.py"
LEADERSHIP = "pages/leadership.py"
SETTINGS = "pages/settings.py"

_WITHOUT_NAVIGATION = {"present", "shared"}


@dataclass(frozen=True)
class _Entry:
    """A page of the navigation; one without an icon is reached by its address alone, one without an address is the first."""

    script: str
    title: Text
    icon: str
    address: str


_SECTIONS: tuple[tuple[Text | None, tuple[_Entry, ...]], ...] = (
    (
        None,
        (
            _Entry(HOME, text("Goals"), "flag", ""),
            _Entry(GOAL, text("Goal page"), "article", "goal"),
            _Entry(PRESENT, text("Present"), "", "present"),
            _Entry(SHARED, text("Shared page"), "", "shared"),
        ),
    ),
    (
        text("Data"),
        (
            _Entry(IMPORT, text("Import"), "upload_file", "import"),
            _Entry(QUALITY, text("Data quality"), "fact_check", "data-quality"),
            _Entry(FEEDBACK, text("Feedback"), "forum", "feedback"),
            _Entry(SETTINGS, text("Settings"), "schedule", "settings"),
        ),
    ),
    (
        text("Plan"),
        (
            _Entry(DRAFT, text("Draft a goal"), "edit_note", "draft"),
            _Entry(PLAN, text("Action plan"), "checklist", "plan"),
            _Entry(REVIEW, text("Review"), "groups", "review"),
            _Entry(SHEETS, text("Goal sheets"), "assignment_ind", "sheets"),
            _Entry(LEADERSHIP, text("Leadership view"), "account_balance", "leadership"),
        ),
    ),
    (
        text("Explore"),
        (
            _Entry(FORECAST, text("Forecast"), "query_stats", "forecast"),
            _Entry(WHAT_IF, text("What-if"), "tune", "what-if"),
            _Entry(COMPARE, text("Compare"), "compare_arrows", "compare"),
        ),
    ),
    (
        text("Understand"),
        (
            _Entry(AUDIT, text("Audit"), "troubleshoot", "audit"),
            _Entry(ALIGNMENT, text("Alignment"), "account_tree", "alignment"),
            _Entry(GLOSSARY, text("Glossary"), "menu_book", "glossary"),
        ),
    ),
)
_SCRIPTS = {one.address: one.script for _section, pages in _SECTIONS for one in pages}


@session.in_one_run
def draw_page() -> None:
    """Draws the page that the address names."""
    # Before the pages are named: without an icon of the page, their icons would be fetched from a server outside.
    st.set_page_config(page_icon="🎯", layout="wide", initial_sidebar_state="collapsed")
    session.follow_the_address()
    reads_only = session.is_without_account()
    alone = reads_only or session.path() in _WITHOUT_NAVIGATION
    sections = _for_readers() if reads_only else _sections()
    page = st.navigation(sections, position="hidden" if alone else "top")
    st.set_page_config(page_title=f"{page.title} · {TITLE}")
    wanted = None if reads_only else switcher.wanted_page()
    if wanted is not None:
        place, query = wanted
        st.switch_page(_SCRIPTS.get(place, place if place in _SCRIPTS.values() else HOME), query_params=query)
    is_missing = not reads_only and page.url_path != "shared" and switcher.is_missing()
    if not reads_only and page.url_path != "shared" and not is_missing and switcher.is_carried():
        session.name_workspace(cached.place())
    with log.page_run(page.url_path or "home", session.account()):
        if is_missing:
            guide.draw_language()
            switcher.draw_missing()
        else:
            _draw_framed(page, alone=alone)


def _draw_framed(page: Page, *, alone: bool) -> None:
    if alone:
        page.run()
        with st.container(horizontal=True, horizontal_alignment="right"):
            guide.draw_language()
        return
    guide.draw_line(_group_of(page.url_path))
    if page.url_path == "":
        guide.draw_invitation()
    belief.draw_planned_day()
    guide.draw_stop(_SCRIPTS.get(page.url_path, ""))
    page.run()


def _group_of(address: str) -> str:
    """What the group of the navigation is called in which a page stands; empty for one that stands by itself."""
    return next((str(name) for name, pages in _SECTIONS if name and any(one.address == address for one in pages)), "")


def _for_readers() -> dict[str, list[Page]]:
    """What there is for whoever has no account where accounts are asked for: a shared page, opened by its link."""
    return {
        "": [
            st.Page(_draw_no_account, title=_("Goals"), url_path="account", default=True),
            st.Page(SHARED, title=_("Shared page"), url_path="shared", visibility="hidden"),
        ]
    }


def _draw_no_account() -> None:
    st.title(_("Sign in to go on"), anchor=False)
    st.info(_("Only links to shared pages open without an account."), icon=":material/lock:")


def _sections() -> dict[str, list[Page]]:
    return {
        str(section) if section else "": [
            st.Page(
                one.script,
                title=str(one.title),
                icon=f":material/{one.icon}:" if one.icon else None,
                url_path=one.address or None,
                default=not one.address,
                visibility="visible" if one.icon else "hidden",
            )
            for one in pages
        ]
        for section, pages in _SECTIONS
    }
