"""The what-if board."""

import re
from datetime import UTC, date, datetime

import pytest

from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import AgentAssistLever, StaffingLever
from cs_planning.automation.levers.registry import LEVERS
from cs_planning.automation.ranges import Range
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.reading import read_operation
from cs_planning.kpis.calendar.opening_hours import OpeningHours, Span
from cs_planning.workspace import Home, Save, Workspace
from tests.automation.calibration.call_logs import simulated_calls
from tests.pages.looking import metrics, unfolded, words

WHAT_IF = "pages/what_if.py"
FEWER = "Chatbot and one seat fewer"
"""A scenario of the sample team."""


def slider(app, part):
    return next(one for one in app.slider if part in one.key)


def moved(app, part, value):
    """Moves a slider and draws the whole page again, since by itself a lever draws what it changes alone."""
    slider(app, part).set_value(value).run()
    return app.run()


def number(app, part):
    return next(one for one in app.number_input if part in one.key)


def seconds(app) -> float:
    return float(metrics(app)["Mean wait"].removesuffix(" s").replace(",", ""))


def money(app, label: str) -> float:
    """An amount in large type as a number: "€1,234" or "€1.2K" would compare wrongly as words."""
    written = re.fullmatch(r"\D{0,4}([\d,]+(?:\.\d+)?)\D{0,4}", metrics(app)[label])
    assert written, metrics(app)[label]
    return float(written[1].replace(",", ""))


def view(app, name):
    """Opens one of the tabs below the numbers."""
    app.session_state["what-if-views"] = name
    return app.run()


@pytest.mark.slow
def test_a_link_to_a_scenario_that_is_gone_says_so(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF, scenario="Chatbot in spring")
    assert "nothing at this address" in words(app)
    assert not app.exception


@pytest.mark.slow
def test_a_workspace_without_data_can_still_ask_what_if(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF)
    assert not app.exception
    assert "Mean wait" in metrics(app)


