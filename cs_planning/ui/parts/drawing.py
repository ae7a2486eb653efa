"""Draws the blocks of a run page; the only place that knows how a block looks on a screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial, reduce

import pandas as pd
import streamlit as st

from cs_planning.errors import PlanningError, by_kind
from cs_planning.errors import Problem as InputProblem
from cs_planning.exports.chart_files import CHART_FORMATS, chart_file, chart_file_name
from cs_planning.goals.finding import Finding, Letter, Verdict, worst_of
from cs_planning.goals.following.progress import Status
from cs_planning.goals.goal import GoalType
from cs_planning.language import Chance, Text, current_language, in_words, listed, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import (
    Block,
    Chart,
    ColumnType,
    Findings,
    Heading,
    Image,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
    TableColumn,
    Tone,
    shown,
)
from cs_planning.notebook.blocks.enlarged import enlarged
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawn_rows import rows_of
from cs_planning.ui.parts.escaping import plain as plain  # noqa: PLC0414 - re-exported

_EACH_ONE = 10
"""Up to so many problems each is listed at once."""

VERDICT_ICONS = {
    Verdict.PASS: ":green[:material/check_circle:]",
    Verdict.WARN: ":orange[:material/error:]",
    Verdict.FAIL: ":red[:material/cancel:]",
}
_QUIET_ICON = ":gray[:material/radio_button_unchecked:]"
STATUS_LOOKS = {
    Status.ON_TRACK: ("green", ":material/trending_up:"),
    Status.AT_RISK: ("orange", ":material/warning:"),
    Status.OFF_TRACK: ("red", ":material/trending_down:"),
    Status.REACHED: ("green", ":material/flag:"),
    Status.MISSED: ("red", ":material/block:"),
    Status.NOT_MEASURABLE: ("gray", ":material/help:"),
}
TYPE_ICONS = {
    GoalType.OPERATIONAL: ":material/settings:",
    GoalType.SATISFACTION: ":material/sentiment_satisfied:",
    GoalType.TRAINING: ":material/school:",
    GoalType.FINANCIAL: ":material/payments:",
}


def percent(probability: float) -> str:
    """A probability in whole percent; never 0 % or 100 % unless it is certain."""
    return in_words(Chance(chance=probability))


def draw(blocks: Iterable[Block], key: str, *, large: bool = False) -> None:
    """Draws blocks one below the other.

    Args:
        blocks: what is drawn.
        key: unique on the page.
        large: whether charts are drawn for a wall instead of a desk.
    """
    for number, block in enumerate(blocks):
        name = f"{key}-{number}"
        match block:
            case Heading():
                st.markdown("#" * min(block.level + 1, 6) + f" {plain(block.words)}")
            case Paragraph():
                st.markdown(plain(block.words))
            case Markdown():
                st.markdown(block.source)
            case Metrics():
                _draw_metrics(block)
            case TableBlock():
                draw_table(block, paper=name)
            case Findings():
                draw_findings(block.items, key=f"{name}-finding")
            case Chart():
                draw_chart(block, name, large=large)
            case Image():
                st.image(block.data, caption=plain(block.caption or ""), alt=str(block.alt))
            case ProblemBlock():
                st.warning(f"{plain(block.message)}  \n{plain(block.hint or '')}", icon=":material/error:")


def _draw_metrics(block: Metrics) -> None:
    with st.container(horizontal=True, gap="medium"):
        for item in block.items:
            st.metric(
                str(item.label),
                str(item.value),
                None if item.delta is None else str(item.delta),
                delta_color="green" if item.tone is Tone.GOOD else "red" if item.tone is Tone.BAD else "off",
                delta_arrow="off",
                help=_help_of(item),
                width="content",
            )


def _help_of(item: Metric) -> str | None:
    note = None if item.note is None else plain(item.note)
    return "\n\n".join(part for part in (note, *map(why.of, item.figure.split())) if part) or None


def draw_chart(chart: Chart, key: str, *, large: bool = False) -> None:
    """A chart with its title, a sentence for those who can't see it, and the table behind it."""
    language = current_language()
    spec = enlarged(chart.spec(language)) if large else chart.spec(language)
    with st.container(key=key, gap=None):
        st.markdown(f"**{plain(chart.title)}**")
        if chart.subtitle:
            st.caption(plain(chart.subtitle))
        st.vega_lite_chart(rows_of(chart, language), spec, width="stretch", alt=str(chart.alt))
        behind = st.expander(_("Numbers and download"), key=f"{key}-table", on_change="rerun", type="compact")
        if behind.open:
            with behind:
                draw_table(chart.table)
                _draw_downloads(chart, key)


