"""What an import took out of the kept series is said with it for good, also once it can't be undone any more."""

from __future__ import annotations

from collections.abc import Sequence

from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import listed, ntext, text
from cs_planning.storage import SeriesInfo
from cs_planning.workspace.layers.folding import UNDOABLE_IMPORTS

TAKEN_OUT = "series_taken_out"
"""The rule of the finding that an import took series out."""
_NAMED = 5


def taken_out(series: Sequence[SeriesInfo]) -> tuple[QualityFinding, ...]:
    """The finding that an import takes out what an earlier version made of its columns; none where it takes nothing.

    Args:
        series: that go, each in every rhythm in which it is kept.
    """
    names = sorted({str(info.key.named(info.kpi)) for info in series})
    if not names:
        return ()
    return (
        QualityFinding(
            rule=TAKEN_OUT,
            severity=Severity.NOTICE,
            message=ntext(
                "{count} series that an earlier version made of these columns was taken out: {kpis}.",
                "{count} series that an earlier version made of these columns were taken out: {kpis}.",
                len(names),
                kpis=listed(names[:_NAMED]),
            ),
            consequence=text("It is no KPI any more; goals that rested on it have no data."),
            remedy=text(
                "Undoing this import brings it back, as long as it is one of the last {count}; after that, import the file "
                "with these columns as KPIs.",
                count=UNDOABLE_IMPORTS,
            ),
            count=len(names),
            sample_values=tuple(names[:_NAMED]),
        ),
    )
