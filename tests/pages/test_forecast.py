"""The Forecast page: how likely, compared with what, how sure, what would be honest, what could go wrong."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.forecasting.answers.effects import Effect, EffectKind
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.workspace import Save
from cs_planning.workspace.goals import forecasts, planning
from tests.pages.looking import at, metrics, words

FORECAST = "pages/forecast.py"
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def goal(workspace):
    return next(goal for goal in workspace.planning.goals() if "e-mail within 80" in goal.title)


@pytest.fixture
def phone_goal(workspace):
    return next(
        goal
        for goal in workspace.planning.goals()
        if (goal.series or "").startswith("service_level") and goal.deadline > NOW.date()
    )


def opened(open_app, home, **query):
    return at(open_app, home, FORECAST, **query)


def labelled(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


@pytest.mark.slow
def test_without_an_import_the_first_step_is_shown(open_app, tmp_path):
    app = open_app(tmp_path / "empty", FORECAST)
    assert not app.exception
    assert "first step" in words(app)


def test_the_questions_are_answered_in_their_order(open_app, sample_home, goal):
    app = opened(open_app, sample_home, goal=goal.id)
    assert not app.exception
    shown = metrics(app)
    assert any(label.startswith("How likely is") for label in shown)
    assert {"If nothing changes", "Independent standard model"} <= set(shown)
    asked = ["How sure are we of that?", "What could go wrong?", "What do you know that the history does not say?"]
    heads = [head.value for head in app.subheader]
    assert heads[:2] == ["How sure are we of that?", "Which target would be honest?"]
    assert [head for head in heads if head in asked] == asked
    assert len(app.get("vega_lite_chart")) >= 2


@pytest.mark.slow
def test_an_unknown_address_is_said_in_words(open_app, sample_home):
    app = opened(open_app, sample_home, goal="nothing")
    assert not app.exception
    assert "nothing at this address" in words(app)


@pytest.mark.slow
@pytest.mark.parametrize("measure", ["level", "average", "total", "every"])
def test_a_daily_series_is_answered_for_a_quarter_in_every_measure(open_app, sample_home, measure, workspace):
    info = next(info for info in workspace.data.series_list() if info.frequency.value == "day")
    app = opened(open_app, sample_home, series=str(info.key), rhythm="day")
    labelled(app.selectbox, "The target counts").set_value(measure).run()
    assert not app.exception
    assert not app.error
    assert "Independent standard model" in metrics(app)


@pytest.mark.slow
def test_a_harder_target_is_less_likely(open_app, sample_home, workspace):
    info = next(info for info in workspace.data.series_list() if info.key.kpi == "csat")
    app = opened(open_app, sample_home, series=str(info.key), rhythm="month")
    slider = app.slider[0]
    easy = slider.set_value(slider.min).run()
    likely = next(value for label, value in metrics(easy).items() if label.startswith("How likely is"))
    hard = app.slider[0].set_value(app.slider[0].max).run()
    unlikely = next(value for label, value in metrics(hard).items() if label.startswith("How likely is"))
    assert likely.startswith(("over 9", "9"))
    assert unlikely.startswith("under 1 ") or int(unlikely.split()[0]) < 20


@pytest.mark.slow
def test_an_event_is_marked_used_and_removed(open_app, sample_home, goal, workspace):
    app = opened(open_app, sample_home, goal=goal.id)
    labelled(app.text_input, "What was it?").set_value("Outage of the line")
    labelled(app.date_input, "From").set_value(date(2026, 3, 1))
    labelled(app.date_input, "To").set_value(date(2026, 4, 30))
    labelled(app.button, "Mark it").click().run()
    assert not app.exception
    assert "Outage of the line" in words(app)
    assert "Without the marked events" in words(app)
    labelled(app.button, "Remove").click().run()
    assert not app.exception
    assert not workspace.planning.events.marked(goal.series)
    (kept,) = workspace.planning.events.ever_marked(goal.series)
    assert kept.event == Event(EventKind.IGNORE, date(2026, 3, 1), date(2026, 4, 30), name="Outage of the line")


@pytest.mark.slow
def test_every_forecast_of_a_series_knows_its_events(workspace, goal):
    before = workspace.planning.outlook(goal, NOW.date()).forecast
    page = workspace.pages.run(workspace.pages.page_of(goal), NOW.date())
    event = Event(EventKind.IGNORE, date(2026, 8, 1), date(2026, 10, 31), name="Campaign")
    workspace.planning.events.mark(goal.series, event, save=Save("m", "one", NOW))
    after = workspace.planning.outlook(goal, NOW.date()).forecast
    assert before.paths.mean() != after.paths.mean()
    assert workspace.pages.run(workspace.pages.page_of(goal), NOW.date()) != page
    workspace.planning.events.take_away(workspace.planning.events.marked(goal.series)[0], save=Save("m", "two", NOW))
    assert workspace.planning.outlook(goal, NOW.date()).forecast is before


@pytest.mark.slow
def test_honest_targets_open_in_the_draft(open_app, sample_home, goal, workspace):
    look = workspace.forecasts.look(goal, NOW.date())
    app = opened(open_app, sample_home, goal=goal.id)
    labelled(app.button, "Take these into the draft").click().run()
    assert not app.exception
    assert app.title[0].value == "Change a goal"
    slider = next(slider for slider in app.slider if slider.label.startswith("Target"))
    assert slider.value == pytest.approx(look.suggested.primary, abs=2 * slider.step)
    assert workspace.planning.goal(goal.id).primary == goal.primary


def test_the_parts_of_a_change_add_up(workspace, goal):
    change = workspace.forecasts.why_moved(goal, date(2026, 8, 15), NOW.date())
    parts = (change.passed_time, change.new_data, change.changed_target, change.changed_scenario)
    assert change.before + sum(parts) == pytest.approx(change.after)
    assert change.after == pytest.approx(workspace.planning.outlook(goal, NOW.date()).primary.probability, abs=0.001)


def test_a_changed_target_is_named_as_the_cause(workspace, goal):
    easier = goal.model_copy(update={"primary": workspace.forecasts.look(goal, NOW.date()).suggested.floor})
    later = datetime(2026, 12, 1, 9, tzinfo=UTC)
    saved = workspace.planning.save_draft(easier, save=Save("m", "easier", later))
    change = workspace.forecasts.why_moved(saved, NOW.date(), NOW.date())
    assert change.new_data == pytest.approx(0, abs=1e-9)
    assert change.passed_time == pytest.approx(0, abs=1e-9)
    assert change.changed_target == pytest.approx(change.total)


def test_all_goals_together_are_never_likelier_than_the_hardest_one(workspace):
    goals = [goal for goal in workspace.planning.under_way(NOW.date()) if goal.series and goal.primary is not None][:3]
    found = workspace.together.of(goals, NOW.date())
    chances = [chance for _goal, chance in found.goals]
    assert found.joint.all <= min(chances) + 0.01
    assert found.joint.any >= max(chances) - 0.01


@pytest.mark.slow
def test_moving_the_target_fits_nothing_again(open_app, sample_home, goal, monkeypatch):
    fitted = []
    for module, name in (
        (planning, "forecast"),
        (forecasts, "forecast"),
        (forecasts, "second_opinion"),
        (forecasts, "no_change"),
    ):
        made = getattr(module, name)
        counted = lambda *given, made=made, **named: (fitted.append(made), made(*given, **named))[1]  # noqa: E731
        monkeypatch.setattr(module, name, counted)
    app = opened(open_app, sample_home, goal=goal.id)
    begun = len(fitted)
    assert begun >= 3
    seen = set()
    for step in (-8, -4, 4, 8):
        slider = app.slider[0]
        slider.set_value(slider.value + step * slider.step).run()
        assert not app.exception
        seen.add(next(value for label, value in metrics(app).items() if label.startswith("How likely is")))
    assert len(seen) > 1
    assert len(fitted) == begun


def test_a_month_that_is_not_over_is_completed_from_its_days_everywhere(workspace, phone_goal):
    today = date(2026, 10, 20)
    look = workspace.forecasts.look(phone_goal, today)
    assert look.forecast.running == look.second.running == 19
    assert any(note.kind == "nowcast" for note in look.forecast.notes)
    assert look.forecast.periods[0] == look.second.periods[0]
    change = workspace.forecasts.why_moved(phone_goal, date(2026, 10, 5), today)
    assert change.after == pytest.approx(workspace.planning.outlook(phone_goal, today).primary.probability, abs=0.001)


def test_a_scenario_that_is_counted_on_is_a_cause_of_its_own(workspace, phone_goal):
    lift = Effect("service_level", EffectKind.ADDITIVE, 4.0, date(2026, 11, 1))
    change = workspace.forecasts.why_moved(phone_goal, NOW.date(), NOW.date(), (lift,))
    assert change.changed_scenario > 0.1
    assert change.changed_scenario == pytest.approx(change.total)


@pytest.mark.slow
def test_a_kept_scenario_can_be_chosen_as_a_cause(open_app, sample_home, phone_goal):
    app = opened(open_app, sample_home, goal=phone_goal.id)
    chosen = labelled(app.selectbox, "Scenario that is counted on by now")
    for option in chosen.options[1:]:
        labelled(app.selectbox, "Scenario that is counted on by now").set_value(option).run()
        assert not app.exception
        assert not app.error


@pytest.mark.slow
def test_the_country_of_the_holidays_is_chosen_once_for_all_daily_values(open_app, sample_home, phone_goal, workspace):
    app = opened(open_app, sample_home, goal=phone_goal.id)
    labelled(app.selectbox, "Public holidays of").set_value("JP").run()
    assert not app.exception
    assert workspace.planning.place == "JP"
    assert workspace.clock.calendar.country == "JP"
