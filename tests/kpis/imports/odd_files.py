"""Files as people and programs write them, and ways in which they come out odd: another delimiter, quotes, columns, cells."""

from __future__ import annotations

import codecs
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutations import LONGEST_SECONDS, TODAY, fate_of
from cs_planning.errors import ImportProblems
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.offers import worth_asking
from cs_planning.kpis.imports.questions import answered, open_questions
from cs_planning.kpis.imports.recognise import recognise

Rows = list[list[str]]

_HEADERS = {
    "tickets": "Ticket ID,Created at,First response at,Solved at,Status,Channel,CSAT",
    "a list by hand": "No.,Date/time in,They used,By,What became of it,Sorted out,Happy 1-5,Grumbled?",
    "a japanese list": "受付番号,受付日,受付時刻,いまの状況,連絡のしかた,完了日,満足（1〜5）,苦情か",
    "calls": "Call ID,Call start,Answered at,Ended at,Outcome,Queue",
    "steps": "Case ID,Activity,Timestamp",
    "answers": "回答日時,満足度（5段階）,コメント",
    "months": "Month,CSAT,Contact volume,AHT (min)",
    "call days": "Date,Offered,Answered,Abandoned,ASA (s)",
}


def _row(what: str, n: int) -> list[str]:
    day = f"2026-03-{n % 27 + 1:02d}"
    match what:
        case "tickets":
            return [f"T-{n}", f"{day} 09:00", f"{day} 09:{n:02d}", f"{day} 1{n % 9}:30", "Solved", "Email", str(1 + n % 5)]
        case "a list by hand":
            state = ("Done", "Done", "Open", "Spam")[n % 4]
            out = f"{n % 27 + 1}.03.2026 18:00" if state == "Done" else ""
            return [
                str(n),
                f"{n % 27 + 1}.03.2026 09:00",
                ("mail", "phone")[n % 2],
                "Tom",
                state,
                out,
                str(1 + n % 5),
                "yn"[n % 2],
            ]
        case "a japanese list":
            state = ("完了", "対応中", "スパム")[n % 3]
            return [
                f"R{n}",
                day,
                f"{8 + n % 9}:30",
                state,
                ("メール", "電話")[n % 2],
                day,
                str(1 + n % 5),
                "○" if n % 5 else "",
            ]
        case "calls":
            return [f"C{n}", f"{day} 10:00:00", f"{day} 10:00:{n:02d}", f"{day} 10:05:00", "answered", "Main"]
        case "steps":
            return [f"S{n // 3}", ("opened", "first response", "closed")[n % 3], f"2026-03-{n // 3 + 1:02d} 1{n % 3}:00"]
        case "answers":
            return [f"2026/3/{n % 27 + 1} 10:00", str(1 + n % 5), "速い"]
        case "months":
            return [f"{2023 + n // 12}-{n % 12 + 1:02d}", f"{70 + n % 20}%", str(1000 + n), f"{4 + n % 3}.5"]
        case _:
            return [f"2026-{1 + n // 27:02d}-{n % 27 + 1:02d}", str(100 + n), str(90 + n), "10", str(20 + n % 7)]


KINDS = tuple(_HEADERS)


def sound(what: str, count: int = 36) -> Rows:
    """The rows of a sound file, its header first."""
    return [_HEADERS[what].split(","), *(_row(what, n) for n in range(count))]


