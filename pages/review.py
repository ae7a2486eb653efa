"""The review meeting: an agenda that builds itself, check-ins, decisions, the close of a quarter and the team's record."""

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.appraisal import talks
from cs_planning.ui.following import acting, minutes, review_agenda, review_goals
from cs_planning.ui.goal_page import mentions
from cs_planning.ui.goals import all_goals
from cs_planning.ui.parts import saving

workspace = cached.workspace()
today = session.today()

if not workspace.planning.goals():
    all_goals.draw_first_step(nothing_imported=not workspace.data.series_list())
    st.stop()

saving.draw_confirmation()
wanted = session.address("minutes").get("minutes")
if wanted:
    minutes.draw_minutes(workspace, wanted)
    st.stop()
cadence = review_agenda.draw_choice()
agenda = workspace.reviews.agenda(cadence, today)
review_agenda.draw_head(agenda)
review_goals.draw_celebrations(agenda)
review_agenda.draw_left_over(workspace, agenda)
mentions.draw_of_visitor(workspace)
talks.draw_due(workspace.sheets.due_talks(today))
st.subheader(_("Where we stand"), anchor=False)
review_goals.draw_goals(workspace, agenda, today)
review_goals.draw_closing(workspace, agenda, today)
acting.draw_deeds(workspace, today)
review_agenda.draw_decisions(workspace, workspace.planning.goals(), today)
review_agenda.draw_end(workspace, agenda, today)
review_agenda.draw_report(workspace, today)
minutes.draw_earlier(workspace)
review_goals.draw_record(workspace)
