"""The KPIs of the same contacts at another engine and in the process."""

from __future__ import annotations

import os

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.calendar.sla_targets import read_targets
from cs_planning.kpis.contacts.columns import typed_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis, kpis_of_contacts
from cs_planning.kpis.frequency import Frequency
from tests.kpis.contacts.points.every_column import contacts_of_every_column
from tests.kpis.contacts.points.test_aggregate import ticket_log

QUANTILE_TOLERANCE = 1e-9
"""All three interpolate between the two nearest values; what differs is the order of the floating-point sums."""
_NEVER_SKIPPED = "CI" in os.environ


def no_engine(reason: Exception) -> None:
    """Skips a test whose engine is not there, and says what to install; never where changes are checked."""
    if _NEVER_SKIPPED:
        raise reason
    pytest.skip(str(reason))


def same_on(backend: BaseBackend, frequency: Frequency) -> None:
    contacts = ticket_log()
    for by in ([], ["channel"]):
        ours = contact_kpis(contacts, CALENDAR_YEAR.rhythm(frequency), by)
        assert {"reopen_rate", "backlog", "frt_p90", "csat"} <= set(ours["series"].str.partition("|")[0])
        theirs = contact_kpis(contacts, CALENDAR_YEAR.rhythm(frequency), by, connection=backend)
        pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=QUANTILE_TOLERANCE)


def every_measure_is_the_same_on(backend: BaseBackend) -> None:
    """The whole and by channel and team, in months and weeks, in opening hours and by targets: every KPI of contacts."""
    contacts = contacts_of_every_column(1_500)
    hours, targets = OpeningHours(week=read_week("mon-fri 09:00-18:00; sat 10:00-14:00")), read_targets("high 1/8; * 4/24")
    seen: set[str] = set()
    for frequency, by in ((Frequency.MONTH, []), (Frequency.WEEK, ["channel"]), (Frequency.MONTH, ["team"])):
        rhythm = CALENDAR_YEAR.rhythm(frequency)
        ours = contact_kpis(contacts, rhythm, by, hours=hours, targets=targets)
        theirs = contact_kpis(contacts, rhythm, by, connection=backend, hours=hours, targets=targets)
        pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=QUANTILE_TOLERANCE)
        seen |= set(ours["series"].str.partition("|")[0])
    assert seen == kpis_of_contacts()


def judged_in_opening_hours(backend: BaseBackend | None) -> float:
    # Open nine hours a day; solved on the same day (0 to 9 h), the next (0 to 18 h), the third (9 to 27 h): of these within 9 h
    # the first, after it the third, and of the second nothing is known.  With a clock: 2 h, in time.
    came = [*[pd.Timestamp("2026-03-02")] * 3, pd.Timestamp("2026-03-02 10:00")]
    solved = [*(pd.Timestamp(f"2026-03-0{day}") for day in (2, 3, 4)), pd.Timestamp("2026-03-02 12:00")]
    log = pd.DataFrame({"contact_id": list("abcd"), "kind": "ticket", "created_at": came, "solved_at": solved})
    contacts = typed_contacts(log.assign(resolution_hours=[0.0, 24.0, 48.0, 2.0]))
    hours, targets = OpeningHours(week=read_week("mon-fri 09:00-18:00")), read_targets("* -/9")
    month = CALENDAR_YEAR.rhythm(Frequency.MONTH)
    points = contact_kpis(contacts, month, connection=backend, hours=hours, targets=targets)
    return float(points.set_index("series")["value"]["resolution_sla"])


def shares_of_what_is_known(backend: BaseBackend | None) -> dict[str, tuple[float, float]]:
    # Tickets: of four one is answered, one not, of two nobody knows; one is solved, one open, one nobody knows, one solved by
    # its status.  Calls: one answered in time, one abandoned, of two nobody knows.
    log = pd.DataFrame(
        {
            "contact_id": list("abcdefgh"),
            "kind": ["ticket"] * 4 + ["call"] * 4,
            "created_at": pd.Timestamp("2026-03-02"),
            "solved_at": [pd.Timestamp("2026-03-03"), *[pd.NaT] * 7],
            "answered": [True, False, *[None] * 6],
            "solved": [None, None, None, True, *[None] * 4],
            "solution_unknown": [None, None, True, *[None] * 5],
            "abandoned": [*[None] * 4, False, True, None, None],
            "answered_in_time": [*[None] * 4, True, False, None, None],
        }
    )
    points = contact_kpis(typed_contacts(log), CALENDAR_YEAR.rhythm(Frequency.MONTH), connection=backend).set_index("series")
    shares = ("completion_rate", "resolution_rate", "abandonment_rate", "service_level", "handled_volume")
    return {name: (float(points["value"][name]), float(points["sample_size"][name])) for name in shares}


OF_WHAT_IS_KNOWN = {
    "completion_rate": (50.0, 4.0),
    "resolution_rate": (pytest.approx(200 / 3), 3.0),
    "abandonment_rate": (50.0, 2.0),
    "service_level": (50.0, 2.0),
    "handled_volume": (1.0, 2.0),
}
