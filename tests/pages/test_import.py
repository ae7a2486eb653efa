"""Importing on the screen."""

import sqlite3
from pathlib import Path

import pytest

from cs_planning.kpis.columns.mapping import RULES
from tests.pages.looking import metrics, words

FIXTURES = Path(__file__).parents[1] / "fixtures"
IMPORT = "pages/import_data.py"
KPIS = b"Month,CSAT (%),CSAT answers\n" + b"".join(
    b"%d-%02d,%d,%d\n" % (2024 + month // 12, month % 12 + 1, 80 + month % 5, 100 + month) for month in range(24)
)


def uploaded(app, name, content, kind="text/csv"):
    uploader = next(element for element in app.get("file_uploader"))
    uploader.upload(name, content, kind).run()
    return app


def uploaded_together(app, *files):
    uploader = next(element for element in app.get("file_uploader"))
    for name, content in files:
        uploader.upload(name, content, "text/csv")
    uploader.run()
    return app


def confirmed(app):
    next(button for button in app.button if button.key == "confirm-import").click().run()
    return app


def test_an_empty_workspace_says_that_nothing_is_kept_before_confirmation(open_app, tmp_path):
    assert "Nothing is kept before you confirm" in words(open_app(tmp_path, IMPORT))


def test_a_kpi_table_is_recognised_and_kept_after_confirmation(open_app, tmp_path):
    app = uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS)
    assert not app.exception
    assert "a column for each KPI" in words(app)
    assert metrics(app)["Rows accepted"] == "24"
    confirmed(app)
    assert "was imported" in words(app)


