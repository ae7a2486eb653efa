"""One chart as a file: a picture for a slide, the numbers behind it for a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pandas as pd

from cs_planning.exports.pictures import as_png, as_svg
from cs_planning.kpis.files.safe_cells import csv_bytes
from cs_planning.language import Text, use_language
from cs_planning.notebook.blocks.block import Chart

CHART_FORMATS = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv"}
"""The endings of the files and their media types."""


def chart_file(chart: Chart, format: str, language: str) -> bytes:
    """A chart as PNG or SVG on white, or the table behind it as CSV with plain numbers and ISO dates.

    Args:
        chart: what is drawn.
        format: one of `CHART_FORMATS`.
        language: of its labels.
    """
    if format == "png":
        return as_png(chart, language)
    if format == "svg":
        return as_svg(chart, language).encode()
    with use_language(language):
        heads = [str(column.label) for column in chart.table.columns]
        rows = [[_written(value) for value in row] for row in chart.table.rows]
        return csv_bytes(pd.DataFrame(rows, columns=heads))


def chart_file_name(chart: Chart, format: str) -> str:
    """A name for the file that every system takes: letters and digits of the title, and the ending."""
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", str(chart.title))).strip("-_")[:60].strip("-_")
    return f"{words or 'chart'}.{format}"


def _written(value: object) -> object:
    if isinstance(value, Text):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
