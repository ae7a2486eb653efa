"""The published schema of a page file: what the product writes follows it, what the product refuses does not."""

import json
from typing import Any

import jsonschema
import pytest

from cs_planning.exports import export
from cs_planning.notebook.page_schema import page_schema
from cs_planning.notebook.pages.page import MOST_CELLS
from cs_planning.notebook.pages.templates import TEMPLATES
from cs_planning.notebook.registry import KINDS
from cs_planning.notebook.run import run
from tests.notebook.sample_sources import EMAIL, TODAY, SampleSources, page_of_all_kinds

TEXT = {"id": "a", "kind": "text", "markdown": "m"}


@pytest.fixture(scope="module")
def follows() -> jsonschema.Draft202012Validator:
    schema = page_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_an_exported_page_of_all_kinds_follows_the_schema_with_and_without_its_results(
    follows: jsonschema.Draft202012Validator,
) -> None:
    page = page_of_all_kinds()
    assert {cell.kind for cell in page.cells} > set(KINDS)
    exported = json.loads(export(run(page, SampleSources(), today=TODAY), "json", "ja"))
    follows.validate(exported)
    follows.validate(exported["page"])
    follows.validate(json.loads(page.model_dump_json()))


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_every_template_follows_the_schema(follows: jsonschema.Draft202012Validator, template: str) -> None:
    page = TEMPLATES[template].page("Page", goal=SampleSources().goals[EMAIL])
    follows.validate(json.loads(page.model_dump_json()))


@pytest.mark.parametrize(
    "page", [{"cells": []}, {"cells": [TEXT]}, {"cells": [{"id": "x", "kind": "hologram", "ink": 5}], "new": 1}]
)
def test_a_page_written_by_hand_or_by_a_newer_version_follows_the_schema(
    follows: jsonschema.Draft202012Validator, page: dict[str, Any]
) -> None:
    follows.validate(page)


@pytest.mark.parametrize(
    "page",
    [
        [],
        {},
        {"cells": 5},
        {"cells": [{"id": "a"}]},
        {"cells": [{"kind": "text"}]},
        {"cells": [TEXT | {"markdown": 7}]},
        {"cells": [TEXT | {"id": f"{number}"} for number in range(MOST_CELLS + 1)]},
        {"cells": [TEXT], "schema_version": 0},
        {"cells": [TEXT], "parameters": {"people": 4000}},
        {"page": {"cells": [TEXT]}, "sections": "none"},
    ],
)
def test_what_is_no_page_does_not_follow_the_schema(follows: jsonschema.Draft202012Validator, page: object) -> None:
    assert not follows.is_valid(page)
