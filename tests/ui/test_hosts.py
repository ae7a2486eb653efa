"""The server answers under its own names alone, by pages and by the connection that changes things."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from cs_planning.ui.hosts import is_own, may_see_metrics, named_hosts, refusal_to_open
from tests.browser.server import ROOT, free_port, started_server


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "localhost", "LOCALHOST:8501", "[::1]:8501", "192.168.1.20:80", "::", "app.localhost"]
)
def test_addresses_and_localhost_are_its_own(host: str):
    assert is_own(host, named_hosts(""))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example", ""])
def test_any_other_name_is_not(host: str):
    assert not is_own(host, named_hosts(""))


def test_names_are_added_by_the_operator_with_all_below_them():
    names = named_hosts("planning.example.com, *.intern.example")
    assert is_own("planning.example.com:443", names)
    assert is_own("Team.intern.example.", names)
    assert not is_own("intern.example.evil", names)
    assert not is_own("example.com", names)


def answer(port: int, request: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as visitor:
        visitor.sendall(request.encode())
        return visitor.recv(4096).decode(errors="replace")


def handshake(host: str) -> str:
    return (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: streamlit\r\n\r\n"
    )


@pytest.mark.slow
def test_a_foreign_website_opens_neither_a_page_nor_the_connection_of_a_running_server(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOSTS", "planning.example.com")
    with started_server(tmp_path / "home", sample=False, today="2026-11-10") as (address, _process):
        port = int(address.rsplit(":", 1)[1])
        assert "101" in answer(port, handshake(f"127.0.0.1:{port}")).splitlines()[0]
        assert "101" in answer(port, handshake("planning.example.com")).splitlines()[0]
        assert "403" in answer(port, handshake(f"evil.example:{port}")).splitlines()[0]
        foreign = urllib.request.Request(address, headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(foreign, timeout=30)
        assert refused.value.code == 421
        assert "CS_PLANNING_HOSTS" in refused.value.read().decode()


@pytest.mark.slow
def test_figures_of_the_server_are_told_to_whoever_has_the_token_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_METRICS_TOKEN", "a-long-secret")
    monkeypatch.setenv("CS_PLANNING_LOG", "json")
    with started_server(tmp_path / "home", sample=False, today="2026-11-10") as (address, _process):
        for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": "a-long-secret"}):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(f"{address}/_stcore/metrics", headers=headers), timeout=30)
            assert refused.value.code == 404
        known = urllib.request.Request(f"{address}/_stcore/metrics", headers={"Authorization": "Bearer a-long-secret"})
        with urllib.request.urlopen(known, timeout=30) as told:
            assert "cache_memory_bytes" in told.read().decode()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}/metrics", timeout=30)
        assert refused.value.code == 404
        own = urllib.request.Request(f"{address}/metrics?token=TOPSECRET", headers={"Authorization": "Bearer a-long-secret"})
        with urllib.request.urlopen(own, timeout=30) as told:
            assert 'cs_planning_ready{part="database"} 1' in told.read().decode()
    lines = [json.loads(line) for line in next(tmp_path.glob("home-*.log")).read_text().splitlines() if line.startswith("{")]
    assert {"path": "/metrics", "status": 200}.items() <= lines[-1].items()
    assert "SECRET" not in json.dumps(lines)


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer"])
def test_without_a_token_nobody_is_told(said: str):
    assert not may_see_metrics(said, token="")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_a_server_of_this_machine_alone_starts(address: str):
    assert refusal_to_open(address, has_login=False, is_told=False) is None


@pytest.mark.parametrize("address", [None, "0.0.0.0", "::", "192.168.1.5", "planning.example.com"])
def test_a_server_open_to_a_network_starts_with_a_login_or_when_told_twice(address: str | None):
    assert refusal_to_open(address, has_login=False, is_told=False) is not None
    assert refusal_to_open(address, has_login=True, is_told=False) is None
    assert refusal_to_open(address, has_login=False, is_told=True) is None


@pytest.mark.slow
def test_a_server_that_would_be_open_to_all_ends_with_words_and_no_traceback(tmp_path):
    environment = {**os.environ, "CS_PLANNING_HOME": str(tmp_path), "STREAMLIT_SERVER_HEADLESS": "true"}
    environment.pop("CS_PLANNING_ACCOUNT_HEADER", None)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", f"--server.port={free_port()}"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 2
    assert "CS_PLANNING_OPEN_TO_NETWORK=yes" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"CS_PLANNING_DATABASE_URL": "postgresql://me:s3cret@127.0.0.1:1/none"}, "can't be reached"),
        ({"CS_PLANNING_ACCOUNT_HEADER": "X-Forwarded-User"}, "CS_PLANNING_PROXY_SECRET"),
    ],
    ids=["no database", "no secret"],
)
def test_a_server_that_can_not_work_ends_with_words_and_no_traceback(tmp_path, settings, said):
    environment = {
        **os.environ,
        "CS_PLANNING_HOME": str(tmp_path),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "LANG": "C",
        **settings,
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={free_port()}"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "s3cret" not in ended.stdout + ended.stderr
