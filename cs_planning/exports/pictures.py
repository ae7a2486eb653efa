"""Charts as pictures for files that can't draw, with a font that knows Japanese whatever the machine has."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert
from noto_cjk import font_path  # type: ignore[import-untyped]
from PIL import ImageFont

from cs_planning.language import Text, text
from cs_planning.notebook.blocks.block import Chart
from cs_planning.notebook.blocks.drawings import themed

FONT = "Noto Sans CJK JP"
"""The family of the texts of PDF files and pictures."""


@lru_cache(maxsize=1)
def font_folders() -> tuple[Path, ...]:
    """The folders of the regular and the bold font; the first call tells the chart drawer about them."""
    folders = tuple(Path(font_path("sans", "jp", style)).parent for style in ("regular", "bold"))
    for folder in folders:
        vl_convert.register_font_directory(str(folder))
    return folders


def font_fault() -> Text | None:
    """What is wrong with the font of exports: not there, damaged or without Japanese characters; None where it is right."""
    try:
        for style in ("regular", "bold"):
            drawn = ImageFont.truetype(font_path("sans", "jp", style), 24)
            if drawn.getmask("目").getbbox() is None or bytes(drawn.getmask("目")) == bytes(drawn.getmask("\uffff")):
                return text("The font of exports has no Japanese characters.")
    except (OSError, ValueError) as error:
        return text("The font of exports can't be read: {reason}.", reason=str(error))
    return None


def complete_spec(
    chart: Chart, language: str, *, width: int | None = None, height: int | None = None, font: str = FONT
) -> dict[str, Any]:
    """The specification of a chart with its data, for a white ground.

    Args:
        chart: what is drawn.
        language: of its labels.
        width: in pixels; that of its place when it is not given.
        height: in pixels, for a chart that has a height of its own; one that grows with its rows keeps it.
        font: the family of its texts.
    """
    spec = themed(chart.spec(language), font=font)
    spec["data"] = {"values": json.loads(chart.data(language).to_json(orient="records", date_format="iso"))}
    fills = height is not None and isinstance(spec.get("height"), int)
    return spec | ({"width": width} if width is not None else {}) | ({"height": height} if fills else {})


def as_svg(chart: Chart, language: str, *, width: int = 720) -> str:
    """The chart as SVG with its texts as text, `width` pixels wide."""
    font_folders()
    return str(vl_convert.vegalite_to_svg(complete_spec(chart, language, width=width)))


def as_png(chart: Chart, language: str, *, width: int = 720, height: int | None = None, scale: float = 2.0) -> bytes:
    """The chart as PNG on white, `width` × `scale` pixels wide and, where it can be, `height` × `scale` high."""
    font_folders()
    spec = complete_spec(chart, language, width=width, height=height)
    spec["config"] = spec["config"] | {"background": "#ffffff"}
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale))
