"""A real Spark for the tests: a session in the process, or a standalone cluster of processes on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import ibis
from ibis.backends import BaseBackend

START_SECONDS = 60
_LOOPBACK = "127.0.0.1"


class NoSpark(Exception):
    """No Spark could be started; the text says why."""


@contextmanager
def running_spark() -> Iterator[BaseBackend]:
    """A Spark session on two cores of this machine, one for all tests, since it takes seconds to start; it ends with the block.

    Raises:
        NoSpark: there is no Java, or Spark does not start.
    """
    _with_java()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415

            settings = {
                "spark.ui.enabled": "false",
                "spark.ui.showConsoleProgress": "false",
                "spark.driver.bindAddress": _LOOPBACK,
                "spark.driver.host": _LOOPBACK,
                "spark.driver.memory": "700m",
                "spark.log.level": "ERROR",
                "spark.sql.session.timeZone": "UTC",
                "spark.sql.shuffle.partitions": "2",
            }
            builder = SparkSession.builder.master("local[2]").appName("tests")
            for name, value in settings.items():
                builder = builder.config(name, value)
            session = builder.getOrCreate()
        except Exception as cause:
            raise NoSpark(f"Spark does not start: {cause}") from cause
        try:
            yield ibis.pyspark.connect(session)
        finally:
            session.stop()


@contextmanager
def running_cluster(*, workers: int = 2, memory: str = "700m") -> Iterator[tuple[str, list[int]]]:
    """The URL of a standalone cluster and its processes, a master and workers of one core each; they end with the block.

    Spark's own programs are in the package `pyspark`; Java is the system's.

    Args:
        workers: how many.
        memory: what each worker may give away, as Spark writes it.

    Raises:
        NoSpark: there is no Java or no pyspark, or the cluster does not start.
    """
    _with_java()
    found = find_spec("pyspark")
    if found is None or not found.submodule_search_locations:
        raise NoSpark("pyspark is not installed (pip install pyspark)")
    home = Path(found.submodule_search_locations[0])
    folder = Path(tempfile.mkdtemp(prefix="spark-"))
    port = _free_port()
    url = f"spark://{_LOOPBACK}:{port}"
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": _LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_WORKER_DIR": str(folder / "work"),
    }
    class_of = str(home / "bin" / "spark-class")
    master = [class_of, "org.apache.spark.deploy.master.Master", "--host", _LOOPBACK, "--port", str(port), "--webui-port", "0"]
    worker = [class_of, "org.apache.spark.deploy.worker.Worker", "--host", _LOOPBACK, "--webui-port", "0"]
    worker += ["--cores", "1", "--memory", memory, url]
    started: list[subprocess.Popen[bytes]] = []
    try:
        with (folder / "log").open("wb") as log:
            for command in (master, *[worker] * workers):
                started.append(
                    subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
                )
                _wait_for_port(port, started[0], folder / "log")
        _wait_for_workers(workers, started, folder / "log")
        yield url, [process.pid for process in started]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _with_java() -> None:
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise NoSpark("Java is not installed (Debian: apt-get install openjdk-17-jre-headless)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _wait_for_port(port: int, master: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with suppress(OSError), socket.create_connection((_LOOPBACK, port), 1):
            return
        _go_on([master], deadline, log)


def _wait_for_workers(workers: int, processes: list[subprocess.Popen[bytes]], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while log.read_text(errors="replace").count("Successfully registered with master") < workers:
        _go_on(processes, deadline, log)


def _go_on(processes: list[subprocess.Popen[bytes]], deadline: float, log: Path) -> None:
    if time.monotonic() > deadline or any(process.poll() is not None for process in processes):
        raise NoSpark(f"The cluster does not start: {log.read_text(errors='replace').strip()[-300:]}")
    time.sleep(0.1)
