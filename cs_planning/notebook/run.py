"""Runs a page: each cell becomes a section of blocks, and only what changed is computed again."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from cs_planning import __version__
from cs_planning.errors import NothingYet, PlanningError
from cs_planning.goals.goal import Goal
from cs_planning.kpis.currency import UNSAID
from cs_planning.kpis.frequency import JANUARY
from cs_planning.language import text
from cs_planning.notebook.blocks.block import Block, Chart, Heading, Paragraph, ProblemBlock, Words
from cs_planning.notebook.blocks.gist import gist_of
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.made_words import as_made
from cs_planning.notebook.opening import ID, OPENING, OpeningCell
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.pages.templates import shown_title
from cs_planning.notebook.registry import kind_of
from cs_planning.notebook.sources import Sources

_log = logging.getLogger(__name__)


class Section(BaseModel):
    """What a cell became.

    Attributes:
        cell: its id.
        kind: its kind.
        heading: what stands above it; empty for text, which has headings of its own.
        blocks: what is drawn.
        fingerprint: stands for everything that the blocks depend on; equal fingerprints mean equal blocks.
    """

    model_config = ConfigDict(frozen=True)

    cell: str
    kind: str
    heading: Words
    blocks: tuple[Block, ...]
    collapsed: bool = False
    hidden: bool = False
    fingerprint: str = ""

    @property
    def says_something(self) -> bool:
        """Whether it has more to show than that there is nothing yet."""
        return any(not (isinstance(block, Paragraph | ProblemBlock) and block.nothing) for block in self.blocks)

    @property
    def failed(self) -> bool:
        """Whether it shows a problem instead of its content."""
        return any(isinstance(block, ProblemBlock) for block in self.blocks)

    @property
    def chart(self) -> Chart | None:
        """The first chart, where it has one."""
        return next((block for block in self.blocks if isinstance(block, Chart)), None)

    @property
    def gist(self) -> str:
        """What it holds in a few words, in the language in force, for a heading that is folded; may be empty."""
        return gist_of(self.blocks, kind_of(self.kind).counted)

    def without(self, one: Block | None) -> Section:
        """The section without one of its blocks."""
        return self.model_copy(update={"blocks": tuple(block for block in self.blocks if block is not one)})


class RunPage(BaseModel):
    """A page with the results of its cells, the one form that screens and exports read.

    Attributes:
        page: the page that was run.
        sections: one a cell, in order.
        opening: the claim, why it stands so and what is to be decided; only where the page is about a goal.
        today: the day of the run.
        data_as_of: the last day that the data cover.
        titled: what the page was called for its readers when it was run; `None` in what earlier versions froze.
        seed: of the forecasts.
        scenario: the name of the page's scenario, whose id stands in the parameters; empty without one.
        product_version: of the program that ran it.
        year_starts_in: the month in which years, and with them the quarter of the parameters, begin, 1…12.
    """

    model_config = ConfigDict(frozen=True)

    schema_version: int = 1
    page: Page
    sections: tuple[Section, ...]
    opening: Section | None = None
    titled: Words | None = None
    today: date
    data_as_of: date | None = None
    seed: int = 0
    scenario: str = ""
    product_version: str = __version__
    year_starts_in: int = JANUARY

    @property
    def title(self) -> str:
        """The title of the page, in the language in force where the product made it."""
        return str(shown_title(self.page) if self.titled is None else self.titled)

    @property
    def shown(self) -> tuple[Section, ...]:
        """The sections that are not hidden."""
        return tuple(section for section in self.sections if not section.hidden)

    @property
    def for_readers(self) -> tuple[Section, ...]:
        """The opening, then the sections that are not hidden and have something to show: for presenting, exports and links.

        An empty text cell, or one whose subject does not exist yet, is only there for whoever arranges the page.
        """
        opened = self.opened
        below = tuple(section for section in self.below if section.says_something)
        return below if opened is None else (opened, *below)

    @property
    def opened(self) -> Section | None:
        """What the page opens with: the claim as its heading, the chart, why it stands so, what is to be decided."""
        if self.opening is None:
            return None
        claim, *reasons = self.opening.blocks
        chart = self._lead.chart if self._lead is not None else None
        drawn = () if chart is None else (chart,)
        return self.opening.model_copy(
            update={"heading": claim.words if isinstance(claim, Heading) else self.title, "blocks": (*drawn, *reasons)}
        )

    @property
    def below(self) -> tuple[Section, ...]:
        """The sections that are not hidden, without the chart that the page opens with: the same history is drawn once."""
        lead = self._lead
        return tuple(section.without(section.chart) if section is lead else section for section in self.shown)

    @property
    def _lead(self) -> Section | None:
        """The section whose chart the page opens with."""
        if self.opening is None:
            return None
        return next((one for one in self.shown if one.chart is not None and self._leads(one)), None)

    def _leads(self, section: Section) -> bool:
        cell = self.page.cell(section.cell)
        about = getattr(cell, "goal", "") or self.page.goal
        return kind_of(section.kind).leads and about == self.page.goal


def run(page: Page, sources: Sources, *, today: date, before: RunPage | None = None, currency: str = UNSAID.code) -> RunPage:
    """The page with the results of its cells.

    Args:
        page: the page.
        sources: the workspace.
        today: the day of the run.
        before: an earlier run of the same page; sections whose dependencies did not change are taken from it.
        currency: in which amounts are counted (ISO 4217).

    A cell that fails becomes a problem shown in its place; the others are not touched by it.
    """
    known = {section.cell: section for section in before.sections} if before is not None else {}
    context = Context(page, sources, today, currency)
    return RunPage(
        page=page,
        sections=tuple(_section(cell, kind_of(cell.kind), context, known) for cell in page.cells),
        opening=_opening(context, before) if page.goal else None,
        titled=shown_title(page, _goal_of(page, sources)),
        today=today,
        data_as_of=sources.data_as_of(),
        seed=sources.seed(),
        scenario=_scenario_name(page, sources),
        year_starts_in=sources.calendar().year_starts_in,
    )


def _goal_of(page: Page, sources: Sources) -> Goal | None:
    try:
        return sources.goal(page.goal) if page.goal else None
    except PlanningError:
        return None


def _scenario_name(page: Page, sources: Sources) -> str:
    try:
        return sources.scenario_name(page.parameters.scenario) if page.parameters.scenario else ""
    except PlanningError:
        return ""


def _opening(context: Context, before: RunPage | None) -> Section | None:
    """What the page opens with; nothing where its goal was put away."""
    known = {ID: before.opening} if before is not None and before.opening is not None else {}
    made = _section(OpeningCell(id=ID), OPENING, context, known)
    return None if made.failed else made


def _section(cell: Cell, kind: CellKind[Any], context: Context, known: Mapping[str, Section]) -> Section:
    heading: Words = as_made(cell.title) or cell.title or kind.heading
    blocks: tuple[Block, ...]
    try:
        fingerprint = _fingerprint(cell, kind, context)
        earlier = known.get(cell.id)
        if earlier is not None and fingerprint and earlier.fingerprint == fingerprint:
            look = {"hidden": cell.hidden, "collapsed": cell.collapsed, "heading": heading}
            return earlier.model_copy(update=look)
        blocks = kind.run(cell, context)
    except PlanningError as error:
        nothing = isinstance(error, NothingYet)
        blocks, fingerprint = (ProblemBlock(message=error.message, hint=error.hint, nothing=nothing),), ""
    except Exception:
        _log.exception("cell %s of kind %s failed", cell.id, cell.kind)
        problem = ProblemBlock(
            message=text("This cell could not be computed."),
            hint=text("The rest of the page is not affected. The log of the server says more."),
        )
        blocks, fingerprint = (problem,), ""
    return Section(
        cell=cell.id,
        kind=cell.kind,
        heading=heading,
        blocks=blocks,
        collapsed=cell.collapsed,
        hidden=cell.hidden,
        fingerprint=fingerprint,
    )


def _fingerprint(cell: Cell, kind: CellKind[Any], context: Context) -> str:
    sources = context.sources
    dependencies = sorted(set(kind.dependencies(cell, context)))
    everything = {
        "cell": cell.model_dump(mode="json", exclude={"title", "hidden", "collapsed"}),
        "page": [context.page.id, context.page.goal],
        "parameters": {name: getattr(context.parameters, name) for name in kind.parameters},
        "versions": [[item.source.value, item.id, sources.version_of(item)] for item in dependencies],
        "seed": sources.seed(),
        "currency": context.currency,
        "today": context.today.isoformat() if kind.uses_today else "",
        "product": __version__,
    }
    written = json.dumps(everything, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:32]
