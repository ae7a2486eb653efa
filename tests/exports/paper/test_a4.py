import io

import pytest
from openpyxl import load_workbook

from cs_planning.exports.paper.a4 import A4Book, printed


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
