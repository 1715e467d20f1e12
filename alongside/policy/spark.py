"""A population counted by Spark: on this machine, or on a cluster. Needs `pip install alongside[spark]` and Java 17.

Only SQL is sent: no Python runs on a worker. In local mode nothing listens but on 127.0.0.1, and what Spark puts on disk lies in
a folder of its own that is this person's alone and goes at the end.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl

from alongside.policy.counting import CASES, IS, WAS, Pair
from alongside.policy.faults import PolicyError
from alongside.policy.population import CASE, PLACE
from alongside.policy.sql import SparkSql, count

LOCAL: Final = "local"
_TABLE, _OLDEST_JAVA = "population", 17
_SUBMITTED = "PYSPARK_GATEWAY_PORT"  # set where spark-submit started us: it has said all there is to say


class Spark:
    """An engine of `counting` over a Parquet file that every worker can read. Made by `spark`."""

    say: Final = SparkSql()
    at_once = 60  # each query takes Spark a while to read and plan

    def __init__(self, session: Any, file: Path, columns: Sequence[str]) -> None:
        """`columns`: those that may be used; a place that the file does not have is the home."""
        self.session, self.columns = session, list(columns)
        held = session.read.parquet(str(file))
        home = PLACE["home"]
        told = [f"`{one if one in held.columns else home}` AS `{one}`" for one in columns]
        held.selectExpr(*told).createOrReplaceTempView(_TABLE)

    def count(self, pairs: Mapping[str, Pair[str]], case: str | None, *, changed: bool) -> pl.DataFrame:
        """See `Engine`."""
        groups = list(next(iter(pairs.values())).groups)
        kinds = {**dict.fromkeys(["pair", *groups], pl.String), WAS: pl.Int8, IS: pl.Int8, CASES: pl.UInt32}
        rows = self.session.sql(count(_TABLE, pairs, case, changed=changed)).collect()
        return pl.DataFrame([tuple(row) for row in rows], schema=kinds, orient="row")

    def totals(self, column: str) -> dict[Any, int]:
        """How many cases there are for each value of a column."""
        rows = self.session.sql(
            f"SELECT `{column}`, COUNT(DISTINCT `{CASE}`) FROM {_TABLE} GROUP BY `{column}`"  # noqa: S608 - our own names
        )
        return {row[0]: row[1] for row in rows.collect()}


@contextmanager
def spark(file: Path, columns: Sequence[str], master: str | None = None) -> Iterator[Spark]:
    """The engine over a file, for as long as the block lasts. `master`: a cluster's address; None: this machine.

    Raises PolicyError where PySpark or Java is missing, or the master cannot be used.
    """
    with session(master) as held:
        yield Spark(held, file, columns)


@contextmanager
def session(master: str | None = None, jars: Sequence[str] = ()) -> Iterator[Any]:
    """A session of Spark. `jars`: files of functions it is to know."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise PolicyError("PySpark is not installed: pip install 'alongside[spark]'; nothing was decided") from None
    builder = SparkSession.builder.appName("alongside")
    with tempfile.TemporaryDirectory(prefix="alongside-spark-") as folder:  # made readable by its owner alone
        if _SUBMITTED not in os.environ:
            _need_java()
            builder = builder.master(master or f"{LOCAL}[*]")
            for name, value in _settings(folder, is_local=master is None or master.startswith(LOCAL)).items():
                builder = builder.config(name, value)
            if jars:
                builder = builder.config("spark.jars", ",".join(jars))
        logging.getLogger("py4j").setLevel(logging.WARNING)
        try:
            held = builder.getOrCreate()
        except Exception as error:
            raise PolicyError(f"Spark did not start: {str(error).splitlines()[0]}; nothing was decided") from error
        try:
            yield held
        finally:
            held.stop()


def _settings(folder: str, *, is_local: bool) -> dict[str, str]:
    """What Spark is told. On a cluster, what its own configuration says of addresses and disks stands."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    told = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": folder,
    }
    if not is_local:
        return told
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    return {
        **told,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": folder,
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder} -Dlog4j.configurationFile={_quiet(folder)}",
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
        "spark.eventLog.enabled": "false",
    }


def _quiet(folder: str) -> Path:
    """Where it is said that only errors are told."""
    file = Path(folder) / "log4j2.properties"
    file.write_text(
        "rootLogger.level = error\nrootLogger.appenderRef.stderr.ref = stderr\nappender.stderr.type = Console\n"
        "appender.stderr.name = stderr\nappender.stderr.target = SYSTEM_ERR\n"
        "appender.stderr.layout.type = PatternLayout\nappender.stderr.layout.pattern = %m%n\n"
    )
    return file


def _need_java() -> None:
    """Say what is missing before Spark fails in its own words."""
    found = _java()
    if found is None or found < _OLDEST_JAVA:
        has = f"Java here is {found}" if found else "no Java was found"
        raise PolicyError(
            f"Spark needs Java {_OLDEST_JAVA} or later, and {has}: sudo apt-get install openjdk-17-jre-headless, or set JAVA_HOME; "
            "nothing was decided"
        )


def _java() -> int | None:
    """The version of Java that Spark would find."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if not java:
        return None
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr  # noqa: S603 - found on the path
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else None
