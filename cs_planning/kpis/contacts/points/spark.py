"""Spark by its URL: in this process, at a cluster, or at a Spark Connect server.

`ibis.connect` sets the warehouse of a running session, which Spark refuses; here a session begins with all of its settings.
"""

from __future__ import annotations

import socket
import time
import warnings
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import ibis
from ibis.backends import BaseBackend

from cs_planning.errors import EngineUnavailable
from cs_planning.language import Duration, text

KINDS = ("pyspark", "spark", "sc")
_REACHED_WITHIN_SECONDS = 5.0
_STARTED_WITHIN_SECONDS = 60.0
_PORTS = {"spark": 7077, "sc": 15002}
_SETTINGS = {
    "spark.app.name": "cs_planning",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def spark_backend(url: str) -> BaseBackend:
    """The Spark at a URL.

    Args:
        url: `spark://host:7077` for a cluster, `sc://host:15002` for Spark Connect, `pyspark:///warehouse` for one in this
            process; settings may follow, as `?spark.master=local[2]&spark.executor.memory=4g`.

    Raises:
        ImportError: pyspark is not installed.
        OSError: nobody answers at the host.
        EngineUnavailable: no worker of the cluster has room for the work.
        Exception: what Spark raises when it does not start.
    """
    parts = urlsplit(url)
    if parts.scheme in _PORTS:
        # Spark itself would try for minutes.
        with socket.create_connection((parts.hostname or "", parts.port or _PORTS[parts.scheme]), _REACHED_WITHIN_SECONDS):
            pass
    settings = _SETTINGS | dict(parse_qsl(parts.query))
    if parts.scheme == "spark":
        settings["spark.master"] = f"spark://{parts.netloc}"
    elif parts.scheme == "pyspark" and parts.path.strip("/"):
        settings["spark.sql.warehouse.dir"] = unquote(parts.path)
    with warnings.catch_warnings():
        # pyspark warns of every pandas from 3 on; nothing of what is used here rests on pandas.
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession  # noqa: PLC0415 - optional, and slow to load

        if parts.scheme == "sc":
            return ibis.pyspark.connect(SparkSession.builder.remote(f"sc://{parts.netloc}{parts.path}").getOrCreate())
        builder = SparkSession.builder
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    if parts.scheme == "spark" and settings.get("spark.dynamicAllocation.enabled") != "true":
        _wait_for_a_worker(session)
    return ibis.pyspark.connect(session)


def _wait_for_a_worker(session: Any) -> None:
    """Spark itself would wait for ever, without a word."""
    of_executors = session.sparkContext._jsc.sc().statusTracker()
    deadline = time.monotonic() + _STARTED_WITHIN_SECONDS
    while len(of_executors.getExecutorInfos()) <= 1:  # the first one is this process
        if time.monotonic() > deadline:
            session.stop()
            raise EngineUnavailable(
                text("No worker of the cluster took the work within {time}.", time=Duration(seconds=_STARTED_WITHIN_SECONDS)),
                text(
                    "Each has to have a free core and as much memory as spark.executor.memory asks for (1g unless the URL says "
                    "less: spark://host:7077?spark.executor.memory=512m), and has to reach this machine by its name "
                    "(spark.driver.host)."
                ),
            )
        time.sleep(0.1)
