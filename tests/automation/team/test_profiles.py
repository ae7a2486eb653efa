"""Profiles of a day in other shapes."""

import numpy as np
import pytest

from cs_planning.automation.team.profiles import open_days, resampled


@pytest.mark.parametrize("days", [1, 7])
@pytest.mark.parametrize("count", [1, 2, 7, 20, 24, 96])
@pytest.mark.parametrize("cells", [[5.0], [0.0, 3.0, 1.5], list(range(24)), [0.0] * 10])
def test_contacts_are_kept_and_people_keep_their_mean(cells, count, days):
    rows = np.array([cells])
    contacts = resampled(rows, (days, count), total=True)
    people = resampled(rows, (days, count), total=False)
    assert contacts.shape == people.shape == (days, count)
    np.testing.assert_allclose(contacts.sum(axis=1), rows.sum(), atol=1e-6)
    np.testing.assert_allclose(people.mean(axis=1), rows.mean(), atol=1e-6)


def test_half_hours_become_hours_and_weekdays_their_mean():
    week = np.repeat([[1.0, 3.0, 5.0, 7.0]], 7, axis=0)
    week[0] = 8.0
    assert resampled(week, (7, 2), total=True)[1].tolist() == [4.0, 12.0]
    assert resampled(week, (1, 4), total=True)[0] == pytest.approx([2.0, 26 / 7, 38 / 7, 50 / 7])


def test_closed_weekdays_leave_the_mean_of_the_open_ones():
    week = np.ones((7, 3))
    assert open_days(week).shape == (7, 3)
    week[6] = 0
    week[0] = 4
    assert open_days(week).tolist() == [[1.5, 1.5, 1.5]]
