"""The glossary: the words of the product, every KPI of the catalogue, and the claims of the trade with their sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from cs_planning.audit.maturity import SURVEY_SOURCE
from cs_planning.automation.answers.frontier import CLAIMS
from cs_planning.goals.objectives.claims import WORTH_CLAIMS
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.kpis.catalogue import CATALOGUE, KGIS, Better, Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, in_brackets, listed, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace.words.figures import FIGURES
from cs_planning.workspace.words.terms import TERMS

_BETTER = {
    Better.HIGHER: text("higher"),
    Better.LOWER: text("lower"),
    Better.BAND: text("inside a band"),
    Better.CONTEXT: text("neither: it explains the others"),
}


def draw(words: str) -> None:
    """The terms, computed numbers, KPIs and claims in which `words` appear, all of them for none."""
    wanted = words.casefold()
    terms = [term for term in TERMS.values() if wanted in f"{term.name} {term.meaning}".casefold()]
    kpis = [kpi for kpi in CATALOGUE.values() if wanted in f"{kpi.name} {kpi.formula} {kpi.id}".casefold()]
    goals = [kgi for kgi in KGIS.values() if wanted in f"{kgi.name}".casefold()]
    figures = [one for one in FIGURES.values() if wanted in f"{one.name} {one.formula}".casefold()]
    told = [*((one.statement, one.source) for one in WORTH_CLAIMS), *((one.statement, one.source) for one in CLAIMS)]
    claims = [str(text("{statement} {source}", statement=statement, source=source)) for statement, source in told]
    claims = [one for one in (*claims, str(SURVEY_SOURCE)) if wanted in one.casefold()]
    if not (terms or kpis or goals or figures or claims):
        st.info(_("Nothing in the glossary has these words. Try a shorter one."), icon=":material/search_off:")
    chapters = (
        (_("Words"), len(terms), lambda: _draw_entries([(one.name, one.meaning) for one in terms])),
        (_("Computed numbers"), len(figures), lambda: _draw_entries([(one.name, one.formula) for one in figures])),
        (_("KPIs"), len(kpis), lambda: _draw_kpis(kpis)),
        (_("Company goals (KGI)"), len(goals), lambda: st.markdown(" · ".join(plain(kgi.name) for kgi in goals))),
        (_("Claims of the trade"), len(claims), lambda: _draw_claims(claims)),
    )
    for number, (name, count, draw_chapter) in enumerate(chapters):
        if count:
            _draw_chapter(number, in_brackets(name, shown_number(count, 0)), draw_chapter, is_open=bool(wanted))


def _draw_chapter(number: int, title: str, draw_chapter: Callable[[], object], *, is_open: bool) -> None:
    """A chapter that is made when it is opened: the whole book in one go is what nobody reads; a search opens what it finds."""
    key = f"glossary-{number}-{'found' if is_open else 'all'}"
    chapter = st.expander(f"**{title}**", expanded=is_open, key=key, on_change="rerun")
    if chapter.open:
        with chapter:
            draw_chapter()


def _draw_entries(entries: Sequence[tuple[Text, Text]]) -> None:
    st.markdown("\n\n".join(f"**{plain(name)}** — {plain(meaning)}" for name, meaning in entries))


def _draw_kpis(kpis: Sequence[Kpi]) -> None:
    table = {
        _("KPI"): [str(kpi.name) for kpi in kpis],
        _("How it is computed"): [str(kpi.formula) for kpi in kpis],
        _("What it serves"): [listed(KGIS[one].name for one in objectives_served_by(kpi_family(kpi.id))) for kpi in kpis],
        _("Better"): [str(_BETTER[kpi.better]) for kpi in kpis],
        _("Valid range"): [_range(kpi) for kpi in kpis],
        _("Minimum sample"): [str(kpi.minimum_sample) if kpi.minimum_sample > 1 else "" for kpi in kpis],
    }
    st.table(pd.DataFrame(table).map(plain), border="horizontal", hide_index=True, alt=_("Every KPI of the catalogue"))


def _draw_claims(claims: Sequence[str]) -> None:
    st.caption(_("What is often quoted, with its source. Nothing in the program is computed with these figures."))
    st.markdown("\n".join(f"- {plain(one)}" for one in claims))


def _range(kpi: Kpi) -> str:
    if kpi.lower is None:
        return ""
    low = quantity(kpi.lower, kpi)
    return str(
        text("from {low} on", low=low) if kpi.upper is None else text("{low} to {high}", low=low, high=quantity(kpi.upper, kpi))
    )
