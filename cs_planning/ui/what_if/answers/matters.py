"""What moves a result most: one quantity at a time at once, all of them together on a button."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_planning.automation.answers.what_matters import Result, TotalEffect
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.language import Percent, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import ColumnType, TableBlock, TableColumn
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import draw_chart, draw_table, percent, plain
from cs_planning.workspace import Workspace

_SHOWN = 8
_ASKED = "what-if.total-effects"
_JOINT = 0.05


def draw_what_matters(workspace: Workspace, operation: Operation, scenario: Scenario) -> None:
    """The tornado of a result, and its total effects when they are asked for."""
    names = {
        Result.MEAN_WAIT_SECONDS.value: _("Mean wait"),
        Result.SERVICE_LEVEL.value: _("Service level"),
        Result.COST_PER_MONTH.value: _("Cost a month"),
    }
    chosen = st.segmented_control(
        _("Result"),
        list(names),
        default=Result.MEAN_WAIT_SECONDS.value,
        required=True,
        format_func=lambda result: names[result],
        label_visibility="collapsed",
        key="what-if-matters",
        persist_state="session",
    )
    result = Result(chosen or Result.MEAN_WAIT_SECONDS.value)
    draw_chart(workspace.what_if.what_matters(operation, scenario, result), "what-if-tornado")
    _draw_total_effects(workspace, operation, scenario, result)


def _draw_total_effects(workspace: Workspace, operation: Operation, scenario: Scenario, result: Result) -> None:
    asked = f"{hash((operation, scenario, result))}"
    st.button(
        _("Move everything together"),
        key="what-if-total-effects",
        icon=":material/hub:",
        help=_(
            "Sobol' indices: the share of the uncertainty in which a quantity takes part, alone and together with others. "
            "Some thousand teams are computed."
        ),
        on_click=session.keep,
        args=(_ASKED, asked),
    )
    if session.kept(_ASKED) != asked:
        return
    with st.spinner(_("Moving everything together …")):
        effects = workspace.what_if.total_effects(operation, scenario, result)
    if not effects or effects[0].total <= 0:
        st.info(_("Nothing in this scenario is uncertain enough to move the result."), icon=":material/info:")
        return
    with st.container(key="what-if-effects"):
        st.markdown(_in_words(effects))
        draw_table(_effects_table(effects))


def _in_words(effects: Sequence[TotalEffect]) -> str:
    first = effects[0]
    told = text("{name} takes part in {share} of the uncertainty.", name=first.name, share=percent(min(first.total, 1.0)))
    joint = max(1 - sum(effect.first for effect in effects), 0.0)
    together = (
        text("About {share} comes from quantities that act together.", share=percent(joint))
        if joint > _JOINT
        else text("The quantities act almost independently of each other.")
    )
    return f"{plain(told)} {plain(together)}"


def _effects_table(effects: Sequence[TotalEffect]) -> TableBlock:
    rows = tuple(
        (
            effect.name,
            effect.total,
            min(effect.first, effect.total),
            text("± {points}", points=Percent(share=effect.confidence, digits=1)),
        )
        for effect in effects[:_SHOWN]
    )
    return TableBlock(
        columns=(
            TableColumn(name="quantity", label=text("Quantity")),
            TableColumn(name="total", label=text("With interactions"), type=ColumnType.SHARE),
            TableColumn(name="first", label=text("Alone"), type=ColumnType.SHARE),
            TableColumn(name="confidence", label=text("Accuracy (95 %)")),
        ),
        rows=rows,
        caption=text("Shares of the variance of the result; with interactions they may add up to more than 100 %."),
    )
