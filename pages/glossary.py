"""What the words mean, and how every KPI is computed."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import glossary

st.title(_("Glossary"), anchor=False)
words = st.text_input(_("Search"), placeholder=_("A word or a KPI"), type="search", key="glossary-search", bind="query-params")
glossary.draw((words or "").strip())
