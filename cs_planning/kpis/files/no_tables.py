"""Files that are no table whatever their name ends with, told apart by how they begin: what one is, and what to do instead."""

from __future__ import annotations

import codecs
import re

from cs_planning.errors import Problem
from cs_planning.kpis.files.table import file_problem
from cs_planning.language import text

_BEGINNING = 4_096
_PICTURES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
_WEBP = re.compile(rb"RIFF.{4}WEBP", re.DOTALL)
_ARCHIVES = {
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!\x1a\x07": "RAR",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"\xfd7zXZ\0": "XZ",
}
_PDF = re.compile(rb"\s*%PDF-\d")
_RTF = re.compile(rb"\s*\{\\rtf\d")
_PAGE = re.compile(rb"\s*<(?:!doctype html|html|head|body|table|div|meta|style|script)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<(?:\?xml\b|\w*:?workbook\b)", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\[\s*[\[{]|\{\s*[\"}])")
_INSIDE = (("word/", "Word"), ("ppt/", "PowerPoint"))


def no_table(data: bytes) -> Problem | None:
    """What a file is told that begins as a document, picture, page or program's data does; None for what may be a table.

    Args:
        data: the file, or its beginning.
    """
    head = data[:_BEGINNING].removeprefix(codecs.BOM_UTF8)
    picture = next((kind for mark, kind in _PICTURES.items() if head.startswith(mark)), None)
    picture = "WebP" if picture is None and _WEBP.match(head) else picture
    archive = next((kind for mark, kind in _ARCHIVES.items() if head.startswith(mark)), None)
    behind = text("Export the numbers behind it as CSV or XLSX and import that.")
    if _PDF.match(head):
        return file_problem(text("It is a PDF document, not a table."), behind)
    if picture is not None:
        return file_problem(text("It is a picture ({format}), not a table.", format=picture), behind)
    if archive is not None:
        return file_problem(
            text("It is an archive of the kind {format}, which is not opened here.", format=archive),
            text("Unpack it and import the file inside, or pack that as ZIP."),
        )
    if _RTF.match(head):
        return file_problem(text("It is a text document (RTF), not a table."), behind)
    if _PAGE.match(head):
        return file_problem(
            text("It is a web page (HTML), not a table of cells."),
            text(
                "If it should be an export, open it in a spreadsheet program and save it as XLSX; a page that asks to sign in "
                "means that the export failed: sign in and export again."
            ),
        )
    if _XML.match(head):
        return file_problem(
            text("It is an XML document, not a table of cells."),
            text("Open it in a spreadsheet program and save it as XLSX, or export CSV."),
        )
    if _JSON.match(head):
        return file_problem(
            text("It is JSON, as programs exchange it, not a table of cells."), text("Export CSV or XLSX instead.")
        )
    return None


def document_inside(names: list[str]) -> Problem | None:
    """What an archive is told that is a document of an office program; None for workbooks and archives of files.

    Args:
        names: of the files in it.
    """
    kind = next((kind for begins, kind in _INSIDE if any(name.startswith(begins) for name in names)), None)
    if kind is not None:
        return file_problem(
            text("It is a document of {program}, not a table.", program=kind),
            text("Export the numbers behind it as CSV or XLSX and import that."),
        )
    if any(name.endswith(".iwa") for name in names):
        return file_problem(
            text("It is a document of {program}, not a table.", program="Apple Numbers / Pages"),
            text("Export it as XLSX or CSV and import that."),
        )
    if "content.xml" in names and "mimetype" in names:
        return file_problem(
            text("It is a workbook in the OpenDocument format (ODS)."), text("Save it as XLSX or CSV and import that.")
        )
    if "xl/workbook.bin" in names:
        return file_problem(
            text("It is a workbook in the binary format (XLSB)."), text("Save it as XLSX or CSV and import that.")
        )
    return None


def cut_archive(data: bytes) -> Problem | None:
    """What a workbook or archive is told whose end is missing, where its directory stands; None where that is there."""
    if b"PK\x05\x06" in data[-70_000:]:
        return None
    size = max(1, round(len(data) / 1024))
    if b"[Content_Types].xml" in data or b"xl/" in data:
        return file_problem(
            text("The workbook is damaged: it is cut off behind its first {size} kB.", size=size),
            text("Export or download it again, until the end."),
        )
    return file_problem(
        text("The archive is damaged: it is cut off behind its first {size} kB.", size=size),
        text("Export or download it again, until the end."),
    )
