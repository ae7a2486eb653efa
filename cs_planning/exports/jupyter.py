"""A run page as a Jupyter notebook that runs again on the exported data, with cs_planning as a library."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat

from cs_planning.exports.facts import facts_of, maker_of, title_of
from cs_planning.exports.markdown_file import block_lines, escaped, section_lines
from cs_planning.exports.pictures import complete_spec
from cs_planning.language import gettext, use_language
from cs_planning.notebook.blocks.block import Chart, Markdown, TableBlock, shown
from cs_planning.notebook.run import RunPage, Section

_DOLLAR = re.compile(r"(?<!\\)((?:\\\\)*)\$")
_VEGA_LITE = "application/vnd.vegalite.v6+json"


def to_ipynb(page: RunPage, *, language: str) -> bytes:
    """The page as a notebook: words as Markdown cells, charts and tables as code cells with their results."""
    with use_language(language):
        title = f"# {escaped(title_of(page))}\n\n" + " · ".join(escaped(fact) for fact in facts_of(page))
        cells: list[dict[str, Any]] = [_markdown(title), _code(_beginning(page, language))]
        opened = page.opened
        if opened is not None:
            said = opened.without(opened.chart).model_copy(update={"heading": ""})
            cells.append(_markdown(section_lines(said)))
        readable = {section.cell for section in page.for_readers}
        for number, section in enumerate(page.sections):
            if section.cell in readable:
                cells += _section_cells(number, section, language)
        cells.append(_markdown(escaped(maker_of(page))))
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


def _beginning(page: RunPage, language: str) -> str:
    return "\n".join(
        [
            "# " + gettext("The page with its results; every chart and table below is drawn from it."),
            "import altair as alt",
            "import pandas as pd",
            "",
            "from cs_planning.exports.pictures import complete_spec",
            "from cs_planning.notebook.run import RunPage",
            "",
            f"LANGUAGE = {language!r}",
            f"PAGE = RunPage.model_validate_json({page.model_dump_json()!a})",
            "",
            "",
            "def table(block):",
            "    return pd.DataFrame(list(block.rows), columns=[column.name for column in block.columns])",
        ]
    )


def _section_cells(number: int, section: Section, language: str) -> list[dict[str, Any]]:
    heading = str(section.heading)
    cells: list[dict[str, Any]] = [_markdown(f"## {escaped(heading)}")] if heading else []
    for place, block in enumerate(section.blocks):
        named = f"PAGE.sections[{number}].blocks[{place}]"
        match block:
            case Chart():
                cells.append(_markdown(f"**{escaped(block.title)}**\n\n{escaped(block.alt)}"))
                cells.append(_chart_cell(block, named, language))
            case TableBlock():
                cells.append(_table_cell(block, named))
            case _:
                cells.append(_markdown(block_lines(block), by_the_user=isinstance(block, Markdown)))
    return cells


def _chart_cell(chart: Chart, named: str, language: str) -> dict[str, Any]:
    spec = complete_spec(chart, language, width=720)
    data = {_VEGA_LITE: json.loads(json.dumps(spec)), "text/plain": str(chart.alt)}
    source = f"alt.LayerChart.from_dict(complete_spec({named}, LANGUAGE, width=720))"
    return _code(source, data)


def _table_cell(table: TableBlock, named: str) -> dict[str, Any]:
    lines = ["\t".join(str(column.label) for column in table.columns)]
    lines += ["\t".join(shown(value, column) for value, column in zip(row, table.columns, strict=True)) for row in table.rows]
    return _code(f"table({named})", {"text/plain": "\n".join(lines)})
