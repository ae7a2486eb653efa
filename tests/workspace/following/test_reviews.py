"""Goals on their way: actions, check-ins, changes of plan, reviews, closing, undoing, audits."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from cs_planning.audit.benchmarks import ExternalBenchmark, Standard
from cs_planning.audit.checklist import Area, AreaAnswer, Audit
from cs_planning.audit.maturity import SelfAssessment
from cs_planning.audit.roles import CycleRole, RoleCheck
from cs_planning.errors import Conflict, ImportProblems, InvalidGoal, NotFound
from cs_planning.exports import export
from cs_planning.goals.following.checkins import COMMITTED, Remedy
from cs_planning.goals.following.closing import Score
from cs_planning.goals.following.review import Decision
from cs_planning.goals.goal import Cadence, GoalType, Stage
from cs_planning.goals.plan.actions import Action
from cs_planning.goals.title import is_made, title_of
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import use_language
from cs_planning.notebook.blocks.block import TableBlock
from cs_planning.notebook.kinds.audit import AuditCell
from cs_planning.notebook.pages.page import Page
from cs_planning.storage import Document
from cs_planning.workspace import Save
from tests.cli.test_commands import KPIS

NOW, TODAY = datetime(2026, 1, 15, tzinfo=UTC), date(2026, 1, 15)

pytestmark = pytest.mark.usefixtures("kpis_imported")


@pytest.fixture
def goal(workspace):
    draft = workspace.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)
    return workspace.planning.commit(draft.model_copy(update={"owner": "Mariko"}), save=Save("t", "commit", NOW))


def row(goal, **fields):
    return {"id": "", "goal_id": goal.id, "what": "Coach", "owner": "Ken", "due": "2026-02-01", "status": "open"} | fields


def test_an_action_table_adds_changes_and_puts_away_in_one_save(workspace, goal):
    table = pd.DataFrame([row(goal), row(goal, what="Write articles")])
    assert workspace.actions.save(table, {}, save=Save("t", "1", NOW)).added == 2
    assert workspace.actions.save(table, {}, save=Save("t", "1", NOW)).added == 2
    kept = workspace.actions.plan()
    assert len(kept) == 2
    edited = workspace.actions.table().iloc[:1].assign(status="done")
    opened = workspace.actions.versions()
    done = workspace.actions.save(edited, opened, save=Save("t", "2", NOW), shown=[one.id for one in kept])
    assert (done.added, done.changed, done.removed) == (0, 1, 1)
    assert [one.done_on for one in workspace.actions.plan()] == [TODAY]
    with pytest.raises(Conflict):
        workspace.actions.save(edited.assign(what="Other"), opened, save=Save("t", "3", NOW))


def test_a_plan_goes_out_as_a_workbook_and_comes_back_unchanged(workspace, goal):
    workspace.actions.save(pd.DataFrame([row(goal, what="=Call 10 customers")]), {}, save=Save("t", "1", NOW))
    for kind in ("xlsx", "csv"):
        table = workspace.actions.read(f"plan.{kind}", workspace.actions.file(kind))
        changes = workspace.actions.save(table, workspace.actions.versions(), save=Save("t", kind, NOW))
        assert (changes.added, changes.changed, changes.removed) == (0, 0, 0)
    assert b"=Call 10 customers" in workspace.actions.calendar(NOW)


def test_an_action_of_an_unknown_goal_is_refused_with_its_row(workspace, goal):
    with pytest.raises(ImportProblems) as refused:
        workspace.actions.save(pd.DataFrame([row(goal, goal_id="nothing")]), {}, save=Save("t", "1", NOW))
    assert refused.value.problems[0].row == 2
    assert not workspace.actions.plan()


def test_what_the_product_writes_itself_is_read_in_the_readers_language_whoever_acted(workspace, goal):
    draft = goal.model_copy(update={"id": "", "version": 0, "title": "Another one", "stage": Stage.DRAFT})
    with use_language("ja"):
        made = workspace.planning.commit(draft, save=Save("Aiko", "ja", NOW))
        (found,) = workspace.reviews.check_ins(made.id)
        assert str(found.words) == "この目標を確定しました。"
    assert found.note == COMMITTED.source
    assert str(found.words) == "Committed to this goal."
    with use_language("ja"):
        earlier = found.model_copy(update={"note": str(COMMITTED)})
    assert str(earlier.words) == "Committed to this goal.", "as earlier versions kept it"
    own = found.model_copy(update={"note": "電話で確認"})
    assert own.words == "電話で確認"


def test_a_check_in_freezes_what_was_shown(workspace, goal):
    made = workspace.reviews.check_in(goal, "Going well", save=Save("Ken", "1", NOW), today=TODAY)
    workspace.reviews.check_in(goal, "Going well", save=Save("Ken", "1", NOW), today=TODAY)
    assert sorted(one.note for one in workspace.reviews.check_ins(goal.id)) == ["Committed to this goal.", "Going well"]
    assert made.probability == workspace.planning.outlook(goal, TODAY).primary.probability


def test_a_new_plan_changes_the_goal_and_says_why(workspace, goal):
    changed = workspace.reviews.replan(
        goal, {"primary": 81.0}, remedies=[Remedy.TARGET], reason="Ill agents", save=Save("t", "1", NOW), today=TODAY
    )
    assert workspace.planning.goal(goal.id).primary == changed.primary == 81.0
    assert workspace.reviews.replans(goal.id)[0].reason == "Ill agents"
    with pytest.raises(InvalidGoal):
        workspace.reviews.replan(changed, {}, remedies=[], reason="", save=Save("t", "2", NOW), today=TODAY)


def test_a_new_plan_moves_the_composed_title_with_the_target_and_tells_it_once(workspace, goal):
    assert is_made(goal)
    changed = workspace.reviews.replan(
        goal, {"primary": 81.0}, remedies=[Remedy.TARGET], reason="Ill agents", save=Save("t", "1", NOW), today=TODAY
    )
    assert "81 %" in changed.title
    with use_language("ja"):
        assert "81%に引き上げる" in str(title_of(changed))
        assert "81%に引き上げる" in str(workspace.taking_back.deeds(TODAY)[0].words)
    assert not [said for said in workspace.reviews.replans(goal.id)[0].changed if said.startswith("Title")]


def test_a_file_of_a_goal_names_it_in_the_language_of_the_file(workspace, goal):
    english, japanese = (workspace.pages.export(goal.id, "md", TODAY, language).decode() for language in ("en", "ja"))
    assert "Raise customer satisfaction (CSAT) from" in english
    assert "に引き上げる" in japanese
    assert "Raise customer satisfaction" not in japanese
    typed = workspace.planning.keep_changes(goal.model_copy(update={"title": "Raise our CSAT!"}), save=Save("t", "1", NOW))
    assert "Raise our CSAT!" in workspace.pages.export(typed.id, "md", TODAY, "ja").decode()


def test_a_new_plan_is_taken_back_as_a_whole_while_nobody_has_built_on_it(workspace, goal):
    step = Action(goal_id=goal.id, what="Ask for two agents")
    for key in ("1", "1"):  # a click that was interrupted and done again
        changed = workspace.reviews.replan(
            goal,
            {"primary": 81.0},
            remedies=[Remedy.TARGET, Remedy.STAFF],
            reason="Ill agents",
            lesson="Plan for winter",
            step=step,
            save=Save("t", key, NOW),
            today=TODAY,
        )
    (deed,) = workspace.taking_back.deeds(TODAY)
    assert "Ill agents" in str(deed.words)
    assert not workspace.taking_back.deeds(TODAY + timedelta(days=1))
    workspace.taking_back.take_back(deed, save=Save("t", "back", NOW))
    again = workspace.planning.goal(goal.id)
    assert again.primary == goal.primary != changed.primary
    assert not workspace.reviews.replans(goal.id)
    assert not workspace.actions.plan(goal.id)
    with pytest.raises(NotFound):
        workspace.taking_back.take_back(deed, save=Save("t", "twice", NOW))


def test_a_new_plan_on_which_somebody_has_built_is_not_offered_to_be_taken_back(workspace, goal):
    changed = workspace.reviews.replan(
        goal, {"primary": 81.0}, remedies=[Remedy.TARGET], reason="Ill", save=Save("t", "1", NOW), today=TODAY
    )
    (deed,) = workspace.taking_back.deeds(TODAY)
    workspace.planning.save_draft(changed.model_copy(update={"team": "Night"}), save=Save("Ken", "2", NOW))
    assert not workspace.taking_back.deeds(TODAY)
    with pytest.raises(Conflict):
        workspace.taking_back.take_back(deed, save=Save("t", "3", NOW))


def test_a_check_in_is_taken_back_and_the_commitment_is_not_one(workspace, goal):
    workspace.reviews.check_in(goal, "Wrong goal", lesson="Look twice", save=Save("Ken", "1", NOW), today=TODAY)
    (deed,) = workspace.taking_back.deeds(TODAY)
    workspace.taking_back.take_back(deed, save=Save("Ken", "2", NOW))
    assert [one.words for one in workspace.reviews.check_ins(goal.id)] == [COMMITTED]


def test_a_check_in_freezes_the_goal_as_it_is_by_now_and_none_is_kept_on_one_that_somebody_ended(workspace, goal):
    other = Save("Ama", "other", NOW)
    changed = workspace.planning.keep_changes(goal.model_copy(update={"primary": goal.primary + 1}), save=other)
    made = workspace.reviews.check_in(goal, "", save=Save("Ken", "1", NOW), today=TODAY)
    assert made.probability == workspace.planning.status(changed, TODAY).probability
    assert made.probability != workspace.planning.status(goal, TODAY).probability
    workspace.planning.archive(changed, save=Save("Ama", "away", NOW))
    with pytest.raises(InvalidGoal, match="closed or put away in the meantime"):
        workspace.reviews.check_in(goal, "", save=Save("Ken", "2", NOW), today=TODAY)
    with pytest.raises(InvalidGoal, match="closed or put away in the meantime"):
        workspace.reviews.replan(
            goal, {}, remedies=[Remedy.STAFF], reason="More people", save=Save("Ken", "3", NOW), today=TODAY
        )
    assert workspace.reviews.replans() == ()


def test_a_close_is_asked_for_first_and_taken_back(workspace, goal):
    with pytest.raises(InvalidGoal):
        workspace.reviews.score(goal, TODAY)
    end = goal.deadline + timedelta(days=1)
    ended = datetime(end.year, end.month, end.day, tzinfo=UTC)
    shown = workspace.reviews.score(goal, end)
    assert workspace.planning.goal(goal.id).stage is Stage.ACTIVE
    done = workspace.reviews.close(goal, lesson="Begin earlier", save=Save("t", "1", ended), today=end)
    assert done == shown.model_copy(update={"lesson": "Begin earlier"})
    assert [one.lesson for one in workspace.reviews.outcomes()] == ["Begin earlier"]
    (deed,) = workspace.taking_back.deeds(end)
    workspace.taking_back.take_back(deed, save=Save("t", "2", ended))
    assert workspace.planning.goal(goal.id).stage is Stage.ACTIVE
    assert not workspace.reviews.outcomes()


def test_what_was_learned_is_told_at_the_next_review(workspace, goal):
    after = TODAY + timedelta(days=40)
    workspace.reviews.check_in(goal, "Slow", lesson="Train in the first week", save=Save("t", "1", NOW), today=after)
    (item,) = workspace.reviews.agenda(Cadence.MONTHLY, after + timedelta(days=1)).goals
    assert "Learned: Train in the first week" in [str(one) for one in item.reasons]


def test_a_review_starts_where_the_last_one_ended(workspace, goal):
    workspace.reviews.decide(Decision(on=TODAY, what="Hire two"), save=Save("t", "d", NOW))
    agenda = workspace.reviews.agenda(Cadence.MONTHLY, TODAY)
    assert [item.goal.id for item in agenda.goals] == [goal.id]
    workspace.reviews.hold(agenda, save=Save("t", "h", NOW))
    after = workspace.reviews.agenda(Cadence.MONTHLY, TODAY + timedelta(days=30))
    assert after.since == TODAY
    assert [one.what for one in after.decisions] == ["Hire two"]
    workspace.reviews.finish_decision(after.decisions[0].id, save=Save("t", "f", NOW))
    assert not workspace.reviews.agenda(Cadence.MONTHLY, TODAY + timedelta(days=30)).decisions


def test_what_was_held_and_said_without_a_name_was_by_somebody(workspace, goal):
    id_ = workspace.reviews.hold(workspace.reviews.agenda(Cadence.MONTHLY, TODAY), save=Save("", "nameless", NOW))
    _held, made = workspace.reviews.minutes(id_)
    assert "written down by somebody." in str(made.sections[0].blocks[0].words)


def test_the_minutes_tell_what_was_said_changed_and_decided_by_whom_and_how_long_each_part_takes(workspace, goal):
    before = workspace.reviews.agenda(Cadence.MONTHLY, TODAY)
    workspace.reviews.hold(before, save=Save("Mariko", "before", NOW))
    later = TODAY + timedelta(days=30)
    then = NOW + timedelta(days=30)
    workspace.reviews.replan(
        goal, {"primary": 81.0}, remedies=[Remedy.TARGET], reason="Ill agents", save=Save("Ken", "1", then), today=later
    )
    workspace.reviews.decide(Decision(on=later, what="Hire two", owner="Ken", goal_id=goal.id), save=Save("Ken", "2", then))
    id_ = workspace.reviews.hold(workspace.reviews.agenda(Cadence.MONTHLY, later), save=Save("Mariko", "3", then))
    held, made = workspace.reviews.minutes(id_)
    changed_title = str(title_of(workspace.planning.goal(goal.id)))
    assert (held.by, held.on) == ("Mariko", later)
    written = {section.cell: section for section in made.sections}
    assert "min" in str(written["goals"].heading)
    (row,) = written["goals"].blocks[0].rows
    assert (str(row[0]), row[1]) == (changed_title, "Mariko")
    assert "Ill agents" in str(row[-1])
    assert "82 % → 81 %" in str(row[-1])
    ((*decided, about),) = written["decided"].blocks[0].rows
    assert (decided, str(about)) == (["Hire two", "Ken", None], changed_title)
    for name in ("pdf", "html", "xlsx", "md"):
        assert export(made, name)
    assert b"Hire two" in export(made, "md")
    with use_language("ja"):
        _held, japanese = workspace.reviews.minutes(id_)
        assert "Monthly" not in japanese.title
        assert "決定事項" in export(japanese, "md", "ja").decode()
    assert workspace.reviews.held()[0].id == id_
    with pytest.raises(NotFound):
        workspace.reviews.minutes("nothing")


def test_a_finished_step_is_looked_back_at_and_said_to_be_no_proof(workspace, goal):
    day = date(2025, 9, 10)
    then = datetime(2025, 9, 10, tzinfo=UTC)
    table = pd.DataFrame([row(goal, status="done", expected_change=2.5), row(goal, what="Open", status="open")])
    workspace.actions.save(table, {}, save=Save("t", "1", then))
    later = pd.DataFrame([row(goal, what="Call back", status="done")])
    workspace.actions.save(later, {}, save=Save("t", "2", datetime(2025, 10, 1, tzinfo=UTC)))
    newest, step = workspace.effects_seen.finished(goal.id)
    assert (newest.what, step.what, step.done_on) == ("Call back", "Coach", day)
    seen = workspace.effects_seen.of(step, TODAY)
    told = " ".join(str(one) for one in seen.words)
    series = workspace.planning.series_of(goal)
    since = series.frame[series.frame["period"] >= "2025-10-01"]
    assert f"in the {len(since)} periods since" in told
    assert "a change of 2.5" in told
    assert "1 other step of this goal" in told
    assert "no proof" in told
    assert set(seen.chart.frame["part"]) >= {"history", "forecast", "required"}


def test_a_goal_is_closed_only_when_its_time_is_over_and_enters_the_record(workspace, goal):
    workspace.reviews.check_in(goal, "", save=Save("t", "c", NOW), today=TODAY)
    with pytest.raises(InvalidGoal):
        workspace.reviews.close(goal, save=Save("t", "1", NOW), today=TODAY)
    months = "".join(f"2026-{month:02d},{88},{100},{5},{4000}\n" for month in range(1, 13))
    workspace.data.import_file(
        "more.csv", (KPIS.split("\n")[0] + "\n" + months).encode(), save=Save("t", "m", NOW.replace(year=2027))
    )
    end = goal.deadline + timedelta(days=1)
    outcome = workspace.reviews.close(goal, save=Save("t", "2", NOW), today=end)
    assert outcome.score in {Score.MET, Score.EXCEEDED}
    assert workspace.planning.goal(goal.id).stage is Stage.CLOSED
    record = workspace.reviews.calibration()
    assert record.count == 1
    assert record.brier == pytest.approx((1 - outcome.probability_at_start) ** 2)


def test_every_change_of_a_goal_can_be_undone(workspace, goal):
    changed = workspace.planning.save_draft(goal.model_copy(update={"owner": "Ken"}), save=Save("b", "o", NOW))
    newest, oldest = workspace.changes.history(goal.id)
    assert newest.by == "b"
    assert [str(one.words) for one in newest.changes] == ["Owner: Mariko → Ken"]
    back = workspace.changes.restore(changed, oldest.goal.version, save=Save("t", "r", NOW))
    assert back.owner == "Mariko"
    workspace.changes.archive([back], save=Save("t", "a", NOW))
    assert not workspace.planning.goals()
    (archived,) = workspace.changes.archived()
    assert workspace.changes.bring_back(archived, save=Save("t", "bb", NOW)).stage is Stage.ACTIVE


@pytest.mark.slow
def test_a_bulk_edit_changes_all_or_nothing(workspace, goal):
    other = workspace.planning.save_draft(goal.model_copy(update={"id": "", "version": 0}), save=Save("t", "2", NOW))
    saved = workspace.changes.change([goal, other], {"team": "E-mail"}, save=Save("t", "b", NOW))
    assert {one.team for one in saved} == {"E-mail"}
    with pytest.raises(Conflict):
        workspace.changes.change([saved[0], other], {"team": "Phone"}, save=Save("t", "c", NOW))
    assert {one.team for one in workspace.planning.goals()} == {"E-mail"}


def test_an_own_template_starts_the_next_goal(workspace, goal):
    workspace.templates.save(goal, "Our way", save=Save("t", "1", NOW))
    own = workspace.templates.all()[0]
    assert str(own.name) == "Our way"
    draft = workspace.templates.draft(own, TODAY)
    assert draft.series == "csat"
    assert draft.primary is not None


def test_a_standard_that_is_missed_is_a_gap_that_becomes_a_draft(workspace):
    standard = Standard(series="abandonment_rate", limit=3.0, promise="Nine of ten get through")
    control = workspace.audits.save_standard(standard, save=Save("t", "s", NOW), today=TODAY)
    assert control.stage is Stage.DRAFT
    gap = next(one for one in workspace.audits.table(TODAY) if one.series == "abandonment_rate")
    assert gap.verdict.is_gap
    drafted = workspace.audits.draft(gap, save=Save("t", "g", NOW), today=TODAY)
    assert drafted.primary == 3.0
    assert [one.need.kpi for one in workspace.audits.suggestions(TODAY)] == ["abandonment_rate"]


def test_the_rows_of_the_audit_are_kept_until_a_standard_a_goal_the_data_or_the_day_is_another(workspace, goal):
    def row():
        return next(one for one in workspace.audits.table(TODAY) if one.series == "csat")

    assert workspace.audits.table(TODAY) is workspace.audits.table(TODAY), "made again although nothing had changed"
    assert row().goal == goal.primary
    changed = workspace.planning.keep_changes(goal.model_copy(update={"primary": 81.5}), save=Save("t", "g", NOW))
    assert row().goal == 81.5
    workspace.planning.archive(changed, save=Save("t", "a", NOW))
    assert row().goal is None
    workspace.audits.save_standard(Standard(series="csat", limit=79.0), save=Save("t", "s", NOW), today=TODAY)
    assert row().goal == 79.0
    before = row().current
    workspace.data.import_file("kpis.csv", KPIS.replace("2025-12,8", "2025-12,9").encode(), save=Save("t", "i", NOW))
    assert row().current != before
    earlier = next(one for one in workspace.audits.table(date(2025, 6, 15)) if one.series == "csat")
    assert earlier.period == date(2025, 5, 1)


def test_audits_assessments_and_benchmarks_are_kept_as_they_were(workspace):
    audits = workspace.audits
    answer = AreaAnswer(area=Area.KNOWLEDGE, score=0, evidence="three articles")
    audits.save_audit(Audit(on=TODAY, answers=(answer,)), save=Save("t", "a", NOW))
    audits.save_assessment(SelfAssessment(on=TODAY, answers={"training": 1}), save=Save("t", "b", NOW))
    audits.save_benchmark(ExternalBenchmark(kpi="csat", value=85, source="A report", on=TODAY), save=Save("t", "c", NOW))
    assert audits.audits()[0].answers == (answer,)
    assert audits.assessments()[0].answers == {"training": 1}
    assert "A report" in str(audits.comparisons(TODAY)[0].words)
    assert {one.need.practice for one in audits.suggestions(TODAY)} == {"knowledge", "training"}


def test_the_checklist_of_a_role_holds_for_the_quarter_of_the_fiscal_year(workspace):
    for number, done in enumerate([("lead_thank", "lead_talk"), ("lead_thank",)]):
        check = RoleCheck(on=TODAY, role=CycleRole.TEAM_LEAD, done=done)
        workspace.audits.save_role_check(check, save=Save("t", f"check-{number}", NOW + timedelta(minutes=number)))
    now = {one.role: one for one in workspace.audits.role_standings(TODAY)}
    assert now[CycleRole.TEAM_LEAD].check.done == ("lead_thank",)
    assert now[CycleRole.AGENT].check is None
    later = workspace.audits.role_standings(date(2026, 4, 1))
    assert all(one.check is None for one in later)


def test_a_decision_about_a_goal_becomes_a_step_of_its_plan_and_comes_back_in_the_next_review(workspace, goal):
    decision = Decision(goal_id=goal.id, on=TODAY, what="Hire a temp", owner="Ken", due=date(2026, 1, 20))
    for _ in range(2):
        workspace.reviews.decide(decision, save=Save("t", "d", NOW))
    (step,) = workspace.actions.plan(goal.id)
    assert (step.what, step.owner, step.due) == ("Hire a temp", "Ken", date(2026, 1, 20))
    later = workspace.reviews.agenda(Cadence.MONTHLY, date(2026, 2, 1))
    assert [one.what for one in later.decisions] == ["Hire a temp"]
    assert not later.overdue
    workspace.reviews.finish_decision(later.decisions[0].id, save=Save("t", "f", NOW))
    assert workspace.actions.plan(goal.id)[0].status.is_finished
    assert not workspace.reviews.agenda(Cadence.MONTHLY, date(2026, 2, 1)).decisions


def test_a_decision_is_done_when_its_step_is_done_in_the_plan(workspace, goal):
    workspace.reviews.decide(Decision(goal_id=goal.id, on=TODAY, what="Call"), save=Save("t", "d", NOW))
    table = workspace.actions.table().assign(status="done")
    workspace.actions.save(table, workspace.actions.versions(), save=Save("t", "p", NOW))
    assert [one.done for one in workspace.reviews.decisions()] == [True]


def test_a_decision_about_everything_stays_a_decision(workspace, goal):
    workspace.reviews.decide(Decision(on=TODAY, what="Meet on Tuesdays"), save=Save("t", "d", NOW))
    assert not workspace.actions.plan()
    assert [one.what for one in workspace.reviews.decisions()] == ["Meet on Tuesdays"]


def test_committing_freezes_the_probability_by_which_the_record_is_judged(workspace, goal):
    (first,) = workspace.reviews.check_ins(goal.id)
    assert first.on == TODAY
    assert first.probability == workspace.planning.outlook(goal, TODAY).primary.probability


def test_a_new_plan_is_kept_whole_or_not_at_all(workspace, goal, monkeypatch):
    gone = Document(kind="replan", id="gone", version=3)
    monkeypatch.setattr("cs_planning.workspace.following.reviews.document_of", lambda *_given, **_named: gone)
    with pytest.raises(NotFound):
        workspace.reviews.replan(
            goal, {"primary": 81.0}, remedies=[Remedy.TARGET], reason="x", save=Save("t", "1", NOW), today=TODAY
        )
    assert workspace.planning.goal(goal.id).primary == goal.primary
    assert not workspace.reviews.replans(goal.id)


def test_the_audit_cell_of_a_page_shows_what_has_a_goal(workspace, goal):
    page = Page(title="Audit", cells=(AuditCell(id="audit"),))
    (cell,) = workspace.pages.run(page, TODAY).sections
    tables = [block for block in cell.blocks if isinstance(block, TableBlock)]
    assert len(tables[0].rows) == 1


def test_changing_a_committed_goal_commits_to_it_no_second_time_and_says_what_changed(workspace, goal):
    named = goal.model_copy(update={"owner": "Mari"})
    kept = workspace.planning.keep_changes(named, save=Save("Mari", "owner", NOW))
    again = workspace.planning.commit(kept.model_copy(update={"team": "Night"}), save=Save("Mari", "team", NOW))
    assert [one.note for one in workspace.reviews.check_ins(goal.id)] == ["Committed to this goal."]
    changes = {change.field: str(change.words) for change in workspace.reviews.changes(again, date(2000, 1, 1))}
    assert set(changes) == {"owner", "team"}
    assert "Mari" in changes["owner"]
    assert "Night" in changes["team"]
    assert not workspace.reviews.changes(again, NOW.date())


def test_a_change_that_forbids_committing_is_not_kept(workspace, goal):
    with pytest.raises(InvalidGoal):
        workspace.planning.keep_changes(goal.model_copy(update={"primary": None}), save=Save("Mari", "none", NOW))
    assert workspace.planning.goal(goal.id).primary == goal.primary
