"""A server that is asked to end does so, whoever is still connected."""

import array
import fcntl
import re
import signal
import socket
import subprocess
import sys
import termios
import time
import urllib.request

import pytest

from cs_planning.ui.stopping import STOP_SECONDS
from tests.browser.server import started_server

WAITS_FOR_EVER = """
import os, signal, threading
from cs_planning.ui.stopping import end_in_time

asked = threading.Event()
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: os.write(1, b"asked as before\\n"))
end_in_time(seconds=0.2)
print("ready", flush=True)
while True:
    asked.wait(60)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_would_wait_for_ever_ends_after_its_seconds_and_is_asked_first(number):
    with subprocess.Popen([sys.executable, "-c", WAITS_FOR_EVER], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.wait(60) == 0
        assert process.stdout.read() == "asked as before\n"


@pytest.mark.faults
def test_a_visitor_who_stops_reading_does_not_keep_the_server(tmp_path):
    with started_server(tmp_path / "home", sample=False, today="2026-11-10") as (address, process):
        with urllib.request.urlopen(address, timeout=30) as answer:
            script = re.search(r'src="\./(static/[^"]+\.js)"', answer.read().decode())
        assert script
        port = int(address.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            visitor.sendall(f"GET /{script[1]} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() * 60)
            _until_the_buffers_are_full(visitor)
            process.terminate()
            assert process.wait(STOP_SECONDS + 30) == 0, "left by itself, not by its own handler: the visitor did not hold it"


def _until_the_buffers_are_full(visitor: socket.socket) -> None:
    unread, before = array.array("i", [0]), -1
    while unread[0] == 0 or unread[0] != before:
        before = unread[0]
        time.sleep(1)
        fcntl.ioctl(visitor, termios.FIONREAD, unread)
