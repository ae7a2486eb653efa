"""The glossary: the words of the product, every KPI of the catalogue, and the claims of the trade with their sources."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cs_planning.audit.maturity import SURVEY_SOURCE
from cs_planning.automation.answers.frontier import CLAIMS
from cs_planning.goals.objectives.claims import WORTH_CLAIMS
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.kpis.catalogue import CATALOGUE, KGIS, Better, Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.language import gettext as _
from cs_planning.language import listed, text
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
    if terms:
        st.subheader(_("Words"), anchor=False)
        for term in terms:
            st.markdown(f"**{plain(term.name)}** — {plain(term.meaning)}")
    if figures:
        st.subheader(_("Computed numbers"), anchor=False)
        for figure in figures:
            st.markdown(f"**{plain(figure.name)}** — {plain(figure.formula)}")
    if kpis:
        st.subheader(_("KPIs"), anchor=False)
        table = {
            _("KPI"): [str(kpi.name) for kpi in kpis],
            _("How it is computed"): [str(kpi.formula) for kpi in kpis],
            _("What it serves"): [listed(KGIS[one].name for one in objectives_served_by(kpi_family(kpi.id))) for kpi in kpis],
            _("Better"): [str(_BETTER[kpi.better]) for kpi in kpis],
            _("Valid range"): [_range(kpi) for kpi in kpis],
            _("Minimum sample"): [str(kpi.minimum_sample) if kpi.minimum_sample > 1 else "" for kpi in kpis],
        }
        st.table(pd.DataFrame(table).map(plain), border="horizontal", hide_index=True, alt=_("Every KPI of the catalogue"))
    if goals:
        st.subheader(_("Company goals (KGI)"), anchor=False)
        st.markdown(" · ".join(plain(kgi.name) for kgi in goals))
    if claims:
        st.subheader(_("Claims of the trade"), anchor=False)
        st.caption(_("What is often quoted, with its source. Nothing in the program is computed with these figures."))
        st.markdown("\n".join(f"- {plain(one)}" for one in claims))


def _range(kpi: Kpi) -> str:
    if kpi.lower is None:
        return ""
    low = quantity(kpi.lower, kpi)
    return str(
        text("from {low} on", low=low) if kpi.upper is None else text("{low} to {high}", low=low, high=quantity(kpi.upper, kpi))
    )
