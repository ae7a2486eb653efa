"""A run page as a Jupyter notebook that runs again on the data in it, with pandas and Altair alone."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import Any

import nbformat

from cs_planning.exports.facts import facts_of, maker_of, title_of
from cs_planning.exports.markdown_file import block_lines, escaped, section_lines
from cs_planning.exports.pictures import complete_spec
from cs_planning.language import gettext, use_language
from cs_planning.notebook.blocks.block import Chart, Markdown, TableBlock, Value, shown
from cs_planning.notebook.run import RunPage, Section

_DOLLAR = re.compile(r"(?<!\\)((?:\\\\)*)\$")
_VEGA_LITE = "application/vnd.vegalite.v6+json"


@dataclass
class _Data:
    """What the code cells draw, as the first of them holds it."""

    charts: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)


def to_ipynb(page: RunPage, *, language: str) -> bytes:
    """The page as a notebook: words as Markdown cells, charts and tables as code cells with their results."""
    data = _Data()
    with use_language(language):
        title = f"# {escaped(title_of(page))}\n\n" + " · ".join(escaped(fact) for fact in facts_of(page))
        cells: list[dict[str, Any]] = []
        opened = page.opened
        if opened is not None:
            cells.append(_markdown(section_lines(opened.without(opened.chart).model_copy(update={"heading": ""}))))
            drawn = opened.model_copy(update={"heading": "", "blocks": tuple(filter(None, [opened.chart]))})
            cells += _section_cells(drawn, language, data)
        for section in page.for_readers[opened is not None :]:
            cells += _section_cells(section, language, data)
        cells.append(_markdown(escaped(maker_of(page))))
        needs = _markdown(gettext("It needs Python with pandas and Altair (`pip install pandas altair`), and nothing else."))
        cells = [_markdown(title), needs, _code(_beginning(data)), *cells]
    numbered = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    nbformat.validate(notebook)
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _markdown(source: str, *, by_the_user: bool = False) -> dict[str, Any]:
    """A cell of words; Jupyter takes what stands between two dollar signs for a formula, unless a person meant it."""
    written = source if by_the_user else _DOLLAR.sub(r"\1\\$", source)
    return {"cell_type": "markdown", "metadata": {}, "source": written}


def _code(source: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
    outputs = [{"output_type": "display_data", "metadata": {}, "data": data}] if data is not None else []
    return {"cell_type": "code", "metadata": {}, "source": source, "execution_count": None, "outputs": outputs}


def _beginning(data: _Data) -> str:
    written = json.dumps({"charts": data.charts, "tables": data.tables}, ensure_ascii=False)
    return "\n".join(
        [
            "# " + gettext("The charts and tables of the page with their numbers; the cells below draw them."),
            "import json",
            "",
            "import altair as alt",
            "import pandas as pd",
            "",
            f"DATA = json.loads({written!a})",
            "",
            "",
            "def chart(number):",
            '    return alt.LayerChart.from_dict(DATA["charts"][number])',
            "",
            "",
            "def table(number):",
            '    return pd.DataFrame(DATA["tables"][number]["rows"], columns=DATA["tables"][number]["columns"])',
        ]
    )


def _section_cells(section: Section, language: str, data: _Data) -> list[dict[str, Any]]:
    heading = str(section.heading)
    cells: list[dict[str, Any]] = [_markdown(f"## {escaped(heading)}")] if heading else []
    for block in section.blocks:
        match block:
            case Chart():
                cells.append(_markdown(f"**{escaped(block.title)}**\n\n{escaped(block.alt)}"))
                cells.append(_chart_cell(block, language, data))
            case TableBlock():
                cells.append(_table_cell(block, data))
            case _:
                cells.append(_markdown(block_lines(block), by_the_user=isinstance(block, Markdown)))
    return cells


def _chart_cell(chart: Chart, language: str, data: _Data) -> dict[str, Any]:
    spec = json.loads(json.dumps(complete_spec(chart, language, width=720)))
    data.charts.append(spec)
    return _code(f"chart({len(data.charts) - 1})", {_VEGA_LITE: spec, "text/plain": str(chart.alt)})


def _table_cell(table: TableBlock, data: _Data) -> dict[str, Any]:
    names = [str(column.label) for column in table.columns]
    data.tables.append({"columns": names, "rows": [[_plain(value) for value in row] for row in table.rows]})
    lines = ["\t".join(names)]
    lines += ["\t".join(shown(value, column) for value, column in zip(row, table.columns, strict=True)) for row in table.rows]
    return _code(f"table({len(data.tables) - 1})", {"text/plain": "\n".join(lines)})


def _plain(value: Value) -> str | float | bool | None:
    """A value of a table as JSON has it: numbers stay numbers, days are written as 2026-10-31."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float) else str(value)
