"""What was confirmed for a header holds for the next file with it, except for what nobody could see then."""

from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.recognise import recognise

HEADER = "Ticket ID,Created at,Solved at,CSAT,Handle time"


def table(csat: str, handle: str):
    rows = (f"{n},2026-0{n % 6 + 1}-05 09:00,2026-0{n % 6 + 1}-05 11:00,{csat and n % 5 + 1},{handle}" for n in range(60))
    return read_table("log.csv", "\n".join([HEADER, *rows]).encode())


def roles(found) -> dict[str, Role]:
    return {entry.column: entry.role for entry in found.mapping.columns}


def test_a_column_that_was_empty_at_first_is_understood_once_it_is_filled():
    first = recognise(table("", ""))
    assert roles(first)["CSAT"] is Role.IGNORE
    later = recognise(table("x", "0:12:30"), first.mapping)
    assert later.remembered
    assert roles(later)["CSAT"] is Role.CSAT
    csat = later.mapping.find(Role.CSAT)
    assert csat is not None
    assert (csat.scale_lowest, csat.scale_highest) == (1.0, 5.0)
    assert roles(later)["Handle time"] is Role.HANDLE_TIME


def test_a_column_that_was_filled_and_is_not_used_stays_unused():
    first = recognise(table("x", "0:12:30")).mapping
    unused = [entry.model_copy(update={"role": Role.IGNORE}) if entry.role is Role.CSAT else entry for entry in first.columns]
    later = recognise(table("x", "0:12:30"), first.model_copy(update={"columns": tuple(unused)}))
    assert roles(later)["CSAT"] is Role.IGNORE
