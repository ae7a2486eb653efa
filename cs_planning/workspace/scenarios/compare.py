"""Scenarios side by side for those who decide: one sentence each, the figures, and the chance of every goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cs_planning.automation.answers.break_even import BreakEven, break_even
from cs_planning.automation.scenarios.outcome import Outcome
from cs_planning.automation.scenarios.scenario import AS_IS
from cs_planning.automation.scenarios.summary import sentence_of
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import NotFound
from cs_planning.goals.goal import Goal, Stage
from cs_planning.kpis.catalogue import Kpi
from cs_planning.language import Text, text
from cs_planning.notebook.sources import ScenarioFigure
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.scenarios.kept.kept_scenarios import SavedScenario
from cs_planning.workspace.scenarios.told.absent_channels import why_not_computed
from cs_planning.workspace.scenarios.told.figures import contact_cost_kpi, cost_kpi, figures_of, shown_channel
from cs_planning.workspace.scenarios.told.prices import priced
from cs_planning.workspace.scenarios.told.usual import usual_words
from cs_planning.workspace.scenarios.what_if import WhatIf

MOST_SCENARIOS = 4


@dataclass(frozen=True)
class ComparedScenario:
    """One scenario of a comparison.

    Attributes:
        id: of the kept scenario; empty for the team as it is.
        name: shown to people.
        sentence: what it means, in plain words.
        outcome: all figures.
        probabilities: of each goal of the comparison, 0…1.
        break_even: from which containment it pays; None without a chatbot.
    """

    id: str
    name: Text
    sentence: Text
    outcome: Outcome
    probabilities: tuple[float, ...]
    break_even: BreakEven | None


@dataclass(frozen=True)
class SideBySide:
    """What leadership compares; the team as it is comes first.

    Attributes:
        goals: the goals that at least one of the scenarios moves.
        figures: for charts, the most important first.
        cost: how a month's cost is written.
        contact_cost: how the cost of a contact is written.
        horizon_months: looked at for payback and present value.
        operation: the team.
        channel: place of the channel whose times and shares are shown; None for all together.
        gone: ids that no kept scenario has any longer.
        not_computed: the chosen scenarios that can't be computed for this team, each with its reason.
        usual: which numbers of the team are usual values that nobody confirmed; None where there are none.
    """

    scenarios: tuple[ComparedScenario, ...]
    goals: tuple[Goal, ...]
    figures: tuple[ScenarioFigure, ...]
    cost: Kpi
    contact_cost: Kpi
    horizon_months: int
    operation: Operation
    channel: int | None
    gone: tuple[str, ...] = ()
    not_computed: tuple[Text, ...] = ()
    usual: Text | None = None


def side_by_side(
    what_if: WhatIf, planning: Planning, ids: Sequence[str], today: date, channel: int | None = None
) -> SideBySide:
    """Kept scenarios against the team as it is.

    Args:
        what_if: holds the operation and the scenarios.
        planning: holds the goals.
        ids: of kept scenarios, the first four are taken.
        today: a lever without a start month begins in the month after it.
        channel: whose times and shares, by its place; None for the leading one, or all together where there is none.

    Raises:
        NotFound: nobody has described the team.
    """
    operation = what_if.described()
    chosen: list[SavedScenario] = []
    gone = []
    for wanted in dict.fromkeys(ids):
        try:
            chosen.append(what_if.scenario(wanted))
        except NotFound:
            gone.append(wanted)
    chosen = [one for one in chosen if one.scenario.levers or one.scenario.name != AS_IS][:MOST_SCENARIOS]
    chosen = [replace(one, scenario=priced(one.scenario, operation)) for one in chosen]
    refused = [why for one in chosen if (why := why_not_computed(one.scenario, operation)) is not None]
    chosen = [one for one in chosen if why_not_computed(one.scenario, operation) is None]
    found = what_if.simulated(operation, *(one.scenario for one in chosen))
    moved: list[Goal] = []
    probabilities: list[list[float]] = [[] for _ in found.outcomes]
    for goal in planning.goals():
        if goal.stage is Stage.CLOSED or goal.primary is None:
            continue
        pairs = [what_if.goals.probabilities(operation, one.scenario, goal, today) for one in chosen]
        known = [pair for pair in pairs if pair is not None]
        if not known:
            continue
        without = known[0][0]
        moved.append(goal)
        for column, chance in zip(probabilities, (without, *(without if p is None else p[1] for p in pairs)), strict=True):
            column.append(chance)
    kept = [("", text("As it is")), *((one.id, text("{name}", name=one.scenario.name)) for one in chosen)]
    paying = [None, *(break_even(operation, one.scenario) for one in chosen)]
    return SideBySide(
        scenarios=tuple(
            ComparedScenario(own, name, sentence_of(outcome, found), outcome, tuple(chances), pays)
            for (own, name), outcome, chances, pays in zip(kept, found.outcomes, probabilities, paying, strict=True)
        ),
        goals=tuple(moved),
        figures=figures_of(operation, found.outcomes, channel),
        cost=cost_kpi(operation),
        contact_cost=contact_cost_kpi(operation),
        horizon_months=operation.horizon_months,
        operation=operation,
        channel=shown_channel(operation, channel),
        gone=tuple(gone),
        not_computed=tuple(refused),
        usual=usual_words(operation),
    )
