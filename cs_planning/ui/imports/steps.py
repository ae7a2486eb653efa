"""The steps of an import: read, show what was understood, correct, look at the result, keep."""

from __future__ import annotations

import hashlib
from datetime import date

import pandas as pd
import streamlit as st

from cs_planning.errors import ImportProblems, PlanningError
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.mapping import RULES, Mapping
from cs_planning.kpis.columns.roles import TIMES, Kind, Role, roles_for
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.language import Percent, listed, listed_texts, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.data import series as import_series
from cs_planning.ui.data.findings import draw_findings, draw_rejected_rows
from cs_planning.ui.imports import answers, files, questions
from cs_planning.ui.imports import report as import_report
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import Recognition, Workspace
from cs_planning.workspace.words.fields import hint

_EXAMPLES, _SAMPLE_ROWS, _NAMED = 3, 5, 4
_ANEW = "import.anew"
_KPI_ROLES = (Role.KPI, Role.SAMPLE_SIZE)


def draw_mapping(table: Table, today: date) -> Mapping | None:
    """What was understood, open to correction; None as long as a question is open without whose answer nothing is read."""
    found = _draw_otherwise(cached.recognised(_file(), table))
    st.subheader(_("1 · What this file is"), anchor=False)
    said = questions.draw(table, found, today)
    if said is None:
        _draw_first_rows(table, is_open=True)
        return None
    _draw_summary(said, table, is_told=said is not found and said.confidence > found.confidence)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mapping = _draw_kind(said, table)
        mapping = _draw_date_order(mapping)
    _draw_zones(mapping)
    _draw_first_rows(table)
    with st.expander(_("All columns and what they mean"), type="compact", expanded=bool(mapping.missing_roles())):
        mapping = _draw_columns(mapping, table)
        questions.draw_any_column(mapping)
        return mapping.model_copy(update={"rules": RULES})


def _draw_summary(found: Recognition, table: Table, *, is_told: bool) -> None:
    sure = text("as you said") if is_told else text("{share} sure", share=Percent(share=found.confidence))
    known = text("as you confirmed it before") if found.remembered else sure
    kind = str(found.kind.label)
    name = text("{helpdesk}: {kind}", helpdesk=found.helpdesk, kind=kind) if found.helpdesk else kind[:1].upper() + kind[1:]
    words = text(
        "{name} – {sure}. {rows} rows, {columns} columns.", name=name, sure=known, rows=len(table), columns=len(table.columns)
    )
    st.markdown(plain(words))


def _draw_first_rows(table: Table, *, is_open: bool = False) -> None:
    with st.expander(_("First rows of the file"), type="compact", expanded=is_open):
        st.dataframe(table.frame.head(_SAMPLE_ROWS), hide_index=True, alt=_("First rows of the file"))


def _draw_otherwise(found: Recognition) -> Recognition:
    """What today's rules read otherwise than the version that understood this header, and the click that reads it so."""
    if found.today is None:
        return found
    if _is_read_anew():
        return found.today
    said = text("Files with this header were last read by an earlier version. Today's rules read them otherwise:")
    st.warning("\n".join([plain(said), "", *(f"- {plain(one.words)}" for one in found.otherwise)]), icon=":material/rule:")
    st.button(
        _("Read it anew by today's rules"),
        icon=":material/refresh:",
        key=_key("read-anew"),
        on_click=session.keep,
        args=(_ANEW, session.kept("import.fingerprint")),
    )
    return found


def _is_read_anew() -> bool:
    return session.kept(_ANEW) is not None and session.kept(_ANEW) == session.kept("import.fingerprint")


def _draw_kind(found: Recognition, table: Table) -> Mapping:
    guessed = found.mapping
    kinds = [guessed.kind, *(other.mapping.kind for other in found.alternatives), *Kind]
    options = list(dict.fromkeys(kind.value for kind in kinds))
    chosen = st.selectbox(
        _("This file holds"),
        options,
        format_func=lambda value: str(Kind(value).label),
        key=_key(f"kind-{guessed.kind.value}"),
        width=420,
        help=hint("kind"),
    )
    if chosen == guessed.kind.value:
        return guessed
    return cached.as_kind(_file(), guessed.model_dump_json(), Kind(chosen), table, found)


