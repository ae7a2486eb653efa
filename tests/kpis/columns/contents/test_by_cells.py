"""A status and the channels are known by their cells under headers that nobody knows, and nothing else is taken for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.mapping import RULES
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.offers import worth_asking
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 11, 10)
ROWS = 60
STATES = {"en": ("Done", "In progress", "Spam"), "ja": ("完了", "未対応", "スパム")}
CHANNELS = {"en": ("Mail", "Phone", "Chat"), "ja": ("メール", "電話", "チャット")}
HEADERS = {
    "en": ("Ticket ID", "Received at", "What became of it", "They used"),
    "ja": ("受付番号", "受付日時", "いまの状況", "連絡のしかた"),
}


def _table(columns: dict[str, Sequence[str]], ended: Sequence[object] = (), header: Sequence[str] = HEADERS["en"]) -> Table:
    """Contacts, one a day, with cells that return in the order given; `ended` says whether a contact has a solution."""
    names = [*header[:2], *columns, *(["Solved at"] if ended else [])]
    lines = []
    for n in range(ROWS):
        day = f"2026-{n // 20 + 1:02d}-{n % 20 + 1:02d}"
        cells = [words[n % len(words)] for words in columns.values()]
        end = [f"{day} 15:00" if ended[n % len(ended)] else ""] if ended else []
        lines.append(",".join([f"T-{n:03d}", f"{day} 09:00", *cells, *end]))
    return read_table("log.csv", "\n".join([",".join(names), *lines]).encode())


def _roles(table: Table) -> dict[str, Role]:
    return {entry.column: entry.role for entry in recognise(table).mapping.columns if entry.by_cells}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_words_of_a_status_and_of_channels_are_used_and_the_account_says_so(language: str) -> None:
    state, channel = HEADERS[language][2:]
    table = _table({state: STATES[language], channel: (*CHANNELS[language], CHANNELS[language][0])}, (), HEADERS[language])
    found = recognise(table)
    imported = convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert imported.contacts is not None
    # Every third of 60 rows is spam: 20.  Of the 12 rows of a turn (3 states by 4 channels) 3 × 2 of mail, 3 of each other.
    assert (imported.accepted_rows, imported.rejected_rows) == (40, 20)
    counts = imported.contacts["channel"].value_counts()
    assert [int(counts[name]) for name in CHANNELS[language]] == [20, 10, 10]
    said = {one.column: one for one in imported.findings if one.rule == "taken_by_cells"}
    assert set(said) == {state, channel}
    assert set(said[state].sample_values) == set(STATES[language])
    assert worth_asking(table, found, Answers()) == ()


def test_a_large_file_says_so_too(tmp_path) -> None:
    table = _table({"What became of it": STATES["en"]})
    path = tmp_path / "log.csv"
    table.frame.to_csv(path, index=False)
    read = read_contacts(path, table, recognise(table).mapping, tmp_path / "log", today=TODAY)
    assert (read.accepted_rows, read.rejected_rows) == (40, 20)
    assert [one.column for one in read.findings if one.rule == "taken_by_cells"] == ["What became of it"]


OTHERS = {
    "tags": ("Marks", ("spam", "vip", "open day", "printer", "closed shop")),
    "priorities": ("How bad", ("urgent", "high", "normal", "low")),
    "japanese priorities": ("どれくらい急ぐか", ("至急", "高", "中", "低")),
    "yes and no": ("Was it any good", ("yes", "no")),
    "marks of yes and no": ("再確認", ("○", "×")),
    "countries": ("Where from", ("Japan", "Germany", "France")),
    "accounts": ("Standing with us", ("active", "new", "cancelled")),
    "one meaning": ("Whereabouts", ("open", "pending", "waiting")),
    "one channel": ("By means of", ("mail", "email", "e-mail")),
    "products of which some are channels": ("What it was about", ("Email", "Phone", "VPN", "Printer")),
    "an order": ("Order state", ("completed", "pending", "cancelled")),
    "a payment": ("入金の状況", ("完了", "未対応", "取消")),
    "the wish for a reply": ("返信の希望", ("メール", "電話")),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_something_else_is_not_taken(what: str) -> None:
    header, cells = OTHERS[what]
    table = _table({header: cells})
    assert _roles(table) == {}
    assert recognise(table).mapping.column(header).role not in (Role.STATUS, Role.CHANNEL)


def test_of_two_columns_that_could_be_it_none_is_taken_and_both_are_offered() -> None:
    table = _table({"Here": ("Done", "Open"), "There": ("Closed", "Closed", "Pending")})
    found = recognise(table)
    assert _roles(table) == {}
    offers = worth_asking(table, found, Answers())
    assert [offer.column for offer in offers] == ["Here", "There"]
    assert all(offer.choices[0].value == "status" for offer in offers)


def test_a_header_that_names_it_comes_first_and_a_second_status_stays_unused() -> None:
    table = _table({"Status": ("Solved", "Open"), "What became of it": ("Done", "Pending", "Spam")})
    assert _roles(table) == {}
    assert recognise(table).mapping.column("Status").role is Role.STATUS
    assert recognise(table).mapping.column("What became of it").role is Role.IGNORE


def test_a_state_that_contradicts_the_solutions_belongs_to_something_else() -> None:
    words = ("Done", "Pending")
    assert _roles(_table({"Outlook": words}, ended=(True, False))) == {"Outlook": Role.STATUS}
    assert _roles(_table({"Outlook": words}, ended=(False, True))) == {}
    assert _roles(_table({"Outlook": words}, ended=(True, True))) == {}


def test_a_word_or_two_that_nobody_knows_is_no_reason_to_ask() -> None:
    cells = ("Done",) * 8 + ("In progress",) * 6 + ("Spam",) * 3 + ("Merged",) * 2 + ("Gone fishing",)
    assert _roles(_table({"What became of it": cells})) == {"What became of it": Role.STATUS}
    assert _roles(_table({"What became of it": (*cells, "Gone fishing")})) == {}


def test_an_import_from_before_is_found_as_read_otherwise() -> None:
    table = _table({"What became of it": STATES["en"]})
    before = recognise(table).mapping.with_role("What became of it", Role.IGNORE).model_copy(update={"rules": RULES - 1})
    (changed,) = recognise(table, before).otherwise
    assert changed.column == "What became of it"
    answered = before.model_copy(update={"rules": RULES})
    assert recognise(table, answered).otherwise == ()
