"""What a chatbot or another roster would do to waits, cost and goals: computed by queueing, never multiplied."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.what_if import board
from cs_planning.ui.what_if.team import calls

st.title(_("What-if"), anchor=False)
board.draw(cached.workspace(), session.today())
st.caption(
    _(
        "Waits come from queueing with customers who give up (Erlang A), cost from rostered hours. "
        "A bot saves nothing until hours leave the roster."
    )
)
calls.draw_calls(cached.workspace())
