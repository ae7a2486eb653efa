"""Actions as a table, a spreadsheet and a calendar file."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import icalendar
import pandas as pd

from cs_planning.errors import ImportProblems, Problem
from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.plan.actions import Action, ActionStatus
from cs_planning.goals.plan.due_days import due_day, order_of_days
from cs_planning.goals.title import title_of
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.files.safe_cells import csv_bytes, safe_frame, told_cell
from cs_planning.language import Text, in_brackets, listed_texts, text

COLUMNS = ("id", "goal_id", "what", "owner", "due", "status", "expected_effect", "expected_change", "note")
_STATUS_WORDS: Mapping[str, ActionStatus] = {
    **dict.fromkeys(("", "todo", "new", "未着手", "未対応"), ActionStatus.OPEN),
    **dict.fromkeys(("in progress", "doing", "進行中", "着手"), ActionStatus.STARTED),
    **dict.fromkeys(("waiting", "停止", "保留"), ActionStatus.BLOCKED),
    **dict.fromkeys(("closed", "finished", "完了", "済"), ActionStatus.DONE),
    **dict.fromkeys(("cancelled", "canceled", "中止"), ActionStatus.DROPPED),
}


def actions_to_table(actions: Sequence[Action]) -> pd.DataFrame:
    """The actions, one row each, columns `COLUMNS`; dates as ISO text."""
    rows = [
        [
            action.id,
            action.goal_id,
            action.what,
            action.owner,
            action.due.isoformat() if action.due else "",
            action.status.value,
            action.expected_effect,
            action.expected_change,
            action.note,
        ]
        for action in actions
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def actions_from_table(table: pd.DataFrame, today: date) -> tuple[Action, ...]:
    """The actions of an edited or imported table; rows without any text are skipped.

    Args:
        table: at least the column `what`; other columns of `COLUMNS` where they are there.  Days may be written as people
            write them.
        today: the day from which "Friday" and "5 Dec" are read.

    Raises:
        ImportProblems: all rows that can't be read, each with row, column, value and remedy.
    """
    known = table.rename(columns={column: str(column).strip().lower() for column in table.columns})
    if "what" not in known.columns:
        raise ImportProblems(
            text("The column 'what' is missing (found: {found}).", found=listed_texts([str(name) for name in table.columns])),
            text("Name the column with the actions 'what'."),
        )
    actions, problems = [], []
    order = order_of_days(known["due"].map(_cell)) if "due" in known.columns else None
    due_of = partial(_due, today=today, order=order)
    for position, row in enumerate(known.to_dict("records")):
        cells = {str(name): _cell(value) for name, value in row.items()}
        if not any(cells.get(name) for name in ("what", "owner", "due", "note")):
            continue
        found: list[Problem] = []
        action = _action(cells, row, position + 2, found, due_of)
        problems += found
        if action is not None:
            actions.append(action)
    if problems:
        raise ImportProblems(
            text("{count} cells of the action table can’t be read.", count=len(problems)), problems[0].remedy, problems
        )
    return tuple(actions)


def _action(
    cells: Mapping[str, str],
    row: Mapping[Any, Any],
    number: int,
    found: list[Problem],
    due_of: Callable[[Any, str, int, list[Problem]], date | None],
) -> Action | None:
    what = cells.get("what", "")
    if not what:
        found.append(_problem(number, "what", "", text("The action has no text."), text("Say what will be done.")))
    found += [
        _problem(
            number,
            column,
            cells[column][:40] + "…",
            text("The text has {count} characters, and 300 fit.", count=len(cells[column])),
            text("Shorten it, or put the rest into the note."),
        )
        for column in ("what", "owner", "expected_effect")
        if len(cells.get(column, "")) > 300
    ]
    due = due_of(row.get("due"), cells.get("due", ""), number, found)
    status = _status(cells.get("status", ""), number, found)
    change = _change(cells.get("expected_change", ""), number, found)
    if found:
        return None
    return Action(
        id=cells.get("id", ""),
        goal_id=cells.get("goal_id", ""),
        what=what,
        owner=cells.get("owner", ""),
        due=due,
        status=status or ActionStatus.OPEN,
        expected_effect=cells.get("expected_effect", ""),
        expected_change=change,
        note=cells.get("note", "")[:10_000],
    )


def _cell(value: Any) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):  # noqa: PLR0124 – NaN alone differs from itself
        return ""
    written = str(value).strip()
    return told_cell(written)


def _due(raw: Any, written: str, number: int, found: list[Problem], *, today: date, order: DateOrder | None) -> date | None:
    if not written:
        return None
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    day = due_day(written, today, order)
    if day is None:
        message = text("“{written}” is no single day.", written=written)
        found.append(_problem(number, "due", written, message, text("Write it as 5 Dec 2026 or 2026-12-05.")))
    return day


def _status(written: str, number: int, found: list[Problem]) -> ActionStatus | None:
    lowered = written.lower()
    if lowered in set(ActionStatus):
        return ActionStatus(lowered)
    if lowered in _STATUS_WORDS:
        return _STATUS_WORDS[lowered]
    found.append(
        _problem(
            number,
            "status",
            written,
            text("“{written}” is no status.", written=written),
            text("Use one of {known}.", known=listed_texts(list(ActionStatus))),
        )
    )
    return None


def _change(written: str, number: int, found: list[Problem]) -> float | None:
    if not written:
        return None
    try:
        value = float(written.replace(",", "").replace("−", "-").rstrip("% "))
    except ValueError:
        value = float("nan")
    if abs(value) < float("inf"):
        return value
    found.append(
        _problem(
            number,
            "expected_change",
            written,
            text("“{written}” is no number.", written=written),
            text("Write a number in the KPI’s unit."),
        )
    )
    return None


def _problem(row: int, column: str, value: str, message: Text, remedy: Text) -> Problem:
    return Problem(row=row, column=column, value=value, message=message, remedy=remedy)


def write_table(table: pd.DataFrame, kind: str) -> bytes:
    """A table as a file, safe to open: text that a spreadsheet would run as a formula is marked as text.

    Args:
        table: any.
        kind: `csv` (UTF-8 with the mark that spreadsheets look for) or `xlsx`.
    """
    if kind == "csv":
        return csv_bytes(table)
    buffer = io.BytesIO()
    safe_frame(table).to_excel(buffer, index=False, sheet_name="actions")
    return buffer.getvalue()


def calendar_of(goals: Sequence[Goal], actions: Sequence[Action], *, service_calendar: ServiceCalendar, now: datetime) -> bytes:
    """A calendar file (.ics) with the deadlines and reviews of active goals and the due dates of open actions.

    Args:
        goals: only active ones are written.
        actions: finished ones are left out.
        service_calendar: whose months, quarters or years end with a review.
        now: the moment of writing, with time zone; reviews before it are left out.

    Returns: UTF-8 bytes that calendar programs import; importing it again updates the same entries.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//cs-planning//goals//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for goal in goals:
        if goal.stage is not Stage.ACTIVE or goal.deadline is None:
            continue
        title = title_of(goal) or goal.series or goal.id
        deadline = _event(f"goal-{goal.id}", goal.deadline, str(text("Deadline: {goal}", goal=title)), goal.why, now)
        deadline.add("sequence", goal.version)
        calendar.add_component(deadline)
        for day in review_days(goal, service_calendar, now.date()):
            words = str(text("Review: {goal}", goal=title))
            calendar.add_component(_event(f"review-{goal.id}-{day.isoformat()}", day, words, "", now))
    for action in actions:
        if action.due is not None and not action.status.is_finished:
            uid = f"action-{action.id or f'{action.goal_id}-{action.what}'}"
            calendar.add_component(_event(uid, action.due, in_brackets(action.what, action.owner), action.note, now))
    return bytes(calendar.to_ical())


def review_days(goal: Goal, calendar: ServiceCalendar, today: date) -> list[date]:
    """The days on which a goal is reviewed from `today` to its deadline: the first working day after each period."""
    if goal.deadline is None:
        return []
    rhythm = calendar.rhythm(goal.cadence.frequency)
    days: list[date] = []
    start = rhythm.next_after(rhythm.start_of(max(today, goal.start or today)))
    while start <= goal.deadline + timedelta(days=1) and len(days) < 120:
        days.append(start + timedelta(days={5: 2, 6: 1}.get(start.weekday(), 0)))
        start = rhythm.next_after(start)
    return days


def _event(uid: str, day: date, summary: str, description: str, now: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uid}@cs-planning")
    event.add("dtstamp", now.astimezone(UTC) if now.tzinfo else datetime.combine(now.date(), time(), UTC))
    event.add("summary", _one_line(summary))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if description:
        event.add("description", description[:2000])
    return event


def _one_line(words: str) -> str:
    return " ".join(words.split())
