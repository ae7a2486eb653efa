"""Contacts whose answers and solutions nearly all lie outside the opening hours: the clock of the file is in another zone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.contacts.points.engines import OpenContacts
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import Duration, Percent, Text, text

_DAY_HOURS, _WEEK_HOURS = 24, 168
_HOUR_SECONDS = 3600
_ENOUGH = 10
_HARDLY_ANY, _NEARLY_ALL = 0.1, 0.8
_MOST_HOURS_APART = 14


def zone_findings(contacts: OpenContacts, hours: OpeningHours) -> Iterator[QualityFinding]:
    """The finding that hardly any answer and solution lies in the opening hours, with the shift that would put them there.

    What customers do says nothing, since they write at any hour; where a log holds neither answers nor solutions, as one of
    abandoned calls, there is no finding.

    Args:
        contacts: the log.
        hours: when the service is open; its closed days play no part.

    Assumptions: whole hours are looked at, and one that is open in part counts as open; midnight sharp stands for a date.
    """
    worked = _worked_by_hour(contacts)
    is_open = _open_hours(hours)
    total = worked.sum()
    if total < _ENOUGH or worked[is_open].sum() > _HARDLY_ANY * total:
        return
    shifts = sorted(range(-_MOST_HOURS_APART, _MOST_HOURS_APART + 1), key=abs)
    inside = [float(np.roll(worked, shift)[is_open].sum() / total) for shift in shifts]
    best = int(np.argmax(inside))
    consequence: Text = text("Times in opening hours come out near 0, and contacts fall into wrong days.")
    if inside[best] >= _NEARLY_ALL:
        apart = Duration(seconds=abs(shifts[best]) * _HOUR_SECONDS)
        consequence = (
            text("Times in opening hours come out near 0; {time} later they would fit.", time=apart)
            if shifts[best] > 0
            else text("Times in opening hours come out near 0; {time} earlier they would fit.", time=apart)
        )
    yield QualityFinding(
        rule="another_zone",
        severity=Severity.WARNING,
        message=text(
            "{share} of answers and solutions lie outside the opening hours, as if the clock were in another time zone.",
            share=Percent(share=1 - float(worked[is_open].sum() / total), digits=0),
        ),
        consequence=consequence,
        remedy=text(
            "Say the time zone of the service, in the settings or with --zone; where the file names none, write it into the "
            "header, such as Created (UTC)."
        ),
        count=int(total - worked[is_open].sum()),
    )


def _worked_by_hour(contacts: OpenContacts) -> NDArray[np.float64]:
    """How many answers and solutions there are in each hour of the week, from Monday 0:00, shape (168,)."""
    found = np.zeros(_WEEK_HOURS)
    for name in ("first_response_at", "solved_at"):
        if name not in contacts.table.columns:
            continue
        moment = contacts.table[name]
        there = contacts.table.filter(moment.notnull() & (moment != moment.truncate("D")))
        at = there[name]
        query = there.group_by(weekday=at.day_of_week.index(), hour=at.hour()).aggregate(number=there.count())
        counted = contacts.run(query)
        place = counted["weekday"].to_numpy(int) * _DAY_HOURS + counted["hour"].to_numpy(int)
        np.add.at(found, place, counted["number"].to_numpy(float))
    return found


def _open_hours(hours: OpeningHours) -> NDArray[np.bool_]:
    """Whether an hour of the week is open, at least in part, shape (168,)."""
    found = np.zeros(_WEEK_HOURS, dtype=bool)
    for weekday, spans in enumerate(hours.week):
        for span in spans:
            found[weekday * _DAY_HOURS + span.opens // 60 : weekday * _DAY_HOURS + -(-span.closes // 60)] = True
    return found
