"""How the rows of one call were put together is said with the column that holds its number, and only where they were."""

from __future__ import annotations

from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.findings.imported import Severity
from cs_planning.kpis.findings.parts_of_calls import parts_put_together

CALLS = Mapping(kind=Kind.CALLS, columns=(ColumnMapping(column="Call ID", role=Role.CONTACT_ID),))


def test_the_column_of_the_number_is_named_as_a_notice() -> None:
    (one,) = parts_put_together(CALLS.model_copy(update={"calls_in_parts": True}))
    assert one.severity is Severity.NOTICE
    assert "“Call ID”" in str(one.message) and "“Call ID”" in str(one.remedy)


def test_calls_with_one_row_each_say_nothing() -> None:
    assert list(parts_put_together(CALLS)) == []
