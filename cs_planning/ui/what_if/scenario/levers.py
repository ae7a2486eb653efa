"""The levers of a scenario: chosen from all there are, each with a slider for the likeliest value and its range."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from cs_planning.automation.levers.registry import LEVERS, Lever
from cs_planning.automation.ranges import Range, Spread, central, range_of
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model
from cs_planning.automation.team.usual_prices import is_usual_resolution, usual_prices
from cs_planning.language import Percent, Text, percent_pattern, rounded, rounded_whole, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.what_if.scenario.folded import Folded, Open
from cs_planning.ui.what_if.scenario.where import draw_idle, draw_where
from cs_planning.workspace.scenarios.kept.kept_scenarios import SavedScenario
from cs_planning.workspace.scenarios.told.prices import priced_lever
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0
_BY_KIND: Mapping[str, Any] = {lever.model_fields["kind"].default: lever for lever in LEVERS}
_FIRST = ("chatbot", "staffing")
_RESOLUTION = "price_per_resolution"


@dataclass(frozen=True)
class _Slider:
    """A share or an amount with a slider; shares are shown in percent."""

    field: str
    label: Text
    low: float
    high: float
    percent: bool = True
    step: float = 1.0


@dataclass(frozen=True)
class _Price:
    """An amount of money or a time that is typed."""

    field: str
    label: Text
    step: float = 50.0


_EASIEST = text("Easy contacts leave first")
_HANDLE = text("Handle time changes by")
_AGAIN = text("Repeat contacts change by")
_SLIDERS: Mapping[str, Sequence[_Slider]] = {
    "chatbot": (
        _Slider("containment", text("Contacts it ends (containment)"), 0, 60),
        _Slider("false_containment", text("Of those, not really solved: they come back"), 0, 60),
        _Slider("easiest_first", _EASIEST, 0, 100),
        _Slider("escalated_handle_time_change", text("After a handover, handling takes longer by"), -20, 60),
    ),
    "self_service": (
        _Slider("deflection", text("Contacts that stay away (negative: more come)"), -30, 50),
        _Slider("uplift", text("New demand because service is easier to reach"), 0, 40),
        _Slider("solved_share_change", text("Of the visits to the pages, more end there (points)"), -20, 50),
        _Slider("easiest_first", _EASIEST, 0, 100),
    ),
    "agent_assist": (
        _Slider("handle_time_change", _HANDLE, -40, 10),
        _Slider("novice_share", text("Share of the team in its first months"), 0, 100),
        _Slider("novice_handle_time_change", text("Handle time of those changes by"), -50, 10),
    ),
    "routing": (_Slider("handle_time_change", _HANDLE, -30, 10), _Slider("recontact_change", _AGAIN, -50, 20)),
    "staffing": (
        _Slider("agents_change", text("People on the queue, more or fewer"), -10, 10, percent=False, step=0.5),
        _Slider("agents_share_change", text("Or in percent of the roster"), -50, 50),
        _Slider("shrinkage_change", text("Paid time away from the queue, points more or fewer"), -15, 15),
    ),
    "outsourcing": (
        _Slider("price_change", text("Price per contact changes by"), -50, 30),
        _Slider("recontact_added", text("Of the partner's contacts, more come back"), 0, 30),
    ),
    "training": (
        _Slider("handle_time_change", _HANDLE, -30, 20),
        _Slider("recontact_change", _AGAIN, -50, 20),
        _Slider("shrinkage_change", text("Time for the courses (points of paid time)"), 0, 15),
    ),
    "demand": (_Slider("volume_change", text("Contacts change by"), -50, 100),),
}
_PRICES: Mapping[str, Sequence[_Price]] = {
    "chatbot": (
        _Price("price_per_resolution", text("Price per resolution"), 0.05),
        _Price("price_per_conversation", text("Price per conversation"), 0.05),
        _Price("seconds_before_handover", text("Seconds with the bot before a person"), 10),
    ),
    "agent_assist": (_Price("cost_per_agent_month", text("Licence for each person a month"), 5),),
    "outsourcing": (_Price("minimum_contacts_per_month", text("Minimum contacts a month")),),
}


def draw_levers(chosen: SavedScenario | None, operation: Operation | None, moved: Callable[[], None] | None = None) -> None:
    """The levers of the scenario under work, in the order in which contacts meet them.

    Args:
        chosen: the kept scenario that was opened; None for a new one.
        operation: the team that they are tried on, where it is described.
        moved: called when a slider was moved, in place of drawing everything again.
    """
    form, slots = form_of(chosen), _slots(chosen)
    for slot, base in _bases(chosen, operation):
        _draw_lever(f"{form}-{slot}", base, operation, form, slots, slot, moved)
    _draw_adding(form, slots)


def levers_as_they_stand(chosen: SavedScenario | None, operation: Operation) -> tuple[Lever, ...]:
    """The levers as their fields stand now, drawn or folded away."""
    form, folded = form_of(chosen), Folded()
    return tuple(_read_lever(f"{form}-{slot}", base, operation, folded) for slot, base in _bases(chosen, operation))


def form_of(chosen: SavedScenario | None) -> str:
    """In front of the keys of all fields of a scenario."""
    return f"what-if-{chosen.id if chosen else 'new'}"


def _slots(chosen: SavedScenario | None) -> list[list[str]]:
    """The levers of the form: the number of a lever of the opened scenario or a name of its own, and the kind."""
    own = chosen.scenario.levers if chosen else ()
    first = [[str(n), lever.kind] for n, lever in enumerate(own)] if own else [[kind, kind] for kind in _FIRST]
    slots: list[list[str]] = session.kept(f"{form_of(chosen)}.levers", first)
    return slots


def _bases(chosen: SavedScenario | None, operation: Operation | None) -> Iterator[tuple[str, Any]]:
    """Each lever as it is kept, or as it is by default, before its fields are looked at."""
    own: Sequence[Lever] = chosen.scenario.levers if chosen else ()
    for slot, kind in _slots(chosen):
        base = own[int(slot)] if slot.isdigit() and int(slot) < len(own) else _BY_KIND[kind]()
        yield slot, base if operation is None else priced_lever(base, operation.currency)


def forget_levers(chosen: SavedScenario | None) -> None:
    """The scenario was kept: it opens from what is kept."""
    form = form_of(chosen)
    session.forget(f"{form}.levers")
    session.forget_widgets(form)


def _draw_adding(form: str, slots: list[list[str]]) -> None:
    def add() -> None:
        kind = session.widget_value(f"{form}-add")
        if kind:
            taken = {slot for slot, _kind in slots}
            free = next(name for number in range(len(slots) + 1) if (name := f"{kind}{number}") not in taken)
            session.keep(f"{form}.levers", [*slots, [free, kind]])
            session.set_widget(f"{form}-add", None)

    st.selectbox(
        _("Add a lever"),
        list(_BY_KIND),
        index=None,
        format_func=lambda kind: str(_BY_KIND[kind].title),
        placeholder=_("Add a lever …"),
        key=f"{form}-add",
        on_change=add,
        label_visibility="collapsed",
    )


def _draw_lever(
    key: str,
    base: Any,
    operation: Operation | None,
    form: str,
    slots: list[list[str]],
    slot: str,
    moved: Callable[[], None] | None,
) -> None:
    main, *_others = _SLIDERS[base.kind]
    with st.container(border=True, key=f"{key}-lever", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{base.title}**", help=f"{plain(base.source)}  \n**{plain(base.caveat)}**", width="content")
            st.button(
                _("Remove"),
                key=f"{key}-remove",
                icon=":material/close:",
                type="tertiary",
                on_click=session.keep,
                args=(f"{form}.levers", [one for one in slots if one[0] != slot]),
            )
        point = _draw_slider(main, getattr(base, main.field), key, Open(st, moved))
        st.caption(_default_of(main, base.kind))
        if operation is not None:
            draw_idle(base, key, operation)
        details = st.expander(_("Details, cost and ranges"), key=f"{key}-details", type="compact", on_change="rerun")
        if details.open:
            _draw_details(base, point, key, operation, Open(details, moved))


def _read_lever(key: str, base: Any, operation: Operation, folded: Folded) -> Lever:
    main, *_others = _SLIDERS[base.kind]
    point = _draw_slider(main, getattr(base, main.field), key, folded)
    changed = _draw_details(base, point, key, operation, folded)
    return read_model(Scenario, {"name": "one", "levers": [{**base.model_dump(), **changed}]}).levers[0]


def _draw_details(base: Any, point: float, key: str, operation: Operation | None, box: Any) -> dict[str, Any]:
    """The fields of a lever but the main slider, whose value is `point`; what stands in all of them."""
    main, *others = _SLIDERS[base.kind]
    changed: dict[str, Any] = {main.field: point}
    for slider in others:
        if slider.field == "solved_share_change" and not _has_pages(operation):
            continue
        changed[slider.field] = _draw_slider(slider, getattr(base, slider.field), key, box)
    prices = _PRICES.get(base.kind, ())
    for place, price in zip(box.columns(max(len(prices), 1)), prices, strict=False):
        if price.field == _RESOLUTION and operation is not None:
            changed[price.field] = _draw_resolution(price, base.price_per_resolution, key, place, operation.currency)
        else:
            changed[price.field] = _draw_price(price, getattr(base, price.field), key, place)
    box.markdown(f"**{_('Start, ramp and fixed cost')}**")
    changed |= _draw_course(base, key, operation, box)
    box.markdown(f"**{_('How sure are we? Ranges')}**")
    box.caption(_("The likeliest value is the slider above; the range holds what is possible."))
    for slider in _SLIDERS[base.kind]:
        if slider.field in changed:
            changed[slider.field] = _draw_range(slider, changed[slider.field], getattr(base, slider.field), key, box)
    box.caption(f"{_('Source')}: {plain(base.source)}")
    return changed


def _default_of(slider: _Slider, kind: str) -> str:
    """The honest default of a lever and what it hides."""
    lever = _BY_KIND[kind]
    default = range_of(getattr(lever(), slider.field))
    if not slider.percent or default.min == default.max:
        return plain(lever.caveat)
    low, mode, high = (Percent(share=value) for value in (default.min, default.mode, default.max))
    told = text("Honest default {mode} ({low} to {high}). {caveat}", mode=mode, low=low, high=high, caveat=lever.caveat)
    return plain(told)


def _has_pages(operation: Operation | None) -> bool:
    return operation is not None and any(not channel.has_people for channel in operation.channels)


def _draw_slider(slider: _Slider, base: Spread, key: str, place: Any) -> float:
    helped = hint(f"lever.{slider.field}")
    value = central(base)
    if not slider.percent:
        shown = min(max(value, slider.low), slider.high)
        return float(
            place.slider(
                str(slider.label),
                float(slider.low),
                float(slider.high),
                float(shown),
                slider.step,
                format="%+.1f",
                key=f"{key}-{slider.field}",
                help=helped,
                persist_state="session",
            )
        )
    low, high = int(slider.low), int(slider.high)
    start = min(max(rounded_whole(_PERCENT * value), low), high)
    moved = place.slider(
        str(slider.label),
        low,
        high,
        start,
        1,
        format=percent_pattern("%d"),
        key=f"{key}-{slider.field}",
        help=helped,
        persist_state="session",
    )
    return value if moved == start else float(moved) / _PERCENT


def _draw_range(slider: _Slider, point: float, base: Spread, key: str, place: Any) -> Spread:
    """The range around the point: the lever's own until a handle is moved; it always holds the point."""
    factor = _PERCENT if slider.percent else 1.0
    own = range_of(base)
    low, high = float(slider.low), float(slider.high)
    start = (max(rounded(factor * own.min, 1), low), min(rounded(factor * own.max, 1), high))
    least, most = place.slider(
        str(slider.label),
        low,
        high,
        start,
        slider.step / 2,
        format=percent_pattern("%g") if slider.percent else "%+g",
        key=f"{key}-range_{slider.field}",
        help=hint("lever.range"),
        persist_state="session",
    )
    least, most = (own.min if least == start[0] else least / factor), (own.max if most == start[1] else most / factor)
    if least == most == point or (not isinstance(base, Range) and (least, most) == (own.min, own.max)):
        return point
    return Range(min=min(least, point), mode=point, max=max(most, point))


