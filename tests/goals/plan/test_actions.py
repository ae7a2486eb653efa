import re
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.errors import ImportProblems
from cs_planning.goals.goal import Cadence, Stage
from cs_planning.goals.plan.action_table import (
    COLUMNS,
    actions_from_table,
    actions_to_table,
    calendar_of,
    review_days,
    write_table,
)
from cs_planning.goals.plan.actions import Action, ActionStatus, actions_from_template, summary_of
from cs_planning.goals.templates import TEMPLATES
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files.small_tables import read_whole
from tests.goals.builders import TODAY, good_goal

NOW = datetime(2026, 1, 10, 9, 30, tzinfo=UTC)


def action(**changes) -> Action:
    return Action(
        **{"id": "a1", "goal_id": "g1", "what": "Write templates", "owner": "Ben", "due": date(2026, 2, 1), **changes}
    )


def test_an_action_is_late_after_its_day_unless_it_is_finished():
    assert not action().is_overdue(date(2026, 2, 1))
    assert action().is_overdue(date(2026, 2, 2))
    assert not action(status=ActionStatus.DONE).is_overdue(date(2026, 2, 2))


def test_the_summary_counts_and_leaves_out_what_was_dropped():
    plan = [action(), action(status="done"), action(status="dropped"), action(owner="", due=None)]
    summary = summary_of(plan, date(2026, 3, 1))
    assert (summary.total, summary.done, len(summary.overdue)) == (3, 1, 1)
    assert len(summary.without_owner) == len(summary.without_date) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_comes_back_from_a_file_as_it_went(kind):
    plan = (
        action(),
        action(id="a2", what="顧客に電話する 🎉", status="started", expected_change=-2.5, due=None, note='a "b", c\nd'),
    )
    content = write_table(actions_to_table(plan), kind)
    assert actions_from_table(read_whole(f"plan.{kind}", content), TODAY) == plan


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_text_that_a_spreadsheet_would_run_is_marked_and_comes_back(kind):
    plan = (action(what='=HYPERLINK("http://x")', owner="@ben"),)
    table = read_whole(f"plan.{kind}", write_table(actions_to_table(plan), kind))
    assert str(table.loc[0, "what"]).startswith("'=")
    assert actions_from_table(table, TODAY) == plan


def test_all_bad_cells_are_told_at_once_with_row_and_column():
    table = pd.DataFrame(
        {
            "what": ["ok", "", "x" * 301, "y"],
            "owner": ["", "Ben", "", ""],
            "due": ["soon", "", "", "2026-02-30"],
            "status": ["", "", "", "maybe"],
            "expected_change": ["", "", "", "much"],
        }
    )
    with pytest.raises(ImportProblems) as raised:
        actions_from_table(table, TODAY)
    assert [(one.row, one.column) for one in raised.value.problems] == [
        (2, "due"),
        (3, "what"),
        (4, "what"),
        (5, "due"),
        (5, "status"),
        (5, "expected_change"),
    ]


def test_empty_rows_are_skipped_and_status_words_of_both_languages_are_known():
    table = pd.DataFrame({"What": ["call", None, "メール"], "Status": ["In progress", None, "完了"]})
    assert [one.status for one in actions_from_table(table, TODAY)] == [ActionStatus.STARTED, ActionStatus.DONE]


def test_a_table_without_the_action_column_says_what_it_found():
    with pytest.raises(ImportProblems, match="found: task"):
        actions_from_table(pd.DataFrame({"task": ["x"]}), TODAY)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_broken_file_is_told_as_such(kind):
    with pytest.raises(ImportProblems):
        actions_from_table(read_whole(f"plan.{kind}", b"\x00\x01\x02not a file\xff"), TODAY)


def test_the_table_has_its_columns_even_without_actions():
    assert tuple(actions_to_table([]).columns) == COLUMNS
    assert actions_from_table(actions_to_table([]), TODAY) == ()


