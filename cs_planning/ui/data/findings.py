"""Findings about data on the screen: what, how much, what it does, what to do, where to look."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cs_planning.kpis.files.safe_cells import csv_bytes
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import gettext as _
from cs_planning.language import listed, ntext, shown_number, text
from cs_planning.ui import session, shell
from cs_planning.ui.data import undoing
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.data.taken_out import TAKEN_OUT
from cs_planning.workspace.layers.records import KeptImport

_SHOWN_IMPORTS, _SHOWN_ROWS, _SHOWN_ALIKE = 30, 50, 200
_ICONS = {Severity.WARNING: ":orange[:material/error:]", Severity.NOTICE: ":blue[:material/info:]"}


def draw_nothing_here() -> None:
    """What to do in a workspace without data."""
    st.info(_("Nothing was imported yet, so there is nothing to check."), icon=":material/upload_file:")
    st.page_link(shell.IMPORT, label=_("Import a file"), icon=":material/arrow_forward:")


def draw_summary(stored: Sequence[QualityFinding], imports: Sequence[KeptImport]) -> None:
    """How much there is to look at, in four numbers."""
    imports = [one for one in imports if one.info.undone_at is None]
    of_imports = [finding for one in imports for finding in one.findings]
    with st.container(horizontal=True, gap="large", key="quality-summary"):
        st.metric(_("To check in the kept series"), shown_number(_weighty(stored), 0), width="content", help=why.of("findings"))
        st.metric(
            _("To check in the imported files"), shown_number(_weighty(of_imports), 0), width="content", help=why.of("findings")
        )
        rejected = sum(one.info.rejected for one in imports)
        st.metric(_("Rows left out"), shown_number(rejected, 0), width="content", help=why.of("rows_left_out"))
        st.metric(_("Imports"), shown_number(len(imports), 0), width="content", help=why.of("imports"))


def _weighty(findings: Sequence[QualityFinding]) -> int:
    return sum(finding.severity is Severity.WARNING for finding in findings)


def draw_stored(findings: Sequence[QualityFinding], *, has_series: bool) -> None:
    """The findings about the series that are kept; that nothing was looked at where none is kept."""
    st.subheader(_("The series that goals and forecasts rest on"), anchor=False)
    if not has_series:
        st.markdown(_("No series is kept, so that there is nothing to check."))
        st.page_link(shell.IMPORT, label=_("Import a file"), icon=":material/upload_file:")
        return
    if not findings:
        st.markdown(f":green[:material/check_circle:] {_('Nothing is suspicious: no gaps, no standstill, no change of unit.')}")
        return
    with st.container(key="quality-stored"):
        draw_findings(findings)


def draw_imports(workspace: Workspace, imports: Sequence[KeptImport]) -> None:
    """Each import of a workspace with its rows, its findings and the way to undo it, the newest first and open."""
    st.subheader(_("What each import brought"), anchor=False)
    shown = listed_imports(imports)
    for place, one in enumerate(shown):
        with st.expander(_import_label(one), expanded=place == 0, key=f"quality-import-{one.info.id}"):
            _draw_import(one)
            undoing.draw(workspace, one)
    if len(imports) > len(shown):
        st.caption(plain(text("Older imports are not listed; {count} are shown.", count=len(shown))))


def listed_imports(imports: Sequence[KeptImport]) -> list[KeptImport]:
    """The newest imports, and of the older ones those that took series out, which stay to be found."""
    return [one for place, one in enumerate(imports) if place < _SHOWN_IMPORTS or _series_taken_out(one)]


def _series_taken_out(one: KeptImport) -> int:
    return sum(finding.count or 1 for finding in one.findings if finding.rule == TAKEN_OUT)


def _import_label(one: KeptImport) -> str:
    moment = one.info.imported_at
    weighty = _weighty(one.findings)
    parts = [
        one.info.file_name,
        str(text("imported {day}", day=moment.date())) if moment else "",
        str(text("undone")) if one.info.undone_at else "",
        str(ntext("{count} row left out", "{count} rows left out", one.info.rejected)) if one.info.rejected else "",
        str(ntext("{count} series taken out", "{count} series taken out", taken)) if (taken := _series_taken_out(one)) else "",
        str(ntext("{count} point to check", "{count} points to check", weighty)) if weighty else "",
    ]
    return " · ".join(plain(part) for part in parts if part)


def _draw_import(one: KeptImport) -> None:
    st.markdown(
        plain(
            text(
                "{accepted} rows were taken and {rejected} left out, imported by {author}.",
                accepted=one.info.accepted,
                rejected=one.info.rejected,
                author=session.named(one.info.author),
            )
        )
    )
    if one.record is None:
        st.caption(_("This import was kept without its findings. Import the file again to see them."))
        return
    if one.info.rejected:
        _draw_rejected(one)
    if one.findings:
        draw_findings(one.findings)
    else:
        st.markdown(f":green[:material/check_circle:] {_('Nothing was suspicious in this file.')}")


def _draw_rejected(one: KeptImport) -> None:
    assert one.record is not None
    rejected = one.record.rejected()
    draw_rejected_rows(rejected, one.info.rejected, f"rejected-{one.info.id}")


def draw_rejected_rows(rejected: pd.DataFrame, count: int, key: str) -> None:
    """The first rows left out, and all of them as a file."""
    with st.container(key=key):
        shown = rejected.head(_SHOWN_ROWS)
        st.dataframe(
            shown,
            hide_index=True,
            alt=_("Rows left out, with the reason"),
            column_config={
                "row": st.column_config.NumberColumn(_("Row")),
                "column": _("Column"),
                "value": _("Found"),
                "reason": _("Reason"),
            },
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                _("All of them as CSV"),
                lambda: csv_bytes(rejected),
                "rejected-rows.csv",
                "text/csv",
                on_click="ignore",
                key=f"{key}-download",
                icon=":material/download:",
            )
            if count > len(shown):
                words = text(
                    "{shown} of {count} are shown, {kept} are in the file.", shown=len(shown), count=count, kept=len(rejected)
                )
                st.caption(plain(words))


def draw_findings(findings: Sequence[QualityFinding]) -> None:
    """Findings of one rule together: the first in full, the others as a list to open."""
    groups: dict[str, list[QualityFinding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    for group in groups.values():
        first = group[0]
        with st.container(gap="xxsmall"):
            st.markdown(f"{_ICONS[first.severity]} {plain(first.message)}")
            st.caption(f"{plain(first.consequence)} :material/lightbulb: {plain(first.remedy)}")
            _draw_samples(first)
            if len(group) > 1:
                words = str(ntext("{count} more like this", "{count} more like this", len(group) - 1))
                with st.expander(words, type="compact"):
                    _draw_alike(group[1:])


def _draw_samples(finding: QualityFinding) -> None:
    parts = []
    if finding.sample_rows:
        rows = listed(shown_number(row, 0) for row in finding.sample_rows)
        parts.append(str(text("Look at rows {rows}", rows=rows)))
    if finding.sample_values:
        parts.append(str(text("For example {values}", values=" · ".join(finding.sample_values))))
    if parts and finding.count > 1:
        parts.append(str(text("{count} in all", count=finding.count)))
    if parts:
        st.caption(plain(" – ".join(parts)))


def _draw_alike(findings: Sequence[QualityFinding]) -> None:
    rows = {
        _("Finding"): [str(finding.message) for finding in findings[:_SHOWN_ALIKE]],
        _("How many"): [finding.count for finding in findings[:_SHOWN_ALIKE]],
        _("For example"): [" · ".join(finding.sample_values) for finding in findings[:_SHOWN_ALIKE]],
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("Findings of the same kind"))
