"""The what-if sliders at the top of a page: a scenario that belongs to a view and is kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from cs_planning.automation.levers.demand import ChatbotLever, DemandLever
from cs_planning.automation.levers.people import StaffingLever
from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.language import Text, text
from cs_planning.notebook.cells.page_head import Parameters

SLIDERS = frozenset({"bot", "people", "demand"})
"""The parameters that are sliders."""

MOVED = "sliders of the page"
"""The name of the scenario of the sliders, for programs; people read `MOVED_LABEL`."""

MOVED_LABEL: Text = text("With the sliders")


def moved_levers(parameters: Parameters) -> tuple[Lever, ...]:
    """The levers of the sliders that somebody moved; none while all of them stand at 0."""
    levers: list[Lever] = []
    if parameters.demand:
        levers.append(DemandLever(volume_change=parameters.demand / 100))
    if parameters.bot:
        levers.append(ChatbotLever(containment=parameters.bot / 100))
    if parameters.people:
        levers.append(StaffingLever(agents_change=float(parameters.people)))
    return tuple(levers)


def moved_scenario(base: Scenario | None, moved: Sequence[Lever]) -> Scenario:
    """A scenario with the moved levers in the place of its own of the same kind.

    Args:
        base: the scenario that the page shows; the team as it is when there is none.
        moved: at most one of each kind.
    """
    kinds = {lever.kind for lever in moved}
    own = base.levers if base is not None else ()
    return Scenario(name=MOVED, levers=(*(lever for lever in own if lever.kind not in kinds), *moved))