def _draw_downloads(chart: Chart, key: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for ending, media_type in CHART_FORMATS.items():
            st.download_button(
                ending.upper(),
                data=partial(chart_file, chart, ending, current_language()),
                file_name=chart_file_name(chart, ending),
                mime=media_type,
                icon=":material/download:",
                help=_("The numbers as a table") if ending == "csv" else _("The chart as a picture"),
                type="tertiary",
                on_click="ignore",
                key=f"{key}-{ending}",
            )


_ROWS_AT_A_LOOK, _ROWS_FOR_PAPER = 12, 500


def draw_table(table: TableBlock, *, scrolls: bool = True, paper: str = "") -> None:
    """A table with its cells as the language writes them; long ones scroll, unless all of it belongs on one look.

    Args:
        table: what is drawn.
        scrolls: whether a long one may scroll.
        paper: a name, unique on the page, under which a long table is drawn a second time for paper, where nothing scrolls.
    """
    frame = pd.DataFrame(
        [[shown(value, column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows],
        columns=[_column_label(column) for column in table.columns],
    )
    alt = str(table.caption or _("Table"))
    if scrolls and not table.pairs and len(frame) > _ROWS_AT_A_LOOK:
        on_paper = paper and len(frame) <= _ROWS_FOR_PAPER
        with st.container(key=f"screen-{paper}" if on_paper else None):
            st.dataframe(frame, hide_index=True, height=360, alt=alt)
        if on_paper:
            with st.container(key=f"paper-{paper}"):
                st.table(frame.map(plain), border="horizontal", hide_index=True, alt=alt)
    else:
        st.table(frame.map(plain), border="horizontal", hide_index=True, alt=alt)
    if table.caption:
        st.caption(plain(table.caption))


def _column_label(column: TableColumn) -> str:
    return str(column.label) + ("\u200b" if column.type is ColumnType.TEXT else "")


def draw_findings(
    findings: Iterable[Finding],
    apply: Callable[[Finding], None] | None = None,
    key: str = "finding",
    quiet: Collection[Letter] = (),
) -> None:
    """One line a letter, and below it what to do.

    Args:
        findings: of a goal.
        apply: called when a finding's own fix is clicked.
        key: of the containers.
        quiet: letters that nobody worked on yet: what to do is said in grey, and nothing is reproached.
    """
    by_letter: dict[Letter, list[Finding]] = {}
    for finding in findings:
        by_letter.setdefault(finding.letter, []).append(finding)
    for letter, group in by_letter.items():
        worst = worst_of(group)
        shown = [finding for finding in group if finding.verdict is not Verdict.PASS] or group[:1]
        shown.sort(key=lambda finding: finding.verdict is not worst)
        with st.container(gap="xxsmall", key=f"{key}-{letter.value}"):
            if letter in quiet and worst is not Verdict.PASS:
                _draw_quiet(shown, apply, key)
            else:
                _draw_loud(shown, apply, key)


def _draw_quiet(shown: Sequence[Finding], apply: Callable[[Finding], None] | None, key: str) -> None:
    letter = shown[0].letter
    asked = [finding.suggestion or finding.message for finding in shown]
    wanted = plain(reduce(lambda before, one: text("{reason} {hint}", reason=before, hint=one), asked))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f"{_QUIET_ICON} **{letter.value} · {plain(letter.label)}** — :gray[{wanted}]", width="content")
        for number, finding in enumerate(shown):
            _draw_fix(finding, apply, f"{key}-{finding.rule}-{number}")


def _draw_loud(shown: Sequence[Finding], apply: Callable[[Finding], None] | None, key: str) -> None:
    letter = shown[0].letter
    for number, finding in enumerate(shown):
        head = f"**{letter.value} · {plain(letter.label)}** — " if number == 0 else ""
        st.markdown(f"{VERDICT_ICONS[finding.verdict]} {head}{plain(finding.message)}")
        if finding.suggestion is None:
            continue
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(f":material/lightbulb: {plain(finding.suggestion)}", width="content")
            _draw_fix(finding, apply, f"{key}-{finding.rule}-{number}")


def _draw_fix(finding: Finding, apply: Callable[[Finding], None] | None, key: str) -> None:
    if apply is None or not finding.fix:
        return
    st.button(_("Do it"), key=key, icon=":material/auto_fix_high:", type="tertiary", on_click=apply, args=(finding,))


def draw_error(error: PlanningError) -> None:
    """What went wrong, what to do next, and each single problem."""
    st.error(f"{plain(error.message)}  \n{plain(error.hint)}", icon=":material/error:")
    draw_problems(error.problems)


def draw_problems(problems: Iterable[InputProblem]) -> None:
    """Where there are many, each kind of problem once with its count and an example, and each single one behind it."""
    listed = list(problems)
    kinds = by_kind(listed)
    if len(listed) <= _EACH_ONE or len(kinds) == len(listed):
        _draw_each(listed)
        return
    _draw_rows([problem for problem, _count in kinds], {_("How often"): [count for _problem, count in kinds]})
    with st.expander(str(text("All {count} places", count=len(listed))), type="compact"):
        _draw_each(listed)


def _draw_each(problems: Sequence[InputProblem]) -> None:
    if problems:
        _draw_rows(problems, {})


def _draw_rows(problems: Sequence[InputProblem], counts: Mapping[str, Sequence[int]]) -> None:
    rows = {
        _("Where"): [_place(problem) for problem in problems],
        _("What"): [str(problem.message) for problem in problems],
        **counts,
        _("Found"): [problem.value or "" for problem in problems],
        _("What to do"): [str(problem.remedy) for problem in problems],
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("Problems, one a row"))


def _place(problem: InputProblem) -> str:
    parts = []
    if problem.row is not None:
        parts.append(_("row {row}").format(row=problem.row))
    if problem.column:
        parts.append(_("column {column}").format(column=problem.column))
    if problem.field and not parts:
        parts.append(problem.field.replace("_", " "))
    return listed(parts)


def status_badge(status: Status, rule: Text | None = None) -> None:
    """A status as a coloured word with an icon, so that colour is never alone; pointing at it tells the rule behind it."""
    color, icon = STATUS_LOOKS[status]
    reason = why.of("status", (text("Here"), rule)) if rule is not None else why.of("status")
    st.badge(str(status.label), icon=icon, color=color, help=reason)  # type: ignore[arg-type]
