"""Importing on the screen."""

from pathlib import Path

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


def test_the_same_file_again_changes_nothing(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    again = confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", KPIS))
    assert "changed nothing" in words(again)


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


def test_ten_megabytes_of_noise_are_refused_without_a_traceback(open_app, tmp_path):
    noise = bytes(range(256)) * 40_000
    app = uploaded(open_app(tmp_path, IMPORT), "noise.csv", noise)
    assert not app.exception
    assert app.error
