"""A goal list that the team already has, uploaded and checked."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.finding import Letter, Verdict
from cs_planning.goals.plan.action_table import write_table
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.ui.parts.drawing import draw_error
from cs_planning.workspace import Workspace
from cs_planning.workspace.goals.lists import read_list
from cs_planning.workspace.words.fields import hint

_MARKS = {Verdict.PASS: "✓", Verdict.WARN: "△", Verdict.FAIL: "✗"}
_ORDER = {Verdict.FAIL: 0, Verdict.WARN: 1, Verdict.PASS: 2}


@st.fragment
def draw_check(workspace: Workspace, today: date) -> None:
    """The upload, and what each letter of SMART says about each goal."""
    st.caption(
        _(
            "One goal a row, its sentence in the column “text”. Where known, also goal_id, type, kpi, target, unit, baseline, "
            "deadline, owner, objective. Targets are judged on the KPIs that you imported; nothing is kept."
        )
    )
    file = st.file_uploader(
        _("Your list of goals: CSV or Excel"),
        type=["csv", "tsv", "txt", "xlsx", "xlsm"],
        key="goal-list",
        help=hint("goal_list"),
    )
    if file is None:
        return
    try:
        goals = read_list(file.name, file.getvalue())
        with st.spinner(_("Checking the goals…")):
            findings = workspace.lists.check(goals, today)
    except PlanningError as error:
        draw_error(error)
        return
    if findings.empty:
        st.info(_("The list holds no goals."), icon=":material/info:")
        return
    shown = _by_goal(goals, findings)
    failing = int((shown[[letter.value for letter in Letter]] == _MARKS[Verdict.FAIL]).any(axis=1).sum())
    st.markdown(str(ntext("{count} goal checked", "{count} goals checked", len(shown))) + f", {_failing(failing)}")
    st.dataframe(shown, hide_index=True, alt=_("Goals with a verdict for each letter of SMART"), height="auto")
    st.caption(_("✓ fine · △ could be better · ✗ has to be mended"))
    st.download_button(
        _("All findings (CSV)"),
        write_table(findings, "csv"),
        "findings.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="findings-csv",
    )


def _failing(count: int) -> str:
    return str(text("{count} of them have to be mended.", count=count)) if count else _("none of them has to be mended.")


def _by_goal(goals: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    column = next(name for name in goals.columns if str(name).strip().lower() == "text")
    sentences = [str(words) for words in goals[column]]
    first_letter = findings["letter"] == Letter.SPECIFIC
    numbers = (first_letter & ~first_letter.shift(fill_value=False)).cumsum()
    rows = []
    for sentence, (_number, own) in zip(sentences, findings.groupby(numbers), strict=True):
        verdicts = [Verdict(one) for one in own["verdict"]]
        worst = {
            letter: min((v for v, one in zip(verdicts, own["letter"], strict=True) if one == letter), key=_ORDER.__getitem__)
            for letter in Letter
        }
        place = min(range(len(verdicts)), key=[_ORDER[one] for one in verdicts].__getitem__)
        told = ["", ""] if verdicts[place] is Verdict.PASS else own.iloc[place][["message", "suggestion"]].tolist()
        fails = sum(verdict is Verdict.FAIL for verdict in worst.values())
        rows.append([own["goal_id"].iloc[0], sentence, *(_MARKS[worst[letter]] for letter in Letter), *told, fails])
    names = [_("Goal"), _("Text"), *(letter.value for letter in Letter), _("What is wrong first"), _("What to do"), "fails"]
    table = pd.DataFrame(rows, columns=names).sort_values("fails", ascending=False, kind="stable")
    return table.drop(columns="fails")
