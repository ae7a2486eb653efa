import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import nbformat
import openpyxl
import pypdf
import pytest
from nbclient import NotebookClient
from pptx import Presentation

from cs_planning.errors import InvalidPage, NotFound
from cs_planning.exports import FORMATS, export, file_name
from cs_planning.exports.json_file import page_of_json
from cs_planning.exports.pdf import literal, to_pdf
from cs_planning.language import use_language
from cs_planning.notebook.blocks.block import BLOCK_KINDS, Chart, Metrics, TableBlock, TableColumn
from cs_planning.notebook.registry import KINDS
from cs_planning.notebook.run import RunPage
from tests.exports.block_samples import ATTACKS, one_of_each, page_of, page_under_attack, page_with_all_cells

JAPANESE = "応答率の目標と一次解決率"


def words_of_html(file: bytes) -> str:
    return re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", file.decode(), flags=re.DOTALL)


def words_of_pdf(file: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)


def words_of_slides(file: bytes) -> str:
    found = []
    for slide in Presentation(io.BytesIO(file)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            found.append(shape._element.xpath(".//p:cNvPr/@descr")[0] if shape._element.xpath(".//p:cNvPr/@descr") else "")
    return " ".join(found)


def words_of_workbook(file: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(file))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def opened_notebook(file: bytes) -> Any:
    return nbformat.reads(file.decode(), as_version=4)


def words_of_notebook(file: bytes) -> str:
    notebook = opened_notebook(file)
    shown = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    shown += [output.data.get("text/plain", "") for cell in notebook.cells for output in cell.get("outputs", [])]
    return " ".join(shown)


def words_of_markdown(file: bytes) -> str:
    return re.sub(r"\\(.)", r"\1", file.decode())


def words_of_json(file: bytes) -> str:
    return json.dumps(json.loads(file), ensure_ascii=False)


READERS: dict[str, Callable[[bytes], str]] = {
    "html": words_of_html,
    "pdf": words_of_pdf,
    "pptx": words_of_slides,
    "xlsx": words_of_workbook,
    "ipynb": words_of_notebook,
    "md": words_of_markdown,
    "json": words_of_json,
}


@lru_cache(maxsize=32)
def whole_page(format: str, language: str) -> bytes:
    return export(page_with_all_cells(), format, language)


@lru_cache(maxsize=32)
def whole_words(format: str) -> str:
    return squeezed(READERS[format](whole_page(format, "en")))


def squeezed(words: str) -> str:
    """Words without spaces, since each reader breaks lines where it likes."""
    return re.sub(r"[\s\u200b]", "", words)


def test_every_format_has_an_independent_reader_here() -> None:
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("kind", BLOCK_KINDS)
@pytest.mark.parametrize("format", list(FORMATS))
def test_every_kind_of_block_shows_its_words_in_every_format(format: str, kind: str) -> None:
    file = export(page_of((one_of_each(JAPANESE)[kind],)), format, "en")
    assert squeezed(READERS[format](file)).count(JAPANESE) >= 1


@pytest.mark.parametrize("cell", [*KINDS, "future"])
@pytest.mark.parametrize("format", list(FORMATS))
def test_every_kind_of_cell_is_in_every_format(format: str, cell: str) -> None:
    section = next(section for section in page_with_all_cells().sections if section.cell == cell)
    if format == "json":
        kept = next(one for one in json.loads(whole_page("json", "en"))["sections"] if one["cell"] == cell)
        assert kept == section.model_dump(mode="json")
        assert [block["kind"] for block in kept["blocks"]] == [block.kind for block in section.blocks]
        assert kept["blocks"]
        return
    words = whole_words(format)
    with use_language("en"):
        if str(section.heading):
            assert squeezed(str(section.heading)) in words
        for block in section.blocks:
            if isinstance(block, Metrics):
                assert all(squeezed(str(item.value)) in words for item in block.items)


@pytest.mark.parametrize("format", ["html", "pdf", "pptx", "md"])
def test_the_probability_on_the_screen_is_the_one_in_the_file(format: str) -> None:
    section = next(section for section in page_with_all_cells().sections if section.cell == "forecast")
    metrics = section.blocks[0]
    assert isinstance(metrics, Metrics)
    with use_language("en"):
        assert squeezed(str(metrics.items[0].value)) in whole_words(format)


@pytest.mark.slow
@pytest.mark.parametrize("format", list(FORMATS))
def test_a_page_under_attack_becomes_a_readable_file(format: str) -> None:
    words = squeezed(READERS[format](export(page_under_attack(), format, "ja")))
    assert "日本語と絵文字" in words


@pytest.mark.parametrize("format", list(FORMATS))
def test_an_empty_page_becomes_a_file(format: str) -> None:
    page = page_of(()).model_copy(update={"sections": ()})
    assert READERS[format](export(page, format, "en"))


@pytest.mark.parametrize("format", ["html", "md", "json", "xlsx"])
def test_the_same_page_makes_the_same_file(format: str) -> None:
    first, second = (export(page_with_all_cells(), format, "en") for _ in range(2))
    if format == "xlsx":
        assert words_of_workbook(first) == words_of_workbook(second)
    else:
        assert first == second


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"docx.*html, pdf"):
        export(page_with_all_cells(), "docx", "en")


