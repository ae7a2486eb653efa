"""KPI tables whose periods can't be made into those that were asked for: that is said, and why."""

from __future__ import annotations

from cs_planning.kpis.findings.imported import Imported, QualityFinding, Severity
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import split_series, to_longer_periods
from cs_planning.language import listed_texts, ntext, text

_LISTED = 8


def not_made(imported: Imported, period: Frequency) -> tuple[QualityFinding, ...]:
    """The finding that series of a KPI table can't be made into periods of a length; none where all can.

    Args:
        imported: a KPI table.
        period: the length.
    """
    assert imported.points is not None
    assert imported.rhythm is not None
    own = imported.rhythm.frequency
    series = split_series(imported.points, imported.rhythm, imported.kpis)
    left = [str(key) for key, one in series.items() if to_longer_periods(one, period) is None]
    if not left:
        return ()
    if own is Frequency.WEEK or not own.is_finer_than(period):
        consequence = text("Weeks lie in two months, quarters or years, and shorter periods are not known.")
    else:
        consequence = text("A median, or a mean without the numbers it rests on, follows from no shorter periods.")
    return (
        QualityFinding(
            rule="periods_not_made",
            severity=Severity.WARNING,
            message=ntext(
                "{count} {own} series has no {wanted} values: {series}.",
                "{count} {own} series have no {wanted} values: {series}.",
                len(left),
                own=own.label,
                wanted=period.label,
                series=listed_texts(left[:_LISTED]),
            ),
            consequence=consequence,
            remedy=text("Ask for the periods of the file: --period {own}", own=own.value),
            count=len(left),
            sample_values=tuple(left[:_LISTED]),
        ),
    )
