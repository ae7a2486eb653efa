"""Comments on a cell: who said what when, open or resolved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import Moment, ntext, text
from cs_planning.language import gettext as _
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.records import Comment
from cs_planning.ui import person, session
from cs_planning.ui.parts import typed
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.pages.mentions import mentioned
from cs_planning.workspace.words.fields import hint

LONGEST = 2_000


def waiting(cell: str, comments: Sequence[Comment]) -> str:
    """How many comments on a cell wait for an answer, in words; empty for none."""
    count = sum(not one.resolved for one in comments if one.cell == cell)
    return str(ntext("{count} open comment", "{count} open comments", count)) if count else ""


def draw(workspace: Workspace, page: Page, cell: str, comments: Sequence[Comment]) -> None:
    """The comments on a cell behind one quiet button, and a field for another one; made when they are looked at."""
    own = [one for one in comments if one.cell == cell]
    label = waiting(cell, comments) or _("Comment")
    talk = st.popover(label, icon=":material/chat_bubble:", type="tertiary", key=f"talk-{cell}", on_change="rerun")
    if not talk.open:
        return
    with talk:
        for one in own:
            _draw_one(workspace, one)
        name = f"comment-{workspace.pages.name(page)}-{cell}"
        form = session.idempotency_key(name)
        person.draw_question(f"talk-{cell}")
        with typed.kept_while_typing(name):
            st.text_area(_("Your comment"), max_chars=LONGEST, key=f"{name}-{form}", height=90, help=hint("comment"))
        _draw_people(workspace, f"{name}-{form}", cell)
        # Before the page is drawn, so that it is drawn once.
        st.button(
            _("Say it"),
            icon=":material/send:",
            key=f"say-{cell}",
            on_click=_say,
            args=(workspace, page, cell, f"{name}-{form}", name),
        )


def _draw_people(workspace: Workspace, field: str, cell: str) -> None:
    """Everybody whom the comment can mention; a choice writes the name behind what was typed."""
    people = workspace.talk.people()
    # Another field after each choice: a browser sends what its field shows again.
    choice = f"mention-{cell}-{session.kept(f'mention.{cell}', 0)}"
    if people:
        st.selectbox(
            _("Mention somebody"),
            people,
            index=None,
            placeholder=_("Mention somebody"),
            key=choice,
            label_visibility="collapsed",
            on_change=_mention,
            args=(field, choice, cell),
            help=hint("mention"),
        )


def _mention(field: str, choice: str, cell: str) -> None:
    name = session.widget_value(choice)
    session.keep(f"mention.{cell}", session.kept(f"mention.{cell}", 0) + 1)
    if name:
        typed_so_far = (session.widget_value(field) or "").rstrip()
        session.set_widget(field, f"{typed_so_far} @{name} ".lstrip()[:LONGEST])


def _draw_one(workspace: Workspace, comment: Comment) -> None:
    st.caption(
        plain(text("{author}, {moment}", author=session.named(comment.author), moment=Moment(at=session.here(comment.at))))
    )
    words = _with_mentions(comment.words, workspace.talk.people())
    st.markdown(words if not comment.resolved else f":gray[{plain(comment.words)}]")
    st.button(
        _("Open again") if comment.resolved else _("Resolved"),
        icon=":material/undo:" if comment.resolved else ":material/check:",
        type="tertiary",
        key=f"resolve-{comment.id}",
        on_click=_resolve,
        args=(workspace, comment),
    )


def _with_mentions(words: str, people: Sequence[str]) -> str:
    """The words with the names of those who are mentioned in them in bold."""
    shown = plain(words)
    for name in mentioned(words, people):
        shown = shown.replace(f"@{plain(name)}", f"**@{plain(name)}**")
    return shown


def _say(workspace: Workspace, page: Page, cell: str, field: str, name: str) -> None:
    try:
        workspace.talk.comment(page, cell, session.widget_value(field) or "", save=session.save(name))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(name)
    typed.done(name)


def _resolve(workspace: Workspace, comment: Comment) -> None:
    try:
        workspace.talk.resolve(comment.id, not comment.resolved, save=session.save("resolve"))
    except PlanningError as error:
        session.say(error)
    session.finish_form("resolve")
