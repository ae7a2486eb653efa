import numpy as np
import pytest

from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.quantity import quantity
from cs_planning.workspace.goals.target_range import range_of


@pytest.mark.parametrize(
    ("kpi", "values"),
    [
        ("csat", [82.0, 82.4, 83.1]),
        ("contact_volume", [180.0, 195.0, 203.0]),
        ("frt_median", [11.2, 12.1, 13.4]),
        ("service_cost", [9400.0, 9420.0, 9433.0]),
        ("cost_per_contact", [6.2, 6.3, 6.41]),
    ],
)
def test_every_value_of_the_slider_reads_the_same_in_a_sentence(kpi, values):
    span = range_of(CATALOGUE[kpi], np.array(values), None, ())
    grid = [span.nearest(span.low + step * span.step) for step in range(round((span.high - span.low) / span.step) + 1)]
    said = [str(quantity(value, CATALOGUE[kpi])) for value in grid]
    assert len(set(said)) == len(grid) > 5
