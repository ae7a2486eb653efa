"""Whether a contact was answered and solved within the targets of its priority, where its file does not say it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cs_planning.kpis.calendar.sla_targets import SlaTargets

_MINUTES = 60.0
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

    Assumptions: a contact that is not answered, or not solved, is not judged yet.
    """
    made: dict[str, ir.Value] = {}
    for kept, (unit, *clocks) in _CLOCKS.items():
        there = [contacts[name] for name in (clocks[:2] if in_opening_hours else clocks[2:]) if name in contacts.columns]
        agreed = {one.key: hours for one in targets.targets if (hours := getattr(one, _AGREED[kept])) is not None}
        if not there or not agreed:
            continue
        hours = ibis.coalesce(*there) / unit
        judged = _by_priority(contacts, hours, agreed, {one.key for one in targets.targets})
        made[kept] = ibis.coalesce(contacts[kept], judged) if kept in contacts.columns else judged
    return contacts.mutate(**made) if made else contacts


def _by_priority(contacts: ir.Table, hours: ir.Value, agreed: dict[str, float], named: set[str]) -> ir.Value:
    """Whether `hours` lie within the target of each contact's priority; null where none was agreed."""
    nothing = ibis.null("boolean")
    others = (hours <= agreed[""]) if "" in agreed else nothing
    if "priority" not in contacts.columns:
        return others
    priority = contacts.priority.strip().lower()
    cases = [(priority == key, hours <= agreed[key] if key in agreed else nothing) for key in sorted(named - {""})]
    return ibis.cases(*cases, else_=others) if cases else others
