"""A real local Spark session for the tests: one for all of them, since it takes seconds to start."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import ibis
from ibis.backends import BaseBackend


class NoSpark(Exception):
    """No Spark session could be started; the text says why."""


@contextmanager
def running_spark() -> Iterator[BaseBackend]:
    """A Spark session on two cores of this machine; it ends with the block.

    Raises:
        NoSpark: there is no Java, or Spark does not start.
    """
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise NoSpark("Java is not installed (Debian: apt-get install openjdk-17-jre-headless)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415

            settings = {
                "spark.ui.enabled": "false",
                "spark.ui.showConsoleProgress": "false",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.driver.host": "127.0.0.1",
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