def _draw_price(price: _Price, base: Spread, key: str, place: Any) -> Spread:
    typed = float(
        place.number_input(
            str(price.label),
            0.0,
            1e7,
            float(central(base)),
            float(price.step),
            key=f"{key}-{price.field}",
            help=hint(f"lever.{price.field}"),
            persist_state="session",
        )
    )
    if not isinstance(base, Range):
        return typed
    return base if typed == base.mode else Range(min=min(base.min, typed), mode=typed, max=max(base.max, typed))


def _draw_resolution(price: _Price, base: Spread, key: str, place: Any, currency: str) -> Spread:
    """The price of a resolution in steps of its currency; one that nobody knows is asked for."""
    known = usual_prices(currency)
    step = known.step_of_resolution if known is not None else 1.0
    drawn = _draw_price(replace(price, step=step), base, f"{key}-{currency}" if is_usual_resolution(base) else key, place)
    if is_usual_resolution(drawn):
        place.caption(f":orange[:material/help_center: {plain(text('usual value'))}]")
    if known is None and not central(drawn):
        place.caption(f":orange[{plain(_('Nobody knows a usual price in this currency: write what the vendor asks.'))}]")
    return drawn


def _draw_course(base: Any, key: str, operation: Operation | None, box: Any) -> dict[str, Any]:
    one, two = box.columns(2)
    start = one.date_input(
        _("Start (empty: next month)"),
        base.start_month,
        key=f"{key}-start",
        persist_state="session",
        format="YYYY-MM-DD",
        help=hint("lever.start"),
    )
    changed: dict[str, Any] = {"start_month": start or None}
    changed["ramp_months"] = _draw_price(
        _Price("ramp_months", text("Months until it works fully"), 0.5), base.ramp_months, key, two
    )
    one, two = box.columns(2)
    changed["one_off_cost"] = _draw_price(_Price("one_off_cost", text("Cost at the start"), 1000), base.one_off_cost, key, one)
    changed["monthly_cost"] = _draw_price(_Price("monthly_cost", text("Licence a month")), base.monthly_cost, key, two)
    upkeep = _Slider("upkeep_share", text("Yearly upkeep, of the cost at the start"), 0, 60)
    changed["upkeep_share"] = _with_point(base.upkeep_share, _draw_slider(upkeep, base.upkeep_share, key, box))
    changed |= draw_where(base, key, operation, box)
    return changed


def _with_point(base: Spread, point: float) -> Spread:
    if not isinstance(base, Range) or point == base.mode:
        return base if point == central(base) else point
    return Range(min=min(base.min, point), mode=point, max=max(base.max, point))
