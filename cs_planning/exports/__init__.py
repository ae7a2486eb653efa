"""A run page → files: HTML, PDF, slides, workbook, notebook, Markdown, JSON; bytes out, no storage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from cs_planning.errors import NotFound
from cs_planning.language import LANGUAGES, Text, listed_texts, nearest_language, text
from cs_planning.notebook.run import RunPage

__all__ = ["FORMATS", "PAPERS", "Format", "export", "file_name"]


@dataclass(frozen=True)
class Format:
    """A kind of file that a page can become.

    Attributes:
        id: a stable name, as on the command line; also the ending of file names.
        name: what it is called on the screen.
        media_type: for browsers.
        module: the module of this package that writes it, imported when it is first needed.
        function: its writer, called with a run page and `language`.
    """

    id: str
    name: Text
    media_type: str
    module: str
    function: str

    def write(self, page: RunPage, language: str, **settings: str) -> bytes:
        """The file; `settings` are those of its own."""
        writer: Callable[..., bytes] = getattr(import_module(f"{__name__}.{self.module}"), self.function)
        return writer(page, language=language, **settings)


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: Mapping[str, Format] = {
    one.id: one
    for one in (
        Format("html", text("Web page (works offline)"), "text/html", "html", "to_html"),
        Format("pdf", text("PDF"), "application/pdf", "pdf", "to_pdf"),
        Format("pptx", text("Slides (PowerPoint)"), f"{_OFFICE}.presentationml.presentation", "slides", "to_pptx"),
        Format("xlsx", text("Workbook (Excel)"), f"{_OFFICE}.spreadsheetml.sheet", "workbook", "to_xlsx"),
        Format("ipynb", text("Jupyter notebook"), "application/x-ipynb+json", "jupyter", "to_ipynb"),
        Format("md", text("Markdown"), "text/markdown", "markdown_file", "to_markdown"),
        Format("json", text("JSON (for another workspace)"), "application/json", "json_file", "to_json"),
    )
}
"""Every format by its id, the most useful one for a meeting first."""


_LONGEST_NAME, _SHORTEST_NAME = 60, 20
"""How many letters of a title a file name takes, and down to how many it gives up a word that would be cut."""

PAPERS = ("a4", "us-letter")
"""The paper that a PDF can be set for."""


def export(page: RunPage, format: str, language: str = LANGUAGES[0], *, paper: str = PAPERS[0]) -> bytes:
    """The page as a file.

    Args:
        page: a run page.
        format: one of `FORMATS`.
        language: of everything that users did not write.
        paper: one of `PAPERS`; only a PDF has it.

    Raises:
        NotFound: there is no such format.
    """
    if format not in FORMATS:
        raise NotFound(
            text("There is no format {format}.", format=format),
            text("Choose one of {formats}.", formats=listed_texts(list(FORMATS))),
        )
    return FORMATS[format].write(page, nearest_language(language), **({"paper": paper} if format == "pdf" else {}))


def file_name(page: RunPage, format: str) -> str:
    """A name for the file that every system takes: letters and digits of the title, the day, the ending."""
    composed = unicodedata.normalize("NFC", page.title)
    words = _first_words(re.sub(r"[^\w]+", "-", composed).strip("-_")).strip("-_") or "goal-page"
    return f"{words}-{page.today.isoformat()}.{format}"


def _first_words(name: str) -> str:
    """As many whole words as a file name should have; of a longer one, or of words without spaces, the beginning."""
    if len(name) <= _LONGEST_NAME:
        return name
    begun = name[: _LONGEST_NAME + 1]
    cut = begun.rfind("-")
    return begun[:cut] if cut >= _SHORTEST_NAME else name[:_LONGEST_NAME]