_ODD_CELLS = (
    *(
        "",
        " ",
        "?",
        "-",
        "n/a",
        "null",
        "NaN",
        "inf",
        "-inf",
        "1e999",
        "0",
        "-1",
        "99999999999999999999",
        "1.234.567,89",
        "1,5",
    ),
    *(
        "=1+1",
        "#REF!",
        "0000-00-00",
        "9999-12-31",
        "1900-01-01",
        "2026-02-30",
        "2026-03-02",
        "12:99",
        "25:00",
        "24:00",
        "1:2:3",
    ),
    *(
        "令和8年3月3日",
        "１２",
        "2026年3月3日",
        "9時5分",
        "3月",
        "☆☆☆",
        "\u200b",
        "\ufeff",
        "\x00",
        "\x07",
        "a" * 5000,
        "😀",
        "é\u0301",
    ),
    *("line\nbreak", 'a "quoted" word', "a,b;c\td|e", "'", '"', "\\", "\r", "yes", "TRUE", "spam", "1970-01-01T00:00:00Z"),
    *(
        "1772442000",
        "1772442000000",
        "2026-03-02T10:00:00+09:00",
        "2026-03-02 10:00:00.123456789 UTC",
        "Mon, 02 Mar 2026 10:00:00",
    ),
)
_DELIMITERS = (",", ";", "\t", "|", ", ", ",,")
_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp932",
    "euc_jp",
    "iso2022_jp",
    "cp1252",
    "gb18030",
)
_LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\n\r\n")


@dataclass
class _File:
    """A file on its way to bytes."""

    rows: Rows
    delimiter: str = ","
    quotes: str = "needed"
    line_end: str = "\n"
    encoding: str = "utf-8"
    cut: float = 1.0
    before: str = ""
    behind: str = ""

    def written(self, chance: random.Random) -> bytes:
        """The bytes; a letter that the encoding lacks becomes a question mark."""
        lines = (self.delimiter.join(self._cell(cell, chance) for cell in row) for row in self.rows)
        text = self.before + self.line_end.join(lines) + self.line_end + self.behind
        data = text.encode(self.encoding, errors="replace")
        return data[: max(1, int(self.cut * len(data)))]

    def _cell(self, cell: str, chance: random.Random) -> str:
        must = any(sign in cell for sign in (self.delimiter, '"', "\n", "\r"))
        match self.quotes:
            case "always":
                return '"' + cell.replace('"', '""') + '"'
            case "never":
                return cell
            case "wrong":
                return '"' + cell if chance.random() < 0.02 else cell
            case "single":
                return f"'{cell}'"
            case _:
                return '"' + cell.replace('"', '""') + '"' if must else cell


