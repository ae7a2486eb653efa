import io

import pytest
from openpyxl import load_workbook

from cs_planning.exports.paper.a4 import A4Book, number_in, printed, share_in, unit_pattern
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.quantity import quantity
from cs_planning.language import use_language


@pytest.mark.parametrize(
    ("chance", "language", "pattern"),
    [
        (0.998, "en", '"over 99 %"'),
        (0.998, "ja", '"99%超"'),
        (0.004, "ja", '"1%未満"'),
        (0.0, "ja", "0%"),
        (1.0, "ja", "0%"),
        (0.72, "en", "0 %"),
    ],
)
def test_a_chance_is_printed_as_certain_only_where_it_is_and_stays_a_number(chance, language, pattern):
    def draw(book: A4Book) -> None:
        book.sheet("Page", widths=(10,)).write_number(0, 0, chance, book.chance(chance))

    cell = load_workbook(io.BytesIO(printed("Chances", language, draw))).worksheets[0]["A1"]
    assert cell.value == chance
    assert cell.number_format == pattern


@pytest.mark.parametrize(
    ("kpi", "value", "held", "pattern", "on_screen"),
    [
        ("complaints", 362.5, 363, "#,##0", "363"),
        ("complaints", 362.4951, 362, "#,##0", "362"),
        ("complaints", 36.5, 36.5, "#,##0.0", "36.5"),
        ("complaints", 4.255, 4.26, "#,##0.00", "4.26"),
        ("csat", 87.449, 0.874, "0.0 %", "87.4 %"),
        ("csat", 87.45, 0.875, "0.0 %", "87.5 %"),
        ("cost_per_contact", 4.205, 4.21, '"$"#,##0.00', "$4.21"),
        ("cost_per_contact", 1234.5, 1235, '"$"#,##0', "$1,235"),
        ("asa_mean", 42.0, 42, '#,##0" s"', "42 s"),
        ("asa_mean", 42.25, 42.3, '#,##0.0" s"', "42.3 s"),
    ],
)
def test_a_value_is_held_and_shown_in_a_cell_with_the_digits_that_the_screen_shows(kpi, value, held, pattern, on_screen):
    with use_language("en"):
        assert (number_in(value, kpi_named(kpi)), unit_pattern(value, kpi_named(kpi))) == (held, pattern)
        assert str(quantity(value, kpi_named(kpi))) == on_screen


def test_a_weight_is_rounded_once():
    assert share_in(33.349, 1) == 0.333
    assert share_in(33.5, 0) == 0.34
