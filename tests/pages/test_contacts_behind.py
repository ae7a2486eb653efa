"""From a value of a KPI down to its contacts, on the pages on which the KPI stands."""

import pytest

from tests.pages.looking import words
from tests.pages.test_import import IMPORT, confirmed, uploaded

LOG = "Ticket ID,Created at,Solved at,Channel\n" + "\n".join(
    f"{number},2026-{number % 9 + 1:02d}-{number % 27 + 1:02d} 10:00:00,2026-{number % 9 + 1:02d}-28 12:00:00,email"
    for number in range(200)
)


def opened(app):
    app.session_state["contacts-behind"] = True
    return app.run()


@pytest.mark.slow
def test_each_contact_of_a_value_is_listed_once_the_value_is_opened(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "tickets.csv", LOG.encode()))
    app = opened(open_app(tmp_path, IMPORT))
    assert not app.exception
    chosen = next(box for box in app.selectbox if box.key == "behind-series")
    app = chosen.set_value("Contacts received · monthly").run()
    period = next(box for box in app.selectbox if box.key.startswith("behind-period-contact_volume"))
    newest = period.options[0]
    assert newest.startswith("Sep 2026: 22")
    listed = next(frame.value for frame in app.dataframe if "Number of the contact" in frame.value)
    assert len(listed) == 22
    assert set(listed["Channel"]) == {"email"}
    assert listed["Created at"].dt.strftime("%Y-%m").unique().tolist() == ["2026-09"]
    assert "22 contacts count here" in words(app)


@pytest.mark.slow
def test_a_table_of_kpis_offers_no_contacts(open_app, tmp_path):
    table = "Month,CSAT\n" + "\n".join(f"2026-{month:02d},{80 + month}" for month in range(1, 11))
    confirmed(uploaded(open_app(tmp_path, IMPORT), "kpis.csv", table.encode()))
    app = open_app(tmp_path, IMPORT)
    assert not app.exception
    assert "Contacts behind a value" not in [box.label for box in app.expander]
