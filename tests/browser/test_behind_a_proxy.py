"""A department as the page for it says: PostgreSQL, nginx with a log-in, two processes, two people."""

import base64
import http.client
import json
import os
import shutil
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import ROOT, free_port
from tests.browser.waiting import settled
from tests.docs.test_deploy import NGINX, SAID

PEOPLE = {"aiko": "first-password", "ren": "second-password"}
ANYBODY = ssl._create_unverified_context()


@contextmanager
def process(command: list[str], log: Path, environment: dict[str, str] | None = None):
    with log.open("wb") as written:
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert process.poll() is None, "it ended"
        try:
            with urllib.request.urlopen(address, timeout=5, context=ANYBODY):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{address} does not answer")


@pytest.fixture
def department(tmp_path, emptied_database):
    """The address of the proxy, and the two processes behind it by their ports."""
    if shutil.which("nginx") is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is not installed")
        pytest.skip("nginx is not installed")
    home = tmp_path / "shared"
    environment = {
        **os.environ,
        **SAID,
        "CS_PLANNING_HOME": str(home),
        "CS_PLANNING_DATABASE_URL": emptied_database,
        "CS_PLANNING_TODAY": "2026-11-10",
        "STREAMLIT_SERVER_HEADLESS": "true",
    }
    ports = [free_port(), free_port()]
    port = free_port()
    certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=planning.example.com"]
    keys = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "certificate.pem")]
    subprocess.run(["openssl", *certificate, *keys], check=True, capture_output=True)
    (tmp_path / "passwords").write_text("".join(f"{name}:{{PLAIN}}{word}\n" for name, word in PEOPLE.items()))
    site = NGINX.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace("/etc/cs-planning", str(tmp_path))
    for said, own in zip(("8501", "8502"), ports, strict=True):
        site = site.replace(f"127.0.0.1:{said}", f"127.0.0.1:{own}")
    (tmp_path / "site.conf").write_text(site)
    user = "user root;\n" if os.geteuid() == 0 else ""
    around = f"{user}pid {tmp_path}/pid; error_log {tmp_path}/error.log;\nevents {{}}\n"
    around += f"http {{ access_log off; include {tmp_path}/site.conf; }}\n"
    (tmp_path / "nginx.conf").write_text(around)
    with ExitStack() as stack:
        served = {}
        for own in ports:
            command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={own}"]
            served[own] = stack.enter_context(process(command, tmp_path / f"{own}.log", environment))
        nginx = stack.enter_context(
            process(["nginx", "-c", str(tmp_path / "nginx.conf"), "-g", "daemon off;"], tmp_path / "nginx.log")
        )
        for own in ports:
            wait_for(f"http://127.0.0.1:{own}/_stcore/health", served[own])
        wait_for(f"https://127.0.0.1:{port}/", nginx)
        yield f"https://127.0.0.1:{port}", served


def asked(address: str, person: str | None = None, **headers: str) -> tuple[int, str]:
    if person:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{person}:{PEOPLE[person]}".encode()).decode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60, context=ANYBODY) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as refused:
        return refused.code, ""


def status_of_a_large_body(address: str) -> int:
    """What the proxy says to 230 MB before any of it was sent."""
    connection = http.client.HTTPSConnection(address.removeprefix("https://"), context=ANYBODY, timeout=60)
    login = base64.b64encode(f"aiko:{PEOPLE['aiko']}".encode()).decode()
    connection.putrequest("PUT", "/_stcore/upload_file/a/b")
    connection.putheader("Authorization", f"Basic {login}")
    connection.putheader("Content-Length", str(230 * 1024**2))
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def switch(page: Page) -> Locator:
    return page.get_by_role("switch", name="Allow links for readers")


def served_by(tmp_path: Path, person: str) -> set[str]:
    """The ports of the processes that drew pages for a person."""
    found = set()
    for log in tmp_path.glob("[0-9]*.log"):
        lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
        if any(line["event"] == "page run" and line["user"] == person for line in lines):
            found.add(log.stem)
    return found


@pytest.mark.load
@pytest.mark.browser
def test_two_people_on_two_processes_see_one_workspace(department, browser, tmp_path):
    address, served = department
    assert asked(address)[0] == 401
    assert asked(address, "aiko")[0] == 200
    assert asked(address, "aiko", Host="planning.example.com")[0] == 200
    assert asked(f"{address}/metrics", "aiko", Authorization="Bearer change-this-token-of-prometheus")[0] in {401, 404}
    assert status_of_a_large_body(address) == 413
    straight = f"http://127.0.0.1:{next(iter(served))}"
    upload = urllib.request.Request(
        f"{straight}/_stcore/upload_file/a/b", data=b"x", method="PUT", headers={"X-Forwarded-User": "ren"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(upload, timeout=30)
    assert refused.value.code == 403, "whoever comes beside the proxy is nobody"

    pages = {}
    for person, password in PEOPLE.items():
        context = browser.new_context(
            ignore_https_errors=True, http_credentials={"username": person, "password": password}, locale="en-US"
        )
        pages[person] = context.new_page()
        pages[person].set_default_timeout(120_000)
        pages[person].goto(f"{address}/settings")
        settled(pages[person])
    used = {person: served_by(tmp_path, person) for person in PEOPLE}
    assert all(len(ports) == 1 for ports in used.values()), "a person stays with one process"

    allowed = switch(pages["aiko"])
    expect(allowed).to_be_checked()
    pages["aiko"].get_by_text("Allow links for readers").click()
    expect(allowed).not_to_be_checked()
    settled(pages["aiko"])
    pages["ren"].reload()
    settled(pages["ren"])
    expect(switch(pages["ren"])).not_to_be_checked()

    (gone,) = used["aiko"]
    served[int(gone)].kill()
    served[int(gone)].wait()
    pages["aiko"].goto(f"{address}/settings")
    settled(pages["aiko"])
    expect(switch(pages["aiko"])).not_to_be_checked()
    assert len(served_by(tmp_path, "aiko")) == 2, "the other process took over"
    for page in pages.values():
        page.context.close()
