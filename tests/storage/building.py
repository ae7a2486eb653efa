"""Builders for the tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from cs_planning.goals.goal import Direction, Goal, SatisfactionGoal
from cs_planning.storage import Document, ImportInfo, Save, new_id

NOW = datetime(2026, 3, 9, 8, 30, 15, 123456, tzinfo=UTC)


def by(author: str = "Mika", key: str | None = None, after_minutes: int = 0) -> Save:
    """Who saves, with which key, when; a new key where none is given."""
    return Save(author, key or new_id(), NOW + timedelta(minutes=after_minutes))


def months(key: str = "csat", first: str = "2025-01-01", values: tuple[float, ...] = (80.0, 81.5, 79.0)) -> pd.DataFrame:
    """A monthly series frame."""
    return pd.DataFrame(
        {
            "series": key,
            "period": pd.date_range(first, periods=len(values), freq="MS"),
            "value": values,
            "sample_size": np.arange(100.0, 100.0 + len(values)),
        }
    )


def goal(**fields: Any) -> Goal:
    """A satisfaction goal."""
    usual = {
        "title": "Happier customers",
        "series": "csat|channel=email",
        "direction": Direction.AT_LEAST,
        "primary": 85.0,
        "deadline": date(2026, 6, 30),
        "owner": "Aiko",
        "team": "E-mail",
    }
    return SatisfactionGoal(**{**usual, **fields})


def document(**fields: Any) -> Document:
    """An action of a goal."""
    usual = {"kind": "action", "title": "Write macros", "body": '{"effect": 0.5}', "parent": "goal-1", "state": "open"}
    return Document(**{**usual, **fields})


def an_import(**fields: Any) -> ImportInfo:
    """A file that was read."""
    usual = {"file_name": "march.csv", "fingerprint": "ab" * 32, "kind": "kpi_table", "accepted": 3, "rejected": 0}
    return ImportInfo(**{**usual, **fields})
