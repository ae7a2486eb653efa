"""The Data quality page."""

import pytest

from tests.pages.looking import metrics, words
from tests.pages.test_import import IMPORT, confirmed, uploaded
from tests.workspace.layers.test_records import tickets

QUALITY = "pages/data_quality.py"


def test_an_empty_workspace_points_to_the_import(open_app, tmp_path):
    app = open_app(tmp_path, QUALITY)
    assert not app.exception
    assert "Nothing was imported yet" in words(app)


@pytest.mark.slow
def test_findings_stay_readable_after_the_import_with_consequence_and_remedy(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "tickets.csv", tickets(bad=4)))
    app = open_app(tmp_path, QUALITY)
    assert not app.exception
    shown = words(app)
    assert "1 contact was solved before it was created" in shown
    assert "Its time is left out" in shown
    assert "order of day and month" in shown
    assert metrics(app)["Rows left out"] == "4"


@pytest.mark.slow
def test_rows_left_out_are_listed_with_their_reason_and_can_be_downloaded(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "tickets.csv", tickets(bad=4)))
    app = open_app(tmp_path, QUALITY)
    listed = next(frame.value for frame in app.dataframe if "reason" in frame.value)
    assert listed["value"].tolist() == ["some time"] * 4
    assert [button for button in app.get("download_button") if "All of them as CSV" in button.proto.label]


@pytest.mark.slow
def test_html_and_scripts_in_cells_are_shown_as_text(open_app, tmp_path):
    script = "<script>alert(1)</script>"
    lines = ["Ticket ID,Created at,Solved at,Subject,<b>Team</b>"]
    lines += [
        f"{n},2026-0{n % 9 + 1}-{n % 27 + 1:02d} 10:00,,{script} {n % 5},<img src=x onerror=alert(1)>" for n in range(200)
    ]
    lines += [f"{900 + n},{script},,{script},x" for n in range(4)]
    app = uploaded(open_app(tmp_path, IMPORT), "<b>tickets</b>.csv", "\n".join(lines).encode())
    confirmed(app)
    looked = open_app(tmp_path, QUALITY)
    assert not looked.exception
    listed = next(frame.value for frame in looked.dataframe if "reason" in frame.value)
    assert listed["value"].tolist() == [script] * 4
    for page in (app, looked):
        drawn = [element for kind in ("markdown", "caption", "info", "warning", "error") for element in page.get(kind)]
        assert not [element for element in drawn if getattr(element, "allow_html", False) and "alert(1)" in element.value]
        assert not [element for element in page.get("html") if "alert(1)" in element.proto.body]


@pytest.mark.slow
def test_the_sample_team_is_checked_too(open_app, sample_home):
    app = open_app(sample_home, QUALITY)
    assert not app.exception
    assert int(metrics(app)["Imports"]) >= 1


def test_an_import_is_undone_with_a_second_click_after_it_was_said_what_goes(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "tickets.csv", tickets(bad=0)))
    app = open_app(tmp_path, QUALITY)
    next(button for button in app.button if button.label == "Undo this import").click().run()
    assert not app.exception
    assert "contacts go, which no other import holds" in words(app)
    next(button for button in app.button if button.key == "undo-import").click().run()
    assert not app.exception
    shown = words(app)
    assert "“tickets.csv” was undone" in shown
    assert "No series is kept" in shown
    assert "Nothing is suspicious" not in shown
    assert "Undone by" in shown
    assert not [button for button in app.button if button.label == "Undo this import"]
    assert "Nothing is here yet" in words(open_app(tmp_path, IMPORT))
