"""Figures stay with their units, and a falling one has a minus sign."""

import pytest

from cs_planning.exports.figures import change_of, marked, unbroken
from cs_planning.notebook.blocks.block import Metric


@pytest.mark.parametrize("figure", ["72 %", "81.5 %", "1 h 21 min", "48 min 24 s", "19.6 s"])
def test_no_line_ends_between_a_figure_and_its_unit(figure: str) -> None:
    assert unbroken(f"reached in {figure} of the futures") == f"reached in {figure.replace(' ', chr(0xA0))} of the futures"


def test_other_blanks_stay() -> None:
    assert unbroken("17 of 22 inside, 3 steps, 5 service desks") == "17 of 22 inside, 3 steps, 5 service desks"


def test_a_japanese_figure_with_all_its_units_is_one_piece() -> None:
    assert marked("現在1時間21分で、25%です") == (
        '現在<span class="figure">1時間21分</span>で、<span class="figure">25%</span>です'
    )


def test_a_change_that_screens_are_given_with_a_hyphen_falls_by_a_minus_sign_in_a_file() -> None:
    assert change_of(Metric(label="x", value="52 %", delta="-20 percentage points")) == "\u221220 percentage points"
    assert change_of(Metric(label="x", value="52 %", delta="as at the baseline")) == "as at the baseline"
    assert change_of(Metric(label="x", value="52 %")) == ""
