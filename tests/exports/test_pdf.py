"""What a PDF keeps together: a short table on one page, a figure and its unit on one line."""

import io

import pypdf
import pytest

from cs_planning.exports import export
from cs_planning.notebook.blocks.block import Block, Paragraph, TableBlock, TableColumn
from tests.exports.block_samples import page_of

_SHORT = TableBlock(
    columns=(TableColumn(name="what", label="What"),), rows=tuple((f"row-{number}",) for number in range(8)), caption="Short"
)


def pages_of(*blocks: Block, language: str = "en") -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(export(page_of(blocks), "pdf", language)))
    return [page.extract_text() for page in reader.pages]


@pytest.mark.parametrize("above", [35, 38])
def test_a_short_table_is_never_split_between_two_pages(above: int) -> None:
    pages = pages_of(*(Paragraph(words=f"Sentence {number}.") for number in range(above)), _SHORT)
    assert len(pages) == 2
    assert sorted(sum(f"row-{number}" in page for number in range(8)) for page in pages) == [0, 8]


def test_no_line_ends_inside_a_duration_of_two_units() -> None:
    said = [Paragraph(words=f"{'あ' * length}1時間21分から1時間15分に引き下げる") for length in range(34, 60)]
    lines = [line.strip() for page in pages_of(*said, language="ja") for line in page.splitlines()]
    assert not [line for line in lines if line.endswith(("1", "1時間", "21", "15")) or line.startswith(("時間", "分", "21分"))]
