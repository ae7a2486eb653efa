"""The parameters at the top of a page: they live in the address, so a link opens the same view."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from cs_planning.language import gettext as _
from cs_planning.notebook.page import Page, Parameters
from cs_planning.workspace.page_choices import Choices

_WIDTH = 190


def draw(page: Page, choices: Choices, scenarios: dict[str, str]) -> Page:
    """Lets the reader choose, and gives the page in that view.

    Args:
        page: as it is kept.
        choices: quarters, teams and channels.
        scenarios: names by id.
    """
    own = page.parameters
    with st.container(horizontal=True, key="parameters", gap="small"):
        quarter = _choice(_("Data until the end of"), choices.quarters, own.quarter, _("Today"), "quarter")
        team = _choice(_("Team"), choices.teams, own.team, _("All teams"), "team")
        channel = _choice(_("Channel"), choices.channels, own.channel, _("As in the goal"), "channel")
        scenario = _choice(_("Scenario"), tuple(scenarios), own.scenario, _("All scenarios"), "scenario", scenarios)
    chosen = Parameters(quarter=quarter, team=team, channel=channel, scenario=scenario)
    return page.model_copy(update={"parameters": chosen})


def _choice(
    label: str, options: Sequence[str], own: str, placeholder: str, key: str, names: dict[str, str] | None = None
) -> str:
    if not options:
        return ""
    known = names or {}
    chosen = st.selectbox(
        label,
        list(options),
        index=list(options).index(own) if own in options else None,
        format_func=lambda option: known.get(option, option),
        placeholder=placeholder,
        key=key,
        bind="query-params",
        width=_WIDTH,
    )
    return chosen or ""


def from_address(page: Page, scenarios: dict[str, str]) -> Page:
    """The page in the view that the address names, where nothing can be chosen.

    Args:
        page: as it is kept.
        scenarios: ids by name, as the address writes them.
    """
    own = page.parameters
    named = {name: st.query_params.get(name, getattr(own, name)) for name in ("quarter", "team", "channel", "scenario")}
    named["scenario"] = scenarios.get(named["scenario"], own.scenario)
    try:
        chosen = Parameters.model_validate(named)
    except ValidationError:
        chosen = own
    return page.model_copy(update={"parameters": chosen})
