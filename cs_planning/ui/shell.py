"""What stands around every page: its title, the way between pages, the language."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from cs_planning.language import gettext as _
from cs_planning.ui import guide, session
from cs_planning.ui.document import TITLE

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
SETTINGS = "pages/settings.py"

_WITHOUT_NAVIGATION = {"present", "shared"}
_ADDRESSES = {"import": IMPORT, "draft": DRAFT, "forecast": FORECAST, "what-if": WHAT_IF, "goal": GOAL}


def draw_page() -> None:
    """Draws the page that the address names."""
    # Before the pages are named: without an icon of the page, their icons would be fetched from a server outside.
    st.set_page_config(page_icon="🎯", layout="wide", initial_sidebar_state="collapsed")
    reads_only = session.is_without_account()
    alone = reads_only or session.path() in _WITHOUT_NAVIGATION
    sections = _for_readers() if reads_only else _sections()
    page = st.navigation(sections, position="hidden" if alone else "top")
    st.set_page_config(page_title=f"{page.title} · {TITLE}")
    wanted = None if reads_only else guide.wanted_page()
    if wanted is not None:
        st.switch_page(wanted)
    if alone:
        page.run()
        with st.container(horizontal=True, horizontal_alignment="right"):
            guide.draw_language()
        return
    guide.draw_line(first_page=page.url_path == "")
    if page.url_path == "":
        guide.draw_invitation()
    guide.draw_stop(_ADDRESSES.get(page.url_path, ""))
    page.run()


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
        "": [
            st.Page(HOME, title=_("Goals"), icon=":material/flag:", default=True),
            st.Page(GOAL, title=_("Goal page"), icon=":material/article:", url_path="goal"),
            st.Page(PRESENT, title=_("Present"), url_path="present", visibility="hidden"),
            st.Page(SHARED, title=_("Shared page"), url_path="shared", visibility="hidden"),
        ],
        _("Data"): [
            st.Page(IMPORT, title=_("Import"), icon=":material/upload_file:", url_path="import"),
            st.Page(QUALITY, title=_("Data quality"), icon=":material/fact_check:", url_path="data-quality"),
            st.Page(FEEDBACK, title=_("Feedback"), icon=":material/forum:", url_path="feedback"),
            st.Page(SETTINGS, title=_("Settings"), icon=":material/schedule:", url_path="settings"),
        ],
        _("Plan"): [
            st.Page(DRAFT, title=_("Draft a goal"), icon=":material/edit_note:", url_path="draft"),
            st.Page(PLAN, title=_("Action plan"), icon=":material/checklist:", url_path="plan"),
            st.Page(REVIEW, title=_("Review"), icon=":material/groups:", url_path="review"),
        ],
        _("Explore"): [
            st.Page(FORECAST, title=_("Forecast"), icon=":material/query_stats:", url_path="forecast"),
            st.Page(WHAT_IF, title=_("What-if"), icon=":material/tune:", url_path="what-if"),
            st.Page(COMPARE, title=_("Compare"), icon=":material/compare_arrows:", url_path="compare"),
        ],
        _("Understand"): [
            st.Page(AUDIT, title=_("Audit"), icon=":material/troubleshoot:", url_path="audit"),
            st.Page(ALIGNMENT, title=_("Alignment"), icon=":material/account_tree:", url_path="alignment"),
            st.Page(GLOSSARY, title=_("Glossary"), icon=":material/menu_book:", url_path="glossary"),
        ],
    }
