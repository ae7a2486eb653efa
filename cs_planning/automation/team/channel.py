"""One channel as it is: what arrives, who answers, how patient people are; `Operation` holds those of a team."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from cs_planning.automation.ranges import Range, Spread, percent_typed, percent_words, refusal
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.measured import Measured
from cs_planning.automation.team.work_hours import DayHours, Spans, checked_week, same_hours, spans_of_week
from cs_planning.kpis.service_level import ANSWER_WITHIN_SECONDS
from cs_planning.language import Duration, Text, text

WEEKDAYS = 7

UNKNOWN_PATIENCE_SECONDS = Range(min=90, mode=240, max=600)
"""What is taken where nobody measured how long people wait before they give up."""


def _share_of_one(value: float) -> float:
    if 0 <= value < 1:
        return value
    if percent_typed(value) and value > 1:
        raise refusal(*percent_words(value))
    raise refusal(
        text("{value} is not a share.", value=f"{value:g}"), text("Write a share from 0 to below 1, such as 0.3 for 30 %.")
    )


PlainShare = Annotated[float, AfterValidator(_share_of_one)]


class ChannelKind(StrEnum):
    """How contacts of a channel wait: in a queue, in a queue for one of several chats, in a backlog, or not at all."""

    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"
    SELF_SERVICE = "self_service"


class Checked(BaseModel):
    """A part of a team whose fields are checked, and which nobody changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=True)