def _cells(file: _File, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        row = chance.choice((file.rows[1:] if chance.random() < 0.9 else file.rows) or file.rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(_ODD_CELLS)


def _column_of_odd_cells(file: _File, chance: random.Random) -> None:
    place = chance.randrange(len(file.rows[0]) or 1)
    cells = chance.sample(_ODD_CELLS, chance.randint(1, 4))
    for number, row in enumerate(file.rows[1:]):
        if place < len(row):
            row[place] = cells[number % len(cells)]


def _swapped(file: _File, chance: random.Random) -> None:
    order = list(range(len(file.rows[0])))
    chance.shuffle(order)
    with_header = chance.random() < 0.5
    file.rows[:] = [
        [row[place] for place in order if place < len(row)] if number or with_header else row
        for number, row in enumerate(file.rows)
    ]


def _doubled(file: _File, chance: random.Random) -> None:
    place = chance.randrange(len(file.rows[0]) or 1)
    file.rows[:] = [[*row, *row[place : place + 1]] for row in file.rows]


def _without_a_column(file: _File, chance: random.Random) -> None:
    place = chance.randrange(len(file.rows[0]) or 1)
    file.rows[:] = [row[:place] + row[place + 1 :] for row in file.rows]


def _ragged(file: _File, chance: random.Random) -> None:
    for row in chance.sample(file.rows, min(len(file.rows), chance.randint(1, 4))):
        row[:] = row[: chance.randrange(len(row) + 1)] if chance.random() < 0.5 else [*row, *["x"] * chance.randint(1, 3)]


def _repeated(file: _File, chance: random.Random) -> None:
    again = [list(row) for row in chance.choices(file.rows, k=chance.randint(1, 12))]
    place = chance.randrange(len(file.rows)) + 1
    file.rows[place:place] = again


def _few(file: _File, chance: random.Random) -> None:
    del file.rows[chance.randint(0, 4) + 1 :]


def _header(file: _File, chance: random.Random) -> None:
    match chance.randrange(4):
        case 0:
            del file.rows[0]
        case 1:
            file.rows[0][:] = [""] * len(file.rows[0])
        case 2:
            file.rows[0][:] = [file.rows[0][0]] * len(file.rows[0])
        case _:
            file.rows[0][:] = [f" {name.upper()}\n" for name in file.rows[0]]
    file.rows = file.rows or [[""]]


def _around(file: _File, chance: random.Random) -> None:
    file.before = chance.choice(("Report of March\n\n", "\n\n", "# made by a program\n", "sep=;\n", "\ufeff", ",,,\n"))
    file.behind = chance.choice(("", "Total,36\n", "\n\n\n", ",,,,,,\n", "\x1a", "(36 rows)"))


_WAYS: Sequence[Callable[[_File, random.Random], None]] = (
    _cells,
    _cells,
    _column_of_odd_cells,
    _swapped,
    _doubled,
    _without_a_column,
    _ragged,
    _repeated,
    _few,
    _header,
    _around,
)


def odd(what: str, chance: random.Random) -> bytes:
    """A file of this kind that came out odd in one to three ways, written in any of the usual forms."""
    file = _File(sound(what))
    for way in chance.sample(_WAYS, chance.randint(1, 3)):
        if file.rows and file.rows[0]:
            way(file, chance)
    if chance.random() < 0.6:
        file.delimiter = chance.choice(_DELIMITERS)
        file.quotes = chance.choice(("needed", "always", "never", "wrong", "single"))
    if chance.random() < 0.4:
        file.encoding = chance.choice(_ENCODINGS)
        file.line_end = chance.choice(_LINE_ENDS)
    if chance.random() < 0.15:
        file.cut = chance.random()
    data = file.written(chance)
    return data + codecs.BOM_UTF8 if chance.random() < 0.02 else data


def fate_with_questions(data: bytes) -> str:
    """What becomes of a file that is asked about and then read: `read`, `refused`, or what is wrong with the answer."""
    try:
        table = read_table("file", data)
    except ImportProblems:
        return fate_of(data)
    found = answered(table, recognise(table), Answers())
    for question in (*open_questions(table, found), *worth_asking(table, found, Answers())):
        if not str(question.words) or not question.choices:
            return "a question without words or choices"
    return fate_of(data)


def fate_as_large(data: bytes, folder: Path) -> str:
    """The same for a log of contacts that is read as large ones are: straight from the file."""
    folder.mkdir()
    path = folder / "file.csv"
    path.write_bytes(data)
    try:
        sample = read_sample(path)
        mapping = recognise(sample).mapping
        if not mapping.kind.holds_contacts or mapping.kind is Kind.EVENTS:
            return "refused"
        read = read_contacts(path, sample, mapping, folder / "log", today=TODAY)
    except ImportProblems as refused:
        return "refused" if str(refused.message) and str(refused.hint) else "refused without a word"
    if read.rows_read != read.accepted_rows + len(read.rejected):
        return f"{read.rows_read} rows read, {read.accepted_rows} used, {len(read.rejected)} left out with a reason"
    return "read" if read.rejected["reason"].astype("str").str.len().gt(0).all() else "a row left out without a reason"


def wrong_fates(what: str, numbers: Sequence[int], folder: Path) -> list[str]:
    """What went wrong with odd files of a kind, a line for each; every tenth is read as a large one as well.

    Args:
        what: the kind of file.
        numbers: which ones; the same number gives the same file.
        folder: for files that are read as large ones are.
    """
    wrong = []
    for number in numbers:
        data = odd(what, random.Random(f"{what} {number}"))
        begun = time.process_time()
        try:
            fates = [fate_with_questions(data)]
            if number % 10 == 0:
                fates.append(fate_as_large(data, folder / str(number)))
        except Exception as error:
            fates = [f"{type(error).__name__}: {str(error)[:200]}"]
        took = time.process_time() - begun
        fates += [f"took {took:.0f} s"] if took > LONGEST_SECONDS else []
        wrong += [f"{what} {number}: {fate}" for fate in fates if fate not in ("read", "refused")]
    return wrong
