"""A number loses its last digits by one rule wherever it is shown."""

import ast
from pathlib import Path

import pytest

from cs_planning.language import Duration, Money, Percent, in_words, rounded, rounded_whole, shown_number, use_language
from cs_planning.language.rounding import digits_needed

ROOT = Path(__file__).parents[2]
SHOWING = ("cs_planning/ui", "cs_planning/notebook", "cs_planning/exports/paper", "cs_planning/language", "pages")
WORDING = {"text", "ntext", "_", "quantity", "Duration", "Money", "Percent", "Points"}
FOR_PROGRAMS = {"cs_planning/ui/log.py", "cs_planning/notebook/blocks/enlarged.py"}
"""A log, and the pixels of a picture."""


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (362.5, 0, 363),
        (361.5, 0, 362),
        (-362.5, 0, -363),
        (362.49999999999994, 0, 363),
        (362.4999, 0, 362),
        (2.675, 2, 2.68),
        (0.125, 2, 0.13),
        (1e300, 2, 1e300),
    ],
)
def test_a_half_goes_away_from_zero_and_what_is_left_of_a_calculation_does_not_count(value, digits, expected):
    assert rounded(value, digits) == expected


def test_what_is_no_number_stays_as_it_is_and_a_whole_number_is_one():
    assert str(rounded(float("nan"))) == "nan"
    assert rounded(float("inf"), 1) == float("inf")
    assert (rounded_whole(2.5), rounded_whole(3.5)) == (3, 4)
    assert str(rounded(-0.4)) == "0.0"


@pytest.mark.parametrize(("value", "most", "needed"), [(4.2, 2, 1), (4.0, 2, 0), (4.205, 2, 2), (99.96, 1, 0)])
def test_closing_zeros_need_no_digits(value, most, needed):
    assert digits_needed(value, most) == needed


def test_numbers_money_percentages_and_times_are_written_by_the_same_rule():
    with use_language("en"):
        assert (shown_number(362.5), shown_number(36.25), shown_number(2.5, 0)) == ("363", "36.3", "3")
        assert in_words(Money(amount=2.675, currency="USD")) == "$2.68"
        assert in_words(Money(amount=1234.5, currency="USD")) == "$1,235"
        assert in_words(Percent(share=0.125)) == "13 %"
        assert in_words(Duration(seconds=90.5)) == "1 min 31 s"
    with use_language("ja"):
        assert in_words(Money(amount=2.5, currency="JPY")) == "3円"
        assert in_words(Money(amount=10_000_500, currency="JPY")) == "1,000万円"
        assert in_words(Money(amount=100_005_000, currency="JPY")) == "1億1万円"


def own_rounding(tree: ast.AST, everywhere: bool) -> list[int]:
    """Lines on which the half-even `round` of Python decides what a reader sees."""

    def called(node: ast.AST) -> str:
        return getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""

    inside = [part for node in ast.walk(tree) if called(node) in WORDING for part in ast.walk(node)]
    looked_at = list(ast.walk(tree)) if everywhere else inside
    return [node.lineno for node in looked_at if isinstance(node, ast.Call) and ast.unparse(node.func) in {"round", "np.round"}]


def test_nothing_that_is_shown_is_rounded_in_another_way():
    found = {}
    for path in [*ROOT.glob("cs_planning/**/*.py"), *ROOT.glob("pages/*.py")]:
        name = path.relative_to(ROOT).as_posix()
        lines = own_rounding(ast.parse(path.read_text(encoding="utf-8")), name.startswith(SHOWING))
        if lines and name not in FOR_PROGRAMS:
            found[name] = lines
    assert not found, "round with cs_planning.language: rounded, rounded_whole"


def test_another_way_of_rounding_is_found():
    assert own_rounding(ast.parse('text("{count}", count=round(2.5))'), everywhere=False)
    assert own_rounding(ast.parse("shown = round(2.5)"), everywhere=True)
    assert not own_rounding(ast.parse("steps = round(2.5)"), everywhere=False)
