"""A channel's name is shown as it was written, wherever it is drawn: never as a link, a picture or formatting."""

import re
from datetime import UTC, datetime

import pytest

from cs_planning.ui.shell import AUDIT, COMPARE, DRAFT, FORECAST, IMPORT, QUALITY, WHAT_IF
from cs_planning.workspace import Home, Save, Workspace
from tests.pages.looking import words

HOSTILE = "[mail](https://evil.example) ![x](https://evil.example/x.png) :red[now] **urgent**"
DRAWN = re.compile(r"(?<!\\)\]\(https://evil|(?<!\\)\*\*urgent(?<!\\)\*\*|(?<!\\):red\[now")
MARKDOWN_FIELDS = {"body", "label", "help", "title", "caption", "content", "text"}
NOT_MARKDOWN = {"code", "vega_lite_chart", "arrow_table", "arrow_data_frame", "html"}


def strings(message, path=""):
    """Every string of a message of the server that the browser draws as Markdown, with where it stands."""
    for field, value in message.ListFields():
        where = f"{path}.{field.name}"
        if field.name in NOT_MARKDOWN:
            continue
        repeated = value if field.is_repeated else [value]
        for one in repeated:
            if hasattr(one, "ListFields"):
                yield from strings(one, where)
            elif isinstance(one, str) and (field.name in MARKDOWN_FIELDS or (field.name == "options" and "radio" in where)):
                yield where, one


def nodes(block):
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


def drawn(app) -> list[str]:
    """What the page draws of the name as Markdown."""
    found = []
    for node in nodes(app._tree):
        message = getattr(node, "proto", None)
        if message is not None and hasattr(message, "ListFields"):
            kind = type(message).__name__
            if kind in {"Code", "Selectbox", "MultiSelect"}:
                continue
            found += [f"{kind}{where}: {one[:200]}" for where, one in strings(message) if DRAWN.search(one)]
    return found


@pytest.fixture
def hostile_home(sample_home):
    """The sample team, one of whose channels has a name that would be a link."""
    workspace = Workspace.open(Home.at(sample_home))
    kept = workspace.what_if.kept
    operation = kept.operation()
    first, *others = operation.channels
    named = operation.model_copy(update={"channels": (first.model_copy(update={"name": HOSTILE}), *others)})
    kept.save_operation(named, save=Save("t", "hostile", datetime(2026, 11, 10, tzinfo=UTC)))
    workspace.close()
    return sample_home


@pytest.mark.parametrize("script", [WHAT_IF, pytest.param(COMPARE, marks=pytest.mark.slow)])
def test_a_channel_that_would_be_a_link_is_shown_as_it_was_written(open_app, hostile_home, script):
    app = open_app(hostile_home, script)
    assert not app.exception
    assert script == COMPARE or "evil.example" in words(app), "the name is not drawn at all"
    assert drawn(app) == []


@pytest.fixture
def hostile_data(sample_home):
    """The sample team with contacts of a channel whose name would be a link."""
    rows = [
        f"{m}-{n},2026-{m:02d}-{n:02d} 10:00,2026-{m:02d}-{n:02d} 12:00,{HOSTILE}" for m in range(1, 11) for n in range(1, 21)
    ]
    workspace = Workspace.open(Home.at(sample_home))
    content = "Ticket ID,Created at,Solved at,Channel\n" + "\n".join(rows)
    workspace.data.import_file("tickets.csv", content.encode(), save=Save("t", "hostile", datetime(2026, 11, 10, tzinfo=UTC)))
    workspace.close()
    return sample_home


@pytest.mark.slow
@pytest.mark.parametrize("script", [QUALITY, FORECAST, DRAFT, AUDIT, WHAT_IF, IMPORT])
def test_a_channel_of_imported_contacts_is_shown_as_it_was_written(open_app, hostile_data, script):
    app = open_app(hostile_data, script)
    assert not app.exception
    assert drawn(app) == []
