"""Freezing a page for a meeting, opening what was frozen, and what changed since."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import Moment, Points, in_words, rounded_whole, sentences, text
from cs_planning.language import gettext as _
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.snapshot import CellChange, Difference, Snapshot
from cs_planning.ui import person, session
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_error, percent, plain
from cs_planning.workspace import SnapshotInfo, Workspace
from cs_planning.workspace.pages.snapshots import Moved
from cs_planning.workspace.words.fields import hint

_LONGEST_NOTE = 120
_NOW = "now"


def draw_menu(workspace: Workspace, page: Page, today: date) -> None:
    """The button that freezes the page, and the list of what was frozen before."""
    menu = st.popover(_("Snapshots"), icon=":material/photo_camera:", key="snapshots", on_change="rerun")
    if not menu.open:
        return
    with menu:
        name = f"freeze-{workspace.pages.name(page)}"
        form = session.idempotency_key(name)
        note = st.text_input(
            _("What for"),
            placeholder=_("Review meeting"),
            max_chars=_LONGEST_NOTE,
            key=f"{name}-{form}",
            help=hint("snapshot_note"),
        )
        person.draw_question("freeze")
        if st.button(_("Freeze for the meeting"), icon=":material/photo_camera:", type="primary", key="freeze"):
            _freeze(workspace, page, today, note or "", name)
        kept = workspace.snapshots.of_page(workspace.pages.newest(page))
        if not kept:
            st.caption(_("A snapshot keeps the page with its numbers as they are now; it never changes."))
            return
        chosen = st.selectbox(
            _("Open a snapshot"),
            [one.id for one in kept],
            index=None,
            format_func={one.id: _named(one) for one in kept}.__getitem__,
            placeholder=_("The page as it is now"),
            key="snapshot-choice",
            help=hint("snapshot_choice"),
        )
        if chosen and st.button(_("Open"), icon=":material/visibility:", key="snapshot-open"):
            st.query_params["snapshot"] = chosen
            st.rerun()


def opened(workspace: Workspace, page: Page) -> Snapshot | None:
    """The snapshot of this page that the address names; says so when there is none."""
    wanted = st.query_params.get("snapshot")
    if not wanted:
        return None
    if all(one.id != wanted for one in workspace.snapshots.of_page(page)):
        st.warning(_("This page has no such snapshot; you see it as it is now."), icon=":material/help:")
        return None
    try:
        return workspace.snapshots.open(wanted)
    except PlanningError as error:
        draw_error(error)
        return None


def draw_banner(workspace: Workspace, page: Page, snapshot: Snapshot, today: date) -> None:
    """Says that this is a snapshot, and compares it with another one or with the page as it is now."""
    with st.container(border=True, key="snapshot-banner"):
        taken = text(
            "Snapshot of {moment} by {author}: the numbers of that day, with data until {data}. It never changes.",
            moment=Moment(at=session.here(snapshot.taken_at)),
            author=plain(snapshot.author) or text("somebody"),
            data=snapshot.result.data_as_of or snapshot.result.today,
        )
        note = f"**{plain(snapshot.note)}** — " if snapshot.note else ""
        st.markdown(f"{note}{taken}")
        names = {_NOW: _("the page as it is now")}
        names |= {one.id: _named(one) for one in workspace.snapshots.of_page(page) if one.id != snapshot.id}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            other = st.selectbox(
                _("Compare with"),
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder=_("nothing"),
                key="snapshot-other",
                width=320,
                help=hint("snapshot_other"),
            )
            st.button(
                _("Back to the page as it is now"),
                icon=":material/arrow_back:",
                type="tertiary",
                key="snapshot-close",
                on_click=_close,
            )
        if other:
            _draw_comparison(workspace, page, snapshot, None if other == _NOW else other, today)


def _draw_comparison(workspace: Workspace, page: Page, snapshot: Snapshot, other: str | None, today: date) -> None:
    before, after = snapshot.id, other
    if other is not None and workspace.snapshots.open(other).taken_at < snapshot.taken_at:
        before, after = other, snapshot.id
    moved = workspace.snapshots.compare(before, after, page, today)
    st.markdown(sentences(plain(sentence) for sentence in moved.story))
    _draw_change(moved)
    changed = moved.comparison.changed
    if not changed:
        st.info(_("Nothing changed."), icon=":material/check:")
    for cell in changed:
        _draw_cell(cell)


def _draw_change(moved: Moved) -> None:
    change = moved.change
    if change is None:
        return
    named = (
        _("Probability of the target, in the scenario of the page") if moved.with_scenario else _("Probability of the target")
    )
    with st.container(horizontal=True, gap="large", key="probability-moved"):
        st.metric(named, f"{percent(change.before)} → {percent(change.after)}", width="content", help=why.of("probability"))
        parts = (
            (_("New data"), change.new_data),
            (_("Time passed"), change.passed_time),
            (_("Another target"), change.changed_target),
            (_("Another scenario"), change.changed_scenario),
        )
        for label, part in parts:
            if rounded_whole(100 * part) or label in {_("New data"), _("Time passed")}:
                st.metric(label, _points(part), width="content", help=why.of("probability_moved"))


def _points(part: float) -> str:
    return in_words(Points(points=100 * part, digits=0, signed=True))


def _draw_cell(cell: CellChange) -> None:
    count = str(text("{count} values", count=len(cell.values))) if cell.difference is Difference.CHANGED else ""
    label = " · ".join(part for part in (plain(cell.heading) or _("Text"), str(cell.difference.label), count) if part)
    with st.expander(label, key=f"changed-{cell.cell}"):
        named = [one for one in cell.values if not one.before.startswith("{") and not one.after.startswith("{")]
        if len(named) < len(cell.values):
            st.markdown(_("The words changed."))
        if named:
            rows = {
                _("What"): [plain(one.name) for one in named],
                _("Before"): [plain(one.before) or "–" for one in named],
                _("After"): [plain(one.after) or "–" for one in named],
            }
            st.table(rows, border="horizontal", hide_index=True, alt=_("What changed"))


def _freeze(workspace: Workspace, page: Page, today: date, note: str, name: str) -> None:
    try:
        workspace.snapshots.freeze(page, today, note=note, save=session.save(name))
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form(name)
    st.toast(_("The page is frozen."), icon=":material/photo_camera:")


def _named(info: SnapshotInfo) -> str:
    moment = in_words(session.here(info.taken_at))
    return f"{moment} – {info.title}" if info.title else moment


def _close() -> None:
    st.query_params.pop("snapshot", None)
