"""What stands around every page: its title, the way between pages, the language."""

from __future__ import annotations

import streamlit as st

from cs_planning.language import LANGUAGES, current_language
from cs_planning.language import gettext as _
from cs_planning.ui import session

HOME = "pages/home.py"
IMPORT = "pages/import_data.py"
QUALITY = "pages/data_quality.py"
DRAFT = "pages/draft_goal.py"
FORECAST = "pages/forecast.py"
WHAT_IF = "pages/what_if.py"
COMPARE = "pages/compare.py"
GOAL = "pages/goal_page.py"
PRESENT = "pages/present.py"
SHARED = "pages/shared.py"
PLAN = "pages/plan.py"
REVIEW = "pages/review.py"
AUDIT = "pages/audit.py"
ALIGNMENT = "pages/alignment.py"

_WITHOUT_NAVIGATION = {"present", "shared"}
_OWN_NAMES = {"en": "English", "ja": "日本語"}


def draw_page() -> None:
    """Draws the page that the address names."""
    st.set_page_config(page_title="CS Planning", page_icon="🎯", layout="wide", initial_sidebar_state="collapsed")
    pages = [
        st.Page(HOME, title=_("Goals"), icon=":material/flag:", default=True),
        st.Page(IMPORT, title=_("Import"), icon=":material/upload_file:", url_path="import"),
        st.Page(QUALITY, title=_("Data quality"), icon=":material/fact_check:", url_path="data-quality"),
        st.Page(DRAFT, title=_("Draft a goal"), icon=":material/edit_note:", url_path="draft"),
        st.Page(FORECAST, title=_("Forecast"), icon=":material/query_stats:", url_path="forecast"),
        st.Page(WHAT_IF, title=_("What-if"), icon=":material/tune:", url_path="what-if"),
        st.Page(COMPARE, title=_("Compare"), icon=":material/compare_arrows:", url_path="compare"),
        st.Page(GOAL, title=_("Goal page"), icon=":material/article:", url_path="goal"),
        st.Page(PRESENT, title=_("Present"), icon=":material/slideshow:", url_path="present", visibility="hidden"),
        st.Page(SHARED, title=_("Shared page"), icon=":material/link:", url_path="shared", visibility="hidden"),
        st.Page(PLAN, title=_("Action plan"), icon=":material/checklist:", url_path="plan"),
        st.Page(REVIEW, title=_("Review"), icon=":material/groups:", url_path="review"),
        st.Page(AUDIT, title=_("Audit"), icon=":material/troubleshoot:", url_path="audit"),
        st.Page(ALIGNMENT, title=_("Alignment"), icon=":material/account_tree:", url_path="alignment"),
    ]
    page = st.navigation(pages, position="hidden" if session.path() in _WITHOUT_NAVIGATION else "top")
    page.run()
    _draw_foot()


def _draw_foot() -> None:
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        chosen = st.segmented_control(
            _("Language"),
            LANGUAGES,
            default=current_language(),
            required=True,
            format_func=lambda code: _OWN_NAMES[code],
            label_visibility="collapsed",
            key="language-choice",
        )
    if chosen and chosen != current_language():
        session.choose_language(chosen)
        st.rerun()