def test_file_names_hold_no_path_and_no_sign_that_a_system_refuses() -> None:
    page = page_of((), '../../etc/passwd <"a:b|c?*"> 応答率\x00').model_copy(update={"sections": ()})
    assert file_name(page, "pdf") == "etc-passwd-a-b-c-応答率-2026-11-03.pdf"
    assert file_name(page_of((), "///"), "md") == "goal-page-2026-11-03.md"


def test_json_comes_back_as_the_same_page() -> None:
    file = whole_page("json", "en")
    assert page_of_json(file) == page_with_all_cells().page
    assert RunPage.model_validate_json(file).model_dump_json() == page_with_all_cells().model_dump_json()
    assert page_of_json(page_with_all_cells().page.model_dump_json()) == page_with_all_cells().page


@pytest.mark.parametrize("document", ["", "[" * 5000, '{"page": 1, "sections": []}', "{}x", b"\xff"])
def test_json_that_is_no_page_is_refused(document: str | bytes) -> None:
    with pytest.raises(InvalidPage):
        page_of_json(document)


def test_the_workbook_holds_typed_data_of_every_chart() -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole_page("xlsx", "en")))
    charts = [block for section in page_with_all_cells().sections for block in section.blocks if isinstance(block, Chart)]
    cells = [cell.value for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row]
    written = Counter(round(value, 9) for value in cells if isinstance(value, int | float))
    for chart in charts:
        numbers = [round(value, 9) for row in chart.table.rows for value in row if isinstance(value, float)]
        assert Counter(numbers) <= written
    history = next(sheet for sheet in book.worksheets[1:] if sheet.max_row == 37)
    assert isinstance(history["A2"].value, datetime)
    assert isinstance(history["B2"].value, float)


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack[0] in "=+@"])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(attack: str) -> None:
    file = export(page_of((one_of_each(attack)["table"],), attack), "xlsx", "en")
    for sheet in openpyxl.load_workbook(io.BytesIO(file)):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    assert not any(
        "<f>" in zipfile.ZipFile(io.BytesIO(file)).read(name).decode()
        for name in zipfile.ZipFile(io.BytesIO(file)).namelist()
        if "sheet" in name
    )


@pytest.mark.slow
def test_the_pdf_has_page_numbers_a_title_and_embedded_fonts_only() -> None:
    reader = pypdf.PdfReader(io.BytesIO(whole_page("pdf", "ja")))
    assert reader.metadata is not None
    assert reader.metadata.title == page_with_all_cells().title
    for number, page in enumerate(reader.pages, start=1):
        assert f"{number} / {len(reader.pages)}" in page.extract_text()
        assert round(float(page.mediabox.width)) == 595
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            assert "NotoSans" in str(font["/BaseFont"])


