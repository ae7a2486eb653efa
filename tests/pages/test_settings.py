"""The Settings page: opening hours, holidays, fiscal year."""

import pytest

from tests.pages.test_import import IMPORT, confirmed, uploaded
from tests.workspace.layers.test_records import tickets

SETTINGS = "pages/settings.py"


def at(elements, key):
    return next(element for element in elements if element.key == key)


@pytest.mark.slow
def test_an_empty_workspace_can_say_when_it_is_open(open_app, tmp_path):
    app = open_app(tmp_path, SETTINGS)
    assert not app.exception
    at(app.toggle, "clock-counted").set_value(True).run()
    at(app.selectbox, "clock-country").set_value("JP").run()
    at(app.button, "clock-save").click().run()
    assert not app.exception
    again = open_app(tmp_path, SETTINGS)
    assert at(again.selectbox, "clock-country").value == "JP"
    assert at(again.text_input, "clock-day-0").value == "09:00-18:00"
    assert not at(again.text_input, "clock-day-6").value


def test_hours_that_can_not_be_are_refused_and_nothing_is_lost(open_app, tmp_path):
    app = open_app(tmp_path, SETTINGS)
    at(app.toggle, "clock-counted").set_value(True).run()
    at(app.text_input, "clock-day-0").set_value("18:00-09:00").run()
    assert app.error
    assert at(app.text_input, "clock-day-0").value == "18:00-09:00"
    assert not [button for button in app.button if button.key == "clock-save"]


def test_kpis_in_opening_hours_appear_after_saving(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "tickets.csv", tickets(bad=1)))
    app = open_app(tmp_path, SETTINGS)
    at(app.toggle, "clock-counted").set_value(True).run()
    at(app.button, "clock-save").click().run()
    assert not app.exception
    app.switch_page(IMPORT).run()
    listed = next(frame.value for frame in app.dataframe if "KPI" in frame.value)
    assert any("in opening hours" in name for name in listed["KPI"])


def test_targets_by_priority_are_kept_and_refused_where_they_are_none(open_app, tmp_path):
    app = open_app(tmp_path, SETTINGS)
    at(app.text_area, "sla-targets").set_value("urgent 1/8\n* 8").run()
    assert any("is no target" in error.value for error in app.error)
    at(app.text_area, "sla-targets").set_value("urgent 1/8\n* 8/72").run()
    at(app.button, "sla-save").click().run()
    assert not app.exception
    again = open_app(tmp_path, SETTINGS)
    assert at(again.text_area, "sla-targets").value == "urgent 1/8\n* 8/72"


@pytest.mark.slow
def test_what_may_go_after_a_time_is_counted_when_asked_and_taken_away_by_the_command_that_is_shown(open_app, sample_home):
    app = open_app(sample_home, SETTINGS)
    assert not app.code
    app.session_state["retention"] = True
    app.run()
    assert app.code[-1].value == "python -m cs_planning retention --delete"
    at(app.selectbox, "retention-versions").set_value(730)
    at(app.selectbox, "retention-snapshots").set_value(365).run()
    assert not app.exception
    assert app.code[-1].value == "python -m cs_planning retention --versions 730 --snapshots 365 --delete"
