"""A goal page as data: ordered cells, each with a kind, an id and settings of its own.

A page written by a newer version of the product survives here: cells of a kind that is not known yet, and fields that are
not known yet, are kept as they are and written again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, field_validator

from cs_planning.errors import InvalidPage, Problem
from cs_planning.goals.goal import LongText, ShortText
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text

SCHEMA_VERSION = 1
MOST_CELLS = 500
MOST_BYTES = 20_000_000
MOST_BOT, MOST_PEOPLE, LEAST_DEMAND, MOST_DEMAND = 60, 10, -50, 100
_QUARTER = re.compile(r"(FY)?[0-9]{4}-Q[1-4]")
_Id = Annotated[str, Field(min_length=1, max_length=80)]


class _Cell(BaseModel):
    """What cells of all kinds have.

    Attributes:
        id: unique on its page.
        title: the heading of the section; that of the kind when it is empty.
        hidden: not shown outside of editing.
        collapsed: only its heading is shown until it is opened.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: _Id
    title: ShortText = ""
    hidden: bool = False
    collapsed: bool = False


class _GoalCell(_Cell):
    """A cell about a goal; the page's own when `goal` is empty."""

    goal: ShortText = ""


class TextCell(_Cell):
    """Free text in Markdown."""

    kind: Literal["text"] = "text"
    markdown: LongText = ""


class GoalCard(_GoalCell):
    """What shall be reached by when, and what the SMART check says."""

    kind: Literal["goal_card"] = "goal_card"
    findings: bool = True


class MarkedDay(BaseModel):
    """Something that happened on a day, to be marked in a chart."""

    model_config = ConfigDict(frozen=True)

    day: date
    label: ShortText


class KpiChart(_GoalCell):
    """The history of a KPI.

    Attributes:
        series: a written `SeriesKey`; the goal's KPI when it is empty.
        frequency: the rhythm; the goal's when it is not given.
        periods: how many periods are shown; all when it is not given.
        breakdown: the dimension whose parts are drawn as lines of their own, such as `channel`.
        events: days to be marked, beside the breaks that the forecast finds.
    """

    kind: Literal["kpi_chart"] = "kpi_chart"
    series: ShortText = ""
    frequency: Frequency | None = None
    periods: Annotated[int, Field(ge=2, le=2000)] | None = None
    breakdown: ShortText = ""
    events: Annotated[tuple[MarkedDay, ...], Field(max_length=50)] = ()


class ForecastCell(_GoalCell):
    """The fan chart and the probabilities of the goal's targets."""

    kind: Literal["forecast"] = "forecast"
    periods: Annotated[int, Field(ge=2, le=2000)] | None = None
    events: Annotated[tuple[MarkedDay, ...], Field(max_length=50)] = ()


class RecordCell(_GoalCell):
    """How good past forecasts of the goal's KPI were."""

    kind: Literal["record"] = "record"


class ScenarioCell(_GoalCell):
    """What-if scenarios side by side; the page's scenario when none is named."""

    kind: Literal["scenario"] = "scenario"
    scenarios: tuple[ShortText, ...] = ()


class FrontierCell(_Cell):
    """What response time costs: the frontier of a scenario over the number of people."""

    kind: Literal["frontier"] = "frontier"
    scenario: ShortText = ""


class AuditCell(_Cell):
    """The audit table: metric, goal, current value, gap."""

    kind: Literal["audit"] = "audit"
    audit: ShortText = ""


class AlignmentCell(_GoalCell):
    """The objective and the goals above and below."""

    kind: Literal["alignment"] = "alignment"


class ActionsCell(_GoalCell):
    """The action plan with owners and dates."""

    kind: Literal["actions"] = "actions"


class CheckinsCell(_GoalCell):
    """What was noted at each check-in."""

    kind: Literal["checkins"] = "checkins"


class DecisionsCell(_GoalCell):
    """What was decided, by whom it is done and until when."""

    kind: Literal["decisions"] = "decisions"


class CommentsCell(_Cell):
    """Comments on the page, open ones first."""

    kind: Literal["comments"] = "comments"


class ImageCell(_Cell):
    """An uploaded picture by its id, with the words for those who do not see it."""

    kind: Literal["image"] = "image"
    image: ShortText = ""
    alt: ShortText = ""
    caption: ShortText = ""


class UnknownCell(_Cell):
    """A cell of a newer version, kept as it was written."""

    kind: str


_KNOWN = (
    TextCell,
    GoalCard,
    KpiChart,
    ForecastCell,
    RecordCell,
    ScenarioCell,
    FrontierCell,
    AuditCell,
    AlignmentCell,
    ActionsCell,
    CheckinsCell,
    DecisionsCell,
    CommentsCell,
    ImageCell,
)
CELL_CLASSES: Mapping[str, type[_Cell]] = {str(known.model_fields["kind"].default): known for known in _KNOWN}
"""Every known kind of cell, in the order in which a menu offers them."""


