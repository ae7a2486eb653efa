"""The log of the server says when, what, who and how long, and nothing that opens a door."""

import io
import json
import logging
from collections import Counter, defaultdict

import pytest

from cs_planning.language import text
from cs_planning.ui import figures, log
from cs_planning.workspace.health import Check, Health
from tests.ui.loops import in_a_loop_of_its_own


@pytest.fixture
def written(monkeypatch):
    """Where lines are written, from a logger without the handlers of other tests."""
    monkeypatch.setenv("CS_PLANNING_LOG", "json")
    logger = logging.getLogger("cs_planning")
    before = (list(logger.handlers), logger.level, logger.propagate)
    logger.handlers.clear()
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    log.write_lines_if_asked()
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.handlers[:], logger.level, logger.propagate = before[0], before[1], before[2]


@pytest.fixture(autouse=True)
def from_nothing(monkeypatch):
    for name in ("_requests", "_runs", "_run_count"):
        monkeypatch.setattr(figures, name, Counter())
    monkeypatch.setattr(figures, "_run_seconds", defaultdict(float))


def asked(path: str, query: bytes = b"", status: int = 200, **headers: str) -> None:
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": status, "headers": []})

    async def nothing(_message=None):
        return {}

    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": sent}
    in_a_loop_of_its_own(log.RequestLog(app)(scope, nothing, nothing))


def test_a_request_is_a_line_with_time_path_status_and_duration(written):
    asked("/goal", status=404)
    (line,) = written()
    assert line["event"] == "request"
    assert (line["path"], line["status"], line["method"]) == ("/goal", 404, "GET")
    assert line["time"].endswith("+00:00")
    assert line["ms"] >= 0


def test_tokens_sessions_and_secrets_never_stand_there(written, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_ACCOUNT_HEADER", "X-Forwarded-User")
    monkeypatch.setenv("CS_PLANNING_PROXY_SECRET", "sixteen letters or more")
    asked("/shared", b"token=TOPSECRET", x_forwarded_user="ren", x_cs_planning_proxy_secret="sixteen letters or more")
    asked("/_stcore/upload_file/SESSION/FILE", authorization="Bearer TOPSECRET", cookie="a=TOPSECRET")
    lines = written()
    assert lines[0]["user"] == "ren"
    assert lines[1]["user"] == ""
    said = json.dumps(lines)
    assert "SECRET" not in said
    assert "SESSION" not in said
    assert "sixteen" not in said


def test_an_error_is_one_line_too(written):
    try:
        int("first\nsecond")
    except ValueError:
        logging.getLogger("cs_planning").exception("A page failed.")
    (line,) = written()
    assert line["level"] == "error"
    assert "ValueError" in line["error"]


def test_what_the_browser_only_draws_with_is_left_out_unless_it_fails(written):
    asked("/static/js/index.js")
    asked("/_stcore/health")
    assert written() == []
    asked("/static/js/index.js", status=500)
    assert len(written()) == 1


def test_without_being_asked_nothing_is_written(monkeypatch, capsys):
    monkeypatch.delenv("CS_PLANNING_LOG", raising=False)
    asked("/goal")
    assert "goal" not in capsys.readouterr().err


def test_figures_have_the_form_of_prometheus(written):
    asked("/goal")
    asked("/goal", status=404)
    with log.page_run('go"al', "ren"):
        pass
    figures.count_run("home", 3.0)
    healthy = Health(checks=(Check(name="database"), Check(name="disk", wrong=text("No room."))))
    lines = figures.in_prometheus_form(healthy, 5).splitlines()
    assert 'cs_planning_requests_total{status="200"} 1' in lines
    assert 'cs_planning_requests_total{status="404"} 1' in lines
    assert r'cs_planning_page_run_seconds_count{page="go\"al"} 1' in lines
    assert 'cs_planning_page_run_seconds_bucket{page="home",le="2.5"} 0' in lines
    assert 'cs_planning_page_run_seconds_bucket{page="home",le="5.0"} 1' in lines
    assert 'cs_planning_page_run_seconds_bucket{page="home",le="+Inf"} 1' in lines
    assert 'cs_planning_page_run_seconds_sum{page="home"} 3.0' in lines
    assert 'cs_planning_ready{part="database"} 1' in lines
    assert 'cs_planning_ready{part="disk"} 0' in lines
    assert [line["event"] for line in written()][-1] == "page run"
