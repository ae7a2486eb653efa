"""Settings: when the service is open, which days are holidays, in which month its year begins, who reads by a link."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, notebook_share, saving, service_clock

workspace = cached.workspace()

saving.draw_confirmation()
st.title(_("Settings"), anchor=False)
service_clock.draw(workspace)
notebook_share.draw_setting(workspace)
