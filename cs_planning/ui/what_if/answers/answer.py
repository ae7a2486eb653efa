"""What comes of a scenario: the numbers first, then what has to be said, then the whole table."""

from __future__ import annotations

import streamlit as st

from cs_planning.automation.answers.break_even import break_even, break_even_sentence, break_even_words
from cs_planning.automation.scenarios.outcome import Band, Clock, Comparison, Outcome
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.scenarios.summary import sentence_of
from cs_planning.automation.team.operation import Operation
from cs_planning.kpis.catalogue import CATALOGUE, Kpi, Unit
from cs_planning.kpis.quantity import duration, quantity
from cs_planning.language import Percent, Text, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import TableBlock, TableColumn, Words
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_table, percent, plain
from cs_planning.workspace.scenarios.told.figures import contact_cost_kpi, cost_kpi
from cs_planning.workspace.scenarios.told.usual import usual_words
from cs_planning.workspace.words.fields import hint

BREAK_EVEN = text("Containment at which the bot breaks even")
_PERCENT = 100.0
_FIGURE_WIDTH = 142
_WIDTH_OF_A_SIGN = 18
_CLOCK_WIDTH = 320
CLOCK_FIGURES = {
    Clock.HANDOVER: "wait",
    Clock.FIRST_CONTACT: "first_answer",
    Clock.PERSON: "until_person",
    Clock.RESOLUTION: "until_solution",
}
"""Under which name each clock is explained."""
WHAT_IF_FIGURES = (
    *("wait", "service_level", "chance_of_target", "abandonment", "occupancy", "handle_time"),
    *("cost_per_month", "cost_per_contact", "cost_per_resolved", "payback", "present_value", "break_even"),
)
"""The computed numbers of a what-if, in the order of its table."""


def _clock_labels() -> dict[Clock, str]:
    return {
        Clock.FIRST_CONTACT: _("First answer"),
        Clock.PERSON: _("Until a person"),
        Clock.RESOLUTION: _("Until the solution"),
        Clock.HANDOVER: _("Mean wait"),
    }


def _span_of(clock: Clock) -> str:
    """Where a clock starts and stops, below its number."""
    return {
        Clock.FIRST_CONTACT: _("from the first contact, bot or person"),
        Clock.PERSON: _("from the first contact"),
        Clock.RESOLUTION: _("from the first contact, bot and people"),
        Clock.HANDOVER: _("in the queue, from hand-over"),
    }[clock]


def choose_clock() -> Clock:
    """Where the clock of the response time starts and stops; said at the number, since a bot answers at once."""
    names = clock_names()
    chosen = st.selectbox(
        _("Clock of the goals on response time"),
        list(names),
        format_func=lambda clock: str(names[clock]),
        key="what-if-clock",
        help=hint("clock"),
        persist_state="session",
        width=_CLOCK_WIDTH,
    )
    return Clock(chosen or Clock.HANDOVER.value)


def choose_channel(operation: Operation) -> int | None:
    """Whose times are shown, by place; all together only where all wait alike, in a queue or in a backlog."""
    places: list[int | None] = [place for place, channel in enumerate(operation.channels) if channel.has_people]
    if len(places) < 2:
        return None
    leading = operation.leading_channel
    options = places if leading is not None else [None, *places]
    chosen = st.selectbox(
        _("Wait and service level of"),
        range(len(options)),
        index=options.index(leading),
        format_func=lambda number: _label_of(operation, options[number]),
        key=f"what-if-channel-{len(options)}",
        help=hint("channel_shown"),
        persist_state="session",
        width=_CLOCK_WIDTH,
    )
    return options[chosen or 0]


def _label_of(operation: Operation, place: int | None) -> str:
    return _("all channels together") if place is None else str(operation.channels[place].label())


def clock_names() -> dict[str, Text]:
    """What each clock measures, in a few words."""
    return {
        Clock.HANDOVER.value: text("Hand-over to person"),
        Clock.FIRST_CONTACT.value: text("First contact to any answer"),
        Clock.PERSON.value: text("First contact to person"),
        Clock.RESOLUTION.value: text("First contact to solution"),
    }


