from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cs_planning.errors import Conflict, InvalidGoal
from cs_planning.goals.appraisal.scale import Scale
from cs_planning.goals.appraisal.score import Side
from cs_planning.goals.appraisal.sheet import Difficulty, SheetStage, SheetStep, Talk, TalkKind
from cs_planning.goals.goal import GoalType
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import Save
from cs_planning.workspace.appraisals.sheets import AppraisalWay

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
TODAY = NOW.date()
START, END = date(2026, 1, 1), date(2026, 6, 30)


def save(by="Aiko", now=NOW) -> Save:
    return Save.once(by, now)


@pytest.fixture
def goals(workspace, kpis_imported):
    """Two goals of Aiko's and one of Ken's."""
    drafted = workspace.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)
    owned = [("Raise satisfaction", "Aiko"), ("Keep it up", "Aiko"), ("Another’s", "Ken")]
    return [
        workspace.planning.save_draft(
            drafted.model_copy(update={"title": title, "owner": owner, "start": START, "deadline": END}), save=save()
        )
        for title, owner in owned
    ]


@pytest.fixture
def sheet(workspace, goals):
    return workspace.sheets.begin("Aiko", "Ken", START, END, save=save())


def test_a_sheet_begins_with_its_holders_goals_evenly_weighted(workspace, goals, sheet):
    assert {line.goal_id for line in sheet.lines} == {goals[0].id, goals[1].id}
    assert [line.weight_percent for line in sheet.lines] == [50, 50]
    assert workspace.sheets.list() == (sheet,)
    assert workspace.sheets.holders() == ("Aiko", "Ken")


@pytest.mark.parametrize("name", ["", "  "])
def test_a_sheet_without_a_name_is_refused(workspace, name):
    with pytest.raises(InvalidGoal, match="needs the name"):
        workspace.sheets.begin(name, "", START, END, save=save())


def test_a_second_sheet_for_the_same_time_is_refused_however_the_name_is_written(workspace, sheet):
    with pytest.raises(InvalidGoal, match="already"):
        workspace.sheets.begin(" aiko ", "", START, END, save=save())
    workspace.sheets.put_away(sheet, save=save())
    assert workspace.sheets.list() == ()
    workspace.sheets.begin("Aiko", "", START, END, save=save())


def test_a_sheet_that_was_put_away_comes_back_as_it_was_unless_there_is_another_by_now(workspace, sheet):
    workspace.sheets.put_away(sheet, save=save())
    (away,) = workspace.sheets.put_away_before()
    workspace.sheets.bring_back(away, save=save())
    (back,) = workspace.sheets.list()
    assert (back.lines, back.holder) == (sheet.lines, sheet.holder)
    assert workspace.sheets.put_away_before() == ()
    workspace.sheets.put_away(back, save=save())
    workspace.sheets.begin("Aiko", "", START, END, save=save())
    with pytest.raises(InvalidGoal, match="already"):
        workspace.sheets.bring_back(workspace.sheets.put_away_before()[0], save=save())


def test_both_sides_write_at_the_same_time_and_nothing_is_lost(workspace, goals, sheet):
    first, second = (line.goal_id for line in sheet.lines)
    workspace.sheets.write_line(sheet.id, first, {"weight_percent": 70.0}, save=save())
    workspace.sheets.write_line(sheet.id, second, {"weight_percent": 30.0, "difficulty": "hard"}, save=save("Ken"))
    kept = workspace.sheets.sheet(sheet.id)
    assert [(line.weight_percent, line.difficulty) for line in kept.lines] == [(70, Difficulty.USUAL), (30, Difficulty.HARD)]


def test_a_step_on_a_sheet_that_moved_on_is_refused(workspace, sheet):
    workspace.sheets.take(sheet, SheetStep.PROPOSE, save=save())
    with pytest.raises(Conflict):
        workspace.sheets.take(sheet, SheetStep.PROPOSE, save=save())


