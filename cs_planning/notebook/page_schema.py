"""What the JSON of a page looks like, for those who write or read pages with programs of their own."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from cs_planning.notebook.cells.unknown import UnknownCell
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.registry import KINDS
from cs_planning.notebook.run import RunPage


def page_schema() -> dict[str, Any]:
    """JSON Schema of a page file: a page with its results as an export writes it, or the page alone; both can be imported.

    Cells of kinds and fields that are not known yet are allowed, as they are when a page is read.
    """
    _places, whole = models_json_schema(
        [(RunPage, "validation"), (Page, "validation")], title="Goal page", ref_template="#/$defs/{model}"
    )
    definitions = whole["$defs"]
    definitions[UnknownCell.__name__]["properties"]["kind"]["not"] = {"enum": list(KINDS)}
    for known in KINDS.values():
        _require(definitions[known.cell.__name__], "kind")
    _require(definitions[Page.__name__], "cells")
    results = {"$ref": f"#/$defs/{RunPage.__name__}"}
    alone = {"$ref": f"#/$defs/{Page.__name__}", "not": {"required": ["page", "sections"]}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "oneOf": [results, alone]}


def _require(definition: dict[str, Any], name: str) -> None:
    definition["required"] = [*definition.get("required", ()), name]
