"""What happened to a page between two of its snapshots, in three sentences."""

from __future__ import annotations

from cs_planning.forecasting.answers.change import ProbabilityChange
from cs_planning.language import Chance, Points, Text, listed_texts, ntext, text
from cs_planning.notebook.opening import ID
from cs_planning.notebook.snapshot import SnapshotComparison

_SMALLEST = 0.005
"""A part of a change below half a percentage point is not told."""
_MOST_CELLS = 4


def story_of(comparison: SnapshotComparison, change: ProbabilityChange | None) -> tuple[Text, Text, Text]:
    """What became of the goal, why, and what else changed on the page.

    Args:
        comparison: of the two states of the page.
        change: why the probability moved; `None` where that can't be told.
    """
    return _outcome(comparison, change), _reason(change), _rest(comparison)


def _outcome(comparison: SnapshotComparison, change: ProbabilityChange | None) -> Text:
    days = {"before": comparison.before, "after": comparison.after}
    claim = next((cell.values[0] for cell in comparison.changed if cell.cell == ID and cell.values), None)
    if change is None:
        if claim is None:
            return text("From {before} to {after} the page says the same of its goal.", **days)
        return text("{before}: “{old}”. {after}: “{new}”.", old=claim.before, new=claim.after, **days)
    old, new = Chance(chance=change.before), Chance(chance=change.after)
    if abs(change.total) < _SMALLEST:
        return text("From {before} to {after} the probability of the target stayed at {new}.", new=new, **days)
    return text("From {before} to {after} the probability of the target went from {old} to {new}.", old=old, new=new, **days)


def _reason(change: ProbabilityChange | None) -> Text:
    if change is None:
        return text("Why can't be told: one of the two has no probability, or they are about different KPIs.")
    parts = (
        (text("new data"), change.new_data),
        (text("the time that passed"), change.passed_time),
        (text("another target"), change.changed_target),
        (text("another scenario"), change.changed_scenario),
    )
    told = sorted((one for one in parts if abs(one[1]) >= _SMALLEST), key=lambda one: -abs(one[1]))
    if not told:
        return text("Neither new data nor time, target or scenario moved it.")
    written = [
        text("{cause} {points}", cause=cause, points=Points(points=100 * share, digits=0, signed=True)) for cause, share in told
    ]
    return text("What did it: {causes}.", causes=listed_texts(written))


def _rest(comparison: SnapshotComparison) -> Text:
    cells = [cell for cell in comparison.changed if cell.cell != ID]
    if not cells:
        return text("Nothing else on the page changed.")
    named = [text("“{cell}” ({what})", cell=cell.heading or text("Text"), what=cell.difference.label) for cell in cells]
    listed = listed_texts(named[:_MOST_CELLS])
    more = len(cells) - _MOST_CELLS
    if more > 0:
        return ntext(
            "On the page also differ: {cells} and {count} more.",
            "On the page also differ: {cells} and {count} more.",
            more,
            cells=listed,
        )
    return text("On the page also differ: {cells}.", cells=listed)
