"""The evidence log: how fast entries become durable and are verified, what a proof costs.

Appending on SQLite and on a PostgreSQL of its own, both on the disk and both syncing it, beside the bare
inserts of the very rows that were written, in turn. What is ours runs in a process of its own.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from tests.databases import Server

from bench import log_bare
from bench.figure import Figure, at_least, at_most, at_most_times

BATCHED, SINGLE, ROUNDS = 40_000, 200, 3
AT_ONCE = 2_000
"""Entries in a transaction, on both sides: `masthead.newsroom.evidence.bulk.AT_ONCE`."""
VERIFIED = [int(each) for each in os.environ.get("BENCH_LOG", "10000,100000,1000000").split(",")]
"""Sizes of the log at which it is verified; smaller ones for a quick look."""
SHARE = 0.3
GOALS = {"batched": (20_000, f"at least 20,000/s and {SHARE} of bare"), "single": (200, "at least 200/s")}
BARE = "bare inserts of the same rows"
HASHED = "the same hashes bare, entries in memory"


def figures() -> Iterator[Figure]:
    """Appending on both, then verifying and proving on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _appending("sqlite", _SQLite(Path(folder)))
    server = Server(durable=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield from _appending("postgresql", _PostgreSQL(Path(folder), server))
    finally:
        server.stop()
    with tempfile.TemporaryDirectory() as folder:
        yield from _verifying({"MASTHEAD_HOME": f"{folder}/home"})
    with tempfile.TemporaryDirectory() as folder:
        yield from _proving({"MASTHEAD_HOME": f"{folder}/home"})


class _SQLite:
    """A log in a file, and a copy of the file as it was before."""

    def __init__(self, folder: Path) -> None:
        self.environment = {"MASTHEAD_HOME": f"{folder}/home", "MASTHEAD_DATABASE_URL": ""}
        self._live, self._before = folder / "home" / "db.sqlite3", folder / "before.sqlite3"

    def keep(self) -> None:
        """Keep it as it is."""
        shutil.copyfile(self._live, self._before)

    def bare(self, first: int, at_once: int) -> float:
        """Seconds of the bare side."""
        return log_bare.sqlite(str(self._live), str(self._before), first, at_once)

    def cpu(self) -> float:
        """CPU seconds of other processes than ours."""
        return 0.0


class _PostgreSQL:
    """A log in a database, and a copy of the database as it was before."""

    def __init__(self, folder: Path, server: Server) -> None:
        self._server = server
        url = f"postgres://postgres@/live?host={server.folder}"
        self.environment = {"MASTHEAD_HOME": f"{folder}/home", "MASTHEAD_DATABASE_URL": url}
        server.run("CREATE DATABASE live")

    def keep(self) -> None:
        """Keep it as it is."""
        self._server.run("DROP DATABASE IF EXISTS before")
        self._server.run("CREATE DATABASE before TEMPLATE live STRATEGY FILE_COPY")
        self._server.run("CHECKPOINT")

    def bare(self, first: int, at_once: int) -> float:
        """Seconds of the bare side."""
        dsn = f"host={self._server.folder} user=postgres dbname="
        return log_bare.postgresql(f"{dsn}live", f"{dsn}before", first, at_once)

    def cpu(self) -> float:
        """CPU seconds of the server's processes, ended ones too."""
        server = psutil.Process(self._server.process.pid)
        own = server.cpu_times()
        spent: float = own.user + own.system + own.children_user + own.children_system
        for each in server.children(recursive=True):
            # One that ends meanwhile is among the ended ones next time.
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                spent += times.user + times.system
        return spent


def _appending(name: str, database: "_SQLite | _PostgreSQL") -> Iterator[Figure]:
    run("log_append", "prepare", **database.environment)
    for how, count, at_once in (("batched", BATCHED, AT_ONCE), ("single", SINGLE, 1)):
        ours, bare, spent = [], [], []
        for _ in range(ROUNDS):
            database.keep()
            before = database.cpu()
            told = run("log_append", how, str(count), **database.environment)
            spent.append((told["cpu"] + database.cpu() - before) * 1e6 / count)
            ours.append(count / told["seconds"])
            bare.append(count / database.bare(told["first"], at_once))
        fast, goal = GOALS[how]
        yield Figure(
            f"log.{name}_{how}",
            statistics.median(ours),
            "/s",
            goal,
            _reaching(fast) if how == "batched" else at_least(fast),
            {BARE: statistics.median(bare)},
        )
        if how == "batched":
            yield Figure(f"log.{name}_cpu", statistics.median(spent), "µs CPU", "at most 100", at_most(100))


def _reaching(fast: float) -> Callable[[float, dict[str, float | None]], bool]:
    return lambda value, against: value >= fast and value >= SHARE * (against[BARE] or 0)


def _verifying(environment: dict[str, str]) -> Iterator[Figure]:
    """Grow a log to each of the sizes, each time in a process of its own, and verify it in another."""
    run("log_append", "prepare", **environment)
    size, grown, told = 3, {}, {}
    for wanted in VERIFIED:
        grown[wanted] = run("log_append", "batched", str(wanted - size), **environment)["rss"]
        size, told[wanted] = wanted, run("log_verify", **environment)
    most = VERIFIED[-1]
    last = told[most]
    several, alone, bare = last["several"], last["alone"], last["bare"]
    yield Figure(
        "log.verify",
        several["clock"],
        "µs by the clock",
        "an entry, by all cores: at most 1.5 times its hashes bare by one",
        at_most_times(1.5, HASHED),
        {HASHED: bare["clock"], "by one process": alone["clock"]}
        | {"processes": last["processes"], "entries": most},
    )
    yield Figure(
        "log.verify_cpu",
        alone["cpu"],
        "µs CPU",
        "an entry, by one process: at most 1.5 times its hashes bare",
        at_most_times(1.5, HASHED),
        {HASHED: bare["cpu"], "the same and the text of its row": last["rows"]}
        | {"all processes, where several verify": several["cpu"], "entries": most},
    )
    held = {how: {size: told[size]["held"][how] for size in told} for how in ("alone", "several")}
    together = {size: peak for size, peak in held["several"].items() if told[size]["processes"] > 1}
    for what, peaks in (("append", grown), ("verify", held["alone"]), ("verify_together", together)):
        if len(peaks) > 1:
            yield _flat(f"log.{what}_memory", peaks)


def _flat(name: str, peaks: dict[int, float]) -> Figure:
    least, most = min(peaks), max(peaks)
    return Figure(
        name,
        peaks[most],
        "MB",
        f"with {most:,} entries at most 1.1 times as with {least:,}",
        at_most_times(1.1, f"{least:,}"),
        {f"{each:,}": peak for each, peak in peaks.items()},
    )


def _proving(environment: dict[str, str]) -> Iterator[Figure]:
    run("log_append", "prepare", **environment)
    told = run("log_proof", **environment)
    yield Figure(
        "log.proof_10000000",
        told["cpu"],
        "ms CPU",
        "at most 5 ms",
        at_most(5),
        {"by the clock, the median": told["median"], "by the clock, the slowest": told["slowest"]},
    )
    # Three tiles above a leaf, as 256 to the third is more than ten million, and as many along the edge.
    yield Figure("log.proof_reads", told["reads"], "reads", "at most 6, of 256 hashes at most", at_most(6))


def run(module: str, *arguments: str, **environment: str) -> dict[str, Any]:
    """Run a module of the bench in a process of its own; what it says in its last line."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}", *arguments],
        cwd=Path(__file__).parents[1],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "masthead.newsroom.site.settings",
            "MASTHEAD_SECRET_KEY": "for-figures-only",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else {}
    return told
