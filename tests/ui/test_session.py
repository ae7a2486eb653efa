import time
from datetime import date

import pytest

from cs_planning.ui import session


@pytest.fixture(params=["Pacific/Kiritimati", "Etc/GMT+12"])
def zone(request, monkeypatch):
    """A zone in which it is another day than in UTC, in one of the two at every hour."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_what_is_kept_at_a_moment_is_of_the_day_that_stands_on_the_screen(zone):
    assert session.today() == date.today()
    assert session.now().date() == session.today()
    assert session.now().utcoffset() is not None
