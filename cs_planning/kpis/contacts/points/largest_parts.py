"""The largest parts of a breakdown: a log may have thousands of customers or topics."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from cs_planning.kpis.contacts.points.cuts import UNKNOWN

MOST_PARTS = 25
"""How many parts of one dimension are kept, unless all are wanted."""


def largest_parts(
    points: pd.DataFrame,
    dimension: str,
    *,
    with_unknown: bool,
    kept: Collection[str] = (),
    most: int = MOST_PARTS,
) -> tuple[pd.DataFrame, int]:
    """The points of the parts with the most contacts, and how many parts there are in all.

    Volumes are there for every period even where a part of the time is computed, so that the choice does not depend on it.

    Args:
        points: a series frame broken down by one dimension.
        dimension: its name.
        with_unknown: whether the contacts that have no value of the dimension are kept beside them; where no contact has one,
            they are the whole again, and never kept.
        kept: parts that are kept in any case, such as `topic=refund`: somebody may have a goal on one that others outgrew.
        most: how many parts are kept beside them; neither the kept nor the counted ones contain the unknown.
    """
    scopes = points["series"].str.replace(r"^[^|]*\|", "", regex=True)
    volumes = points["series"].str.startswith("contact_volume|")
    weighed = points[volumes] if volumes.any() else points
    weights = weighed["sample_size"].groupby(scopes).sum().sort_values(ascending=False, kind="stable")
    unknown = f"{dimension}={UNKNOWN}"
    known = [str(scope) for scope in weights.index if str(scope) != unknown]
    unnamed = [unknown] if with_unknown and known else []
    named = (part for part in kept if part != unknown)
    return points[scopes.isin([*known[:most], *named, *unnamed])], len(known)
