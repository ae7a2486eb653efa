"""The parameters at the top of a page: they live in the address, so a link opens the same view."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from cs_planning.kpis.period_names import written_period_words
from cs_planning.kpis.series import part_label
from cs_planning.language import LANGUAGES, use_language
from cs_planning.language import gettext as _
from cs_planning.notebook.cells.page_head import LEAST_DEMAND, MOST_BOT, MOST_DEMAND, MOST_PEOPLE, Parameters
from cs_planning.notebook.pages.page import Page
from cs_planning.ui import session
from cs_planning.workspace.pages.choices import Choices
from cs_planning.workspace.words.fields import hint

_WIDTH, _SLIDER_WIDTH = 190, 320
_SLIDERS = {"bot": (0, MOST_BOT), "people": (-MOST_PEOPLE, MOST_PEOPLE), "demand": (LEAST_DEMAND, MOST_DEMAND)}

_OWN = "sliders-own"


def draw(page: Page, choices: Choices, scenarios: dict[str, str]) -> Page:
    """Lets the reader choose, and gives the page in that view.

    Args:
        page: as it is kept.
        choices: quarters, teams and channels.
        scenarios: names by id.
    """
    own = page.parameters
    with st.container(key="parameters", gap="small"):
        quarters = _named_quarters(choices)
        _translate_the_address(choices)
        helped = hint("quarter")
        quarter = _choice(_("Data until the end of"), choices.quarters, own.quarter, _("Today"), "quarter", helped, quarters)
        team = _choice(_("Team"), choices.teams, own.team, _("All teams"), "team", hint("page_team"))
        channel = _choice(_("Channel"), choices.channels, own.channel, _("As in the goal"), "channel", hint("page_channel"))
        helped = hint("page_scenario")
        scenario = _choice(_("Scenario"), tuple(scenarios), own.scenario, _("All scenarios"), "scenario", helped, scenarios)
    chosen = own.model_copy(update={"quarter": quarter, "team": team, "channel": channel, "scenario": scenario})
    return moved(page.model_copy(update={"parameters": chosen}))


def moved(page: Page) -> Page:
    """The page as its what-if sliders stand, which are drawn further below, where they matter."""
    session.keep(_OWN, {name: getattr(page.parameters, name) for name in _SLIDERS})
    found = {name: _position(name, getattr(page.parameters, name)) for name in _SLIDERS}
    return page.model_copy(update={"parameters": page.parameters.model_copy(update=found)})


def _position(name: str, own: int) -> int:
    """Where a slider stands: as it was moved, else as the address says, else as the page is kept."""
    least, most = _SLIDERS[name]
    said = session.widget_value(name, session.address(name).get(name, own))
    try:
        stands = int(said)
    except ValueError:
        return own
    return stands if least <= stands <= most else own


def draw_sliders() -> None:
    """The what-if sliders, for a section that they move."""
    labels = {
        "bot": _("Contacts that a bot ends (%)"),
        "people": _("People on the queue, more or fewer"),
        "demand": _("Contacts, more or fewer (%)"),
    }
    with st.container(border=True, gap="xsmall", key="page-sliders"):
        with st.container(horizontal=True, gap="medium"):
            for name, (least, most) in _SLIDERS.items():
                # The address leaves out what a slider begins with: that is the page's own value, not the moved one.
                begins = session.kept(_OWN, {}).get(name, 0)
                st.slider(
                    labels[name], least, most, begins, key=name, bind="query-params", width=_SLIDER_WIDTH, help=hint("slider")
                )
        st.caption(_("Try it: the sliders move this page as you see it. Nothing is kept, and nobody else sees it."))


def _choice(
    label: str,
    options: Sequence[str],
    own: str,
    placeholder: str,
    key: str,
    helped: str,
    names: dict[str, str] | None = None,
) -> str:
    if not options:
        return ""
    known = names or {}
    chosen = st.selectbox(
        label,
        list(options),
        index=list(options).index(own) if own in options else None,
        format_func=lambda option: known.get(option) or str(part_label(option)),
        placeholder=placeholder,
        help=helped,
        key=key,
        bind="query-params",
        width=_WIDTH,
    )
    return chosen or ""


def _named_quarters(choices: Choices) -> dict[str, str]:
    return {one: str(written_period_words(one, choices.year_starts_in)) for one in choices.quarters}


def _translate_the_address(choices: Choices) -> None:
    """Lets an address of another language, or of an older page, name its quarter as the field shows it here."""
    named = st.query_params.get("quarter", "")
    shown = _named_quarters(choices).get(_quarter_named(named, choices))
    if shown and named != shown:
        st.query_params["quarter"] = shown


def _quarter_named(named: str, choices: Choices) -> str:
    if named in choices.quarters:
        return named
    for language in LANGUAGES:
        with use_language(language):
            for quarter, words in _named_quarters(choices).items():
                if words == named:
                    return quarter
    return ""


def from_address(page: Page, choices: Choices, scenarios: dict[str, str]) -> Page:
    """The page in the view that the address names, where nothing can be chosen.

    Args:
        page: as it is kept.
        choices: quarters, teams and channels.
        scenarios: ids by name, as the address writes them.
    """
    own = page.parameters
    named = {name: st.query_params.get(name, getattr(own, name)) for name in ("quarter", "team", "channel", "scenario")}
    named["quarter"] = _quarter_named(named["quarter"], choices)
    named["scenario"] = scenarios.get(named["scenario"], own.scenario)
    try:
        chosen = Parameters.model_validate(own.model_dump() | named)
    except ValidationError:
        chosen = own
    return moved(page.model_copy(update={"parameters": chosen}))
