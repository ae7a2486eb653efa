"""What the columns of a contact are called where people read them, each with its unit."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cs_planning.kpis.series import part_label
from cs_planning.language import Text, text

CONTACT_COLUMN_NAMES: Mapping[str, Text] = {
    "contact_id": text("Number of the contact"),
    "counted_on": text("Counts on"),
    "part_of_value": text("Its part of the value"),
    "kind": text("Kind"),
    "created_at": text("Created at"),
    "first_response_at": text("First answered at"),
    "solved_at": text("Solved at"),
    "closed_at": text("Closed at"),
    "rated_at": text("Rated at"),
    "first_response_minutes": text("First response (minutes)"),
    "first_response_business_minutes": text("First response (minutes in opening hours)"),
    "resolution_hours": text("Resolution (hours)"),
    "resolution_business_hours": text("Resolution (hours in opening hours)"),
    "wait_seconds": text("Waited (seconds)"),
    "handle_minutes": text("Handled (minutes)"),
    "reopened": text("Reopened"),
    "escalated": text("Escalated"),
    "first_contact": text("Solved at the first contact"),
    "complaint": text("Complaint"),
    "answered": text("Answered"),
    "solved": text("Solved"),
    "solution_unknown": text("Not known whether solved"),
    "sla_kept": text("Solved within the agreed time"),
    "first_response_sla_kept": text("First answered within the agreed time"),
    "abandoned": text("Abandoned"),
    "interrupted": text("Cut off"),
    "answered_in_time": text("Answered in time"),
    "channel": text("Channel"),
    "team": text("Team"),
    "customer_group": text("Customer group"),
    "topic": text("Topic"),
    "priority": text("Priority"),
    "status": text("Status"),
    "csat_satisfied": text("Satisfied (1 yes, 0 no)"),
    "nps_answer": text("Recommendation (0–10)"),
    "ces_answer": text("Effort (1–7)"),
    "quality_percent": text("Quality score (%)"),
    "cost": text("Cost"),
    "subject": text("Subject"),
    "tags": text("Tags"),
    "remark": text("Remark"),
}
"""By the name of the column in a contact table; the first three stand first."""

_KINDS: Mapping[str, Text] = {"ticket": text("ticket"), "call": text("call"), "survey": text("survey answer")}
_MARKS: Mapping[object, Text] = {True: text("yes"), False: text("no")}


def readable_contacts(contacts: pd.DataFrame) -> pd.DataFrame:
    """The contacts with names, marks, kinds and channels in the language in force, what counts first.

    Args:
        contacts: as `contacts_behind` returns them.
    """
    names = [name for name in CONTACT_COLUMN_NAMES if name in contacts.columns]
    shown = contacts[names].copy()
    for name in names:
        if pd.api.types.is_bool_dtype(shown[name]):
            shown[name] = shown[name].map(lambda mark: "" if pd.isna(mark) else str(_MARKS[bool(mark)]))
    if "kind" in shown:
        shown["kind"] = shown["kind"].map(lambda kind: str(_KINDS.get(kind, kind)))
    if "channel" in shown:
        shown["channel"] = shown["channel"].map(lambda name: "" if pd.isna(name) else str(part_label(name)))
    return shown.rename(columns={name: str(CONTACT_COLUMN_NAMES[name]) for name in names})
