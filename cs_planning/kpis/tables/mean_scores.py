"""Mean scores of surveys under the name of a percentage: kept as scores, and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Better, Unit, kpi_named
from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.tables.points import Cells
from cs_planning.language import text

_OF_ANSWERS = frozenset({"csat", "employee_satisfaction", "quality_score"})
_SCORES = {"csat": "csat_score"}
_HIGHEST = 10.0


def as_scores(series: Sequence[Cells]) -> tuple[list[Cells], tuple[QualityFinding, ...]]:
    """The series with mean scores of surveys apart from percentages, and one finding for each KPI that was one.

    A KPI of answers is a mean score where no cell or header says percent and every value, in all parts of the service, lies in
    1–10; no percentage of satisfied customers does.

    Args:
        series: the values of each series, in percent where they were written 0–1.
    """
    by_kpi: dict[str, list[Cells]] = {}
    for cells in series:
        by_kpi.setdefault(cells.kpi.id, []).append(cells)
    means = {kpi: parts for kpi, parts in by_kpi.items() if kpi in _OF_ANSWERS and _are_means(parts)}
    if not means:
        return list(series), ()
    kept = [_as_score(cells) if cells.kpi.id in means else cells for cells in series]
    return kept, tuple(_finding(kpi, parts) for kpi, parts in means.items())


def _are_means(parts: Sequence[Cells]) -> bool:
    values = np.concatenate([cells.values[np.isfinite(cells.values)] for cells in parts])
    says_percent = any(cells.measure is WrittenUnit.PERCENT for cells in parts)
    return bool(len(values) and not says_percent and values.min() >= 1 and values.max() <= _HIGHEST)


def _as_score(cells: Cells) -> Cells:
    score = _SCORES.get(cells.kpi.id)
    if score is not None:
        kpi = CATALOGUE[score]
    else:
        named = kpi_named(cells.column if cells.column not in CATALOGUE else f"{cells.column} (mean)")
        kpi = named.model_copy(update={"unit": Unit.SCALE, "better": Better.HIGHER, "aggregation": Aggregation.WEIGHTED_MEAN})
    return replace(cells, key=SeriesKey(kpi.id, cells.key.scope), kpi=kpi)


def _finding(kpi: str, parts: Sequence[Cells]) -> QualityFinding:
    values = np.concatenate([cells.values[np.isfinite(cells.values)] for cells in parts])
    return QualityFinding(
        rule="mean_score",
        severity=Severity.WARNING,
        message=text(
            "The values in {column} lie between {low} and {high}: they are mean scores on a scale, no percentages.",
            column=parts[0].column,
            low=float(values.min()),
            high=float(values.max()),
        ),
        consequence=text("They are kept as a mean score; {kpi} in percent can't be made from a mean.", kpi=CATALOGUE[kpi].name),
        remedy=text("Export the number of satisfied answers and of all answers if the percentage is wanted."),
        count=len(values),
        column=parts[0].column,
    )
