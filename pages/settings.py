"""Settings: opening hours and holidays, fiscal year, currency, grades of goal sheets, who reads by a link, what may go."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached
from cs_planning.ui.appraisal import way
from cs_planning.ui.goal_page import share
from cs_planning.ui.parts import saving
from cs_planning.ui.settings import money, retention, service_clock, sla_targets

workspace = cached.workspace()

saving.draw_confirmation()
st.title(_("Settings"), anchor=False)
service_clock.draw(workspace)
sla_targets.draw(workspace)
money.draw(workspace)
way.draw(workspace)
share.draw_setting(workspace)
retention.draw(workspace)
