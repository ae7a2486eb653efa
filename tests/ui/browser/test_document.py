"""The document that a browser loads first is in the language of whoever asks."""

from pathlib import Path

import pytest

from cs_planning.ui.browser import document
from cs_planning.ui.browser.document import DocumentRewriter

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