def test_more_containment_shortens_the_wait(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    moved(app, "-containment", 5)
    little = seconds(app)
    moved(app, "-containment", 50)
    assert seconds(app) < little


@pytest.mark.slow
def test_a_lever_that_moves_draws_the_numbers_and_what_stands_below_them_alone(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    before = seconds(app)
    slider(app, "-containment").set_value(50).run()
    alone = seconds(app)
    assert alone < before
    assert not app.slider and not app.number_input, "neither the levers nor the team"
    assert app.get("vega_lite_chart"), "the chart below the numbers follows"
    app.run()
    assert seconds(app) == alone and slider(app, "-containment").value == 50


@pytest.mark.slow
def test_fewer_people_cost_less_and_answer_later(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    wait, cost = seconds(app), money(app, "Cost a month")
    moved(app, "-agents", -2.0)
    assert seconds(app) > wait
    assert money(app, "Cost a month") < cost


@pytest.mark.slow
def test_a_bot_that_does_not_pay_says_from_where_it_would(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    moved(app, "-agents", 0.0)
    assert "does not break even" in words(app)
    moved(app, "-agents", -1.0)
    between = int(re.search(r"Break-even: from (\d+) % of the contacts", words(app))[1]) + 5
    moved(app, "-containment", between)
    moved(unfolded(app, "containment"), "-range_containment", (float(between), float(between)))
    assert "Break-even" not in words(app), "a scenario that costs less and answers sooner has no need of it"


@pytest.mark.slow
def test_the_break_even_stands_among_all_figures(open_app, sample_home):
    app = view(open_app(sample_home, WHAT_IF), "All figures")
    named = {str(row[0]): str(row[-1]) for table in app.table for row in table.value.to_numpy()}
    assert named["Containment at which the bot breaks even"] == "never: it costs more"


@pytest.mark.slow
def test_the_goals_that_it_moves_are_named(open_app, sample_home):
    app = view(open_app(sample_home, WHAT_IF), "Goals")
    assert " → " in words(app)


@pytest.mark.slow
def test_a_currency_that_does_not_exist_is_refused_at_the_field(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    next(one for one in app.text_input if one.key == "what-if-team-currency").set_value("$$").run()
    assert not app.exception
    assert app.error


@pytest.mark.slow
def test_a_kept_scenario_can_be_started_from(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF)
    next(one for one in app.text_input if one.key.endswith("-name")).set_value("Bot in spring")
    next(button for button in app.button if button.label == "Save as new").click().run()
    assert not app.exception
    assert "Bot in spring" in words(app)
    again = open_app(tmp_path, WHAT_IF)
    assert "Bot in spring" in next(one for one in again.selectbox if one.key == "scenario").options


@pytest.mark.slow
def test_figures_of_the_team_are_taken_from_imported_data_and_said(open_app, sample_home):
    seen = words(open_app(sample_home, WHAT_IF))
    assert "Taken from your data" in seen
    assert "calibrated" in seen
    button = "Take contacts and handle time from the data"
    app = open_app(sample_home, WHAT_IF)
    next(one for one in app.button if one.label == button).click().run()
    assert not app.exception
    assert number(app, "-contacts_per_day").value == 440


@pytest.mark.slow
def test_a_team_that_the_model_does_not_describe_gets_no_levers(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    number(app, "-agents").set_value(60.0).run()
    assert not app.exception
    assert "does not describe this team" in words(app)
    assert "Mean wait" not in metrics(app)
    assert not [button for button in app.button if button.label == "Save as new"]


@pytest.mark.slow
def test_zero_people_are_refused_at_their_field(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    number(app, "-agents").set_value(0.0).run()
    assert not app.exception
    assert "above 0" in words(app)


@pytest.mark.slow
def test_a_share_typed_without_the_percent_is_pointed_out(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    number(app, "team-shrinkage").set_value(0.3).run()
    assert "For 30 % write 30" in words(app)


@pytest.mark.slow
def test_a_share_above_everything_is_refused_at_its_field(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    number(app, "team-shrinkage").set_value(130.0).run()
    assert not app.exception
    assert "Nothing is computed before" in words(app)


@pytest.mark.slow
def test_every_lever_can_be_added_and_taken_away(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    shown = {"chatbot", "staffing"}
    adding = next(one for one in app.selectbox if one.key == "what-if-new-add")
    assert len(adding.options) == len(LEVERS) > len(shown)
    for kind in (lever.model_fields["kind"].default for lever in LEVERS):
        if kind not in shown:
            next(one for one in app.selectbox if one.key == "what-if-new-add").set_value(kind).run()
            assert not app.exception
    for lever in LEVERS:
        assert f"**{lever.title}**" in words(app)
    removing = [button for button in app.button if (button.key or "").endswith("-remove")]
    assert len(removing) == len(LEVERS)
    removing[0].click().run()
    assert not app.exception
    assert "**Chatbot**" not in words(app)


def test_what_is_folded_away_counts_as_it_stands(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    cost = money(app, "Cost a month")
    assert not [one for one in app.slider if "-range_" in one.key], "details that nobody opened are not drawn"
    number(unfolded(app, "containment"), "-monthly_cost").set_value(5000.0).run()
    moved(app, "-range_containment", (18.0, 18.0))
    dearer = money(app, "Cost a month")
    assert dearer > cost
    app.session_state[slider(app, "-containment").key.removesuffix("containment") + "details"] = False
    app.run()
    assert not [one for one in app.slider if "-range_" in one.key]
    assert money(app, "Cost a month") == dearer
    assert number(unfolded(app, "containment"), "-monthly_cost").value == 5000.0


@pytest.mark.slow
def test_a_wider_range_widens_the_band_and_keeps_the_slider(open_app, sample_home):
    app = unfolded(open_app(sample_home, WHAT_IF), "containment")
    moved(app, "-range_containment", (0.0, 60.0))
    assert not app.exception
    assert slider(app, "-containment").value == 18


@pytest.mark.slow
def test_the_clock_from_first_contact_sees_the_bot_that_answers_at_once(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    person = seconds(app)
    app.get_by_key("what-if-clock").set_value("first_contact").run()
    assert not app.exception
    assert float(metrics(app)["First answer"].split()[0]) < person


@pytest.mark.slow
def test_the_smallest_lever_is_found_on_a_button(open_app, sample_home):
    app = view(open_app(sample_home, WHAT_IF), "Goals")
    app.get_by_key("what-if-search-go").click().run(timeout=60)
    assert not app.exception
    assert re.search(r"\d+ fewer people on the queue: .* customers wait longer", words(app)), "the goal is about cost"


@pytest.mark.slow
def test_another_channel_with_a_backlog_can_be_described(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    app.get_by_key("what-if-team-add-email").click().run()
    assert not app.exception
    assert any("Waiting already" in one.label for one in app.number_input)
    app.get_by_key("what-if-team-add-chat").click().run()
    assert not app.exception
    assert any("Chats at once" in one.label for one in app.number_input)
    assert "Mean wait" in metrics(app)


@pytest.mark.slow
def test_a_percentage_that_can_not_be_is_refused_in_percent(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    number(app, "-shrinkage").set_value(130.0).run()
    assert "130 % is outside its range" in app.error[0].value


@pytest.mark.slow
def test_the_months_looked_at_are_chosen(open_app, sample_home):
    app = view(open_app(sample_home, WHAT_IF), "All figures")
    number(app, "-horizon_months").set_value(36.0).run()
    named = {str(row[0]): str(row[-1]) for table in app.table for row in table.value.to_numpy()}
    assert "Present value over 36 months" in named


def mail_minutes(app) -> int:
    hours, minutes = re.search(r"E-mail and tickets: (\d+) h(?: (\d+) min)?", words(app)).groups("0")
    return 60 * int(hours) + int(minutes)


@pytest.mark.slow
def test_seconds_of_calls_and_hours_of_e_mail_are_not_averaged(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    alone = metrics(app)
    app.get_by_key("what-if-team-add-email").click().run()
    assert metrics(app)["Mean wait"] == alone["Mean wait"], "that of the telephone"
    assert metrics(app)["Chance of target"] == alone["Chance of target"]
    chosen = next(one for one in app.selectbox if one.key.startswith("what-if-channel"))
    assert chosen.options == ["Telephone", "E-mail and tickets"]
    chosen.set_value(1).run()
    assert re.fullmatch(r"\d+ h( \d+ min)?", metrics(app)["Mean wait"])
    told = words(app)
    assert (
        "Telephone: 1 min 47 s from their first contact to a person, 1 min 30 s of it with the bot, instead of 19.6 s" in told
    )
    assert re.search(
        r"E-mail and tickets: [\d]+ h.* from their first contact to a person.*\(mean of a week that repeats\)", told
    )
    for name in ("All figures", "Time against cost", "What matters most"):
        assert not view(app, name).exception


def day_field(app, day):
    return next(one for one in app.text_input if one.key.endswith(f"-hours-{day}"))


@pytest.mark.slow
def test_e_mail_has_its_hours_weekday_by_weekday(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    app.get_by_key("what-if-team-add-email").click().run()
    app.get_by_key("what-if-team-email0-by-weekday").set_value(True).run()
    before = mail_minutes(app)
    day_field(app, 4).set_value("").run()
    assert mail_minutes(app) > before, "closed on Friday as well"
    day_field(app, 4).set_value("22:00-06:00").run()
    assert not app.exception and not app.error


@pytest.mark.slow
def test_hours_that_can_not_be_are_refused_at_their_day(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    app.get_by_key("what-if-team-add-email").click().run()
    app.get_by_key("what-if-team-email0-by-weekday").set_value(True).run()
    day_field(app, 1).set_value("nine to five").run()
    assert not app.exception
    assert "nine to five" in app.error[0].value and "09:00-18:00" in app.error[0].value
    for day in range(7):
        day_field(app, day).set_value("")
    app.run()
    assert "at least one weekday" in app.error[0].value


@pytest.mark.slow
def test_a_new_channel_takes_the_opening_hours_of_the_settings(open_app, sample_home):
    hours = OpeningHours(week=(*[(Span(opens=480, closes=1200),)] * 6, ()))
    workspace = Workspace.open(Home.at(sample_home))
    workspace.clock.save(hours, 1, save=Save("a", "hours", datetime(2026, 11, 10, tzinfo=UTC)))
    workspace.close()
    app = open_app(sample_home, WHAT_IF)
    app.get_by_key("what-if-team-add-email").click().run()
    assert [day_field(app, day).value for day in (0, 5, 6)] == ["08:00-20:00", "08:00-20:00", ""]


@pytest.mark.slow
def test_a_call_log_gives_a_verdict_and_a_table_by_day(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    app.session_state["what-if-calls"] = True
    app.run()
    log = simulated_calls(days=14).to_csv(index=False).encode()
    next(one for one in app.get("file_uploader")).upload("calls.csv", log, "text/csv").run()
    assert not app.exception
    assert "The model describes this team" in words(app)
    assert "2025" in " ".join(str(value) for table in app.table for value in table.value.to_numpy().ravel())


@pytest.mark.slow
def test_a_file_that_is_no_call_log_says_which_columns_are_missing(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    app.session_state["what-if-calls"] = True
    app.run()
    next(one for one in app.get("file_uploader")).upload("calls.csv", b"colour\nred\n", "text/csv").run()
    assert not app.exception
    assert "arrival" in words(app)


@pytest.mark.slow
def test_total_effects_are_computed_on_a_button_and_said_in_words(open_app, sample_home):
    app = view(open_app(sample_home, WHAT_IF), "What matters most")
    assert "takes part in" not in words(app)
    app.get_by_key("what-if-total-effects").click().run(timeout=60)
    assert not app.exception
    assert "of the uncertainty" in words(app)
    moved(app, "-containment", 30)
    assert "of the uncertainty" not in words(app), "what was computed belongs to the scenario that it was computed for"


@pytest.mark.slow
def test_the_day_can_be_described_hour_by_hour(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    calm = seconds(app)
    toggle = next(one for one in app.toggle if one.key.endswith("-profile"))
    toggle.set_value(True).run()
    assert not app.exception
    next(one for one in app.toggle if one.key.endswith("-calibrate")).set_value(False).run()
    even = seconds(app)
    few = {place: {"Every day": 1.0} for place in range(4)}
    app.session_state["what-if-team-0-agents_per_interval-1x20-9-30"] = {
        "edited_rows": few,
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    assert not app.exception
    assert seconds(app) > max(even, calm)
    assert "more work than people" in words(app)


@pytest.mark.slow
def test_self_service_is_a_channel_with_its_price(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    before = metrics(app)
    app.get_by_key("what-if-team-add-self_service").click().run()
    assert not app.exception
    number(app, "-price_per_contact").set_value(10.0).run()
    after = metrics(app)
    assert after["Mean wait"] == before["Mean wait"]
    assert after["Cost a month"] != before["Cost a month"]


@pytest.mark.slow
def test_a_call_log_becomes_the_team_of_the_workspace_once_somebody_says_so(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF)
    app.session_state["what-if-calls"] = True
    app.run()
    log = simulated_calls(days=14).to_csv(index=False).encode()
    next(one for one in app.get("file_uploader")).upload("calls.csv", log, "text/csv").run()
    assert "The team as this log shows it" in words(app)
    app.get_by_key("what-if-take-calls").click().run()
    assert not app.exception
    again = open_app(tmp_path, WHAT_IF)
    assert not again.exception
    assert next(one for one in again.toggle if one.key.endswith("-profile")).value is True
    assert "Calibrated on a log of calls" in words(again)
    assert number(again, "-handle_time_seconds").value == pytest.approx(360, rel=0.1)


@pytest.mark.slow
def test_the_shape_of_the_day_is_taken_from_imported_contacts(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    next(one for one in app.toggle if one.key.endswith("-profile")).set_value(True).run()
    app.get_by_key("what-if-team-0-profile-take").click().run()
    assert not app.exception
    assert number(app, "-profile-opens_at_hour").value == 8
    assert "people at once, on average" in words(app)


def clicked(app, label):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def names_kept(app):
    return next(one for one in app.selectbox if one.key == "scenario").options


@pytest.mark.slow
def test_a_scenario_under_a_new_name_never_replaces_the_one_it_was_opened_from(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    before = names_kept(app)
    next(one for one in app.selectbox if one.key == "scenario").select_index(0).run()
    next(one for one in app.text_input if one.key.endswith("-name")).set_value("Bot in spring").run()
    assert [b.label for b in app.button if (b.key or "").startswith("what-if-update")] == [
        f"Rename “{before[0]}” and update it"
    ]
    clicked(app, "Save as new")
    assert not app.exception
    assert names_kept(open_app(sample_home, WHAT_IF)) == [*before, "Bot in spring"]


def test_an_update_is_in_the_history_and_can_be_taken_back(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    next(one for one in app.selectbox if one.key == "scenario").select_index(0).run()
    started = slider(app, "-containment").value
    moved(app, "-containment", started + 5)
    clicked(app, "Update")
    assert not app.exception and "is kept" in words(app)
    app.session_state["what-if-history"] = True
    app.run()
    assert "Contacts it ends (containment) changed" in words(app)
    assert ", somebody**" in words(app), "nobody has given a name"
    clicked(app, "Bring this back")
    assert not app.exception
    assert slider(app, "-containment").value == started


@pytest.mark.slow
def test_a_name_that_is_taken_is_said_and_the_next_free_one_offered(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF)
    clicked(app, "Save as new")
    again = open_app(tmp_path, WHAT_IF)
    name = next(one for one in again.text_input if one.key.endswith("-name"))
    assert name.value == "Chatbot 2"
    name.set_value("chatbot").run()
    clicked(again, "Save as new")
    assert "is kept already" in words(again)
    assert names_kept(open_app(tmp_path, WHAT_IF)) == ["Chatbot"]


@pytest.mark.slow
def test_what_a_customer_waits_stands_beside_the_wait_in_the_queue(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    seen = metrics(app)
    assert list(seen)[:3] == ["Until a person", "Until the solution", "Mean wait"]
    assert (seen["Until a person"], seen["Mean wait"]) == ("1 min 47 s", "16.8 s"), "the bot keeps them 90 seconds before"
    assert "in the queue, from hand-over" in words(app) and "1 min 30 s of it with the bot" in words(app)


@pytest.mark.slow
def test_the_usual_price_of_a_bot_is_marked_at_the_number_until_somebody_writes_another(open_app, sample_home):
    app = unfolded(open_app(sample_home, WHAT_IF), "containment")
    marked = words(app).count("usual value")
    number(app, "-price_per_resolution").set_value(1.25).run()
    assert words(app).count("usual value") == marked - 1


def begun_in_august(home):
    """A bot that was kept in July, at work since August, and what its vendor reported since."""
    workspace = Workspace.open(Home.at(home))
    bot = ChatbotLever(containment=Range(min=0.05, mode=0.25, max=0.35), start_month=date(2026, 8, 1), ramp_months=1.0)
    when = datetime(2026, 7, 20, tzinfo=UTC)
    workspace.what_if.kept.save_new(Scenario(name="Bot since August", levers=(bot,)), save=Save("a", "keep", when))
    report = "Month,Channel,Self-service rate (%),Self-service visits\n"
    report += "".join(f"2026-{month:02d},bot,{rate},4000\n" for month, rate in ((8, 10), (9, 12), (10, 14)))
    workspace.data.import_file("bot.csv", report.encode(), save=Save("a", "bot", datetime(2026, 11, 9, tzinfo=UTC)))
    workspace.close()


def opened_scenario(app, name):
    choice = next(one for one in app.selectbox if one.key == "scenario")
    return choice.select_index(choice.options.index(name)).run()


def test_a_scenario_that_has_begun_stands_beside_what_was_measured(open_app, sample_home):
    begun_in_august(sample_home)
    app = opened_scenario(open_app(sample_home, WHAT_IF), "Bot since August")
    assert not app.exception
    seen = words(app)
    assert "What came of it since Aug 2026" in seen
    assert re.search(r"(As|Better than|Worse than) simulated: .*Contacts that the bot ends", seen)
    assert "it is not compared" in seen, "the cost of the sample team is that of its tickets too"
    cells = [str(value) for table in app.table for value in table.value.to_numpy().ravel()]
    assert any(re.match(r"12.% \(simulated ", cell) for cell in cells)
    assert "**Contacts that the bot ends (%)**" in seen and "**Mean wait (seconds)**" in seen, "each with its chart"


def test_the_range_that_was_seen_becomes_a_new_version_on_a_button(open_app, sample_home):
    begun_in_august(sample_home)
    app = opened_scenario(open_app(sample_home, WHAT_IF), "Bot since August")
    clicked(app, "Set the lever to the range seen, as a new version")
    assert not app.exception and "is kept" in words(app)
    assert slider(app, "-containment").value == 12
    assert slider(unfolded(app, "containment"), "-range_containment").value == (9.4, 14.7)
    assert "has the range that was seen" in words(app)
    app.session_state["what-if-history"] = True
    app.run()
    assert "Contacts it ends (containment) changed" in words(app)


def test_a_scenario_without_a_start_says_how_reality_is_shown(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    next(one for one in app.selectbox if one.key == "scenario").select_index(0).run()
    assert "write the start of a lever" in words(app)


def with_chat_removed(home):
    """A scenario for a chat that the team has no longer."""
    workspace = Workspace.open(Home.at(home))
    assist = Scenario(name="Chat assist", levers=(AgentAssistLever(channels=("chat",)),))
    kept = workspace.what_if.kept.save_new(assist, save=Save("a", "assist", datetime(2026, 11, 9, tzinfo=UTC)))
    workspace.close()
    return kept.id


def test_a_lever_for_a_channel_that_the_team_does_not_have_is_said_and_does_nothing(open_app, sample_home):
    kept = with_chat_removed(sample_home)
    app = opened_scenario(open_app(sample_home, WHAT_IF), "Chat assist")
    assert not app.exception
    assert "Works on Chat, which this team does not have: it does nothing." in words(app)
    assert not next(one for one in app.metric if one.label == "Mean wait").delta, "never widened to the telephone"
    clicked(app, "Update")
    workspace = Workspace.open(Home.at(sample_home))
    assert workspace.what_if.scenario(kept).scenario.levers[0].channels == ("chat",)
    workspace.close()


def test_the_channel_of_a_lever_that_the_team_does_not_have_is_changed_on_screen(open_app, sample_home):
    with_chat_removed(sample_home)
    app = unfolded(opened_scenario(open_app(sample_home, WHAT_IF), "Chat assist"), "handle_time_change")
    field = next(one for one in app.multiselect if one.key.endswith("-channels"))
    assert field.value == ["chat"] and "Chat (not in this team)" in field.options
    field.set_value([]).run()
    assert not app.exception
    assert "which this team does not have" not in words(app)
    assert next(one for one in app.metric if one.label == "Mean wait").delta


def test_a_scenario_is_put_away_and_brought_back_on_the_page(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    before = names_kept(app)
    opened_scenario(app, before[0])
    clicked(app, "Put away")
    assert not app.exception
    assert names_kept(app) == before[1:] and next(one for one in app.selectbox if one.key == "scenario").value is None
    clicked(app, "Bring it back")
    assert not app.exception
    assert sorted(names_kept(app)) == sorted(before)


def test_a_tab_with_an_older_version_does_not_overwrite_a_newer_one(open_app, sample_home):
    one, two = (opened_scenario(open_app(sample_home, WHAT_IF), FEWER) for _tab in range(2))
    started = slider(two, "-containment").value
    moved(one, "-containment", started + 10)
    clicked(one, "Update")
    number(two, "-shrinkage").set_value(31.0).run()
    assert "was kept anew since it was opened here" in words(two)
    clicked(two, "Update")
    assert "Nothing was overwritten" in words(two)
    clicked(two, "Open it as it is kept now")
    assert slider(two, "-containment").value == started + 10
    assert "was kept anew" not in words(two)


def test_a_tab_with_an_older_team_does_not_put_it_back(open_app, sample_home):
    one, two = (open_app(sample_home, WHAT_IF) for _tab in range(2))
    opened_scenario(one, FEWER)
    number(one, "-cost_per_agent_hour").set_value(4000.0).run()
    clicked(one, "Update")
    one.session_state["what-if-history"] = True
    assert "Team: Cost of a paid hour changed" in words(one.run())
    two.run()
    assert "The team was changed since it was opened here" in words(two)
    clicked(two, "Save as new")
    assert not two.exception
    assert number(two, "-cost_per_agent_hour").value == 4000.0
    assert number(open_app(sample_home, WHAT_IF), "-cost_per_agent_hour").value == 4000.0


def test_the_marks_at_usual_values_go_as_soon_as_somebody_confirms_them(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF)
    levers = 1
    assert words(app).count(":material/help_center: usual value") > levers
    assert "With usual values for" in words(app)
    clicked(app, "These values are right for us")
    assert not app.exception
    assert words(app).count(":material/help_center: usual value") <= levers, "that of the bot's price alone, at the lever"
    assert "With usual values for" not in words(app)


def typed(home, channels, *levers, since=None, currency="JPY"):
    """A team that somebody typed, with one kept scenario."""
    workspace = Workspace.open(Home.at(home))
    team = read_operation({"channels": channels, "cost_per_agent_hour": 2500, "currency": currency})
    kept = Scenario(name="Tried", levers=tuple(one.in_currency(currency) for one in levers))
    when = since or datetime(2026, 7, 20, tzinfo=UTC)
    workspace.what_if.kept.save_new(kept, team, save=Save("a", "keep", when))
    workspace.close()


PHONE = {"kind": "phone", "contacts_per_day": 600, "opening_hours_per_day": 10, "handle_time_seconds": 300, "agents": 6}
MAIL = {"kind": "email", "contacts_per_day": 100, "handle_time_seconds": 600, "agents": 4, "answer_within_seconds": 28800}


def test_a_mailbox_alone_says_over_which_time_its_waits_are_a_mean(open_app, tmp_path):
    typed(tmp_path, [{**MAIL, "backlog_at_start": 900}], ChatbotLever())
    app = open_app(tmp_path, WHAT_IF, scenario="Tried")
    assert not app.exception
    assert words(app).count("Waits of E-mail and tickets: mean of the first 4 weeks.") == 1


def test_a_bot_that_lets_callers_wait_longer_says_from_where_it_would_pay_also_where_mail_is_quicker(open_app, tmp_path):
    fewer = StaffingLever(agents_change=-1.0, channels=("phone",))
    typed(tmp_path, [PHONE, MAIL], ChatbotLever(channels=("email",)), fewer)
    app = open_app(tmp_path, WHAT_IF, scenario="Tried")
    assert "does not break even" in words(app) or "Break-even: " in words(app)


def test_a_scenario_that_began_long_ago_says_which_months_are_compared(open_app, tmp_path):
    begun = ChatbotLever(start_month=date(2019, 1, 1))
    typed(tmp_path, [PHONE], begun, since=datetime(2018, 12, 1, tzinfo=UTC))
    app = open_app(tmp_path, WHAT_IF, scenario="Tried")
    assert not app.exception
    assert "Compared from Dec 2025 on" in words(app)


def test_the_name_of_the_team_without_levers_is_no_reason_to_draw_nothing(open_app, tmp_path):
    typed(tmp_path, [PHONE], ChatbotLever())
    app = open_app(tmp_path, WHAT_IF, scenario="Tried")
    named = next(one for one in app.text_input if one.key.endswith("-name"))
    for name in ("as is", "現状"):
        named.set_value(name).run()
        assert not app.exception
        assert "1 min 30 s of it with the bot" in words(app), "the levers are tried all the same"
