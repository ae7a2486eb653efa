"""The commands about probabilities: the record in words, and bands as a file."""

import sys

import numpy as np
import pandas as pd
import pytest

from cs_planning.cli import main
from cs_planning.cli.command import show_progress


@pytest.fixture
def history(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    periods = pd.date_range("2023-01-01", periods=36, freq="MS").strftime("%Y-%m")
    values = 80 + np.random.default_rng(2).normal(size=36)
    rows = [("csat", period, value) for period, value in zip(periods, values, strict=True)]
    rows += [("short", period, 5.0) for period in periods[:4]]
    pd.DataFrame(rows, columns=["series", "period", "value"]).to_csv("series.csv", index=False)
    return tmp_path


def test_backtest_says_the_record_in_words(history, capsys):
    assert main(["backtest", "series.csv"]) == 0
    printed = capsys.readouterr().out
    assert "csat: In 24 past forecasts the outcome fell inside the 80 % range" in printed
    assert "short: " in printed


def test_forecast_writes_bands_that_nest_and_names_the_series_without(history, capsys):
    assert main(["forecast", "series.csv", "--last", "2026-06-30", "--out", "bands.csv"]) == 1
    assert "short: " in capsys.readouterr().err
    bands = pd.read_csv("bands.csv")
    assert bands["period"].tolist() == [f"2026-{month:02d}" for month in range(1, 7)]
    assert (bands["low95"] <= bands["low80"]).all()
    assert (bands["low80"] <= bands["low50"]).all()
    assert (bands["low50"] <= bands["median"]).all()
    assert (bands["median"] <= bands["high50"]).all()
    assert (bands["high80"] <= bands["high95"]).all()
    assert bands["high95"].max() <= 100


def test_a_long_run_shows_a_bar_on_a_terminal_only(capsys, monkeypatch):
    show_progress(50, 100)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    show_progress(50, 100)
    assert "50/100" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('series,period,value\n"a,2026-01,5\na,2026-02,6\n', "A quotation mark is opened in this row and not closed"),
        ("", "The file is empty"),
    ],
)
def test_a_history_that_can_not_be_read_is_refused_in_words(tmp_path, capsys, content, said):
    (tmp_path / "series.csv").write_text(content, encoding="utf-8")
    assert main(["backtest", str(tmp_path / "series.csv")]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "tokenizing" not in told


def test_a_history_in_a_japanese_encoding_or_with_a_broken_line_is_read(tmp_path, capsys):
    rows = [f"応答,2024-{month:02d},{60 + month}" for month in range(1, 13)]
    path = tmp_path / "series.csv"
    path.write_bytes("\n".join(["series,period,value", *rows, "応答,2025-01,60,7"]).encode("cp932"))
    assert main(["backtest", str(path)]) == 0
    told = capsys.readouterr()
    assert "応答" in told.out
    assert "row 14" in told.err