def test_a_year_of_a_sheet(workspace, goals, sheet):
    sheets = workspace.sheets
    proposed = sheets.take(sheet, SheetStep.PROPOSE, save=save())
    first, second = (line.goal_id for line in sheet.lines)
    with pytest.raises(InvalidGoal, match="moved on"):
        sheets.write_line(sheet.id, first, {"weight_percent": 10.0}, save=save())
    with pytest.raises(InvalidGoal, match="moved on"):
        sheets.choose_goals(sheet.id, [first], save=save())
    agreed = sheets.take(proposed, SheetStep.AGREE, save=save("Ken"))
    with pytest.raises(InvalidGoal, match="moved on"):
        sheets.write_line(sheet.id, first, {"superior_grade": "S"}, save=save("Ken"))
    talk = Talk(
        kind=TalkKind.HALF_WAY, on=date(2026, 4, 2), agreed="Coach more", next_step="Ten calls", next_on=date(2026, 4, 20)
    )
    sheets.hold_talk(agreed, talk, save=save("Ken", datetime(2026, 4, 3, tzinfo=UTC)))
    (due,) = sheets.due_talks(date(2026, 4, 20))
    assert (due.kind, due.step) == (TalkKind.ONE_ON_ONE, "Ten calls")
    for goal, grade in ((first, "A"), (second, "C")):
        sheets.write_line(sheet.id, goal, {"own_grade": grade, "own_comment": "As I see it."}, save=save())
    sheets.comment(sheet.id, Side.OWN, " A good half-year. ", save=save())
    with pytest.raises(InvalidGoal, match="moved on"):
        sheets.comment(sheet.id, Side.SUPERIOR, "Too early", save=save("Ken"))
    handed = sheets.take(sheets.sheet(sheet.id), SheetStep.APPRAISE_ONESELF, save=save())
    for goal in (first, second):
        sheets.write_line(sheet.id, goal, {"superior_grade": "B"}, save=save("Ken"))
    appraised = sheets.take(sheets.sheet(handed.id), SheetStep.APPRAISE, save=save("Ken"))
    closed = sheets.take(appraised, SheetStep.CLOSE, save=save("Ken"))
    view = sheets.views.now(closed, date(2026, 7, 1))
    assert (view.own.points, view.superior.points) == (3.0, 3.0)  # (4 + 2) ÷ 2; 3
    assert closed.own_comment == "A good half-year."
    assert [event.by for event in closed.events] == ["Aiko", "Ken", "Aiko", "Ken", "Ken"]
    assert sheets.due_talks(date(2026, 12, 1)) == ()


def test_a_changed_target_of_an_agreed_goal_is_told_on_the_sheet(workspace, goals, sheet):
    agreed = workspace.sheets.take(workspace.sheets.take(sheet, SheetStep.PROPOSE, save=save()), SheetStep.AGREE, save=save())
    goal = workspace.planning.goal(sheet.lines[0].goal_id)
    workspace.planning.save_draft(goal.model_copy(update={"primary": goal.primary - 1}), save=save())
    (line,) = workspace.sheets.views.now(agreed, TODAY).changed
    assert line.goal.primary == goal.primary
    assert [change.field for change in line.changes] == ["primary"]


def test_a_goal_whose_target_was_changed_stands_on_the_sheet_with_the_chance_of_what_was_agreed(workspace, goals, sheet):
    agreed = workspace.sheets.take(workspace.sheets.take(sheet, SheetStep.PROPOSE, save=save()), SheetStep.AGREE, save=save())
    before = workspace.planning.goal(sheet.lines[0].goal_id)
    chance = workspace.planning.status(before, TODAY).probability
    changed = workspace.planning.save_draft(before.model_copy(update={"primary": before.primary - 1}), save=save())
    (line,) = workspace.sheets.views.now(agreed, TODAY).changed
    assert chance is not None
    assert line.report.probability == chance
    assert workspace.planning.status(changed, TODAY).probability != chance


def test_goals_weigh_the_same_until_somebody_weighs_them(workspace, goals, sheet):
    first, second = (line.goal_id for line in sheet.lines)

    def chosen(*ids):
        return [line.weight_percent for line in workspace.sheets.choose_goals(sheet.id, ids, save=save()).lines]

    assert chosen(first) == [100]
    assert chosen(first, second, goals[2].id) == [34, 33, 33]
    workspace.sheets.write_line(sheet.id, first, {"weight_percent": 50.0}, save=save())
    assert chosen(first, second) == [50, 33]
    assert chosen(first, second, goals[2].id) == [50, 33, 17], "a new one takes what is missing"
    assert [line.weight_percent for line in workspace.sheets.weigh_evenly(sheet.id, save=save()).lines] == [34, 33, 33]


