"""Contacts of which nobody knows whether they were answered or solved: left out of these shares, and said with their number."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir

from cs_planning.kpis.contacts.points.engines import OpenContacts, Step
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import ntext, text

_TICKETS, _CALLS, _SOLUTIONS = "tickets", "calls", "solutions"


def unknown_findings(contacts: OpenContacts) -> Iterator[QualityFinding]:
    """One finding for each share that leaves contacts out since a cell says `?`, can't be read, or is a word nobody knows.

    Args:
        contacts: of one file, since the files of others may say nothing of answers at all.
    """
    if not {"answered", "abandoned", "solution_unknown"} & set(contacts.table.columns):
        return
    found = contacts.run_steps(Step(_counted)).fillna(0).iloc[0]
    if count := int(found.get(_TICKETS, 0)):
        yield QualityFinding(
            rule="answer_not_known",
            severity=Severity.WARNING,
            message=ntext(
                "Of {count} contact it is not known whether it was answered: its first answer is “?” or can’t be read.",
                "Of {count} contacts it is not known whether they were answered: their first answer is “?” or can’t be read.",
                count,
            ),
            consequence=ntext("It is left out of the answer rate.", "They are left out of the answer rate.", count),
            remedy=text("Write when the first answer was given; leave the cell empty where there was none."),
            count=count,
        )
    if count := int(found.get(_CALLS, 0)):
        yield QualityFinding(
            rule="answer_not_known",
            severity=Severity.WARNING,
            message=ntext(
                "Of {count} call it is not known whether it was answered.",
                "Of {count} calls it is not known whether they were answered.",
                count,
            ),
            consequence=ntext(
                "It is offered, but left out of abandonment, answer rate and service level.",
                "They are offered, but left out of abandonment, answer rate and service level.",
                count,
            ),
            remedy=text("Write what became of each call, such as answered or abandoned."),
            count=count,
        )
    if count := int(found.get(_SOLUTIONS, 0)):
        yield QualityFinding(
            rule="solution_not_known",
            severity=Severity.WARNING,
            message=ntext(
                "Of {count} contact it is not known whether it is solved: its status or its time is “?” or can’t be read.",
                "Of {count} contacts it is not known whether they are solved: their status or time is “?” or can’t be read.",
                count,
            ),
            consequence=ntext(
                "It is left out of the resolution rate; in the backlog it counts as open.",
                "They are left out of the resolution rate; in the backlog they count as open.",
                count,
            ),
            remedy=text("Write when it was solved or its status; leave the cell empty where it is open."),
            count=count,
        )


def _counted(contacts: ir.Table) -> ir.Table:
    """How many contacts are not known, by what is not."""
    counts: dict[str, ir.BooleanValue] = {}
    if "answered" in contacts.columns:
        counts[_TICKETS] = (contacts.kind == "ticket") & contacts.answered.isnull()
    if "abandoned" in contacts.columns:
        counts[_CALLS] = (contacts.kind == "call") & contacts.abandoned.isnull()
    if "solution_unknown" in contacts.columns:
        counts[_SOLUTIONS] = contacts.solution_unknown.fill_null(False)
    one, none = ibis.literal(1), ibis.literal(0)
    return contacts.aggregate(**{name: is_so.ifelse(one, none).sum() for name, is_so in counts.items()})