def _draw_date_order(mapping: Mapping) -> Mapping:
    if mapping.date_order is DateOrder.YEAR_FIRST:
        return mapping
    orders = {
        DateOrder.DAY_FIRST.value: _("day first (31.12.2026)"),
        DateOrder.MONTH_FIRST.value: _("month first (12/31/2026)"),
    }
    chosen = st.selectbox(
        _("Dates are written"),
        list(orders),
        index=list(orders).index(mapping.date_order.value),
        format_func=lambda value: orders[value],
        key=_key("dates"),
        width=260,
        help=hint("dates"),
    )
    if not mapping.date_order_certain:
        st.caption(f":orange[:material/warning:] {_('Every date in this file could be read both ways: please check.')}")
    if chosen == mapping.date_order.value:
        return mapping
    return mapping.with_date_order(DateOrder(chosen))


def _draw_zones(mapping: Mapping) -> None:
    """In which time zones the file says its times are."""
    zones = dict.fromkeys(zone for entry in mapping.columns if entry.role in TIMES and (zone := mapping.zone_of(entry)))
    if zones:
        st.caption(plain(text("The file says the time zone of its times: {zones}.", zones=listed_texts(list(zones)))))


def _draw_columns(mapping: Mapping, table: Table) -> Mapping:
    roles = [role.value for role in roles_for(mapping.kind)]
    columns = [entry.column for entry in mapping.columns]
    rows = pd.DataFrame(
        {
            "column": columns,
            "examples": [_examples(table, column) for column in columns],
            "role": [entry.role.value for entry in mapping.columns],
            "kpi": [entry.kpi or "" for entry in mapping.columns],
        }
    )
    arrival = mapping.find(Role.CREATED_AT)
    with_kpi = any(role in _KPI_ROLES for role in roles_for(mapping.kind))
    edited = st.data_editor(
        rows,
        key=_key(f"columns-{mapping.kind.value}-{arrival.column if arrival else ''}"),
        hide_index=True,
        disabled=["column", "examples"],
        column_order=["column", "examples", "role", "kpi"] if with_kpi else ["column", "examples", "role"],
        column_config={
            "column": st.column_config.TextColumn(_("Column in the file"), help=hint("column_in_file")),
            "examples": st.column_config.TextColumn(_("Examples"), help=hint("examples")),
            "role": st.column_config.SelectboxColumn(
                _("Meaning"),
                options=roles,
                format_func=lambda value: str(Role(str(value)).label),
                required=True,
                help=hint("role"),
            ),
            "kpi": st.column_config.SelectboxColumn(
                _("KPI"),
                options=["", *CATALOGUE, *sorted({entry.kpi for entry in mapping.columns if entry.kpi} - set(CATALOGUE))],
                format_func=lambda chosen: kpi_name(str(chosen)),
                help=hint("kpi_of_column"),
            ),
        },
        placeholder="",
        alt=_("What each column of the file means"),
    )
    for before, after in zip(rows.itertuples(), edited.itertuples(), strict=True):
        if (before.role, before.kpi) != (after.role, after.kpi):
            mapping = mapping.with_role(str(after.column), Role(str(after.role)), str(after.kpi or "") or None)
    return mapping


def _examples(table: Table, column: str) -> str:
    cells = [str(cell) for cell in table.frame[column].head(200).unique() if str(cell)]
    return " · ".join(cell[:40] for cell in cells[:_EXAMPLES])


def draw_preview(workspace: Workspace, table: Table, mapping: Mapping, today: date) -> Imported | None:
    """What would be kept, what was left out, and what looks odd."""
    st.subheader(_("2 · What will be kept"), anchor=False)
    try:
        with files.step(2, _("Reading its rows …"), _what(mapping)):
            imported = cached.convert(session.kept("import.fingerprint"), mapping, table, today)
    except ImportProblems as error:
        draw_error(error)
        answers.draw_currency(workspace, error)
        return None
    with st.container(horizontal=True, gap="large"):
        st.metric(_("Rows accepted"), shown_number(imported.accepted_rows, 0), width="content", help=why.of("rows_accepted"))
        st.metric(_("Rows left out"), shown_number(len(imported.rejected), 0), width="content", help=why.of("rows_left_out"))
    if len(imported.rejected):
        with st.expander(_("Rows left out, with the reason"), type="compact"):
            draw_rejected_rows(imported.rejected, len(imported.rejected), "rejected-preview")
    with files.step(3, _("Working out the KPIs …"), _what(mapping)):
        previews = cached.preview(session.kept("import.fingerprint"), mapping, imported, today)
    import_series.draw_at_a_glance(previews)
    _draw_what_stays_and_goes(workspace, mapping, imported)
    draw_findings(imported.findings)
    answers.draw_zone(workspace, mapping, imported)
    import_series.draw_series(previews)
    return imported


