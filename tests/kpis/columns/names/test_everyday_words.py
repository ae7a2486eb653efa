"""Headers in the words of people who made a list themselves, with `?` for what is missing and spam among the rows."""

from __future__ import annotations

from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

LIST = """Case Ref;Raised on (UTC);Who;Via;First answer (h:mm);Fixed on (UTC);State;Happy? (1-5)
C-1;01/10/2026 09:00;A;Mail;1:05;01/10/2026 11:00;Solved;5
C-2;02/10/2026 09:00;B;Phone;?;03/10/2026 12:00;Solved;?
C-3;13/10/2026 10:30;A;Mail;0:30;?;Open;3
C-4;14/10/2026 10:30;A;Mail;0:01;14/10/2026 10:31;Spam;1
"""


def test_a_list_made_by_hand_gives_its_answers_solutions_and_ratings() -> None:
    table = read_table("list.csv", LIST.encode())
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2026, 11, 10))
    assert imported.contacts is not None
    contacts = imported.contacts.set_index("contact_id")
    assert list(contacts.index) == ["C-1", "C-2", "C-3"]
    assert contacts["first_response_minutes"].tolist() == pytest.approx([65, float("nan"), 30], nan_ok=True)
    assert contacts["resolution_hours"].tolist() == pytest.approx([2, 27, float("nan")], nan_ok=True)
    assert contacts["csat_satisfied"].tolist() == pytest.approx([1, float("nan"), 0], nan_ok=True)
    [unused] = [finding for finding in imported.findings if finding.rule == "unused_columns"]
    assert unused.sample_values == ("Who",)
