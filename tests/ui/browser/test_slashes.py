"""Addresses with a doubled slash open their page, and never lead to another machine."""

import pytest

from cs_planning.ui.browser.slashes import SingleSlash
from cs_planning.ui.hosts import KnownHosts
from cs_planning.ui.server import MIDDLEWARE
from tests.ui.loops import in_a_loop_of_its_own


def answered(asked: str) -> tuple[int, str]:
    """The status and where the answer leads, to a request for an address as it stands on the wire."""
    sent: list = []
    path, _sign, query = asked.partition("?")
    scope = {"type": "http", "method": "GET", "raw_path": path.encode(), "query_string": query.encode()}

    async def page(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    in_a_loop_of_its_own(SingleSlash(page)(scope, None, send))
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"location", b"").decode()


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("//?lang=en", "/?lang=en"),
        ("//goal?goal=a%20b&lang=ja", "/goal?goal=a%20b&lang=ja"),
        ("////goal", "/goal"),
        ("//evil.example/", "/evil.example/"),
        ("//%5Cevil.example", "/%5Cevil.example"),
        ("/\\evil.example", "/evil.example"),
        ("//%2Fevil.example", "/%2Fevil.example"),
    ],
)
def test_a_doubled_slash_leads_to_the_single_one_on_this_server(asked: str, wanted: str):
    assert answered(asked) == (308, wanted)


@pytest.mark.parametrize("asked", ["/", "/goal?goal=//x", "/static//look.css"])
def test_every_other_address_is_answered_where_it_stands(asked: str):
    assert answered(asked) == (200, "")


def test_the_server_asks_it_only_after_it_knows_the_host():
    classes: list[object] = [one.cls for one in MIDDLEWARE]
    assert classes.index(KnownHosts) < classes.index(SingleSlash)
