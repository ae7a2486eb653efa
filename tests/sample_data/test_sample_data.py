import json
import re
import runpy
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cs_planning.automation.scenarios.scenario import Scenario, point_outcome
from cs_planning.automation.team.reading import read_model, read_operation
from cs_planning.goals.following.progress import Status
from cs_planning.goals.goal import Cadence, GoalType, Stage, goal_from_fields
from cs_planning.kpis.catalogue import CATALOGUE, KGIS
from cs_planning.language import LANGUAGES
from cs_planning.workspace import Workspace
from cs_planning.workspace.home import Home

FOLDER = Path(__file__).parents[2] / "sample_data"
TABLES = ("tickets.csv", "phone-daily.csv", "kpis-monthly.csv")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(runpy.run_path(str(FOLDER / "make.py"))["make"]())


@pytest.fixture(scope="module")
def tickets() -> pd.DataFrame:
    moments = ["Created at", "First response at", "Solved at"]
    return pd.read_csv(FOLDER / "tickets.csv", parse_dates=moments)


@pytest.fixture(scope="module")
def phone() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "phone-daily.csv", parse_dates=["Date"])


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_the_maker_makes_the_committed_file_again(made: dict[str, bytes], name: str) -> None:
    assert made[name] == (FOLDER / name).read_bytes()


