"""Contacts of every kind with every column filled, so that they give every KPI that contacts can give."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_planning.kpis.contacts.columns import typed_contacts

_KINDS = ("ticket", "conversation", "call", "survey")


def contacts_of_every_column(count: int, seed: int = 0) -> pd.DataFrame:
    """Contacts of seven months with some cells missing, some dates without a clock and values that often tie.

    Args:
        count: how many.
        seed: of the random numbers.
    """
    rng = np.random.default_rng(seed)

    def some(values: object, share: float) -> pd.Series:
        """The values, all but a share of them, which are missing."""
        return pd.Series(values).mask(rng.random(count) < share)

    def marks(share: float) -> pd.Series:
        return some(rng.random(count) < share, 0.2).astype("boolean")

    seconds = rng.integers(0, 210 * 86_400, count)
    created = pd.Series(pd.Timestamp("2025-09-03") + pd.to_timedelta(seconds, unit="s"))
    created = created.where(rng.random(count) > 0.1, created.dt.normalize())
    minutes = some(np.round(rng.exponential(90, count), 1), 0.15)
    hours = some(rng.choice([0.5, 8.0, 23.5, 24.0, 48.0], count), 0.3)
    kinds = rng.choice(_KINDS, count, p=[0.6, 0.15, 0.15, 0.1])
    return typed_contacts(
        pd.DataFrame(
            {
                "contact_id": [f"c{number}" for number in range(count)],
                "kind": kinds,
                "created_at": created,
                "first_response_at": created + pd.to_timedelta(minutes, unit="m"),
                "solved_at": created + pd.to_timedelta(hours, unit="h"),
                "closed_at": created + pd.to_timedelta(hours + 24.0, unit="h"),
                "rated_at": some(created + pd.to_timedelta(rng.integers(1, 90, count), unit="h"), 0.6),
                "first_response_minutes": minutes,
                "first_response_business_minutes": minutes * 0.6,
                "resolution_hours": hours,
                "resolution_business_hours": hours * 0.4,
                "wait_seconds": some(np.round(rng.exponential(40, count)), 0.2),
                "handle_minutes": some(np.round(rng.gamma(2.0, 4.0, count), 2), 0.1),
                **{
                    name: marks(share)
                    for name, share in {
                        "reopened": 0.08,
                        "escalated": 0.1,
                        "first_contact": 0.7,
                        "complaint": 0.05,
                        "answered": 0.9,
                        "solved": 0.8,
                        "abandoned": 0.1,
                        "interrupted": 0.02,
                        "answered_in_time": 0.75,
                    }.items()
                },
                # Where a file says nothing of these, the targets judge.
                "sla_kept": some(rng.random(count) < 0.85, 0.5).astype("boolean"),
                "first_response_sla_kept": some(rng.random(count) < 0.9, 0.5).astype("boolean"),
                "channel": some(rng.choice(["email", "chat", "phone"], count), 0.05),
                "team": some(rng.choice(["A’s", 'B "second"', "チーム"], count), 0.1),
                "priority": some(rng.choice(["High", "low "], count), 0.1),
                "csat_satisfied": some((rng.random(count) < 0.8).astype(float), 0.5),
                "nps_answer": some(rng.integers(0, 11, count).astype(float), 0.5),
                "ces_answer": some(rng.integers(1, 8, count).astype(float), 0.5),
                "quality_percent": some(rng.integers(50, 101, count).astype(float), 0.8),
                "cost": some(np.round(rng.gamma(3.0, 2.0, count), 2), 0.2),
            }
        )
    )
