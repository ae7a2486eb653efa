"""What a cell sees while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cs_planning.errors import NotFound
from cs_planning.goals.goal import Goal
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi, kpi_named
from cs_planning.kpis.currency import UNSAID
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.page_head import PageHead, Parameters
from cs_planning.notebook.sources import Sources


@dataclass(frozen=True)
class Context:
    """What a cell may look at while it runs.

    Attributes:
        page: the page that the cell stands on, without its cells.
        sources: the workspace.
        today: the day of the run.
        currency: in which amounts are counted (ISO 4217).
    """

    page: PageHead
    sources: Sources
    today: date
    currency: str = UNSAID.code

    @property
    def parameters(self) -> Parameters:
        """The parameters of the page."""
        return self.page.parameters

    def goal_id(self, cell: Cell) -> str:
        """The id of the goal that the cell is about; empty when neither cell nor page names one."""
        return str(getattr(cell, "goal", "") or self.page.goal)

    def opens_with(self, cell: Cell) -> bool:
        """Whether a cell is about the goal that the page opens with, whose claim says status and probability."""
        return bool(self.page.goal) and self.goal_id(cell) == self.page.goal

    def goal(self, cell: Cell) -> Goal:
        """The goal that the cell is about.

        Raises:
            NotFound: neither cell nor page names one, or it was deleted.
        """
        named = self.goal_id(cell)
        if not named:
            raise NotFound(text("This cell is about no goal."), text("Choose a goal for the page or for the cell."))
        return self.sources.goal(named)

    def kpi(self, goal: Goal) -> Kpi:
        """The KPI of a goal as the catalogue describes it, with amounts in the currency of the page."""
        return kpi_named(goal.key.kpi if goal.key is not None else "").in_currency(self.currency)

    def is_seen(self, day: date) -> bool:
        """Whether what happened on a day is known at the end of the page's quarter; any day is while none is chosen."""
        quarter, calendar = self.parameters.quarter, self.sources.calendar()
        return not quarter or day <= quarter_end(quarter, calendar)


def quarter_end(quarter: str, calendar: ServiceCalendar) -> date:
    """The last day of a quarter as the parameters of a page name it."""
    return calendar.rhythm(Frequency.QUARTER).end_of(calendar.read_period(quarter)[0])
