"""Rows that somebody wrote to try the system out, and that no status tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.roles import DURATIONS, TIMES, Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import ntext, text

_TRIAL = re.compile(
    r"\s*(?:(?:this is )?(?:a )?test(?:ing)?(?: (?:ticket|case|call|only|please ignore|pls ignore|entry|record|mail|e-mail))?"
    r"|テスト(?:入力|です|入力です|データ|登録|用|投稿|送信)?|動作確認|試験)[\s.!。！]*",
    re.IGNORECASE,
)
_TRIAL_ID = re.compile(r"\s*(?:test|テスト)(?:[-_ #]?\d+)?\s*", re.IGNORECASE)
_MAY_BE_ONE = "test|テスト|動作確認|試験"
"""A part of each of them: the few cells that hold one are found without looking at each in Python."""
_SELDOM = 0.1
"""Above this share of the rows the word is the name of something."""


def trial_rows(table: Table, mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """That rows look like trials: a cell says “test” and nothing else, or the number of the contact does.

    Args:
        table: the cells that contacts were made of.
        mapping: what its columns mean.

    Assumptions: a status of that name is read before, and leaves its rows out.
    """
    found = pd.Series(False, index=table.frame.index)
    example, column = "", ""
    for entry in mapping.columns:
        if entry.role in (*TIMES, *DURATIONS, Role.STATUS) or entry.column not in table.frame:
            continue
        pattern = _TRIAL_ID if entry.role is Role.CONTACT_ID else _TRIAL
        cells = table.frame[entry.column].dropna().astype("str")
        cells = cells[cells.str.contains(_MAY_BE_ONE, case=False)]
        words = {cell for cell in cells.unique() if pattern.fullmatch(cell)} if len(cells) else set()
        if not words:
            continue
        hit = cells[cells.isin(words)]
        if len(hit) > _SELDOM * len(table):
            continue
        example, column = example or hit.iloc[0].strip(), column or entry.column
        found.loc[hit.index] = True
    count = int(found.sum())
    if count:
        yield QualityFinding(
            rule="trial_rows",
            severity=Severity.WARNING,
            message=ntext(
                "{count} row looks like a trial: “{example}” in {column}.",
                "{count} rows look like trials, such as “{example}” in {column}.",
                count,
                example=example[:60],
                column=column,
            ),
            consequence=ntext("It counts as a contact.", "They count as contacts.", count),
            remedy=text("Take such rows out of the file, or give them the status “test”: then they are left out and counted."),
            count=count,
            sample_rows=tuple(int(row) for row in table.rows[found.to_numpy()][:5]),
            column=column,
        )
