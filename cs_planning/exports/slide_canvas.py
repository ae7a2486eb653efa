"""The slides that are written on: where the next thing stands, and how words look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from cs_planning.exports.slide_text import MUTED, Run, height_of, in_pieces
from cs_planning.exports.slide_words import gap_below
from cs_planning.language import text

RAISED = "F3F5F7"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP, RIGHT, BOTTOM = int(Inches(0.7)), int(Inches(1.3)), int(Inches(12.633)), int(Inches(6.9))
_TITLE_TOP, _TITLE_HEIGHT, _TOPIC_TOP = int(Inches(0.5)), int(Inches(0.72)), int(Inches(0.2))
_COVER_SIZES = (40, 36, 32)
_TITLE_SIZES = (26, 24, 22, 20, 18)
_LARGE_TEXT = 16.0


def color_of(hexadecimal: str) -> RGBColor:
    """A color from its six hexadecimal digits."""
    return RGBColor(*bytes.fromhex(hexadecimal))  # type: ignore[no-untyped-call]


def _lines(words: str, size: float, width: int) -> float:
    return height_of([Run(words, size, bold=True)], width / Pt(1) - 20) / size


class Canvas:
    """Slides that fill from top to bottom of a column; a new one begins when one is full.

    Attributes:
        slide: that is being filled.
        message: the title of that slide.
        topic: of the section, in small letters above a title that says something else.
        left, right: the column, in EMU.
        y: where the next thing stands, in EMU.
        size: of its words, in points.
    """

    def __init__(self, deck: Any, title: str) -> None:
        self._deck = deck
        self._title = title
        self._numbered = 1
        self.slide: Any = None
        self.message = self.topic = ""
        self.left, self.right, self.y, self.size = LEFT, RIGHT, TOP, _LARGE_TEXT

    def cover(self, facts: str) -> None:
        """The first slide: the title and what is said about the whole."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[6])
        width = Inches(11.5)
        size = min(_COVER_SIZES, key=lambda one: (_lines(self._title, one, width), -one))
        title = [[Run(self._title, size, bold=True)], [Run(facts, 16, color=MUTED)]]
        self.text(slide, title, Inches(0.9), Inches(2.4), width, Inches(2.5))

    def begin(self, message: str, topic: str = "") -> None:
        """Begins a slide with what it says as its title, and what it is about in small letters above."""
        self._numbered += 1
        self.message = message
        self.slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        title = self.slide.shapes.title
        title.left, title.top, title.width, title.height = LEFT, _TITLE_TOP, RIGHT - LEFT, _TITLE_HEIGHT
        title.text_frame.word_wrap = True
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self.left, self.right, self.y, self.size = LEFT, RIGHT, TOP, _LARGE_TEXT
        sizes = ([Run(message[:200], size, bold=True)] for size in _TITLE_SIZES)
        fitting = (runs for runs in sizes if height_of(runs, self.points) <= _TITLE_HEIGHT / Pt(1))
        self.runs(title.text_frame.paragraphs[0], next(fitting, [Run(message[:200], _TITLE_SIZES[-1], bold=True)]))
        title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        if topic:
            above = [[Run(topic[:120], 11, color=MUTED)]]
            self.text(self.slide, above, LEFT, _TOPIC_TOP, RIGHT - LEFT, _TITLE_TOP - _TOPIC_TOP)
        foot = [[Run(f"{self._title[:120]}  ·  {self._numbered}", 10, color=MUTED)]]
        self.text(self.slide, foot, LEFT, Inches(7.05), RIGHT - LEFT, Inches(0.3))

    @property
    def points(self) -> float:
        """The width of the column in points, without its margins."""
        return (self.right - self.left) / Pt(1) - 20

    def room(self, height: int, about: str = "") -> None:
        """Begins another slide of the section when `height` does not fit below what is there, called by what follows."""
        if self.y + height > BOTTOM and self.y > TOP:
            self.go_on(about)

    def go_on(self, about: str = "") -> None:
        """Another slide of the section, titled by what follows where that is given."""
        if about:
            self.begin(about, self.topic)
        else:
            self.begin(str(text("{section}, continued", section=self.topic)))

    def paragraph(self, runs: Sequence[Run]) -> None:
        """Words over the width of the column, below what is there."""
        for part in in_pieces(runs, self.points, (BOTTOM - TOP) / Pt(1) - 10):
            height = int(Pt(height_of(part, self.points) + gap_below(self.size)))
            self.room(height)
            self.text(self.slide, [part], self.left, self.y, self.right - self.left, height)
            self.y += height

    def text(self, slide: Any, lines: Sequence[Sequence[Run]], left: int, top: int, width: int, height: int) -> None:
        """Words at a place of their own."""
        self.fill(slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame, lines)

    def fill(self, frame: Any, lines: Sequence[Sequence[Run]], *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> None:
        """Writes lines into a frame."""
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = Inches(0.12)
        frame.margin_top = frame.margin_bottom = Pt(2)
        frame.vertical_anchor = anchor
        for number, runs in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            self.runs(paragraph, runs)

    def runs(self, paragraph: Any, runs: Sequence[Run]) -> None:
        """Writes the pieces of one line."""
        for piece in runs:
            run = paragraph.add_run()
            run.text = piece.words
            run.font.size, run.font.bold = Pt(piece.size), piece.bold
            run.font.color.rgb = color_of(piece.color)
