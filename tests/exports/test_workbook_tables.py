"""Short tables of a workbook share a sheet, a long one has its own, and months are shown as months."""

import io
from datetime import date, datetime

import openpyxl
from openpyxl.workbook import Workbook

from cs_planning.exports import export
from cs_planning.kpis.frequency import Frequency
from cs_planning.notebook.blocks.block import ColumnType, TableBlock, TableColumn
from tests.exports.block_samples import page_of

_PERIOD = TableColumn(name="period", label="Period", type=ColumnType.PERIOD, frequency=Frequency.MONTH)
_SHARE = TableColumn(name="share", label="Probability", type=ColumnType.SHARE)


def table(rows: int, caption: str) -> TableBlock:
    months = tuple((date(2020 + row // 12, row % 12 + 1, 1), 0.25) for row in range(rows))
    return TableBlock(columns=(_PERIOD, _SHARE), rows=months, caption=caption)


def book_of(*tables: TableBlock, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(export(page_of(tables), "xlsx", language)))


def test_short_tables_stand_below_each_other_under_what_they_are_called() -> None:
    book = book_of(table(3, "First"), table(40, "Long"), table(2, "Second"))
    assert book.sheetnames[1:] == ["Tables", "Long"]
    column = [cell.value for cell in book["Tables"]["A"]]
    assert column[0] == "First"
    assert column[1] == "Period"
    assert column.index("Second") == column.index(None) + 1 == 6
    assert column[8:10] == [datetime(2020, 1, 1), datetime(2020, 2, 1)]


def test_a_single_short_table_has_a_sheet_under_its_own_name() -> None:
    assert book_of(table(3, "First")).sheetnames[1:] == ["First"]


def test_the_page_says_on_which_sheet_each_table_stands() -> None:
    book = book_of(table(3, "First"), table(40, "Long"), table(2, "Second"))
    said = [cell.value for cell in book.worksheets[0]["A"] if str(cell.value).startswith("Data: sheet")]
    assert said == ["Data: sheet “Tables”", "Data: sheet “Long”", "Data: sheet “Tables”"]


def test_a_month_is_shown_as_a_month_and_stays_a_day_to_compute_with() -> None:
    cell = book_of(table(3, "First"), language="ja").worksheets[1]["A2"]
    assert cell.number_format == 'yyyy"年"m"月"'
    assert cell.value == datetime(2020, 1, 1)


def test_whole_percentages_are_shown_without_a_decimal() -> None:
    assert book_of(table(3, "First")).worksheets[1]["B2"].number_format == "0 %"