class Channel(Checked):
    """One stream of contacts and the people who answer it, or the pages on which people help themselves.

    Attributes:
        kind: phone, chat, email (all deferred work is email) or self_service, which nobody answers.
        contacts_per_day: mean of the open days; with `arrivals_per_interval` it may be left out, else it scales them.
        open_days_per_month: open days of a month where they are not those of the team.
        opening_hours_per_day: hours a day; opening past midnight simply runs on from `opens_at_hour`.
        handle_time_seconds: mean time that a contact keeps an agent busy (for chats: when it is the only one).
        handle_time_sigma: spread of the logarithm of handle times, for what remains when easy contacts leave first.
        agents: people present on the queue at once (not contracts), on average over the opening hours.
        patience_seconds: mean time until people give up; nothing means not measured.
        answer_within_seconds: the time that the service level counts; the one default of the product where nobody says it.
        arrivals_per_interval: contacts an interval of the open day: one row, or seven from Monday to Sunday; a weekday on
            which nothing arrives and nobody works is closed.
        agents_per_interval: agents an interval in the same shape.
        interval_minutes: length of an interval.
        chats_at_once: chats that an agent leads at the same time.
        slowdown_per_extra_chat: relative longer handle time for each further chat at once.
        opens_at_hour: hour of the day at which work begins (backlog channels).
        open_weekdays: 0 is Monday (backlog channels).
        arrival_weekdays: on which contacts come, at any hour; 0 is Monday (backlog channels).
        hours_by_weekday: working hours of seven days from Monday, in writing, where they differ (backlog channels): such as
            `09:00-12:00, 13:00-18:00`, `22:00-06:00` into the next day, or nothing; they hold instead of the three above.
        backlog_at_start: waiting already (backlog channels).
        recontact_after_service: share of the served that come back with the same issue.
        redial_after_abandonment: share of those who gave up that try again.
        availability: share of the agents present that really take contacts, from calibration.
        calibrated_on_calls: whether availability and patience come from a log of single calls.
        calibrated_on: what availability and patience were fitted to, so that they need not be fitted again.
        solved_share: share of the visits that end in self-service; the others are part of the volume of `hands_over_to`.
        price_per_contact: paid for each visit (self-service).
        monthly_cost: licence and upkeep a month (self-service).
        hands_over_to: names or kinds of the channels on which unsolved visits arrive; none is the first one with people.
    """

    kind: ChannelKind = ChannelKind.PHONE
    name: str = ""
    contacts_per_day: float | None = Field(default=None, validate_default=False)
    open_days_per_month: Annotated[float, Field(gt=0, le=31)] | None = None
    opening_hours_per_day: Annotated[float, Field(gt=0, le=24)] = 8.0
    handle_time_seconds: Annotated[float, Field(gt=0, le=604_800)]
    handle_time_sigma: Annotated[float, Field(ge=0, le=3)] = 0.8
    agents: Annotated[float, Field(gt=0, le=1_000_000)] | None = None
    patience_seconds: float | None = None
    answer_within_seconds: Annotated[float, Field(ge=0, le=31_536_000)] = ANSWER_WITHIN_SECONDS
    arrivals_per_interval: tuple[tuple[float, ...], ...] = ()
    agents_per_interval: tuple[tuple[float, ...], ...] = ()
    interval_minutes: Annotated[float, Field(gt=0, le=1440)] = 30.0
    chats_at_once: Annotated[int, Field(ge=1, le=20)] = 1
    slowdown_per_extra_chat: Annotated[float, Field(ge=0, le=5)] = 0.5
    opens_at_hour: Annotated[float, Field(ge=0, lt=24)] = 9.0
    open_weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = (0, 1, 2, 3, 4, 5, 6)
    arrival_weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = (0, 1, 2, 3, 4, 5, 6)
    hours_by_weekday: Annotated[tuple[DayHours, ...], AfterValidator(checked_week)] = ()
    backlog_at_start: Annotated[float, Field(ge=0)] = 0.0
    recontact_after_service: PlainShare = 0.12
    redial_after_abandonment: PlainShare = 0.0
    availability: Annotated[float, Field(gt=0, le=1.5)] = 1.0
    calibrated_on_calls: bool = False
    calibrated_on: Measured | None = None
    solved_share: PlainShare = 0.4
    price_per_contact: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    monthly_cost: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    hands_over_to: tuple[str, ...] = ()

    @field_validator("contacts_per_day")
    @classmethod
    def _some_contacts(cls, value: float | None) -> float | None:
        if value is not None and not (0 < value < 1e9):
            raise refusal(
                text("{value} contacts a day can't be simulated.", value=f"{value:g}"),
                text("Write how many contacts arrive on an average open day, above 0."),
            )
        return value

    @field_validator("patience_seconds")
    @classmethod
    def _some_patience(cls, value: float | None) -> float | None:
        if value is None or 0 < value <= 1e7:
            return value
        if value > 0:
            raise refusal(
                text("Patience without end is not a measured patience."),
                text("Where hardly anybody gives up, write 86400 (a day); the calibration shows Erlang C for comparison."),
            )
        raise refusal(
            text("Patience of {patience}: everybody would leave at once.", patience=Duration(seconds=value)),
            text("Write the mean time until people give up, above 0; leave it empty where it was not measured."),
        )

    @field_validator("open_weekdays", "arrival_weekdays")
    @classmethod
    def _some_weekday(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if not value:
            raise refusal(text("No weekday is named."), text("Name at least one weekday; 0 is Monday."))
        return tuple(sorted(set(value)))

    @field_validator("arrivals_per_interval", "agents_per_interval", mode="before")
    @classmethod
    def _rows(cls, value: Any) -> Any:
        flat = isinstance(value, list | tuple) and value and not isinstance(value[0], list | tuple)
        return (tuple(value),) if flat else value

    @field_validator("arrivals_per_interval", "agents_per_interval")
    @classmethod
    def _even_rows(cls, value: tuple[tuple[float, ...], ...], info: ValidationInfo) -> tuple[tuple[float, ...], ...]:
        if not value:
            return value
        if len(value) not in (1, 7) or len({len(row) for row in value}) != 1 or not value[0]:
            raise refusal(
                text("The profile has {rows} rows of different or no length.", rows=len(value)),
                text("Give one row for every open day, or seven rows of the same length from Monday to Sunday."),
            )
        numbers = [number for row in value for number in row]
        if not all(0 <= number < 1e9 for number in numbers) or not sum(numbers):
            raise refusal(text("The profile has negative values or only zeros."), text("Write 0 or more for each interval."))
        other = info.data.get("arrivals_per_interval") if info.field_name == "agents_per_interval" else None
        if other and len(other[0]) != len(value[0]):
            raise refusal(
                text("{own} intervals of agents against {other} of arrivals.", own=len(value[0]), other=len(other[0])),
                text("Give both for the same intervals."),
            )
        return value

    @field_validator("interval_minutes")
    @classmethod
    def _fits_into_a_day(cls, value: float, info: ValidationInfo) -> float:
        rows = info.data.get("arrivals_per_interval") or info.data.get("agents_per_interval")
        if rows and len(rows[0]) * value > 1440 + 1e-6:
            raise refusal(
                text(
                    "{count} intervals of {length} are longer than a day.",
                    count=len(rows[0]),
                    length=Duration(seconds=60 * value),
                ),
                text("Shorten the profile or the interval."),
            )
        return value

    @property
    def hours(self) -> float:
        """Opening hours of an open day, on average: those by weekday, or of the profile, where there are some."""
        if self._has_own_week:
            return sum(end - start for start, end in self.working_week()) / self.open_days_per_week
        rows = self.arrivals_per_interval or self.agents_per_interval
        return float(len(rows[0]) * self.interval_minutes / 60) if rows else self.opening_hours_per_day

    @property
    def open_days_per_week(self) -> int:
        """Days of the week on which work begins."""
        return sum(map(bool, self.hours_by_weekday)) if self._has_own_week else len(self._weekdays())

    def working_week(self) -> Spans:
        """When work is done, in hours from Monday 0:00 (backlog channels)."""
        if self._has_own_week:
            return spans_of_week(self.hours_by_weekday)
        return same_hours(self.opens_at_hour, self.hours, self._weekdays())

    @property
    def volume_per_day(self) -> float:
        """Contacts of an average open day."""
        return float(self.arrivals_by_day().mean(axis=0).sum())

    def arrivals_by_day(self) -> Floats:
        """Contacts per interval, shape (open days, intervals); an even day has a single interval."""
        days = len(self._open_rows())
        arrivals = self._opened(self.arrivals_per_interval)
        if arrivals is None:
            count = len(self.agents_per_interval[0]) if self.agents_per_interval else 1
            return np.full((days, count), (self.contacts_per_day or 0.0) / count)
        if self.contacts_per_day is not None:
            arrivals = arrivals * (self.contacts_per_day / max(arrivals.sum(axis=1).mean(), 1e-300))
        return np.broadcast_to(arrivals, (days, arrivals.shape[1]))

    def agents_by_day(self) -> Floats:
        """Agents present per interval, shape (open days, intervals)."""
        shape = self.arrivals_by_day().shape
        agents = self._opened(self.agents_per_interval)
        if agents is None:
            return np.full(shape, self.agents or 0.0)
        if self.agents is not None:
            agents = agents * (self.agents / agents.mean())
        return np.broadcast_to(agents, shape)

    def interval_seconds(self) -> float:
        """Length of an interval."""
        return float(self.hours * 3600 / self.arrivals_by_day().shape[1])

    def patience(self) -> Spread:
        """Mean patience, or the range that stands for not knowing it."""
        return self.patience_seconds if self.patience_seconds is not None else UNKNOWN_PATIENCE_SECONDS

    def label(self) -> Text:
        """The channel's name, or its kind."""
        if self.name:
            return text("{name}", name=self.name)
        return {
            "phone": text("Phone"),
            "chat": text("Chat"),
            "email": text("E-mail and tickets"),
            "self_service": text("Self-service"),
        }[self.kind.value]

    @property
    def names(self) -> frozenset[str]:
        """By which levers and other channels may speak of it: its own name, and its kind; nothing is no name."""
        return frozenset({self.name, self.kind.value}) - {""}

    @property
    def has_people(self) -> bool:
        """Whether people answer it."""
        return self.kind is not ChannelKind.SELF_SERVICE

    @property
    def _has_own_week(self) -> bool:
        return self.kind is ChannelKind.EMAIL and bool(self.hours_by_weekday)

    def _weekdays(self) -> tuple[int, ...]:
        by_weekday = max(len(self.arrivals_per_interval), len(self.agents_per_interval)) == WEEKDAYS
        return self._open_rows() if by_weekday else self.open_weekdays

    def _open_rows(self) -> tuple[int, ...]:
        """Weekdays of a profile by weekday on which something arrives or somebody works; one stands for all without one."""
        weeks = [rows for rows in (self.arrivals_per_interval, self.agents_per_interval) if len(rows) == WEEKDAYS]
        if not weeks:
            return (0,)
        return tuple(day for day in range(WEEKDAYS) if any(sum(rows[day]) for rows in weeks))

    def _opened(self, rows: tuple[tuple[float, ...], ...]) -> Floats | None:
        """A profile without its closed days."""
        if not rows:
            return None
        return np.array(rows if len(rows) == 1 else [rows[day] for day in self._open_rows()], float)
