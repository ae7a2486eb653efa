"""A KPI that the catalogue does not hold: what its unit, its name and its values say."""

import numpy as np
import pytest

from cs_planning.errors import InvalidSeries
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Unit
from cs_planning.kpis.described import described_by


@pytest.mark.parametrize(
    ("name", "values", "unit", "bounds"),
    [
        ("walk_ins", [3, 0, 5, 2], Unit.COUNT, (0, None)),
        ("refund rate", [3.5, 2.0, 4.5], Unit.PERCENT, (0, 100)),
        ("再来店率", [31.0, 29.5, 33.0], Unit.PERCENT, (0, 100)),
        ("growth rate", [-2.0, 3.0, 5.5], Unit.NUMBER, (None, None)),
        ("pick-up min", [4.5, 3.25, 6.0], Unit.MINUTES, (0, None)),
        ("研修費", [120000, 98000, 101000], Unit.MONEY, (0, None)),
        ("sentiment", [0.2, -0.1, 0.3], Unit.NUMBER, (None, None)),
        ("index", [101.5, 99.25, 100.0], Unit.NUMBER, (None, None)),
    ],
)
def test_name_and_values_show_unit_and_bounds_and_it_is_said(name, values, unit, bounds):
    found = described_by(name, np.array(values, float))
    assert (found.kpi.unit, (found.kpi.lower, found.kpi.upper)) == (unit, bounds)
    assert "is not a known KPI" in str(found.words)


def test_a_given_unit_wins_and_needs_no_words():
    found = described_by("sentiment", np.array([1.5, 2.5, 3.5]), unit="件")
    assert (found.kpi.unit, found.kpi.lower, found.kpi.aggregation) == (Unit.COUNT, 0, Aggregation.SUM)
    assert found.words is None


def test_the_catalogue_wins_over_everything():
    assert described_by("csat", np.array([-1.0, 2.0]), unit="count").kpi == CATALOGUE["csat"]


def test_an_unknown_unit_is_refused_with_the_known_ones():
    with pytest.raises(InvalidSeries, match="furlongs") as caught:
        described_by("walk_ins", np.array([1.0]), unit="furlongs")
    assert "count" in str(caught.value.hint)