def draw_answer(operation: Operation, scenario: Scenario, found: Comparison, clock: Clock, channel: int | None) -> None:
    """The sentence for the meeting, then the numbers that matter, the customer's clocks first, each with its 80 % range.

    A scenario with a bot that costs more, or lets people wait longer, also gets the containment from which it would pay.
    """
    before, after = found.as_is, found.outcomes[-1]
    level = CATALOGUE["service_level"]
    clocks = [Clock.PERSON, Clock.RESOLUTION, Clock.HANDOVER]
    if clock is Clock.FIRST_CONTACT:
        clocks.insert(0, clock)
    st.markdown(f"**{plain(sentence_of(after, found))}**")
    with st.container(horizontal=True, gap="small", key="what-if-answer"):
        for one in clocks:
            waits = [outcome.response_seconds(one, channel) for outcome in (before, after)]
            _figure(_clock_labels()[one], CLOCK_FIGURES[one], CATALOGUE["asa_mean"], waits[0], waits[1], from_to=_span_of(one))
        levels = [Band.of(outcome.draws_of(channel).service_level) for outcome in (before, after)]
        _figure(_("Service level"), "service_level", level, levels[0], levels[1], _PERCENT, lower_is_better=False)
        _target(operation, before, after, channel)
        _figure(_("Cost a month"), "cost_per_month", cost_kpi(operation), before.cost_per_month, after.cost_per_month)
    _draw_whose(operation, channel)
    usual = usual_words(operation)
    if usual is not None:
        st.markdown(f":orange[:material/help_center:] {plain(usual)}")
    if after.costs_or_waits_more_than(before):
        paying = break_even(operation, scenario)
        if paying is not None:
            st.markdown(plain(break_even_sentence(paying)))
    for warning in dict.fromkeys(str(one) for one in after.warnings):
        st.caption(f":orange[:material/warning:] {plain(warning)}")


def _draw_whose(operation: Operation, channel: int | None) -> None:
    """Whose the numbers above or below are, where the team has several channels."""
    if len(operation.channels) < 2:
        return
    if channel is None:
        st.caption(_("All of it is about the whole team."))
        return
    told = text(
        "Times, service level, abandonment, occupancy and the chance of the target: {channel}. Cost: the whole team.",
        channel=operation.channels[channel].label(),
    )
    st.caption(plain(told))


def _figure(
    label: str,
    figure: str,
    kpi: Kpi,
    before: Band,
    after: Band,
    factor: float = 1.0,
    *,
    lower_is_better: bool = True,
    from_to: str = "",
) -> None:
    shown, was = said(factor * after.median, kpi), said(factor * before.median, kpi)
    same = str(shown) == str(was)
    better = (after.median < before.median) == lower_is_better
    span = text("80 %: {low} to {high}", low=said(factor * after.low, kpi), high=said(factor * after.high, kpi))
    # Months in yen have more digits than a wait: a number whose end is cut off is another number.
    width = max(_FIGURE_WIDTH, _WIDTH_OF_A_SIGN * len(str(shown))) if kpi.unit is Unit.MONEY else _FIGURE_WIDTH
    with st.container(width=width, gap=None):
        st.metric(
            label,
            str(shown),
            None if same else str(text("was {value}", value=was)),
            delta_color="off" if same else "green" if better else "red",
            delta_arrow="off" if same else "up" if after.median > before.median else "down",
            width="content",
            help=why.of(figure, (text("As it is"), was)),
        )
        st.caption(f"{from_to}  \n{span}" if from_to else str(span), width="content")


def _target(operation: Operation, before: Outcome, after: Outcome, channel: int | None) -> None:
    chance, was = ((one if channel is None else one.channels[channel]).probability_target_met or 0.0 for one in (after, before))
    same = percent(chance) == percent(was)
    with st.container(width=_FIGURE_WIDTH, gap=None):
        st.metric(
            _("Chance of target"),
            percent(chance),
            None if same else str(text("was {value}", value=percent(was))),
            delta_color="off" if same else "green" if chance > was else "red",
            delta_arrow="off" if same else "up" if chance > was else "down",
            width="content",
            help=why.of("chance_of_target", (text("As it is"), percent(was))),
        )
        share = Percent(share=operation.service_target)
        st.caption(
            str(
                text("at least {share} on a day", share=share)
                if operation.service_target_period.value == "day"
                else text("at least {share} in a month", share=share)
            ),
            width="content",
        )


def draw_everything(
    operation: Operation, found: Comparison, scenario: Scenario | None = None, channel: int | None = None
) -> None:
    """All figures, as it is and with the scenario; times and shares of one channel, then channel by channel."""
    with st.container(key="what-if-all"):
        _draw_whose(operation, channel)
        draw_table(_outcome_table(operation, found, scenario, channel), scrolls=False)
        why.draw(*WHAT_IF_FIGURES, "what_if_range", key="what-if")
        if len(operation.channels) > 1:
            draw_table(_channel_table(found))


