"""The files of an import: several at once, those with the same header together, the others one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cs_planning.errors import ImportProblems, PlanningError
from cs_planning.kpis.files.table import MAX_FILE_BYTES, Table
from cs_planning.language import Text, text
from cs_planning.language import gettext as _
from cs_planning.ui import cached, session
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace.words.fields import hint

_WORTH_A_BAR = 1_000_000
_STEPS = 4
_REMEMBERED = 40


@dataclass(frozen=True)
class _File:
    name: str
    fingerprint: str
    table: Table


def uploader_key() -> str:
    """The uploader's key; a new one after each import empties it."""
    return f"upload-{session.kept('imports', 0)}"


def read(files: Sequence[Any]) -> Table | None:
    """The table to import next out of the uploaded files; None when none of them can be read."""
    size = sum(file.size for file in files)
    session.keep("import.bytes", size)
    if len(files) > 1 and size > MAX_FILE_BYTES:
        draw_error(_too_much(size))
        return None
    groups = _groups(_read_all(files))
    done = session.kept("import.done", [])
    waiting = [group for group in groups if _together(group) not in done]
    if not waiting:
        return None
    chosen = _choose(waiting, len(groups)) if len(groups) > 1 else waiting[0]
    session.keep("import.waiting", len(waiting) - 1)
    session.keep("import.together", _together(chosen))
    return _as_one(chosen)


def _too_much(size: int) -> ImportProblems:
    return ImportProblems(
        text(
            "The files together have {size} MB; the browser takes up to {limit} MB at once.",
            size=size // 1024**2,
            limit=MAX_FILE_BYTES // 1024**2,
        ),
        text(
            "Choose fewer at once, or use the command line, which does not hold them in memory: "
            "python -m cs_planning import FILE …"
        ),
    )


def finish() -> None:
    """The table at hand was imported: on to the next one, or an empty uploader when it was the last."""
    if session.kept("import.waiting", 0):
        session.keep("import.done", [*session.kept("import.done", []), session.kept("import.together")])
        return
    session.forget("import.done")
    session.keep("imports", session.kept("imports", 0) + 1)


@contextmanager
def step(number: int, label: str, what: str) -> Iterator[Any]:
    """A bar while one of the four steps of an import runs, for files that take longer than a moment.

    Args:
        number: of the step, 1 to 4: reading, converting, KPIs, keeping.
        label: what is done, in the visitor's language.
        what: the thing that it is done to; a thing that was done before is at hand, and needs no bar.

    Yields:
        A function that moves the bar inside the step, from 0 to 1.
    """
    done = session.kept("import.steps", [])
    name = f"{number}-{what}"
    place = st.empty()
    is_shown = session.kept("import.bytes", 0) > _WORTH_A_BAR and name not in done

    def move(share: float) -> None:
        if is_shown:
            place.progress(min((number - 1 + share) / _STEPS, 1.0), text=label)

    move(0.0)
    yield move
    place.empty()
    if is_shown:
        session.keep("import.steps", [*done, name][-_REMEMBERED:])


def _read_all(files: Sequence[Any]) -> list[_File]:
    found: list[_File] = []
    contents = [(file.name, file.getvalue()) for file in files]
    together = hashlib.sha256("".join(f"{file.file_id}" for file in files).encode()).hexdigest()
    with step(1, _("Reading the file …"), together) as move:
        for number, (name, content) in enumerate(contents):
            move(number / len(contents))
            fingerprint = hashlib.sha256(content).hexdigest()
            try:
                found.append(_File(name, fingerprint, cached.read_table(fingerprint, name, None, content)))
            except PlanningError as error:
                draw_error(error)
    if len(found) == 1 and len(found[0].table.sheets) > 1:
        found = _with_sheet(found[0], dict(contents)[found[0].name])
    return found


def _with_sheet(file: _File, content: bytes) -> list[_File]:
    sheets = file.table.sheets
    sheet = st.selectbox(_("Sheet"), sheets, index=sheets.index(file.table.sheet or sheets[0]), help=hint("sheet"))
    if sheet == file.table.sheet:
        return [file]
    try:
        return [_File(file.name, f"{file.fingerprint}-{sheet}", cached.read_table(file.fingerprint, file.name, sheet, content))]
    except PlanningError as error:
        draw_error(error)
        return []


def _groups(files: Sequence[_File]) -> list[list[_File]]:
    groups: dict[tuple[str, ...], list[_File]] = {}
    for file in files:
        group = groups.setdefault(file.table.columns, [])
        if file.fingerprint not in {other.fingerprint for other in group}:
            group.append(file)
    return list(groups.values())


def _choose(waiting: Sequence[list[_File]], count: int) -> list[_File]:
    by_name = {_together(group): group for group in waiting}
    words = text("These are {count} kinds of files: they are imported one after the other.", count=count)
    st.info(plain(words), icon=":material/stacks:")
    chosen = st.selectbox(
        _("Import next"),
        list(by_name),
        format_func=lambda name: str(_names(by_name[name])),
        key="import-next",
        width=420,
        help=hint("import_next"),
    )
    return by_name[chosen] if chosen in by_name else waiting[0]


def _names(group: Sequence[_File]) -> Text | str:
    if len(group) == 1:
        return group[0].name
    return text("{first} and {count} more with the same columns", first=group[0].name, count=len(group) - 1)


def _together(group: Sequence[_File]) -> str:
    return hashlib.sha256("".join(file.fingerprint for file in group).encode()).hexdigest()


def _as_one(group: Sequence[_File]) -> Table:
    session.keep("import.fingerprint", _together(group))
    table = cached.combined(_together(group), tuple(file.name for file in group), tuple(file.table for file in group))
    if len(group) > 1:
        words = text("{count} files with the same columns are read as one: {files}", count=len(group), files=table.name[:300])
        st.caption(plain(words))
    return table
