"""What stands above the cells of a page: what it is about, and the parameters that flow into its cells."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cs_planning.goals.goal import ShortText

SCHEMA_VERSION = 1
MOST_BOT, MOST_PEOPLE, LEAST_DEMAND, MOST_DEMAND = 60, 10, -50, 100
_QUARTER = re.compile(r"(FY)?[0-9]{4}-Q[1-4]")


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


class PageHead(BaseModel):
    """A page without its cells, as each of them sees it.

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
