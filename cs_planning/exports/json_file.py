"""A run page as JSON: everything, losslessly, to be stored, read by programs, or imported elsewhere."""

from __future__ import annotations

import base64
import json

from cs_planning.notebook.pages.page import Page, read_page
from cs_planning.notebook.run import RunPage


def to_json(page: RunPage, *, language: str) -> bytes:
    """The page with its results as JSON; texts stand as sources with arguments, from which every language can be made."""
    return page.model_dump_json(indent=1).encode()


def page_of_json(document: str | bytes) -> Page:
    """The page of an exported file, without its results, which the workspace that imports it computes anew.

    Raises:
        InvalidPage: the file holds no page.
    """
    try:
        content = json.loads(document)
    except (ValueError, UnicodeDecodeError, RecursionError):
        return read_page(document)
    if isinstance(content, dict) and isinstance(content.get("page"), dict) and "sections" in content:
        return read_page(json.dumps(content["page"]))
    return read_page(document)


def pictures_of_json(document: str | bytes) -> dict[str, bytes]:
    """The pictures that an exported file brings along, by the id of their cell; a page alone brings none.

    They are as untrusted as any upload.
    """
    try:
        sections = json.loads(document)["sections"]
        found = [
            (str(section["cell"]), base64.b64decode(block["data"]))
            for section in sections
            if section["kind"] == "image"
            for block in section["blocks"]
            if block["kind"] == "image"
        ]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError, RecursionError):
        return {}
    return dict(found)