def test_the_maker_makes_nothing_that_is_not_committed(made: dict[str, bytes]) -> None:
    assert sorted(made) == sorted(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_in_the_readme(name: str) -> None:
    described = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = described.split(f"## {name}")[1].split("\n## ")[0]
    for column in pd.read_csv(FOLDER / name, nrows=1).columns:
        assert column.removeprefix("Calls ") in table, column


def test_the_ticket_file_stays_small(tickets: pd.DataFrame) -> None:
    assert 10_000 < len(tickets) < 12_000
    assert (FOLDER / "tickets.csv").stat().st_size < 1_500_000


def test_a_ticket_is_answered_after_its_creation_and_solved_after_its_answer(tickets: pd.DataFrame) -> None:
    answered = tickets.dropna(subset=["First response at"])
    solved = tickets.dropna(subset=["Solved at"])
    assert (answered["First response at"] >= answered["Created at"]).all()
    assert (solved["Solved at"] >= solved["First response at"]).all()
    assert tickets["Solved at"].max() <= pd.Timestamp("2026-10-31 23:59:59")
    assert tickets["Ticket ID"].is_unique


def test_the_history_covers_three_years_in_four_channels(tickets: pd.DataFrame) -> None:
    assert tickets["Created at"].min().date() == date(2023, 11, 1)
    assert tickets["Created at"].max().date() == date(2026, 10, 31)
    assert set(tickets["Channel"]) == {"email", "chat", "web", "phone"}
    assert tickets.groupby([tickets["Created at"].dt.to_period("M"), "Channel"]).size().min() >= 15


def test_routing_lowered_the_first_response_of_letters_and_of_nothing_else(tickets: pd.DataFrame) -> None:
    wait = (tickets["First response at"] - tickets["Created at"]).dt.total_seconds()
    same_months = tickets["Created at"].dt.month.isin([5, 6, 7, 8, 9])
    year = tickets["Created at"].dt.year
    medians = wait[same_months].groupby([tickets["Channel"], year]).median().unstack()
    fall = medians[2025] / medians[2024]
    assert fall["email"] < 0.7
    assert fall["web"] < 0.7
    assert 0.85 < fall["chat"] < 1.15


def test_calls_offered_are_handled_or_abandoned(phone: pd.DataFrame) -> None:
    assert (phone["Calls offered"] == phone["Calls handled"] + phone["Calls abandoned"]).all()
    assert phone["Service level (%)"].between(0, 100).all()
    assert (phone["Date"].diff().dropna() > pd.Timedelta(0)).all()


def test_the_campaign_brought_calls_and_cost_service_level(phone: pd.DataFrame) -> None:
    may = phone[(phone["Date"] >= "2026-04-13") & (phone["Date"] <= "2026-05-10")]
    before = phone[(phone["Date"] >= "2025-04-13") & (phone["Date"] <= "2025-05-10")]
    assert may["Calls offered"].mean() > 1.15 * before["Calls offered"].mean()
    assert may["Service level (%)"].mean() < before["Service level (%)"].mean() - 5


def test_the_operation_repeats_what_the_telephone_measured(phone: pd.DataFrame) -> None:
    operation = read_operation(read("operation.json"))
    weekdays = phone[(phone["Date"] >= "2026-08-01") & (phone["Date"].dt.day_of_week < 5)]
    offered, handled = weekdays["Calls offered"], weekdays["Calls handled"]
    channel = operation.channels[0]
    assert channel.contacts_per_day == pytest.approx(offered.mean(), abs=1)
    handle_minutes = (weekdays["Average handle time (min)"] * handled).sum() / handled.sum()
    assert channel.handle_time_seconds == pytest.approx(60 * handle_minutes, abs=1)
    level = (weekdays["Service level (%)"] * offered).sum() / offered.sum() / 100
    computed = point_outcome(operation)
    assert computed.service_level.median == pytest.approx(level, abs=0.01)
    assert computed.abandonment_rate.median == pytest.approx(weekdays["Calls abandoned"].sum() / offered.sum(), abs=0.01)


def test_five_goals_of_four_types_are_valid() -> None:
    goals = [goal_from_fields(fields) for fields in read("goals.json")]
    assert len(goals) == 5
    assert {goal.type for goal in goals} == set(GoalType)
    for goal in goals:
        assert goal.key is not None
        assert goal.key.kpi in CATALOGUE
        assert goal.objective in KGIS
        assert goal.primary is not None
        assert goal.stretch is not None
        assert goal.deadline is not None
        assert goal.direction.meets(goal.stretch, goal.primary)
        assert goal.floor is None or goal.direction.meets(goal.primary, goal.floor)
        assert goal.deadline > date(2026, 10, 31)


@pytest.mark.parametrize(
    ("series", "column"),
    [("csat", "CSAT (%)"), ("quality_score", "Quality score (%)"), ("cost_per_contact", "Cost per contact (USD)")],
)
def test_a_baseline_is_the_value_of_its_kpi_in_that_month(series: str, column: str) -> None:
    goal = next(goal_from_fields(fields) for fields in read("goals.json") if fields["series"] == series)
    table = pd.read_csv(FOLDER / "kpis-monthly.csv")
    assert goal.baseline is not None
    assert goal.baseline.value == table.set_index("Month")[column][f"{goal.baseline.period:%Y-%m}"]


def test_the_baselines_of_waits_are_those_of_october(tickets: pd.DataFrame, phone: pd.DataFrame) -> None:
    baselines = {fields["series"]: fields["baseline"]["value"] for fields in read("goals.json")}
    email = tickets[(tickets["Channel"] == "email") & (tickets["Created at"] >= "2026-10-01")]
    minutes = (email["First response at"] - email["Created at"]).dt.total_seconds() / 60
    october = phone[phone["Date"] >= "2026-10-01"]
    level = (october["Service level (%)"] * october["Calls offered"]).sum() / october["Calls offered"].sum()
    assert baselines["frt_median|channel=email"] == pytest.approx(minutes.median(), abs=0.1)
    assert baselines["service_level|channel=phone"] == pytest.approx(level, abs=0.01)


def test_two_scenarios_can_be_simulated_and_the_bot_alone_answers_sooner() -> None:
    operation = read_operation(read("operation.json"))
    as_is = point_outcome(operation)
    bot, fewer = (point_outcome(operation, read_model(Scenario, fields)) for fields in read("scenarios.json"))
    assert bot.service_level.median > as_is.service_level.median > 0
    assert fewer.service_level.median < bot.service_level.median
    assert fewer.cost_per_month.median < bot.cost_per_month.median


TODAY = date(2026, 11, 10)


@pytest.fixture(scope="module")
def sample(sample_copy, tmp_path_factory) -> Iterator[Workspace]:
    workspace = Workspace.open(Home.at(sample_copy(tmp_path_factory.mktemp("home"))))
    yield workspace
    workspace.close()


def test_the_goals_of_the_sample_stand_in_different_places(sample: Workspace) -> None:
    under_way = [line for line in sample.planning.overview(TODAY) if line.goal.stage is Stage.ACTIVE]
    standing = {line.report.status for line in under_way}
    assert standing >= {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.REACHED}


def test_the_sample_has_closed_quarters_whose_probabilities_can_be_judged(sample: Workspace) -> None:
    record = sample.reviews.calibration()
    assert len(sample.reviews.outcomes()) >= 8
    assert all(one.probability_at_start is not None for one in sample.reviews.outcomes())
    assert {one.met for one in sample.reviews.outcomes()} == {True, False}
    assert "expected" in str(record.words)


def test_the_sample_has_a_review_decisions_actions_check_ins_an_event_and_an_audit(sample: Workspace) -> None:
    review = sample.reviews.last_review(Cadence.QUARTERLY)
    assert review is not None
    assert review.on == date(2026, 10, 6)
    assert {one.done for one in sample.reviews.decisions()} == {True, False}
    under_way = {line.goal.id for line in sample.planning.overview(TODAY) if line.goal.stage is Stage.ACTIVE}
    assert {one.goal_id for one in sample.actions.plan()} & under_way
    assert {one.goal_id for one in sample.reviews.check_ins()} & under_way
    assert [one.event.name for one in sample.planning.events.marked("service_level|channel=phone")] == ["Spring campaign"]
    assert sample.audits.audits()[0].answers


def test_every_probability_of_the_sample_was_known_on_its_day(sample: Workspace) -> None:
    for one in sample.reviews.check_ins():
        assert one.data_until is None or one.data_until < one.on.replace(day=1)


@pytest.mark.slow
def test_the_sample_lives_beside_the_own_workspace_and_leaves_it_untouched(tmp_path) -> None:
    home = Home.at(tmp_path)
    own = Workspace.open(home)
    Workspace.sample(home, TODAY).close()
    assert own.is_unused()
    assert not own.data.series_list()
    own.close()


@pytest.mark.slow
def test_of_a_start_that_was_interrupted_nothing_is_left_in_place(tmp_path, monkeypatch) -> None:
    def interrupted(workspace: Workspace, today: date, language: str) -> None:
        raise KeyboardInterrupt

    home = Home.at(tmp_path)
    monkeypatch.setattr("cs_planning.workspace.tell_sample", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Workspace.sample(home, TODAY)
    assert not list(tmp_path.glob("*sample*"))


def test_everything_that_the_team_writes_is_there_in_japanese():
    told = json.loads((FOLDER / "ja.json").read_text(encoding="utf-8"))
    written = set()
    for name in ("goals.json", "story.json", "scenarios.json"):
        written |= set(_sentences(json.loads((FOLDER / name).read_text(encoding="utf-8"))))
    assert not written - set(told)
    assert all(re.search(r"[ぁ-んァ-ヶ一-龠]", said) for said in told.values())


def _sentences(told):
    """What stands in the story for people to read: words with a space or a capital letter."""
    if isinstance(told, dict):
        for name, one in told.items():
            yield from [name] if " " in name else []
            yield from _sentences(one)
    elif isinstance(told, list):
        for one in told:
            yield from _sentences(one)
    elif isinstance(told, str) and re.search(r"[A-Z]", told) and not re.fullmatch(r"[A-Z]{3}", told):
        yield told


def test_the_team_of_every_language_has_the_same_goals_at_the_same_addresses(sample_teams, tmp_path) -> None:
    home = Home.at(shutil.copytree(sample_teams, tmp_path / "home"))
    teams = [Workspace.sample(home, TODAY, language) for language in LANGUAGES]
    one, other = ({goal.id: goal for goal in team.planning.goals()} for team in teams)
    assert one.keys() == other.keys()
    yen = {name: 100 if goal.series == "cost_per_contact" else 1 for name, goal in one.items()}
    assert [yen[name] * goal.primary for name, goal in one.items()] == [other[name].primary for name in one]
    assert all(goal.title != other[name].title for name, goal in one.items())
    for team in teams:
        team.close()