def test_the_calendar_holds_deadlines_reviews_and_open_actions():
    goal = good_goal(stage=Stage.ACTIVE)
    calendar = icalendar.Calendar.from_ical(
        calendar_of(
            [goal, good_goal(id="d")], [action(), action(id="z", status="done")], service_calendar=CALENDAR_YEAR, now=NOW
        )
    )
    events: dict[str, Any] = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert events["goal-g1@cs-planning"]["dtstart"].dt == date(2026, 6, 30)
    assert events["action-a1@cs-planning"]["dtstart"].dt == date(2026, 2, 1)
    assert "Ben" in str(events["action-a1@cs-planning"]["summary"])
    assert not any("goal-d@" in uid or "action-z@" in uid for uid in events)
    assert sum(uid.startswith("review-g1") for uid in events) == 6


def test_the_calendar_is_the_same_for_the_same_moment_and_ids_stay():
    goal = good_goal(stage=Stage.ACTIVE)
    assert calendar_of([goal], [action()], service_calendar=CALENDAR_YEAR, now=NOW) == calendar_of(
        [goal], [action()], service_calendar=CALENDAR_YEAR, now=NOW
    )


def events_by_the_standard(written: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, read by the rules of RFC 5545 alone: octets of a line, folding, escaped text."""
    assert written.endswith(b"\r\n")
    lines = written[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and line.decode() is not None for line in lines)
    unfolded = b"\r\n".join(lines).replace(b"\r\n ", b"").decode().split("\r\n")
    escapes = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
    events: list[dict[str, str]] = []
    for line in unfolded:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            name, _sign, value = line.partition(":")
            events[-1][name.split(";")[0]] = re.sub(r"\\[nN,;\\]", lambda found: escapes[found[0]], value)
    return events


def test_another_program_reads_japanese_titles_that_are_longer_than_a_line():
    title = "メールの初回応答時間を、11月末までに；92分から80分に短縮する 🎯" * 3
    goal = good_goal(stage=Stage.ACTIVE, title=title, why="一つ目\n二つ目, \\終わり", version=4)
    events = {
        event["UID"]: event
        for event in events_by_the_standard(calendar_of([goal], [action(what=title)], service_calendar=CALENDAR_YEAR, now=NOW))
    }
    assert events["goal-g1@cs-planning"]["SUMMARY"].endswith(title)
    assert events["goal-g1@cs-planning"]["DESCRIPTION"] == goal.why
    assert events["goal-g1@cs-planning"]["DTSTART"] == "20260630"
    assert events["goal-g1@cs-planning"]["SEQUENCE"] == "4"
    assert events["action-a1@cs-planning"]["SUMMARY"].startswith(title)


def test_a_moved_deadline_is_the_same_entry_in_a_later_edition():
    goal = good_goal(stage=Stage.ACTIVE)
    moved = goal.model_copy(update={"deadline": date(2026, 9, 30), "version": goal.version + 1})
    before, after = (
        {
            event["UID"]: event
            for event in events_by_the_standard(calendar_of([one], [], service_calendar=CALENDAR_YEAR, now=NOW))
        }
        for one in (goal, moved)
    )
    uid = "goal-g1@cs-planning"
    assert before[uid]["DTSTART"] != after[uid]["DTSTART"]
    assert int(before[uid]["SEQUENCE"]) < int(after[uid]["SEQUENCE"])


@given(st.text(max_size=200))
def test_any_text_makes_a_calendar_that_can_be_read(words):
    written = calendar_of([], [action(what=words)], service_calendar=CALENDAR_YEAR, now=NOW)
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 2, 1)


def test_reviews_come_after_each_period_on_a_working_day_until_the_deadline():
    days = review_days(good_goal(cadence=Cadence.QUARTERLY, deadline=date(2026, 12, 31)), CALENDAR_YEAR, TODAY)
    assert [day.isoformat() for day in days] == ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"]
    assert all(day.weekday() < 5 for day in review_days(good_goal(deadline=date(2028, 12, 31)), CALENDAR_YEAR, TODAY))


def test_the_steps_of_a_template_are_spread_over_the_goals_time():
    steps = actions_from_template(TEMPLATES[0], good_goal(), {"team lead": "Aiko"})
    assert all(TODAY <= step.due <= date(2026, 6, 30) for step in steps)
    assert steps[0].owner == "Aiko"
    assert steps[1].owner == "agents"