def _tag(cell: Any) -> str:
    kind = cell.get("kind") if isinstance(cell, Mapping) else getattr(cell, "kind", None)
    return kind if isinstance(kind, str) and kind in CELL_CLASSES else "unknown"


Cell = Annotated[
    Annotated[TextCell, Tag("text")]
    | Annotated[GoalCard, Tag("goal_card")]
    | Annotated[KpiChart, Tag("kpi_chart")]
    | Annotated[ForecastCell, Tag("forecast")]
    | Annotated[RecordCell, Tag("record")]
    | Annotated[ScenarioCell, Tag("scenario")]
    | Annotated[FrontierCell, Tag("frontier")]
    | Annotated[AuditCell, Tag("audit")]
    | Annotated[AlignmentCell, Tag("alignment")]
    | Annotated[ActionsCell, Tag("actions")]
    | Annotated[CheckinsCell, Tag("checkins")]
    | Annotated[DecisionsCell, Tag("decisions")]
    | Annotated[CommentsCell, Tag("comments")]
    | Annotated[ImageCell, Tag("image")]
    | Annotated[UnknownCell, Tag("unknown")],
    Discriminator(_tag),
]
"""A cell of any kind."""


class Parameters(BaseModel):
    """What stands at the top of a page and flows into its cells; empty means all.

    Attributes:
        quarter: such as `2026-Q4`, or `FY2026-Q4` of a fiscal year; what was measured later is left out.
        team: narrows KPIs to a team.
        channel: narrows KPIs to a channel.
        scenario: the id of the scenario that scenario cells show.
        bot: contacts that a bot ends, in percent; with `people` and `demand` the what-if sliders, at 0 while not moved.
        people: people on the queue, more or (negative) fewer.
        demand: contacts, more or (negative) fewer, in percent.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    quarter: ShortText = ""
    team: ShortText = ""
    channel: ShortText = ""
    scenario: ShortText = ""
    bot: Annotated[int, Field(ge=0, le=MOST_BOT)] = 0
    people: Annotated[int, Field(ge=-MOST_PEOPLE, le=MOST_PEOPLE)] = 0
    demand: Annotated[int, Field(ge=LEAST_DEMAND, le=MOST_DEMAND)] = 0

    @field_validator("quarter")
    @classmethod
    def _a_quarter(cls, quarter: str) -> str:
        if not quarter:
            return ""
        if not _QUARTER.fullmatch(quarter):
            raise ValueError("a quarter is written like 2026-Q4 or FY2026-Q4")
        return quarter

    def as_query(self) -> dict[str, str]:
        """The parameters of a link that opens the same view."""
        return {name: str(value) for name, value in self.model_dump().items() if isinstance(value, str | int) and value}


class Page(BaseModel):
    """A goal page.

    Attributes:
        id: unguessable; empty until the page is saved.
        version: counts the saves, for noticing that somebody else saved in between.
        goal: the id of the goal that cells are about unless they name another one.
        template: the id of the template that it was made from.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    schema_version: Annotated[int, Field(ge=1)] = SCHEMA_VERSION
    id: str = ""
    version: int = 0
    title: ShortText = ""
    goal: ShortText = ""
    template: ShortText = ""
    parameters: Parameters = Parameters()
    cells: Annotated[tuple[Cell, ...], Field(max_length=MOST_CELLS)] = ()

    @field_validator("cells")
    @classmethod
    def _distinct(cls, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        seen: set[str] = set()
        for cell in cells:
            if cell.id in seen:
                raise ValueError(f"two cells have the id {cell.id}")
            seen.add(cell.id)
        return cells

    def cell(self, id: str) -> Cell | None:
        """The cell of that id, where there is one."""
        return next((cell for cell in self.cells if cell.id == id), None)


def read_page(document: str | bytes) -> Page:
    """The page that `page.model_dump_json()` wrote, here or in another version of the product.

    Raises:
        InvalidPage: it is not a page, or one that is too large; every place that is wrong is named.
    """
    if len(document) > MOST_BYTES:
        raise InvalidPage(
            text("The page file has {size} megabytes.", size=len(document) / 1e6),
            text("A page has at most {most} megabytes; leave pictures out.", most=MOST_BYTES / 1e6),
        )
    try:
        page = Page.model_validate_json(document)
    except ValidationError as invalid:
        found = invalid.errors(include_url=False, include_input=False)
        problems = [
            Problem(
                message=text("{place}: {problem}", place=".".join(map(str, error["loc"])) or "page", problem=error["msg"]),
                remedy=text("Correct this place, or export the page again."),
                field=".".join(map(str, error["loc"])),
            )
            for error in found[:20]
        ]
        raise InvalidPage(
            text("This is not a page: {count} places are wrong, first {first}", count=len(found), first=problems[0].message),
            text("Choose a page that was exported as JSON."),
            problems,
        ) from None
    if "cells" not in page.model_fields_set:
        missing = Problem(message=text("The list of cells is missing."), remedy=text("Export the page again."), field="cells")
        raise InvalidPage(
            text("This is not a page: it has no cells."), text("Choose a page that was exported as JSON."), [missing]
        )
    return page
