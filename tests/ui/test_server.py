"""What the server says about itself."""

import json

import pytest
from starlette.requests import Request

from cs_planning.ui import cached, server
from cs_planning.workspace import Home, Workspace

ASKED = Request({"type": "http", "method": "GET", "path": "/healthz", "headers": []})


@pytest.fixture
def here(tmp_path, monkeypatch):
    opened = Workspace.open(Home.at(tmp_path))
    monkeypatch.setattr(cached, "own_workspace", lambda: opened)
    yield opened
    opened.close()


def test_a_healthy_server_says_so_with_what_it_looked_at(here):
    answer = server.health(ASKED)
    told = json.loads(bytes(answer.body))
    assert (answer.status_code, told["status"]) == (200, "ok")
    assert told["checks"] == {"database": "ok", "contacts": "ok", "disk": "ok"}


def test_a_server_whose_database_is_gone_is_not_ready_and_says_why(here):
    (here.home.folder / "workspace.db").unlink()
    answer = server.health(ASKED)
    assert answer.status_code == 503
    assert "deleted" in json.loads(bytes(answer.body))["checks"]["database"]
