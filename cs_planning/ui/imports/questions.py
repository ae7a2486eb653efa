"""What an import has to ask, one question at a time; each answer is a click, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Role, roles_for
from cs_planning.kpis.files.table import Table
from cs_planning.language import Text, text
from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.imports import outcomes
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Answers, FileQuestion, Recognition
from cs_planning.workspace.words.fields import hint

_KEPT, _ENOUGH = "import.answers", "import.enough"
_MOST_BUTTONS = 8
_ANY_COLUMN, _ANY_ROLE = "import-any-name", "import-any-role"


def draw(table: Table, found: Recognition, today: date) -> Recognition | None:
    """The answers so far and the question that is open; None as long as the file can't be read without its answer."""
    given = _given()
    said, questions = cached.asked(_file(), table, found, given)
    _draw_given(given)
    waiting = next((question for question in questions if question.blocks), None)
    offered = next((question for question in questions if question.id in ("column", "step")), None)
    asked = waiting or (None if session.kept(_ENOUGH) == _file() else offered)
    if asked is not None:
        with st.container(border=True, key="import-question"):
            st.markdown(f"**{plain(asked.words)}**")
            st.caption(
                plain(asked.reason if asked.blocks else text("{reason} The import does not wait for it.", reason=asked.reason))
            )
            places = _draw_choices(asked)
            if places:
                outcomes.draw(places, asked, given, _file(), table, found, today)
            if not asked.blocks:
                st.button(
                    _("Ask no more about this file"),
                    type="tertiary",
                    key="import-enough",
                    on_click=session.keep,
                    args=(_ENOUGH, _file()),
                )
    return said if waiting is None else None


def _draw_choices(question: FileQuestion) -> list[DeltaGenerator]:
    """The choices; back come the places beside them for what each would give, where there are few enough to look at each."""
    if len(question.choices) > _MOST_BUTTONS:
        labels = {choice.value: str(choice.label) for choice in question.choices}
        key = f"import-answer-{question.id}"
        with st.form(f"{key}-form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                str(question.words),
                list(labels),
                index=None,
                format_func=labels.__getitem__,
                key=key,
                width=420,
                help=hint("arrival"),
            )
            st.form_submit_button(_("That is it"), on_click=_answer_from, args=(question.id, key, question.column))
        return []
    places = []
    for number, choice in enumerate(question.choices):
        is_guess = choice.value == question.guessed
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                plain(text("{choice} (likely)", choice=choice.label)) if is_guess else plain(choice.label),
                key=f"import-answer-{question.id}-{number}",
                type="primary" if is_guess else "secondary",
                on_click=_answer,
                args=(question.id, choice.value, question.column),
            )
            places.append(st.container(horizontal=True, vertical_alignment="center", gap="small", width="stretch"))
    return places


def draw_any_column(mapping: Mapping) -> None:
    """A form that says what any one column is used for: a way beside the table for those who have no mouse."""
    roles = {role.value: str(role.label) for role in roles_for(mapping.kind) if role is not Role.KPI}
    columns = {
        entry.column: str(text("{column}: {role}", column=entry.column, role=entry.role.label)) for entry in mapping.columns
    }
    column, role = _("Column in the file"), _("Meaning")
    with st.form("import-any-column", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        # Nothing is chosen beforehand: a click by mistake would take a column out of use.
        st.selectbox(
            column,
            list(columns),
            index=None,
            format_func=columns.__getitem__,
            key=_ANY_COLUMN,
            width=320,
            help=hint("column_in_file"),
        )
        st.selectbox(role, list(roles), index=None, format_func=roles.__getitem__, key=_ANY_ROLE, width=320, help=hint("role"))
        st.form_submit_button(_("Use it so"), on_click=_answer_any)


def _answer_any() -> None:
    column, role = session.widget_value(_ANY_COLUMN), session.widget_value(_ANY_ROLE)
    if column is not None and role is not None:
        _answer("column", str(role), str(column))


def _draw_given(given: Answers) -> None:
    with st.container(horizontal=True, gap="medium"):
        for name, words in _said(given).items():
            with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"):
                st.markdown(f":material/check: {plain(words)}", width="content")
                st.button(_("Answer anew"), type="tertiary", key=f"import-change-{name}", on_click=_take_back, args=(name,))


def _said(given: Answers) -> MappingOf[str, Text]:
    said: dict[str, Text] = {}
    if given.rows is not None:
        said["rows"] = text("One row is {rows}.", rows=given.rows.label)
    if given.arrived is not None:
        said["arrived"] = text("The moment or period of a row is in “{column}”.", column=given.arrived)
    for column, role in given.columns:
        said[f"column-{column}"] = text("“{column}”: {role}", column=column, role=role.label)
    for word, role in given.steps:
        said[f"step-{word}"] = text("“{word}”: {role}", word=word, role=role.label)
    for mark in given.missing:
        said[f"missing-{mark}"] = text("“{mark}” means that there is no value.", mark=mark)
    return said


def _file() -> str:
    return str(session.kept("import.fingerprint", ""))


def _given() -> Answers:
    kept = session.kept(_KEPT, {})
    return Answers.model_validate_json(kept[_file()]) if _file() in kept else Answers()


def _keep(answers: Answers) -> None:
    session.keep(_KEPT, {_file(): answers.model_dump_json()})


def _answer(question: str, value: str, column: str | None) -> None:
    _keep(_given().and_then(question, value, column))


def _answer_from(question: str, key: str, column: str | None) -> None:
    value = session.widget_value(key)
    if value is not None:
        _answer(question, str(value), column)


def _take_back(name: str) -> None:
    given = _given()
    if name == "rows":
        given = Answers()
    elif name == "arrived":
        given = given.model_copy(update={"arrived": None})
    else:
        missing = tuple(mark for mark in given.missing if f"missing-{mark}" != name)
        columns = tuple(one for one in given.columns if f"column-{one[0]}" != name)
        steps = tuple(one for one in given.steps if f"step-{one[0]}" != name)
        given = given.model_copy(update={"missing": missing, "columns": columns, "steps": steps})
    _keep(given)