@pytest.mark.slow
def test_the_same_file_again_changes_nothing(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    again = confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    assert "changed nothing" in words(again)


@pytest.mark.slow
def test_a_newer_overlapping_table_updates(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    newer = KPIS.replace(b"2025-12,83,123", b"2025-12,90,123") + b"2026-01,85,99\n"
    app = confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis-newer.csv", newer))
    assert "was imported" in words(app)


def test_an_empty_file_is_refused_with_a_remedy_and_nothing_is_kept(open_app, tmp_path):
    app = uploaded(open_app(tmp_path, IMPORT), "empty.csv", b"")
    assert not app.exception
    assert app.error
    assert not [button for button in app.button if button.key == "confirm-import"]


def test_every_bad_cell_is_listed_and_the_import_button_stays_away(open_app, tmp_path):
    broken = KPIS.replace(b"2024-03,82", b"2024-03,lots").replace(b"2024-05,84", b"2024-05,n?a")
    app = uploaded(open_app(tmp_path, IMPORT), "broken.csv", broken)
    assert not app.exception
    assert app.error
    table = next(frame.value for frame in app.dataframe if "Found" in frame.value)
    assert {"lots", "n?a"} <= set(table["Found"])


def test_files_that_are_too_much_together_are_refused_with_the_way_that_takes_them(open_app, tmp_path, monkeypatch):
    monkeypatch.setattr("cs_planning.ui.imports.files.MAX_FILE_BYTES", len(KPIS) + 100)
    app = uploaded_together(open_app(tmp_path, IMPORT), ("a.csv", KPIS), ("b.csv", KPIS.replace(b"2024", b"2022")))
    assert not app.exception
    assert "use the command line" in words(app)
    assert not [button for button in app.button if button.key == "confirm-import"]


def test_ten_megabytes_of_noise_are_refused_without_a_traceback(open_app, tmp_path):
    noise = bytes(range(256)) * 40_000
    app = uploaded(open_app(tmp_path, IMPORT), "noise.csv", noise)
    assert not app.exception
    assert app.error


def test_files_with_the_same_header_are_imported_as_one(open_app, tmp_path):
    head, *months = KPIS.splitlines(keepends=True)
    halves = (head + b"".join(months[:12])), (head + b"".join(months[12:]))
    app = uploaded_together(open_app(tmp_path, IMPORT), ("2024.csv", halves[0]), ("2025.csv", halves[1]))
    assert not app.exception
    assert metrics(app)["Rows accepted"] == "24"
    assert "read as one" in words(app)
    assert "was imported" in words(confirmed(app))


@pytest.mark.slow
def test_files_of_different_kinds_are_imported_one_after_the_other(open_app, tmp_path):
    other = KPIS.replace(b"CSAT", b"NPS").replace(b" (%)", b"")
    app = uploaded_together(open_app(tmp_path, IMPORT), ("csat.csv", KPIS), ("nps.csv", other))
    assert not app.exception
    assert "one after the other" in words(app)
    confirmed(app)
    assert "csat.csv was imported" in words(app)
    confirmed(app)
    assert "nps.csv was imported" in words(app)
    assert not [button for button in app.button if button.key == "confirm-import"]


def test_a_bad_file_among_good_ones_is_named_and_the_others_go_on(open_app, tmp_path):
    app = uploaded_together(open_app(tmp_path, IMPORT), ("empty.csv", b""), ("kpis.csv", KPIS))
    assert not app.exception
    assert "empty.csv" in words(app)
    assert "was imported" in words(confirmed(app))


@pytest.mark.slow
def test_a_file_over_a_megabyte_goes_through_with_its_progress_shown(open_app, tmp_path):
    rows = [b"%d,2025-%02d-%02d 10:00:00,2025-%02d-%02d 12:00:00" % (n, m, d, m, d) for n, m, d in _days(30_000)]
    app = uploaded(open_app(tmp_path, IMPORT), "log.csv", b"Ticket ID,Created at,Solved at\n" + b"\n".join(rows))
    assert not app.exception
    assert metrics(app)["Rows accepted"] == "30,000"
    assert "was imported" in words(confirmed(app))


def _days(count):
    return [(n, n % 12 + 1, n % 28 + 1) for n in range(count)]


@pytest.mark.slow
def test_a_file_that_version_1_read_otherwise_is_read_anew_with_a_click(open_app, tmp_path):
    csat = b"Month,CSAT score\n" + b"".join(b"2026-%02d,%d%%\n" % (month, 80 + month) for month in range(1, 7))
    confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", csat))
    database = sqlite3.connect(tmp_path / "workspace.db")
    old = f"""replace(replace(mapping, '"rules":{RULES}', '"was":{RULES}'), '"csat"', '"fcr"')"""
    for table in ("imports", "mappings"):
        database.execute(f"UPDATE {table} SET mapping = {old}")
    database.commit()
    database.close()
    app = open_app(tmp_path, IMPORT)
    assert "kpis.csv was read by an earlier version" in words(app)
    uploaded(app, "kpis.csv", csat)
    assert "First contact resolution (FCR) before, Customer satisfaction (CSAT) today" in words(app)
    next(button for button in app.button if str(button.key).startswith("import-read-anew")).click().run()
    assert not app.exception
    assert "before, Customer satisfaction (CSAT) today" not in words(app)
    confirmed(app)
    assert "changed nothing" in words(app)
    assert "was read by an earlier version" not in words(open_app(tmp_path, IMPORT))


def test_a_series_that_was_read_wrongly_is_taken_out_and_can_be_imported_again(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    app = open_app(tmp_path, IMPORT)
    assert app.button(key="delete-series").disabled
    app.multiselect(key="series-to-delete").set_value(["csat"]).run()
    app.button(key="delete-series").click().run()
    assert not app.exception
    assert "values were taken out" in " ".join(one.value for one in app.success)
    assert "Nothing is here yet" in words(app)
    again = confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    assert "was imported" in words(again)


def test_goals_that_rest_on_a_series_are_named_before_it_is_taken_out(open_app, sample_home, workspace):
    app = open_app(sample_home, IMPORT)
    goal = next(one for one in workspace.planning.goals() if one.series)
    app.multiselect(key="series-to-delete").set_value([goal.series]).run()
    assert goal.title in " ".join(one.value for one in app.warning).replace("\\", "")


COSTS_IN_EUROS = b"Month,Service cost (EUR)\n" + b"".join(b"2026-%02d,%d\n" % (month, 4000 + month) for month in range(1, 7))


def test_a_file_in_another_currency_offers_to_count_in_it_and_is_read_again(open_app, tmp_path):
    in_yen = COSTS_IN_EUROS.replace(b"EUR", b"JPY")
    confirmed(uploaded(open_app(tmp_path, IMPORT), "yen.csv", in_yen))
    app = uploaded(open_app(tmp_path, IMPORT), "euros.csv", COSTS_IN_EUROS)
    assert "are in EUR, but JPY is counted in" in " ".join(one.value for one in app.error)
    assert not [button for button in app.button if button.key == "confirm-import"]
    app.button(key="import-currency").click().run()
    assert not app.exception
    assert not app.error
    assert metrics(app)["Rows accepted"] == "6"
    assert "was imported" in words(confirmed(app))


def test_a_file_with_other_faults_too_offers_no_other_currency(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "yen.csv", COSTS_IN_EUROS.replace(b"EUR", b"JPY")))
    app = uploaded(open_app(tmp_path, IMPORT), "euros.csv", COSTS_IN_EUROS.replace(b"4003", b"much"))
    assert app.error
    assert not [button for button in app.button if button.key == "import-currency"]


def test_the_zone_of_the_service_is_asked_for_in_place_and_the_file_is_read_in_it(open_app, tmp_path):
    rows = [b"T-%d,2026-03-%02d 20:30,2026-03-%02d 21:00" % (day, day, day) for day in range(1, 29)]
    content = b"Ticket ID,Created (UTC),Solved (UTC)\n" + b"\n".join(rows)
    app = uploaded(open_app(tmp_path, IMPORT), "tickets.csv", content)
    assert app.selectbox(key="import-zone-chosen").value == "UTC"
    app.selectbox(key="import-zone-chosen").set_value("Asia/Tokyo")
    next(button for button in app.button if button.key == "import-zone-save").click().run()
    assert not app.exception
    assert "the time zone of the service is not set" not in words(app)
    assert "was imported" in words(confirmed(app))
    settings = open_app(tmp_path, "pages/settings.py")
    assert settings.selectbox(key="clock-zone").value == "Asia/Tokyo"


STRANGE = b"Thing,Moment A,Moment B\n" + b"".join(
    b"T-%d,2026-%02d-%02d 09:15,2026-%02d-%02d 11:40\n" % (n, n % 6 + 1, n % 20 + 1, n % 6 + 1, n % 20 + 2) for n in range(60)
)


def answered(app, *words_of_answers):
    for said in words_of_answers:
        next(button for button in app.button if said in button.label and button.key.startswith("import-answer")).click().run()
    return app


def test_a_file_that_is_like_nothing_known_is_asked_about_one_question_at_a_time(open_app, tmp_path):
    app = uploaded(open_app(tmp_path, IMPORT), "strange.csv", STRANGE)
    assert not app.exception
    assert "What is one row of this file?" in words(app)
    assert "Which column says" not in words(app), "one question at a time"
    assert not [button for button in app.button if button.key == "confirm-import"]
    answered(app, "a contact")
    assert "Which column says when a contact arrived?" in words(app)
    answered(app, "Moment A")
    assert metrics(app)["Rows accepted"] == "60"
    assert metrics(app)["Contacts received, Jun 2026"] == "10"
    assert "as you said" in words(app)


def test_an_answer_is_taken_back_with_a_click(open_app, tmp_path):
    app = answered(uploaded(open_app(tmp_path, IMPORT), "strange.csv", STRANGE), "a contact", "Moment A")
    next(button for button in app.button if button.key == "import-change-rows").click().run()
    assert "What is one row of this file?" in words(app)
    assert "Rows accepted" not in metrics(app)


def test_a_word_for_no_value_is_left_empty_with_a_click_and_no_mending_of_the_file(open_app, tmp_path):
    marked = KPIS.replace(b"2024-03,82", b"2024-03,soon").replace(b"2024-05,84", b"2024-05,soon")
    app = uploaded(open_app(tmp_path, IMPORT), "marked.csv", marked)
    assert "“soon” stands in 2 cells" in words(app)
    answered(app, "leave these cells empty")
    assert metrics(app)["Rows accepted"] == "24"
    assert "was imported" in words(confirmed(app))


def test_offers_end_with_a_click_and_the_import_does_not_wait_for_them(open_app, tmp_path):
    app = answered(uploaded(open_app(tmp_path, IMPORT), "strange.csv", STRANGE), "a contact", "Moment A")
    assert "What is in “Moment B”" in words(app)
    assert "The import does not wait for it" in words(app)
    app.button(key="import-enough").click().run()
    assert "What is in “Moment B”" not in words(app)
    assert "was imported" in words(confirmed(app))


def test_no_column_is_changed_by_a_click_on_the_form_as_it_opens(open_app, tmp_path):
    app = answered(uploaded(open_app(tmp_path, IMPORT), "strange.csv", STRANGE), "a contact", "Moment A")
    before = [button.key for button in app.button if button.key and button.key.startswith("import-change")]
    app = next(button for button in app.button if button.label == "Use it so").click().run()
    assert not app.exception
    after = [button.key for button in app.button if button.key and button.key.startswith("import-change")]
    assert after == before
    assert metrics(app)["Rows accepted"] == "60"


@pytest.mark.slow
def test_what_was_answered_once_is_not_asked_again_for_the_same_header(open_app, tmp_path):
    app = answered(uploaded(open_app(tmp_path, IMPORT), "strange.csv", STRANGE), "a contact", "Moment A")
    assert "was imported" in words(confirmed(app))
    more = STRANGE + b"T-99,2026-07-02 08:00,2026-07-02 09:00\n"
    again = uploaded(open_app(tmp_path, IMPORT), "strange-july.csv", more)
    assert "What is one row" not in words(again)
    assert "as you confirmed it before" in words(again)
    assert metrics(again)["Rows accepted"] == "61"


def test_another_kind_of_file_guesses_the_columns_anew(open_app, tmp_path):
    tickets = b"Ticket ID,Created at,Solved at\n" + b"".join(
        b"%d,2026-03-%02d 10:00,2026-03-%02d 12:00\n" % (n, n, n) for n in range(1, 29)
    )
    app = uploaded(open_app(tmp_path, IMPORT), "tickets.csv", tickets)
    kind = next(box for box in app.selectbox if "kind" in str(box.key))
    kind.set_value("calls").run()
    assert not app.exception
    assert metrics(app)["Rows accepted"] == "28", "the date that was found is the arrival of the calls too"


def test_after_an_import_a_goal_is_drafted_on_a_kpi_of_this_file(open_app, tmp_path):
    app = confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    (link,) = [one for one in app.get("page_link") if "Draft a goal on" in one.proto.label]
    assert "Customer satisfaction" in link.proto.label
    assert link.proto.query_string == "series=csat"


def test_no_old_success_stands_above_the_next_file(open_app, tmp_path):
    app = confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    assert "was imported" in words(app)
    assert "was imported" not in words(uploaded(app, "empty.csv", b""))


def test_many_bad_cells_are_one_line_a_kind_with_all_of_them_behind_it(open_app, tmp_path):
    broken = b"Month,CSAT (%)\n" + b"".join(
        b"%d-%02d,%s\n" % (2015 + n // 12, n % 12 + 1, b"about %d" % n if n % 4 == 0 else b"80") for n in range(80)
    )
    app = uploaded(open_app(tmp_path, IMPORT), "broken.csv", broken)
    assert not app.exception
    kinds, each = [frame.value for frame in app.dataframe if "Found" in frame.value][:2]
    assert list(kinds["How often"]) == [20]
    assert len(each) == 20
