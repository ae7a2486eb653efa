"""The currency of the workspace: chosen here, usual until then."""

from __future__ import annotations

import streamlit as st
from babel.numbers import get_currency_name

from cs_planning.kpis.currency import KNOWN
from cs_planning.language import current_language, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts import saving
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.words.fields import hint


def draw(workspace: Workspace) -> None:
    """The choice, and what it does and does not do."""
    kept = workspace.money.currency
    st.subheader(_("Currency"), anchor=False)
    st.markdown(
        _(
            "Costs, the cost of a contact and the team of the What-if page are counted in it. Choosing another one converts "
            "nothing: every amount keeps its number and is written in the new currency."
        )
    )
    codes = [*KNOWN, *([kept.code] if kept.code not in KNOWN else [])]
    names = {code: f"{code} – {get_currency_name(code, locale=current_language())}" for code in codes}
    chosen = st.selectbox(
        _("Amounts are in"),
        codes,
        index=codes.index(kept.code),
        format_func=lambda code: names[code],
        key="money-currency",
        width=320,
        help=hint("money_currency"),
    )
    if not kept.is_chosen:
        st.caption(_("Nobody chose it yet: it is what is usual for the language and country."))
    if st.button(_("Use this currency"), key="money-save", icon=":material/save:"):
        _save(workspace, str(chosen))


def _save(workspace: Workspace, code: str) -> None:
    def act(*, save: Save) -> None:
        workspace.money.choose(code, save=save)

    if saving.saved("money", act, text("Amounts are in {currency} now. Nothing was converted.", currency=code)):
        session.forget_widgets("what-if-team")
        st.rerun()
