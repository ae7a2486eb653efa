"""How many damaged files end in anything but contacts, figures or a refusal: mutations of sound files, read as an import does.

python -m benchmarks.mutations --count 10000
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 6, 30)
_SEED = 20261129
LONGEST_SECONDS = 10.0
"""How long a small file may take, of the processor, since others may use the machine meanwhile."""
_PIECES = (
    *(
        b'"',
        b",",
        b"\n",
        b"\r\n",
        b"\t",
        b";",
        b"\x00",
        b"\xff\xfe",
        b"1970-01-01",
        b"inf",
        b"1e999",
        b"-",
        b"?",
        b"9999-12-31",
    ),
    *("令和8年3月3日".encode(), "１２".encode(), b"=1+1", b"99999999999999999999", b"0001-01-01", b"NaN", b"12:99"),
)
CONTENTS: Mapping[str, str] = {
    "tickets": "Ticket ID,Created at,First response at,Solved at,Status,Channel,CSAT\n"
    + "".join(
        f"{day},2026-03-{day:02d} 09:00,2026-03-{day:02d} 09:30,2026-03-{day:02d} 12:00,Solved,Email,{1 + day % 5}\n"
        for day in range(1, 25)
    ),
    "table": "month,csat,contact_volume\n"
    + "".join(f"2025-{month:02d},{70 + month},{1000 + month}\n" for month in range(1, 13)),
    "calls": "arrival,wait seconds,outcome,talk time,agent\n"
    + "".join(f"2026-03-{day:02d} 10:00:00,{day},answered,{60 + day},a\n" for day in range(1, 25)),
    "survey": "回答日時,満足度（5段階）,コメント\n"
    + "".join(f"2026/3/{day} 10:00,{1 + day % 5},速い\n" for day in range(1, 25)),
}
"""Sound files by what they hold."""


def _as_parquet(content: str) -> bytes:
    stream = io.BytesIO()
    pd.read_csv(io.StringIO(content)).to_parquet(stream, index=False)
    return stream.getvalue()


def _as_workbook(content: str) -> bytes:
    stream = io.BytesIO()
    pd.read_csv(io.StringIO(content)).to_excel(stream, index=False)
    return stream.getvalue()


WRITERS: Mapping[str, Callable[[str], bytes]] = {
    "csv": str.encode,
    "cp932": lambda content: content.encode("cp932"),
    "tsv": lambda content: content.replace(",", "\t").encode(),
    "parquet": _as_parquet,
    "xlsx": _as_workbook,
}
"""The forms in which they are written."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a file with one to four damages: something put in, taken out, changed, repeated or written over."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(5):
            case 0:
                changed[place:place] = chance.choice(_PIECES)
            case 1:
                del changed[place : place + chance.randint(1, 12)]
            case 2:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 3:
                other = chance.randrange(len(changed) + 1)
                changed[place:place] = changed[other : other + chance.randint(1, 60)]
            case _:
                changed[place : place + chance.randint(1, 8)] = chance.choice(_PIECES)
    return bytes(changed)


def fate_of(data: bytes) -> str:
    """What becomes of a file: `read`, `refused`, or what is wrong with the answer.

    Assumptions: an exception other than a refusal is the fault that is looked for, so it goes through.
    """
    try:
        table = read_table("file", data)
        imported = convert(table, recognise(table).mapping, calendar=ServiceCalendar(), today=TODAY)
    except ImportProblems as refused:
        return "refused" if str(refused.message) and str(refused.hint) else "refused without a word"
    if imported.rows_read != imported.accepted_rows + imported.rejected_rows:
        return f"{imported.rows_read} rows read, {imported.accepted_rows} used, {imported.rejected_rows} left out"
    return "read" if imported.rejected["reason"].astype("str").str.len().gt(0).all() else "a row left out without a reason"


def main() -> None:
    """Prints how many files were read, refused or went wrong, and keeps those that went wrong in a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="how many files")
    parser.add_argument("--keep", type=Path, default=Path("build/mutations"), help="where files that went wrong are kept")
    arguments = parser.parse_args()
    chance = random.Random(_SEED)
    sound = {(what, how): write(content) for what, content in CONTENTS.items() for how, write in WRITERS.items()}
    fates: Counter[str] = Counter()
    longest = 0.0
    for number in range(arguments.count):
        (what, how), data = list(sound.items())[number % len(sound)]
        damaged = mutated(data, chance)
        begun = time.process_time()
        try:
            fate = fate_of(damaged)
        except Exception as error:
            fate = f"{type(error).__name__}: {str(error).splitlines()[0][:80] if str(error) else ''}"
        took = time.process_time() - begun
        longest = max(longest, took)
        fate = f"took {took:.0f} s" if took > LONGEST_SECONDS else fate
        if fate not in ("read", "refused"):
            arguments.keep.mkdir(parents=True, exist_ok=True)
            (arguments.keep / f"{number}-{what}.{how}").write_bytes(damaged)
        fates[fate if fate in ("read", "refused") else f"{what} {how}: {fate}"] += 1
    for fate, count in fates.most_common():
        print(f"{count:7d} {fate}")
    print(f"longest: {longest:.2f} s")


if __name__ == "__main__":
    main()
