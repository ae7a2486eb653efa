"""What is said of counts of a call centre names how many there are."""

import numpy as np

from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.tables.about_counts import exceeding_parts, offered_made, unknown_counts


def test_counts_that_nobody_knows_are_said_together_with_their_number() -> None:
    there = {Role.HANDLED: np.array([True, False, True]), Role.ABANDONED: np.array([True, False, False])}
    assert [finding.count for finding in unknown_counts(there)] == [3]
    assert list(unknown_counts({})) == []


def test_rows_whose_parts_exceed_the_whole_are_named() -> None:
    (finding,) = exceeding_parts(np.array([4, 7]))
    assert (finding.count, finding.sample_rows) == (2, (4, 7))
    assert exceeding_parts(np.zeros(0, dtype=int)) == ()


def test_an_offered_volume_that_was_made_is_said_once() -> None:
    assert offered_made(31).count == 31
