"""Two to four kept scenarios side by side, for those who decide; the address of the page names them."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.what_if.answers import compare

st.title(_("Compare scenarios"), anchor=False)
compare.draw(cached.workspace(), session.today())
