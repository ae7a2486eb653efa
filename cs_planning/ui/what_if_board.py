"""The what-if: the team and the levers on the left, what comes of them on the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from cs_planning.automation.levers import ChatbotLever, StaffingLever
from cs_planning.automation.operation import Channel, Operation
from cs_planning.automation.outcome import Outcome
from cs_planning.automation.ranges import Range, central
from cs_planning.automation.reading import one_channel
from cs_planning.automation.scenario import Scenario
from cs_planning.errors import InvalidOperation, PlanningError
from cs_planning.kpis.catalogue import CATALOGUE, Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session, shell
from cs_planning.ui.drawing import draw_error, percent, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.what_if import GoalEffect, SavedScenario, contact_cost_kpi, cost_kpi

_FORM = "what-if"
_PERCENT = 100.0


def draw(workspace: Workspace, today: date) -> None:
    """The whole board."""
    kept = workspace.what_if.operation()
    saved = workspace.what_if.scenarios()
    _board(workspace, kept, saved, today)


@st.fragment
def _board(workspace: Workspace, kept: Operation | None, saved: Sequence[SavedScenario], today: date) -> None:
    left, right = st.columns([4, 6], gap="large")
    with left:
        chosen = _draw_choice(saved)
        lever, staffing = _draw_levers(chosen)
        operation = _draw_operation(kept)
    with right:
        if operation is None:
            return
        scenario = Scenario(name=chosen.scenario.name if chosen else _("Chatbot"), levers=(lever, staffing))
        before, after = workspace.what_if.outcome(operation), workspace.what_if.outcome(operation, scenario)
        _draw_answer(operation, before, after)
        _draw_goals(workspace.what_if.goal_effects(operation, scenario, today))
        _draw_comparison(operation, before, after)
        for warning in after.warnings:
            st.caption(f":orange[:material/warning:] {plain(warning)}")
        _draw_saving(workspace, operation, scenario, chosen)


def _draw_choice(saved: Sequence[SavedScenario]) -> SavedScenario | None:
    if not saved:
        return None
    names = {one.id: one.scenario.name for one in saved}
    chosen = st.selectbox(
        _("Start from"),
        list(names),
        index=None,
        format_func=lambda chosen: names[chosen],
        placeholder=_("A new scenario"),
        key="scenario",
        bind="query-params",
    )
    return next((one for one in saved if one.id == chosen), None)


def _draw_levers(chosen: SavedScenario | None) -> tuple[ChatbotLever, StaffingLever]:
    levers = chosen.scenario.levers if chosen else ()
    bot = next((lever for lever in levers if isinstance(lever, ChatbotLever)), ChatbotLever(monthly_cost=400))
    people = next((lever for lever in levers if isinstance(lever, StaffingLever)), StaffingLever())
    key = f"{_FORM}-{chosen.id if chosen else 'new'}"
    with st.container(border=True, key="levers"):
        st.markdown(f"**{_('Chatbot')}**", help=f"{plain(bot.source)}  \n{plain(bot.caveat)}")
        contained = _percent_slider(_("Contacts it ends (containment)"), 0, 60, bot.containment, f"{key}-containment")
        false = _percent_slider(
            _("Of those, not really solved: they come back"), 0, 60, bot.false_containment, f"{key}-false-containment"
        )
        longer = _percent_slider(
            _("What is left for people takes longer by"),
            -20,
            60,
            _residual_start(bot),
            f"{key}-residual",
            help=_("The easy contacts leave first, so the rest is harder."),
        )
        one, two = st.columns(2)
        price = one.number_input(
            _("Price per resolution"),
            0.0,
            100.0,
            float(central(bot.price_per_resolution)),
            0.05,
            key=f"{key}-price",
            persist_state="session",
        )
        licence = two.number_input(
            _("Licence a month"),
            0.0,
            1e7,
            float(central(bot.monthly_cost)),
            50.0,
            key=f"{key}-licence",
            persist_state="session",
        )
        st.markdown(f"**{_('Roster')}**")
        change = st.slider(
            _("People on the queue, more or fewer"),
            -10.0,
            10.0,
            float(central(people.agents_change)),
            0.5,
            format="%+.1f",
            key=f"{key}-agents",
            persist_state="session",
        )
    return (
        bot.model_copy(
            update={
                "containment": contained,
                "false_containment": false,
                "easiest_first": 0.0,
                "escalated_handle_time_change": longer,
                "price_per_resolution": float(price),
                "monthly_cost": float(licence),
            }
        ),
        people.model_copy(update={"agents_change": change}),
    )


def _residual_start(bot: ChatbotLever) -> float | Range:
    """With contacts leaving easiest first, what is left is longer already; the slider shows both together."""
    if bot.easiest_first == 0.0:
        return bot.escalated_handle_time_change
    return 0.15


def _percent_slider(label: str, low: int, high: int, value: float | Range, key: str, help: str | None = None) -> float:
    start = min(max(round(_PERCENT * central(value)), low), high)
    return float(st.slider(label, low, high, start, 1, format="%d %%", key=key, help=help, persist_state="session")) / _PERCENT


def _draw_operation(kept: Operation | None) -> Operation | None:
    channel = kept.channels[0] if kept else None
    fields: dict[str, Any] = {}

    def number(field: str, label: str, least: float, most: float, start: float, step: float, help: str | None = None) -> None:
        value = getattr(channel, field, None) if channel is not None else None
        if value is None and kept is not None:
            value = getattr(kept, field, None)
        fields[field] = st.number_input(
            label,
            float(least),
            float(most),
            float(start if value is None else value),
            float(step),
            key=f"{_FORM}-{field}",
            help=help,
            persist_state="session",
        )

    with st.expander(_("The team as it is"), expanded=kept is None, icon=":material/groups:"):
        number("contacts_per_day", _("Contacts a day"), 1, 1e6, 400, 10)
        number("handle_time_seconds", _("Handle time (seconds)"), 1, 604_800, 300, 5)
        number(
            "agents",
            _("People on the queue at once"),
            0.5,
            1e5,
            6,
            0.5,
            _("On average over the opening hours, breaks and absence taken off."),
        )
        number("opening_hours_per_day", _("Opening hours a day"), 0.5, 24, 10, 0.5)
        number("patience_seconds", _("Patience (seconds until half give up)"), 1, 1e6, 180, 10)
        number("answer_within_seconds", _("Answer within (seconds)"), 0, 86_400, 60, 5)
        number("cost_per_agent_hour", _("Cost of a paid hour"), 0, 1e5, 30, 1)
        number("days_per_month", _("Open days a month"), 1, 31, 21, 1)
        number("shrinkage", _("Shrinkage (share of paid time off the queue)"), 0, 0.9, 0.3, 0.01)
        fields["currency"] = st.text_input(
            _("Currency (three letters)"), kept.currency if kept else "USD", max_chars=3, key=f"{_FORM}-currency"
        )
        try:
            made = one_channel(**fields)
        except InvalidOperation as error:
            draw_error(error)
            return None
    return _with_what_the_form_lacks(made, kept, channel)


def _with_what_the_form_lacks(made: Operation, kept: Operation | None, channel: Channel | None) -> Operation:
    if kept is None or channel is None:
        return made
    shown = set(type(made).model_fields) & {"days_per_month", "cost_per_agent_hour", "shrinkage", "currency"}
    of_channel = (
        "contacts_per_day",
        "handle_time_seconds",
        "agents",
        "opening_hours_per_day",
        "patience_seconds",
        "answer_within_seconds",
    )
    edited = channel.model_copy(update={name: getattr(made.channels[0], name) for name in of_channel})
    return kept.model_copy(update={name: getattr(made, name) for name in shown} | {"channels": (edited, *kept.channels[1:])})


def _draw_answer(operation: Operation, before: Outcome, after: Outcome) -> None:
    """The four numbers that matter, first."""
    wait, level = CATALOGUE["asa_mean"], CATALOGUE["service_level"]
    with st.container(horizontal=True, gap="large", key="what-if-answer"):
        _figure(_("Mean wait"), wait, before.mean_wait_seconds.median, after.mean_wait_seconds.median, lower_is_better=True)
        _figure(
            _("Service level"),
            level,
            _PERCENT * before.service_level.median,
            _PERCENT * after.service_level.median,
            lower_is_better=False,
        )
        _figure(
            _("Cost a month"),
            cost_kpi(operation),
            before.cost_per_month.median,
            after.cost_per_month.median,
            lower_is_better=True,
        )


def _figure(label: str, kpi: Kpi, before: float, after: float, *, lower_is_better: bool) -> None:
    st.metric(
        label,
        str(quantity(after, kpi)),
        None if before == after else str(text("was {value}", value=quantity(before, kpi))),
        delta_color="off" if before == after else "green" if (after < before) == lower_is_better else "red",
        delta_arrow="off" if before == after else "up" if after > before else "down",
        width="content",
    )


def _draw_comparison(operation: Operation, before: Outcome, after: Outcome) -> None:
    share, money = CATALOGUE["service_level"], contact_cost_kpi(operation)
    rows = [
        (_("Mean wait"), CATALOGUE["asa_mean"], before.mean_wait_seconds.median, after.mean_wait_seconds.median),
        (_("Service level"), share, _PERCENT * before.service_level.median, _PERCENT * after.service_level.median),
        (_("Abandonment"), share, _PERCENT * before.abandonment_rate.median, _PERCENT * after.abandonment_rate.median),
        (_("Occupancy"), share, _PERCENT * before.occupancy.median, _PERCENT * after.occupancy.median),
        (_("Handle time"), CATALOGUE["asa_mean"], before.handle_time_seconds.median, after.handle_time_seconds.median),
        (_("Cost per contact"), money, before.cost_per_contact.median, after.cost_per_contact.median),
        (_("Cost per solved issue"), money, before.cost_per_resolved.median, after.cost_per_resolved.median),
        (_("Cost a month"), cost_kpi(operation), before.cost_per_month.median, after.cost_per_month.median),
    ]
    st.subheader(_("Before and after"), anchor=False)
    st.table(
        {
            _("Figure"): [name for name, *_rest in rows],
            _("As it is"): [str(quantity(was, kpi)) for _name, kpi, was, _now in rows],
            _("With the scenario"): [str(quantity(now, kpi)) for _name, kpi, _was, now in rows],
        },
        border="horizontal",
        hide_index=True,
        alt=_("Before and after"),
    )


def _draw_goals(effects: Sequence[GoalEffect]) -> None:
    if not effects:
        st.caption(_("None of the goals is on a KPI that this operation moves."))
        return
    st.subheader(_("What it does to the goals"), anchor=False)
    for effect in effects:
        with st.container(horizontal=True, vertical_alignment="center", key=f"effect-{effect.goal.id}"):
            st.page_link(
                shell.GOAL,
                label=plain(effect.goal.title),
                icon=":material/flag:",
                query_params={"goal": effect.goal.id},
                width="stretch",
            )
            points = round(_PERCENT * (effect.after - effect.before))
            color = "green" if points > 0 else "red" if points < 0 else "gray"
            st.markdown(
                f"{percent(effect.before)} → **:{color}[{percent(effect.after)}]**",
                width="content",
                help=_("Probability of the target without and with the scenario"),
            )


def _draw_saving(workspace: Workspace, operation: Operation, scenario: Scenario, chosen: SavedScenario | None) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="what-if-saving"):
        name = st.text_input(
            _("Name of the scenario"), scenario.name, max_chars=120, key=f"{_FORM}-{chosen.id if chosen else 'new'}-name"
        )
        clicked = st.button(_("Keep this scenario"), type="primary", icon=":material/save:")
    if not clicked:
        return
    now, key = datetime.now(UTC), session.idempotency_key(_FORM)
    named = scenario.model_copy(update={"name": (name or scenario.name).strip() or scenario.name})
    try:
        workspace.what_if.save_operation(operation, author=session.author(), key=f"{key}-operation", now=now)
        kept = workspace.what_if.save_scenario(named, author=session.author(), key=key, now=now, replaces=chosen)
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form(_FORM)
    st.success(str(text("“{name}” is kept. Goal pages can show it.", name=kept.scenario.name)), icon=":material/check_circle:")