@pytest.mark.parametrize("weight", [-1.0, 100.5, float("nan")])
def test_a_weight_outside_the_whole_is_refused(workspace, sheet, weight):
    with pytest.raises(InvalidGoal, match="lies between 0 % and 100 %"):
        workspace.sheets.write_line(sheet.id, sheet.lines[0].goal_id, {"weight_percent": weight}, save=save())


def test_one_setting_lets_a_person_plan_alone_and_sheets_keep_their_scale(workspace, goals, sheet):
    assert workspace.sheets.way == AppraisalWay()
    workspace.sheets.choose_way(AppraisalWay(scale=Scale.THREE_STEPS, with_agreement=False), save=save())
    assert workspace.sheets.steps(sheet, datetime(2026, 4, 1, tzinfo=UTC)) == (SheetStep.CLOSE,)
    assert workspace.sheets.sheet(sheet.id).scale is Scale.LETTERS
    other = workspace.sheets.begin("Ken", "", START, END, save=save())
    assert other.scale is Scale.THREE_STEPS
    workspace.sheets.write_line(other.id, other.lines[0].goal_id, {"own_grade": "nearly"}, save=save())
    closed = workspace.sheets.take(workspace.sheets.sheet(other.id), SheetStep.CLOSE, save=save())
    assert closed.stage is SheetStage.CLOSED
    assert workspace.sheets.views.now(closed, TODAY).own.points == 0.5


def test_a_field_that_is_saved_twice_under_one_key_is_saved_once(workspace, sheet):
    once, (first, _second) = save(), (line.goal_id for line in sheet.lines)
    kept = workspace.sheets.write_line(sheet.id, first, {"weight_percent": 40.0}, save=once)
    assert workspace.sheets.write_line(sheet.id, first, {"weight_percent": 40.0}, save=once) == kept


def test_texts_that_are_too_long_are_refused_and_the_list_can_be_read(workspace, sheet):
    sheets = workspace.sheets
    with pytest.raises(InvalidGoal, match="at most 300 characters"):
        sheets.name_superior(sheet.id, "K" * 301, save=save())
    with pytest.raises(InvalidGoal, match="at most 300 characters"):
        sheets.begin("K" * 10_000, "", START, END, save=save())
    proposed = sheets.take(sheet, SheetStep.PROPOSE, save=save())
    with pytest.raises(InvalidGoal, match="a comment 10,000"):
        sheets.take(proposed, SheetStep.ASK_FOR_CHANGES, comment="x" * 10_001, save=save())
    agreed = sheets.take(proposed, SheetStep.AGREE, save=save())
    with pytest.raises(InvalidGoal, match="a comment 10,000"):
        sheets.comment(sheet.id, Side.OWN, "x" * 10_001, save=save())
    with pytest.raises(InvalidGoal, match="a comment 10,000"):
        sheets.write_line(sheet.id, sheet.lines[0].goal_id, {"own_comment": "x" * 10_001}, save=save())
    assert sheets.list() == (agreed,)


def test_a_closed_sheet_keeps_its_superior_and_its_talks(workspace, sheet):
    workspace.sheets.choose_way(AppraisalWay(with_agreement=False), save=save())
    for line in sheet.lines:
        workspace.sheets.write_line(sheet.id, line.goal_id, {"own_grade": "B"}, save=save())
    closed = workspace.sheets.take(workspace.sheets.sheet(sheet.id), SheetStep.CLOSE, save=save())
    with pytest.raises(InvalidGoal, match="Closed"):
        workspace.sheets.name_superior(sheet.id, "Noriko", save=save())
    with pytest.raises(InvalidGoal, match="Closed"):
        workspace.sheets.hold_talk(closed, Talk(kind=TalkKind.END, on=END, agreed="Too late"), save=save())


