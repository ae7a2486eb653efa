"""Uploads are for those who may import, and bounded for each visitor and in total."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from cs_planning.ui import uploads
from cs_planning.ui.uploads import BoundedUploads
from tests.ui.loops import in_a_loop_of_its_own

ADDRESS = "/_stcore/upload_file/{session}/{file}"


@pytest.fixture
def held(monkeypatch):
    """The files that the server holds; a visitor may have 100 bytes, all together 250."""
    monkeypatch.setattr(uploads, "PER_VISITOR", 100)
    monkeypatch.setattr(uploads, "IN_TOTAL", 250)
    return {}


@pytest.fixture
def visitor(held):
    async def keep(request: Request) -> PlainTextResponse:
        content = await request.body()
        held.setdefault(request.path_params["session"], {})[request.path_params["file"]] = len(content)
        return PlainTextResponse("kept")

    routes = [Route(ADDRESS, keep, methods=["PUT", "DELETE"]), Route("/", keep, methods=["GET"])]
    return Starlette(routes=routes, middleware=[Middleware(BoundedUploads, held=lambda: held)])


def asked(app, method: str, session: str, file: str, pieces: list[bytes], headers: dict[str, str]) -> int:
    """The status of the answer to one request whose body comes in pieces."""
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    answers = []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        answers.append(message)

    path = ADDRESS.format(session=session, file=file)
    sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": sent, "query_string": b"", "root_path": ""}
    in_a_loop_of_its_own(app(scope, receive, send))
    return answers[0]["status"]


def put(app, session: str, file: str, size: int, **headers) -> int:
    return asked(app, "PUT", session, file, [b"x" * size], {"Content-Length": str(size), **headers})


def test_a_visitor_has_a_bound_over_all_files(visitor):
    assert put(visitor, "a", "1", 60) == 200
    assert put(visitor, "a", "2", 50) == 413
    assert put(visitor, "a", "2", 40) == 200
    assert put(visitor, "a", "1", 60) == 200, "a file that is sent again takes its own place"


def test_all_visitors_have_a_bound_together(visitor):
    assert [put(visitor, session, "1", 90) for session in "abc"] == [200, 200, 413]


def test_a_length_that_is_not_said_is_counted_as_it_comes(visitor, held):
    assert asked(visitor, "PUT", "a", "1", [b"x" * 10] * 30, {}) == 413
    assert not held
    assert put(visitor, "a", "1", 100) == 200, "what was refused counts no longer"


def test_who_has_no_account_uploads_nothing_where_accounts_are_asked_for(visitor, held, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_ACCOUNT_HEADER", "X-Forwarded-User")
    monkeypatch.setenv("CS_PLANNING_PROXY_SECRET", "sixteen letters or more")
    assert put(visitor, "a", "1", 5) == 403
    assert put(visitor, "a", "1", 5, **{"X-Forwarded-User": "ren"}) == 403
    assert not held
    known = {"X-Forwarded-User": "ren", "X-CS-Planning-Proxy-Secret": "sixteen letters or more"}
    assert put(visitor, "a", "1", 5, **known) == 200
    assert asked(visitor, "DELETE", "a", "1", [], {}) == 403


def test_the_server_itself_says_what_it_holds():
    assert uploads.held_by_visitors() == {}
