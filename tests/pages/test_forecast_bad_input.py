"""The Forecast page on histories that no one would wish for: an answer or a reason, never a traceback, in both languages."""

import re
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from cs_planning.workspace import Home, Save, Workspace
from tests.pages.looking import words

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
FORECAST = "pages/forecast.py"


def months(values, last="2026-10-01"):
    return pd.DataFrame({"period": pd.date_range(end=last, periods=len(values), freq="MS"), "value": values})


def _noise(count, size=1.0):
    return size * (100 + np.random.default_rng(0).normal(0, 5, count))


POOR = {
    "constant": months(np.full(24, 7.0)),
    "zeros": months(np.zeros(24)),
    "one value": months([7.0]),
    "gap of a year": months(_noise(48)).drop(index=range(20, 32)),
    "ended years ago": months(_noise(36), last="2021-03-01"),
    "huge": months(_noise(36, 1e10)),
    "tiny": months(_noise(36, 1e-14)),
}


def home_with(path, frame, kpi="index"):
    home = path / "home"
    workspace = Workspace.open(Home.at(home))
    table = frame.assign(series=kpi, period=frame["period"].dt.strftime("%Y-%m-%d"))[["series", "period", "value"]]
    workspace.data.import_file("kpi.csv", table.to_csv(index=False).encode(), save=Save("a", "k", NOW))
    workspace.close()
    return home


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", POOR)
def test_a_poor_history_is_answered_or_refused_in_words(open_app, tmp_path, name, language):
    home = home_with(tmp_path, POOR[name])
    app = open_app(home, lang=language)
    app.switch_page(FORECAST)
    app.query_params["series"] = "index"
    app.query_params["rhythm"] = "month"
    app.run()
    assert not app.exception
    said = words(app)
    assert said.strip()
    assert not re.search(r"\b(nan|inf|Traceback|None)\b", said), said
    if language == "ja":
        assert not re.findall(r"[A-Za-z]{3,}(?: [a-z]{2,}){2,}", said), said