def test_an_agreed_goal_is_measured_by_its_own_kpi_after_it_was_archived_or_moved_to_another_one(workspace, goals, sheet):
    sheets, planning = workspace.sheets, workspace.planning
    for goal in goals:
        planning.save_draft(goal.model_copy(update={"start": date(2025, 7, 1)}), save=save())
    agreed = sheets.take(sheets.take(sheet, SheetStep.PROPOSE, save=save()), SheetStep.AGREE, save=save())

    def shown():
        return {line.goal.id: (line.kpi.id, line.report.pace.current) for line in sheets.views.now(agreed, TODAY).lines}

    before = shown()
    assert all(value is not None for _kpi, value in before.values())
    first, second = (planning.goal(line.goal_id) for line in agreed.lines)
    planning.archive(first, save=save())
    planning.save_draft(second.model_copy(update={"series": "abandonment_rate"}), save=save())
    assert shown() == before


@pytest.mark.parametrize("until", [date(2026, 4, 1), date(2026, 4, 2)])
def test_a_next_step_that_would_never_come_back_is_refused(workspace, sheet, until):
    with pytest.raises(InvalidGoal, match="before anybody can take it"):
        talk = Talk(kind=TalkKind.END, on=date(2026, 4, 2), next_on=until)
        workspace.sheets.hold_talk(sheet, talk, save=save(now=datetime(2026, 4, 3, tzinfo=UTC)))


def test_what_was_written_about_a_goal_comes_back_with_it(workspace, goals, sheet):
    first, second = (line.goal_id for line in sheet.lines)
    workspace.sheets.write_line(sheet.id, first, {"difficulty": "hard"}, save=save())
    assert len(workspace.sheets.choose_goals(sheet.id, [second], save=save()).lines) == 1
    back = workspace.sheets.choose_goals(sheet.id, [second, first], save=save())
    assert [(line.goal_id, line.weight_percent, line.difficulty) for line in back.lines] == [
        (second, 50, Difficulty.USUAL),
        (first, 50, Difficulty.HARD),
    ]
    assert back.taken_off == ()


def test_a_sheet_as_of_an_earlier_day_has_the_goals_the_weights_and_the_values_of_then(workspace, goals, sheet):
    first = sheet.lines[0].goal_id
    agreed = walked_to_agreement(workspace, sheet)
    later = NOW + timedelta(days=60)
    workspace.sheets.take(agreed, SheetStep.REPLAN, comment="A colleague left", save=save("Ken", later))
    workspace.sheets.write_line(sheet.id, first, {"weight_percent": 70.0}, save=save(now=later))
    goal = workspace.planning.goal(first)
    changed = goal.model_copy(update={"primary": goal.primary + 1, "title": "Raise it more"})
    workspace.planning.save_draft(changed, save=save(now=later))
    then = workspace.sheets.views.as_of(sheet.id, TODAY)
    now = workspace.sheets.views.now(workspace.sheets.sheet(sheet.id), later.date())
    assert (then.sheet.stage, now.sheet.stage) == (SheetStage.AGREED, SheetStage.DRAFT)
    assert (then.sheet.lines[0].weight_percent, now.sheet.lines[0].weight_percent) == (50, 70)
    assert (str(then.lines[0].title), str(now.lines[0].title)) == (goal.title, "Raise it more")
    assert then.today == TODAY
    assert not then.changed
    assert [str(one.title) for one in now.changed] == ["Raise it more"]


def test_there_is_no_sheet_as_of_a_day_before_it_was_begun(workspace, sheet):
    with pytest.raises(InvalidGoal, match="begun on Jan 15, 2026"):
        workspace.sheets.views.as_of(sheet.id, TODAY - timedelta(days=1))
    assert workspace.sheets.begun_on(sheet.id) == TODAY


def test_a_file_as_of_an_earlier_day_says_so_and_one_of_today_is_that_of_the_screen(workspace, sheet):
    later = TODAY + timedelta(days=30)
    files = {day: workspace.sheets.views.file(sheet, later, "en", as_of=day) for day in (TODAY, later)}
    heads = {day: load_workbook(BytesIO(content)).worksheets[0]["A2"].value for day, content in files.items()}
    assert "As of Jan 15, 2026" in heads[TODAY]
    assert "As of Feb 14, 2026" in heads[later]


def walked_to_agreement(workspace, sheet):
    proposed = workspace.sheets.take(sheet, SheetStep.PROPOSE, save=save())
    return workspace.sheets.take(proposed, SheetStep.AGREE, save=save("Ken"))
