"""Parts of the service → the whole that no row of a table holds: counts add up, ratios are weighed by what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cs_planning.kpis.catalogue import Aggregation, Kpi
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.tables.points import Cells
from cs_planning.language import listed_texts, text

_SAMPLE = 5


def with_whole(series: Sequence[Cells]) -> tuple[list[Cells], tuple[QualityFinding, ...]]:
    """The series with those of the whole service, where the table holds nothing but parts of it, and one finding about them.

    Counts are added; ratios and means are weighed by their sample sizes and are not made where these are not known.  Medians
    can't be made.  A period in which a part has no row is made of the others.

    Args:
        series: the values of each series, wholes and parts.

    Assumptions: the parts are all parts there are, and none lies within another.
    """
    with_one = {cells.kpi.id for cells in series if not cells.key.scope}
    parts_alone = [cells for cells in series if cells.kpi.id not in with_one]
    if not parts_alone:
        return list(series), ()
    deepest = max(len(cells.key.scope) for cells in parts_alone)
    by_kpi: dict[str, list[Cells]] = {}
    for cells in parts_alone:
        if len(cells.key.scope) == deepest:
            by_kpi.setdefault(cells.kpi.id, []).append(cells)
    made = [whole for parts in by_kpi.values() if (whole := _whole(parts)) is not None]
    if not made:
        return list(series), ()
    scopes = {cells.key.scope for cells in parts_alone if len(cells.key.scope) == deepest}
    return [*series, *made], (_finding(made, sorted(scopes)),) if len(scopes) > 1 else ()


def _whole(parts: Sequence[Cells]) -> Cells | None:
    kpi = parts[0].kpi
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "start": cells.starts.to_numpy(),
                    "row": cells.rows,
                    "part": str(cells.key),
                    "value": cells.values,
                    "sample": cells.samples,
                }
            )
            for cells in parts
        ],
        ignore_index=True,
    ).dropna(subset=["start", "value"])
    if frame.empty or not _can_be_made(kpi, frame, len(parts)):
        return None
    groups = frame.groupby("start", sort=True)
    rows, sample = groups["row"].first(), groups["sample"].sum(min_count=1)
    if kpi.aggregation is Aggregation.WEIGHTED_MEAN and len(parts) > 1:
        weighted = (frame["value"] * frame["sample"]).groupby(frame["start"]).sum()
        value = (weighted / sample).where(sample > 0)
    else:
        value = groups["value"].sum(min_count=1)
    return Cells(
        SeriesKey(kpi.id),
        kpi,
        parts[0].column,
        rows.to_numpy(),
        pd.Series(rows.index),
        value.to_numpy(float),
        sample.to_numpy(float),
        parts[0].measure,
    )


def _can_be_made(kpi: Kpi, frame: pd.DataFrame, parts: int) -> bool:
    if parts == 1:
        return True
    if frame.duplicated(["start", "row", "part"]).any():
        return False
    if kpi.aggregation is Aggregation.WEIGHTED_MEAN:
        return bool(np.isfinite(frame["sample"]).all())
    return kpi.aggregation in (Aggregation.SUM, Aggregation.LAST)


def _finding(made: Sequence[Cells], scopes: Sequence[tuple[tuple[str, str], ...]]) -> QualityFinding:
    names = [", ".join(value for _, value in scope) for scope in scopes]
    return QualityFinding(
        rule="whole_made",
        severity=Severity.NOTICE,
        message=text(
            "No row holds the whole service; {count} series of it were made of its {parts} parts ({names}).",
            count=len(made),
            parts=len(scopes),
            names=listed_texts(names[:_SAMPLE]),
        ),
        consequence=text("Counts are added, shares and means are weighed by the contacts that they rest on."),
        remedy=text("Nothing to do if these are all parts and none is counted twice; else add rows of the whole."),
        count=len(scopes),
        sample_values=tuple(names[:_SAMPLE]),
    )
