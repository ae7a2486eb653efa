from collections import Counter
from datetime import date

import pytest

from cs_planning.goals.drafts.checks import problems_of
from cs_planning.goals.goal import Direction, GoalType, Horizon, Measure
from cs_planning.goals.templates import (
    TEMPLATES,
    Template,
    TemplateNeed,
    goal_from_template,
    suggest,
    template_from_goal,
    template_named,
)
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.language import text
from tests.goals.builders import TODAY, good_goal, series_of

START = {"cost_per_contact": 6.0, "service_cost": 50_000.0, "nps": 20.0, "ces": 3.0, "churn_rate": 5.0}


def history_for(template: Template):
    return series_of([START.get(template.kpi, 70.0)] * 12, template.kpi, first=date(2025, 1, 1))


def need(**changes) -> TemplateNeed:
    return TemplateNeed(**{"severity": 0.5, "reason": text("a gap"), **changes})


def template_ids(*needs: TemplateNeed) -> list[str]:
    return [one.template.id for one in suggest(needs)]


def test_there_are_at_least_six_templates_of_each_type():
    counts = Counter(template.type for template in TEMPLATES)
    assert all(counts[kind] >= 6 for kind in GoalType)
    assert len({template.id for template in TEMPLATES}) == len(TEMPLATES) >= 24


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_template_gives_a_goal_that_can_be_committed(template):
    series = history_for(template)
    goal = goal_from_template(template, series, TODAY)
    assert problems_of(goal, series, today=TODAY) == []
    assert goal.type is template.type
    assert goal.direction.meets(goal.stretch, goal.primary)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_template_is_complete(template):
    assert template.kpi in CATALOGUE
    assert template.milestones
    assert len(template.actions) >= 2
    assert (template.change_percent is None) != (template.change_points is None)
    if template.type is GoalType.FINANCIAL:
        assert template.guard in CATALOGUE


def test_a_financial_goal_takes_the_present_quality_as_its_limit():
    template = template_named("cost-per-contact")
    guard = series_of([82.0] * 12, "csat", first=date(2025, 1, 1))
    goal = goal_from_template(template, history_for(template), TODAY, guard)
    assert (goal.guard_series, goal.guard_limit) == ("csat", 82.0)


def test_a_template_without_data_gives_a_draft_without_numbers():
    goal = goal_from_template(TEMPLATES[0], None, TODAY)
    assert goal.primary is None
    assert goal.series == TEMPLATES[0].kpi


def test_a_survey_that_nobody_sends_yet_becomes_a_goal_that_measures_first():
    goal = goal_from_template(template_named("survey-after-contact"), None, TODAY)
    assert goal.measures_first
    assert goal.measuring.how == "One question that the helpdesk sends by itself after each solved contact"
    assert goal.measuring.answers == CATALOGUE["csat"].minimum_sample
    assert problems_of(goal, None, today=TODAY) == []


def test_a_survey_where_satisfaction_is_known_gets_a_target_and_a_trigger_among_its_steps():
    template = template_named("survey-after-contact")
    goal = goal_from_template(template, history_for(template), TODAY)
    assert (goal.measuring, goal.primary) == (None, 72.0)
    assert any("trigger" in str(action.what) for action in template.actions)


def test_the_template_that_is_made_for_a_need_is_taken_before_those_that_help_in_general():
    assert template_ids(need(practice="follow_up", template="survey-after-contact")) == ["survey-after-contact"]
    assert template_ids(need(practice="follow_up")) == ["raise-csat"]


def test_goals_on_the_market_are_strategic_and_may_not_be_won_by_worse_service():
    of_market = [template for template in TEMPLATES if template.kpi in {"market_share", "relative_market_share"}]
    assert {template.kpi for template in of_market} == {"market_share", "relative_market_share"}
    for template in of_market:
        goal = goal_from_template(template, history_for(template), TODAY, series_of([82.0] * 12, "csat"))
        assert (goal.horizon, goal.objective) == (Horizon.STRATEGIC, "market_share")
        assert (goal.guard_series, goal.direction) == ("csat", Direction.AT_LEAST)


def test_near_the_best_possible_value_the_step_becomes_smaller():
    template = template_named("raise-csat")
    goal = goal_from_template(template, series_of([98.0] * 12, "csat", first=date(2025, 1, 1)), TODAY)
    assert 98 < goal.primary < 100
    assert goal.primary <= goal.stretch <= 100


def test_the_worst_gap_is_helped_first():
    found = suggest([need(kpi="csat", severity=0.1), need(kpi="frt_mean", severity=0.9), need(kpi="nps", severity=0)])
    assert [(one.template.kpi, one.need.severity) for one in found] == [("frt_median", 0.9), ("csat", 0.1)]


def test_a_practice_is_helped_by_a_template_that_brings_it():
    assert "training" in suggest([need(practice="training")])[0].template.practices


def test_no_template_is_suggested_twice_and_no_more_than_asked():
    found = suggest([need(kpi="csat")] * 10, count=3)
    assert len({one.template.id for one in found}) == len(found) <= 3


def test_a_goal_becomes_a_template_of_ones_own_and_back():
    goal = good_goal()
    own = template_from_goal(goal, "Our e-mail course")
    assert Template.model_validate_json(own.model_dump_json()) == own
    assert str(own.name) == "Our e-mail course"
    again = goal_from_template(own, series_of([70.0] * 12, "csat", first=date(2025, 1, 1)), TODAY)
    assert again.primary == 72
    assert again.owner == ""
    assert suggest([need(kpi="csat")], templates=[own])[0].template is own


def test_a_goal_without_numbers_becomes_a_template_too():
    own = template_from_goal(good_goal(primary=None, floor=None, stretch=None, baseline=None, measure=Measure.EVERY), "x {y}")
    assert own.change_percent == 10
    assert str(own.name) == "x {y}"