def _outcome_table(operation: Operation, found: Comparison, scenario: Scenario | None, channel: int | None) -> TableBlock:
    """A row a figure, a column a scenario, medians with their 80 % range."""
    seconds, share = CATALOGUE["asa_mean"], CATALOGUE["service_level"]
    money, each = cost_kpi(operation), contact_cost_kpi(operation)

    def row(name: Text, kpi: Kpi, bands: list[Band], factor: float = 1.0) -> tuple[Words, ...]:
        return (name, *(with_range(band, kpi, factor) for band in bands))

    outcomes = found.outcomes
    draws = [one.draws_of(channel) for one in outcomes]
    names = clock_names()
    clocks = [
        row(names[clock.value], seconds, [one.response_seconds(clock, channel) for one in outcomes])
        for clock in (Clock.HANDOVER, Clock.FIRST_CONTACT, Clock.PERSON, Clock.RESOLUTION)
    ]
    rows: tuple[tuple[Words, ...], ...] = (
        *clocks,
        row(text("Service level"), share, [Band.of(one.service_level) for one in draws], _PERCENT),
        row(text("Abandonment"), share, [Band.of(one.abandonment_rate) for one in draws], _PERCENT),
        row(text("Occupancy"), share, [Band.of(one.occupancy) for one in draws], _PERCENT),
        row(text("Handle time of people"), seconds, [Band.of(one.handle_time_seconds) for one in draws]),
        row(text("Cost a month"), money, [one.cost_per_month for one in outcomes]),
        row(text("Cost per contact"), each, [one.cost_per_contact for one in outcomes]),
        row(text("Cost per resolved issue"), each, [one.cost_per_resolved for one in outcomes]),
        (text("Paid back after"), *(payback_words(one, operation.horizon_months) for one in outcomes)),
        (present_value_name(operation.horizon_months), *(quantity(one.net_present_value, money) for one in outcomes)),
    )
    paying = None if scenario is None else break_even(operation, scenario)
    if paying is not None:
        rows = (*rows, (BREAK_EVEN, "–", break_even_words(paying)))
    heads = [text("As it is"), *(text("{name}", name=one.scenario) for one in outcomes[1:])]
    columns = [TableColumn(name=f"scenario{number}", label=head) for number, head in enumerate(heads)]
    return TableBlock(columns=(TableColumn(name="figure", label=""), *columns), rows=rows)


def present_value_name(horizon_months: int) -> Text:
    """What the present value is called: it depends on the months looked at."""
    return text("Present value over {months} months", months=horizon_months)


def payback_words(outcome: Outcome, horizon_months: int) -> Text:
    """When what was paid at the start is back."""
    if outcome.one_off <= 0:
        return text("nothing paid at the start")
    if outcome.payback_months is None:
        return text("never within {months} months", months=horizon_months)
    return text("{months} months", months=outcome.payback_months)


def _channel_table(found: Comparison) -> TableBlock:
    seconds, share = CATALOGUE["asa_mean"], CATALOGUE["service_level"]
    rows = []
    for before, after in zip(found.as_is.channels, found.outcomes[-1].channels, strict=True):
        for name, kpi, pair, factor in (
            (text("wait"), seconds, (before.mean_wait_seconds, after.mean_wait_seconds), 1.0),
            (text("service level"), share, (before.service_level, after.service_level), _PERCENT),
            (text("occupancy"), share, (before.occupancy, after.occupancy), _PERCENT),
        ):
            head = text("{channel}: {figure}", channel=before.name, figure=name)
            rows.append((head, *(with_range(band, kpi, factor) for band in pair)))
    return TableBlock(
        columns=(
            TableColumn(name="figure", label=""),
            TableColumn(name="before", label=text("As it is")),
            TableColumn(name="after", label=text("With the scenario")),
        ),
        rows=tuple(rows),
    )


def said(value: float, kpi: Kpi) -> Text:
    """A value as people say it: long times in hours."""
    return duration(value) if kpi.unit is Unit.SECONDS else quantity(value, kpi)


def with_range(band: Band, kpi: Kpi, factor: float) -> Text:
    """A median and its 80 % range in a cell."""
    median = said(factor * band.median, kpi)
    low, high = said(factor * band.low, kpi), said(factor * band.high, kpi)
    return text("{median} ({low} to {high})", median=median, low=low, high=high)