def _draw_what_stays_and_goes(workspace: Workspace, mapping: Mapping, imported: Imported) -> None:
    """Which month the file does not fill, and which series of an earlier reading the import takes out."""
    begun = workspace.data.first_day_within_a_month(imported)
    if begun is not None:
        said = text(
            "The contacts begin on {day}, in the middle of a month: that month is shown here, but it is not kept as a month "
            "until the days before are imported too.",
            day=begun,
        )
        st.caption(plain(said))
    gone = workspace.data.replaced(mapping, imported)
    if gone:
        names = listed(sorted({str(info.key.named(info.kpi)) for info in gone})[:_NAMED])
        said = text(
            "The import takes out what an earlier version made of these columns: {kpis}. Undoing it brings it back.", kpis=names
        )
        st.info(plain(said), icon=":material/rule:")


def draw_scope(workspace: Workspace, table: Table, mapping: Mapping, imported: Imported, today: date) -> Mapping:
    """Which part of the service the file is about, so that two sources of one KPI do not overwrite each other."""
    previews = cached.preview(session.kept("import.fingerprint"), mapping, imported, today)
    taken = workspace.data.taken(mapping, [series.key for series in previews])
    suggested = workspace.data.suggested_scope(table.name, mapping, taken)
    parts = {
        "": _("The whole service"),
        "channel": _("One channel"),
        "team": _("One team"),
        "source": _("The whole service, from another source"),
    }
    start = suggested[0] if suggested else ("", "")
    st.subheader(_("3 · What it is about"), anchor=False)
    if taken:
        names = listed(sorted({str(info.kpi.name) for info in taken})[:_NAMED])
        sources = listed(sorted({info.source for info in taken}))
        st.info(
            plain(
                text(
                    "{kpis} are here already, from {sources}. Say what this file is about, so that both are kept.",
                    kpis=names,
                    sources=sources,
                )
            ),
            icon=":material/call_split:",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = st.selectbox(
            _("This file is about"),
            list(parts),
            index=list(parts).index(start[0]) if start[0] in parts else 0,
            format_func=lambda chosen: parts[chosen],
            key=_key("part"),
            width=320,
            help=hint("part"),
        )
        name = (
            st.text_input(
                _("Its name"), start[1], max_chars=60, key=_key(f"part-name-{part}"), width=260, help=hint("part_name")
            )
            if part
            else ""
        )
    scope = ((part, name.strip()),) if part and name and name.strip() else ()
    return mapping.model_copy(update={"scope": scope})


def draw_confirmation(workspace: Workspace, table: Table, mapping: Mapping, imported: Imported) -> None:
    """The one button that keeps everything, all or nothing."""
    if not st.button(_("Import"), type="primary", icon=":material/download_done:", key="confirm-import"):
        return
    save = session.save("import")
    try:
        with files.step(4, _("Keeping the KPIs …"), save.key) as move:
            report = workspace.data.save(table, mapping, imported, save=save, progress=move)
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form("import")
    previews = cached.preview(session.kept("import.fingerprint"), mapping, imported, save.now.date())
    import_report.keep(report.words, import_series.telling(previews), mapping.scope)
    files.finish()
    st.rerun()


def _file() -> str:
    return str(session.kept("import.fingerprint", ""))


def _what(mapping: Mapping) -> str:
    content = f"{session.kept('import.fingerprint')}{mapping.model_dump_json()}"
    return hashlib.sha256(content.encode()).hexdigest()


def _key(name: str) -> str:
    anew = "-anew" if _is_read_anew() else ""
    return f"import-{name}-{str(session.kept('import.fingerprint', ''))[:16]}{anew}"


def kpi_name(kpi: str) -> str:
    """The name of a KPI of the catalogue; one of the user's own is its own name."""
    return str(CATALOGUE[kpi].name) if kpi in CATALOGUE else kpi
