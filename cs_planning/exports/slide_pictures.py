"""Charts and pictures of a slide, each with what it says below."""

from __future__ import annotations

import io
from typing import Any

from pptx.util import Emu, Inches, Pt

from cs_planning.exports.pictures import as_png
from cs_planning.exports.slide_canvas import BOTTOM, Canvas
from cs_planning.exports.slide_text import MUTED, Run, clean, height_of
from cs_planning.language import text
from cs_planning.notebook.blocks.block import Chart, Image

SMALLEST_CHART = int(Inches(1.8))
_PIXELS_AN_INCH = 84


def draw_chart(canvas: Canvas, chart: Chart, room: int, language: str) -> None:
    """A chart with its title above, unless the slide is called so, and its sentence below, unless the slide says it."""
    said = [[Run(clean(chart.alt), 11, color=MUTED)]] if clean(chart.alt) != canvas.message else []
    title = [[Run(clean(chart.title), min(canvas.size + 1, 16), bold=True)]] if clean(chart.title) != canvas.message else []
    around = int(Pt(sum(height_of(line, canvas.points) + 13 for line in (*title, *said))))
    for line in title:
        canvas.paragraph(line)
    width = canvas.right - canvas.left
    height = max(SMALLEST_CHART // 2, room - around)
    pixels = (round(one / int(Inches(1)) * _PIXELS_AN_INCH) for one in (width, min(height, BOTTOM - canvas.y)))
    drawn = as_png(chart, language, width=next(pixels), height=next(pixels))
    picture = canvas.slide.shapes.add_picture(io.BytesIO(drawn), Emu(canvas.left), Emu(canvas.y))
    _fit(picture, width, min(height, BOTTOM - canvas.y))
    _describe(picture, str(chart.alt))
    canvas.y += int(picture.height) + int(Pt(2))
    for line in said:
        canvas.paragraph(line)


def draw_picture(canvas: Canvas, image: Image) -> None:
    """A user's picture, never larger than it is; one that the slides can't hold is named."""
    height = int(Inches(4.5))
    if image.media_type == "image/webp":
        canvas.paragraph([Run(clean(text("Picture: {alt}", alt=image.alt)), canvas.size, color=MUTED)])
        return
    canvas.room(height)
    try:
        picture = canvas.slide.shapes.add_picture(io.BytesIO(image.data), Emu(canvas.left), Emu(canvas.y))
    except Exception:
        canvas.paragraph([Run(clean(text("Picture: {alt}", alt=image.alt)), canvas.size, color=MUTED)])
        return
    _fit(picture, canvas.right - canvas.left, height, enlarge=False)
    _describe(picture, str(image.alt))
    canvas.y += int(picture.height) + int(Pt(8))
    if image.caption:
        canvas.paragraph([Run(clean(image.caption), 12, color=MUTED)])


def _fit(picture: Any, width: int, height: int, *, enlarge: bool = True) -> None:
    ratio = min(width / picture.width, height / picture.height)
    ratio = ratio if enlarge else min(1.0, ratio)
    picture.width, picture.height = Emu(int(picture.width * ratio)), Emu(int(picture.height * ratio))


def _describe(picture: Any, words: str) -> None:
    picture._element.nvPicPr.cNvPr.set("descr", clean(words))
