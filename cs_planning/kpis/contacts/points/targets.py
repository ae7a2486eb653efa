"""Whether a contact was answered and solved within the targets of its priority, where its file does not say it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cs_planning.kpis.calendar.open_times import LONGEST, SHORTEST
from cs_planning.kpis.calendar.sla_targets import SlaTargets

_MINUTES, _DAY_HOURS = 60.0, 24.0
_CLOCKS = {
    "sla_kept": (1.0, "resolution_open_hours", "resolution_business_hours", "resolution_hours"),
    "first_response_sla_kept": (
        _MINUTES,
        "first_response_open_minutes",
        "first_response_business_minutes",
        "first_response_minutes",
    ),
}
_AGREED = {"sla_kept": "resolution_hours", "first_response_sla_kept": "first_response_hours"}


def with_targets(contacts: ir.Table, targets: SlaTargets, *, in_opening_hours: bool) -> ir.Table:
    """The contacts with what the targets of their priorities say, beside what their files say themselves.

    Args:
        contacts: a contact table, with times in opening hours where these are set.
        targets: of each priority.
        in_opening_hours: whether opening hours are set: then the clock of the service counts, or that of the helpdesk, and a
            contact without either is not judged; else the calendar counts.

    Assumptions: a contact that is not answered, or not solved, is not judged yet; nor one of which dates alone are known, as
    long as both a kept and a missed target fit these.
    """
    made: dict[str, ir.Value] = {}
    for kept, (unit, *clocks) in _CLOCKS.items():
        there = [contacts[name] for name in (clocks[:2] if in_opening_hours else clocks[2:]) if name in contacts.columns]
        agreed = {one.key: hours for one in targets.targets if (hours := getattr(one, _AGREED[kept])) is not None}
        if not there or not agreed:
            continue
        hours = ibis.coalesce(*there) / unit
        least = most = hours
        if kept == "sla_kept" and in_opening_hours and SHORTEST in contacts.columns:
            least, most = (ibis.coalesce(contacts[bound], *there) / unit for bound in (SHORTEST, LONGEST))
        if kept == "sla_kept" and not in_opening_hours:
            # From one date to another it can be nearly a day less or more than the whole days between them.
            around = _ends_on_a_date(contacts).ifelse(_DAY_HOURS, 0.0)
            least, most = hours - around, hours + around
        judged = _by_priority(contacts, least, most, agreed, {one.key for one in targets.targets})
        made[kept] = ibis.coalesce(contacts[kept], judged) if kept in contacts.columns else judged
    judged_contacts = contacts.mutate(**made) if made else contacts
    return judged_contacts.drop(*(bound for bound in (SHORTEST, LONGEST) if bound in contacts.columns))


def _ends_on_a_date(contacts: ir.Table) -> ir.BooleanValue:
    """Whether a solution is a date without a time of day: whole days that end at midnight, or on the same day."""
    days = contacts.resolution_hours / _DAY_HOURS
    solved = contacts.solved_at
    is_date = (days == days.floor()) & ((solved == solved.truncate("D")) | (solved == contacts.created_at))
    return is_date.fill_null(False)


def _by_priority(contacts: ir.Table, least: ir.Value, most: ir.Value, agreed: dict[str, float], named: set[str]) -> ir.Value:
    """Whether a time from `least` to `most` lies within the target of each contact's priority; null where none was agreed."""
    nothing = ibis.null("boolean")

    def within(hours: float) -> ir.Value:
        return ibis.cases((most <= hours, ibis.literal(True)), (least >= hours, ibis.literal(False)))

    others = within(agreed[""]) if "" in agreed else nothing
    if "priority" not in contacts.columns:
        return others
    priority = contacts.priority.strip().lower()
    cases = [(priority == key, within(agreed[key]) if key in agreed else nothing) for key in sorted(named - {""})]
    return ibis.cases(*cases, else_=others) if cases else others
