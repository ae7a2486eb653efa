"""The document that a browser loads first is in the language of whoever asks."""

import re
from pathlib import Path

import pytest
import streamlit as st

from cs_planning.ui.browser import document
from cs_planning.ui.browser.document import DocumentRewriter
from cs_planning.ui.browser.first_paint import FIRST_PARTS, OPENING

STATIC = Path(st.__file__).parent / "static" / "static"

SERVED = b'<!DOCTYPE html>\n<html lang="en"><head><title>Streamlit</title><script>window.x = 1</script></head></html>'


def answer(*, query: str = "", content_type: str = "text/html", served: bytes = SERVED, **headers: str) -> tuple[dict, bytes]:
    """What the middleware makes of the document for a request with these headers: the headers of the answer and its body."""
    sent = []

    async def app(scope, _receive, send):
        assert b"if-none-match" not in dict(scope["headers"])
        length = (b"content-length", str(len(served)).encode())
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", content_type.encode()), length, (b"etag", b"x")],
            }
        )
        for start in range(0, len(served), 40):
            body = served[start : start + 40]
            await send({"type": "http.response.body", "body": body, "more_body": start + 40 < len(served)})

    async def send(message):
        sent.append(message)

    given = {"accept": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if content_type == "text/html":
        given["if-none-match"] = "x"
    else:
        given["accept"] = "*/*"
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/forecast",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    # Nothing here waits for a loop, and in a run with a real browser there is one already.
    with pytest.raises(StopIteration):
        DocumentRewriter(app)(scope, None, send).send(None)
    return dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize(
    ("request_", "language"),
    [
        ({}, "en"),
        ({"accept_language": "ja-JP,ja;q=0.9"}, "ja"),
        ({"accept_language": "fr"}, "en"),
        ({"cookie": "other=1; cs_planning_language=ja", "accept_language": "en"}, "ja"),
        ({"query": "lang=en", "cookie": "cs_planning_language=ja"}, "en"),
        ({"query": 'lang="><script>', "accept_language": "ja"}, "ja"),
    ],
)
def test_the_address_wins_over_an_earlier_choice_and_that_over_the_browser(request_, language):
    headers, body = answer(**request_)
    assert f'<html lang="{language}">'.encode() in body
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers


def test_the_document_carries_the_name_of_the_product_and_only_scripts_that_the_policy_lets_through():
    _headers, body = answer()
    assert b"<title>CS Planning</title>" in body
    assert b"window.x" not in body
    assert body.count(b"<script") == 1
    assert b"look.css" in body
    assert b'src="./language.js"' in body


def test_everything_else_goes_through_untouched():
    headers, body = answer(content_type="text/javascript", served=SERVED)
    assert body == SERVED
    assert b"etag" in headers


@pytest.mark.parametrize("sheet", sorted((Path(document.__file__).parent / "look").glob("*.css")), ids=lambda path: path.stem)
def test_a_style_sheet_holds_styles_alone_since_streamlit_wraps_it(sheet):
    assert "<" not in sheet.read_text(encoding="utf-8")


PAGE = b'<html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'


@pytest.mark.parametrize(("language", "words"), [("en", "Set goals for customer service"), ("ja", "目標")])
def test_while_the_program_loads_the_document_says_what_it_is_for_in_the_language_of_its_reader(language, words):
    _headers, body = answer(query=f"lang={language}", served=PAGE)
    opening = body.decode().split(f'<div id="{OPENING}"')[1].split("</div>")[0]
    assert "CS Planning" in opening
    assert words in opening


def test_what_draws_the_first_screen_is_loaded_with_the_document_each_file_once_and_with_what_it_needs():
    _headers, body = answer(served=PAGE)
    linked = re.findall(r'href="\./static/([^"]+)"', body.decode())
    assert {part: sum(f"js/{part}." in one for one in linked) for part in FIRST_PARTS} == dict.fromkeys(FIRST_PARTS, 1)
    assert any("MaterialSymbols" in one for one in linked)
    assert all((STATIC / one).is_file() for one in linked)
    assert len(set(linked)) == len(linked)
    needed = re.findall(r'from"\./([^"]+)"', next((STATIC / "js").glob("Selectbox.*.js")).read_text(encoding="utf-8"))
    assert {f"js/{one}" for one in needed} <= set(linked)


def test_what_the_document_loads_by_itself_is_not_linked_a_second_time():
    progress = next((STATIC / "js").glob("Progress.*.js")).name
    served = PAGE.replace(b"<title>", f'<link rel="modulepreload" href="./static/js/{progress}"><title>'.encode())
    _headers, body = answer(served=served)
    assert body.count(progress.encode()) == 1
