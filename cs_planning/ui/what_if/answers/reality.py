"""What came of a kept scenario: a plain verdict, the months since its start, and its levers' ranges as they were seen."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cs_planning.automation.answers.reality import PromiseVerdict, SeenRange, with_range
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.period_names import period_words
from cs_planning.language import Moment, sentences, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import TableBlock
from cs_planning.ui import session
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_chart, draw_table, plain
from cs_planning.ui.what_if.scenario.keeping import keep_scenario
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.kept.kept_scenarios import SavedScenario
from cs_planning.workspace.scenarios.reality.against_reality import Reality
from cs_planning.workspace.scenarios.reality.reality_words import charts_of, months_table, range_words, verdicts_of

_CHART_WIDTH = 290
_JOINER = "\u2060"
"""Between two signs that may not be parted by the end of a line; nobody sees it."""
_ICONS = {
    PromiseVerdict.AS_SIMULATED: ":green[:material/check_circle:]",
    PromiseVerdict.BETTER: ":green[:material/trending_up:]",
    PromiseVerdict.WORSE: ":red[:material/trending_down:]",
    PromiseVerdict.MORE: ":orange[:material/groups:]",
    PromiseVerdict.FEWER: ":orange[:material/groups:]",
    PromiseVerdict.TOO_EARLY: ":gray[:material/hourglass_top:]",
    PromiseVerdict.NO_DATA: ":gray[:material/upload_file:]",
}


def draw_reality(workspace: Workspace, chosen: SavedScenario, today: date) -> None:
    """A kept scenario beside the imported figures since its start month.

    Args:
        workspace: keeps both.
        chosen: the scenario that was opened, as it is kept.
        today: months that begin after it are still to come.
    """
    found = workspace.what_if.reality(chosen, today)
    if found is None:
        if chosen.scenario.levers:
            st.caption(
                _(
                    "Once it has begun, write the start of a lever under “Details, cost and ranges” and update the scenario: "
                    "your imported figures then stand here beside what was simulated."
                )
            )
        return
    month = period_words(found.start, MONTHS)
    if not found.figures:
        st.caption(plain(text("From {month} on, your imported figures stand here beside what was simulated.", month=month)))
        return
    with st.container(border=True, key="what-if-reality", gap="small"):
        st.markdown(f"**{plain(text('What came of it since {month}', month=month))}**", help=why.of("reality"))
        for verdict, words in verdicts_of(found):
            st.markdown(f"{_ICONS[verdict]} {plain(words)}")
        _draw_charts(found)
        with st.expander(_("All figures month by month"), type="compact", key="what-if-reality-months"):
            draw_table(_unbroken(months_table(found)))
        _draw_notes(found)
        for one in found.ranges:
            _draw_range(workspace, found, chosen, one)


def _draw_charts(found: Reality) -> None:
    charts = charts_of(found)
    if not charts:
        return
    st.caption(_("Blue: the simulated 80 % range of each month. Grey: what was measured; hollow: a month that is not over."))
    with st.container(horizontal=True, key="what-if-reality-charts"):
        for number, chart in enumerate(charts):
            with st.container(width=_CHART_WIDTH):
                draw_chart(chart, f"what-if-reality-{number}")


def _unbroken(table: TableBlock) -> TableBlock:
    """The table with months that stay in one line: Japanese may break after any sign, and a narrow window would do so."""
    return table.model_copy(update={"rows": tuple((_JOINER.join(str(first)), *rest) for first, *rest in table.rows)})


def _draw_notes(found: Reality) -> None:
    notes = [
        text(
            "Simulated by the version of {moment}, for an average month of the team.",
            moment=Moment(at=session.here(found.kept_at)),
        )
    ]
    if found.compared_from is not None and found.compared_from > found.start:
        month = period_words(found.compared_from, MONTHS)
        notes.append(text("Compared from {month} on; what lies longer back says little about the team of today.", month=month))
    if found.described_late:
        notes.append(
            text(
                "The team was described after the start ({moment}). Where the lever worked already by then, its effect counts "
                "twice.",
                moment=Moment(at=session.here(found.described_at)),
            )
        )
    if any(one.carried for one in found.figures):
        notes.append(text("Cost, and waits for e-mail: the simulated change of what was measured before the start."))
    if found.cost_of_more:
        notes.append(text("The cost in your data is that of more channels than this team has; it is not compared."))
    st.caption(sentences(plain(note) for note in notes))


def _draw_range(workspace: Workspace, found: Reality, chosen: SavedScenario, one: SeenRange) -> None:
    st.markdown(plain(range_words(found, one)))
    now = chosen.scenario.levers
    if one.place >= len(now) or now[one.place].kind != found.scenario.levers[one.place].kind:
        return
    if getattr(now[one.place], one.field) == one.seen:
        st.caption(_("The scenario as it is kept now has the range that was seen."))
    elif st.button(
        _("Set the lever to the range seen, as a new version"),
        icon=":material/straighten:",
        key=f"what-if-seen-{one.place}-{one.field}",
    ):
        newest = with_range(chosen.scenario, one)
        keep_scenario(lambda save: workspace.what_if.kept.update(chosen, newest, save=save), chosen)