def test_the_pdf_can_have_the_american_size() -> None:
    page = page_of((one_of_each("a")["paragraph"],))
    assert (
        round(float(pypdf.PdfReader(io.BytesIO(to_pdf(page, language="en", paper="us-letter"))).pages[0].mediabox.width)) == 612
    )


@pytest.mark.parametrize("attack", ["\\", '"', '\\"', '"; #panic()', "a\nb", "#[", "\\u{41}", "\x00\x07", "\ud800"])
def test_words_in_typst_are_one_string(attack: str) -> None:
    written = literal(attack)
    inside = written[1:-1]
    assert written[0] == written[-1] == '"'
    assert '"' not in re.sub(r"\\.", "", inside)
    assert "\n" not in inside


def test_slides_keep_every_shape_inside_the_slide_and_charts_carry_their_sentence() -> None:
    deck = Presentation(io.BytesIO(whole_page("pptx", "en")))
    pictures = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.shape_type == 13:
                pictures += 1
                assert len(shape._element.xpath(".//p:cNvPr/@descr")[0]) > 10
    charts = [block for section in page_with_all_cells().sections for block in section.blocks if isinstance(block, Chart)]
    assert pictures == len(charts) + 1


def test_long_tables_go_on_over_several_slides() -> None:
    table = one_of_each("x")["table"]
    assert isinstance(table, TableBlock)
    long = table.model_copy(update={"rows": table.rows * 20})
    deck = Presentation(io.BytesIO(export(page_of((long,)), "pptx", "en")))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) - 1 for table in tables] == [13, 13, 14]  # the fourteenth in smaller letters, not on a slide alone


@pytest.mark.slow
def test_the_notebook_runs_again_on_its_own_data() -> None:
    notebook = opened_notebook(whole_page("ipynb", "en"))
    before = [len(cell.get("outputs", [])) for cell in notebook.cells]
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs for cell in codes[1:])
    assert sum(before) == len(codes) - 1


def test_the_notebook_needs_pandas_and_altair_alone_and_says_so() -> None:
    notebook = opened_notebook(whole_page("ipynb", "en"))
    programs = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    loaded = {words[1] for words in (line.split() for line in programs.splitlines()) if words[:1] in (["import"], ["from"])}
    assert loaded == {"json", "altair", "pandas"}
    assert any("pip install pandas altair" in cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_the_notebook_draws_the_numbers_of_the_page() -> None:
    notebook = opened_notebook(whole_page("ipynb", "en"))
    drawn = [output.data for cell in notebook.cells for output in cell.get("outputs", []) if len(output.data) > 1]
    chart = next(block for section in page_with_all_cells().sections for block in section.blocks if isinstance(block, Chart))
    values = [
        row["value"] for row in drawn[0]["application/vnd.vegalite.v6+json"]["data"]["values"] if row["part"] == "history"
    ]
    assert values == pytest.approx([row[1] for row in chart.table.rows])
    assert date(2026, 10, 1) == chart.table.rows[-1][0]


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_shows_words_as_they_were_written(attack: str) -> None:
    written = export(page_of((one_of_each(attack)["paragraph"],)), "md", "en").decode()
    assert not re.search(r"(?<!\\)<[a-zA-Z/!]", written)
    assert not re.search(r"(?<!\\)\]\(", written.split("\n\n")[3])


def test_columns_of_a_workbook_are_wide_enough_for_japanese_words_which_take_two_signs() -> None:
    column = TableColumn(name="what", label="施策")
    table = TableBlock(columns=(column,), rows=(("チャットボットを導入し、1席減らす",),), caption="表")
    sheet = openpyxl.load_workbook(io.BytesIO(export(page_of((table,)), "xlsx", "ja"))).worksheets[1]
    assert sheet.column_dimensions["A"].width >= 2 * len("チャットボットを導入し、席減らす")
