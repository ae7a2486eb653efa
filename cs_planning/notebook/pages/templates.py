"""Ready-made pages: what a new goal, a quarterly review, a talk with the leadership and an audit begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cs_planning.goals.goal import Goal
from cs_planning.goals.title import as_read, title_of
from cs_planning.language import LANGUAGES, Text, text, use_language
from cs_planning.notebook.blocks.block import Words
from cs_planning.notebook.cells import made_words
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.kinds.actions import ActionsCell
from cs_planning.notebook.kinds.alignment import AlignmentCell
from cs_planning.notebook.kinds.audit import AuditCell
from cs_planning.notebook.kinds.checkins import CheckinsCell
from cs_planning.notebook.kinds.comments import CommentsCell
from cs_planning.notebook.kinds.decisions import DecisionsCell
from cs_planning.notebook.kinds.forecast import ForecastCell
from cs_planning.notebook.kinds.frontier import FrontierCell
from cs_planning.notebook.kinds.goal_card import GoalCard
from cs_planning.notebook.kinds.kpi_chart import KpiChart
from cs_planning.notebook.kinds.kpi_number import KpiNumber
from cs_planning.notebook.kinds.kpi_table import KpiTable
from cs_planning.notebook.kinds.record import RecordCell
from cs_planning.notebook.kinds.scenario import ScenarioCell
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.kinds.whole_plan import WholePlanCell
from cs_planning.notebook.pages.page import Page


@dataclass(frozen=True)
class PageTemplate:
    """A kind of page.

    Attributes:
        id: a stable name.
        name: what it is called on the screen.
        purpose: when it is used.
        needs_goal: whether it is about one goal.
    """

    id: str
    name: Text
    purpose: Text
    needs_goal: bool
    cells: Callable[[], tuple[Cell, ...]]

    def page(self, title: str, *, goal: Goal | None = None, parameters: Parameters | None = None) -> Page:
        """A new page of this kind, in the language in force where it holds words to be edited."""
        return Page(
            title=title,
            goal=goal.id if goal is not None else "",
            template=self.id,
            parameters=parameters or Parameters(),
            cells=self.cells(),
        )


def _one_pager() -> tuple[Cell, ...]:
    return (
        ForecastCell(id="forecast", periods=36, collapsed=True),
        GoalCard(id="goal", collapsed=True),
        ActionsCell(id="actions", collapsed=True),
        ScenarioCell(id="scenario", collapsed=True),
        TextCell(id="notes", title=str(made_words.NOTES), collapsed=True),
    )


def _quarterly_review() -> tuple[Cell, ...]:
    return (
        TextCell(id="questions", title=str(made_words.REVIEW), markdown=str(made_words.REVIEW_QUESTIONS)),
        CheckinsCell(id="checkins"),
        DecisionsCell(id="decisions"),
        ActionsCell(id="actions"),
        ForecastCell(id="forecast", periods=24, collapsed=True),
        GoalCard(id="goal", findings=False, collapsed=True),
        RecordCell(id="record", collapsed=True),
        CommentsCell(id="comments", collapsed=True),
    )


def _leadership() -> tuple[Cell, ...]:
    return (
        TextCell(id="questions", title=str(made_words.LEADERSHIP), markdown=str(made_words.LEADERSHIP_QUESTIONS)),
        WholePlanCell(id="plan", collapsed=True),
        ScenarioCell(id="scenario", collapsed=True),
        FrontierCell(id="frontier", collapsed=True),
        ForecastCell(id="forecast", periods=24, collapsed=True),
        AlignmentCell(id="alignment", collapsed=True),
        RecordCell(id="record", collapsed=True),
        DecisionsCell(id="decisions", collapsed=True),
    )


def _audit_report() -> tuple[Cell, ...]:
    return (
        AuditCell(id="audit"),
        TextCell(id="causes", title=str(made_words.CAUSES), markdown=str(made_words.CAUSES_QUESTION)),
        KpiNumber(id="csat-now", series="csat"),
        KpiChart(id="csat", series="csat", title=""),
        KpiChart(id="response", series="frt_median", breakdown="channel"),
        KpiTable(id="cost", series="cost_per_contact", collapsed=True),
        ActionsCell(id="actions"),
        DecisionsCell(id="decisions"),
    )


TEMPLATES: Mapping[str, PageTemplate] = {
    template.id: template
    for template in (
        PageTemplate("one_pager", text("Goal one-pager"), text("one goal on one page, for every new goal"), True, _one_pager),
        PageTemplate(
            "quarterly_review",
            text("Quarterly review"),
            text("what happened since the last review, and what is decided now"),
            True,
            _quarterly_review,
        ),
        PageTemplate(
            "leadership",
            text("Leadership what-if"),
            text("what a goal would take, what it costs, how sure we are"),
            True,
            _leadership,
        ),
        PageTemplate(
            "audit", text("Audit report"), text("targets against current values, channel by channel"), False, _audit_report
        ),
    )
}
"""Every template by its id."""

MAIN = "one_pager"
"""The template of the page that a goal opens with."""
_BEFORE_GOAL = " – "


def made_title(template: PageTemplate, goal: str) -> str:
    """What a page is called to which nobody gave a title: its kind, and the title of its goal."""
    return f"{template.name}{_BEFORE_GOAL}{goal}" if goal else str(template.name)


def is_main(page: Page) -> bool:
    """Whether a page is the one that its goal opens with, which is called as the goal is."""
    return bool(page.goal) and page.template in {MAIN, ""}


def shown_title(page: Page, goal: Goal | None = None) -> Words:
    """The title of a page, in the language of who reads it where the product made it, else as it was typed.

    Args:
        page: the page.
        goal: the one it is about; without it the goal's part of a made title stays as it was written.
    """
    if goal is not None and is_main(page):
        return title_of(goal) or page.title
    template = TEMPLATES.get(page.template)
    if template is None:
        return page.title
    for language in LANGUAGES:
        with use_language(language):
            named = str(template.name)
        if page.title == named:
            return template.name
        if page.title.startswith(f"{named}{_BEFORE_GOAL}"):
            about = page.title.removeprefix(f"{named}{_BEFORE_GOAL}")
            arguments = {"kind": template.name, "goal": as_read(about, goal)}
            return Text(source=f"{{kind}}{_BEFORE_GOAL}{{goal}}", arguments=arguments)
    return page.title
