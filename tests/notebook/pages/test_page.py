import json

import pytest
from pydantic import ValidationError

from cs_planning.errors import InvalidPage, NotFound
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.cells.unknown import UnknownCell
from cs_planning.notebook.kinds.goal_card import GoalCard
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages import arrangement
from cs_planning.notebook.pages.page import MOST_CELLS, Page, read_page
from cs_planning.notebook.pages.templates import TEMPLATES, PageTemplate
from tests.notebook.sample_sources import page_of_all_kinds


def small_page() -> Page:
    return Page(title="Review", cells=(TextCell(id="a", markdown="A"), GoalCard(id="b"), TextCell(id="c", markdown="C")))


def ids(page: Page) -> list[str]:
    return [cell.id for cell in page.cells]


def test_a_page_with_every_kind_of_cell_survives_json() -> None:
    page = page_of_all_kinds()
    assert read_page(page.model_dump_json()) == page


def test_a_cell_of_a_newer_version_is_written_as_it_was_read() -> None:
    cell = {"id": "x", "kind": "hologram", "depth": 3, "layers": [{"a": None}], "title": "", "hidden": True, "collapsed": False}
    page = read_page(json.dumps({"title": "t", "cells": [cell]}))
    assert isinstance(page.cells[0], UnknownCell)
    assert json.loads(page.model_dump_json())["cells"][0] == cell


def test_a_field_of_a_newer_version_is_written_as_it_was_read() -> None:
    page = read_page('{"schema_version": 2, "mood": "calm", "cells": [{"id": "x", "kind": "text", "markdown": "m", "ink": 5}]}')
    written = json.loads(page.model_dump_json())
    assert written["schema_version"] == 2
    assert written["mood"] == "calm"
    assert written["cells"][0]["ink"] == 5


@pytest.mark.parametrize(
    "document",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"page": 1, "sections": []}',
        '{"cells": 5}',
        '{"cells": [{"kind": "text"}]}',
        '{"cells": [{"id": "a", "kind": "text", "markdown": 7}]}',
        '{"cells": [{"id": "a", "kind": "text"}, {"id": "a", "kind": "text"}]}',
        '{"parameters": {"quarter": "soon"}}',
        '{"schema_version": 0}',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_page_is_refused_with_its_place(document: str | bytes) -> None:
    with pytest.raises(InvalidPage) as refused:
        read_page(document)
    assert refused.value.problems


def test_a_page_of_too_many_cells_is_refused() -> None:
    cells = [{"id": f"c{number}", "kind": "text"} for number in range(MOST_CELLS + 1)]
    with pytest.raises(InvalidPage):
        read_page(json.dumps({"cells": cells}))


def test_a_page_can_not_be_changed_in_place() -> None:
    with pytest.raises(ValidationError):
        small_page().title = "other"


def test_a_cell_is_added_at_its_position_under_an_unused_id() -> None:
    page = arrangement.add(small_page(), TextCell(id="a"), 1)
    assert ids(page) == ["a", "c1", "b", "c"]


def test_a_full_page_takes_no_more_cells() -> None:
    full = Page(cells=tuple(TextCell(id=f"x{number}") for number in range(MOST_CELLS)))
    with pytest.raises(InvalidPage):
        arrangement.add(full, TextCell(id="y"))


def test_a_duplicate_stands_right_after_its_original() -> None:
    page = arrangement.duplicate(small_page(), "a")
    assert ids(page) == ["a", "c1", "b", "c"]
    assert page.cells[1].model_copy(update={"id": "a"}) == page.cells[0]


@pytest.mark.parametrize(
    ("position", "expected"), [(0, ["b", "a", "c"]), (2, ["a", "c", "b"]), (99, ["a", "c", "b"]), (-5, ["b", "a", "c"])]
)
def test_a_cell_moves_and_stops_at_the_ends(position: int, expected: list[str]) -> None:
    assert ids(arrangement.move(small_page(), "b", position)) == expected


def test_moving_there_and_back_gives_the_same_page() -> None:
    page = small_page()
    assert arrangement.move(arrangement.move(page, "a", 2), "a", 0) == page


def test_hiding_and_collapsing_change_only_that_cell() -> None:
    page = small_page()
    changed = arrangement.collapse(arrangement.hide(page, "b"), "b")
    assert changed.cells[1].hidden
    assert changed.cells[1].collapsed
    assert arrangement.collapse(arrangement.hide(changed, "b", hidden=False), "b", collapsed=False) == page


def test_deleting_leaves_the_earlier_page_for_undo() -> None:
    page = small_page()
    assert ids(arrangement.delete(page, "b")) == ["a", "c"]
    assert ids(page) == ["a", "b", "c"]


def test_changing_a_setting_checks_it() -> None:
    page = small_page()
    assert arrangement.change(page, "a", markdown="B").cells[0] == TextCell(id="a", markdown="B")
    with pytest.raises(ValidationError):
        arrangement.change(page, "a", markdown="x" * 20_000)


def test_a_missing_cell_is_named() -> None:
    with pytest.raises(NotFound, match="zz"):
        arrangement.delete(small_page(), "zz")


def test_parameters_make_a_link_that_opens_the_same_view() -> None:
    parameters = Parameters(quarter="2026-Q4", channel="email")
    assert Parameters.model_validate(parameters.as_query()) == parameters
    assert parameters.as_query() == {"quarter": "2026-Q4", "channel": "email"}


def test_a_quarter_of_a_fiscal_year_is_a_parameter_and_other_words_are_none() -> None:
    assert Parameters(quarter="FY2026-Q1").quarter == "FY2026-Q1"
    for wrong in ("FY2026-Q5", "2026Q4", "Q4 2026"):
        with pytest.raises(ValidationError):
            Parameters(quarter=wrong)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
def test_a_template_makes_a_page_of_known_cells(template: PageTemplate) -> None:
    page = template.page("Title")
    assert read_page(page.model_dump_json()) == page
    assert all(not isinstance(cell, UnknownCell) for cell in page.cells)
