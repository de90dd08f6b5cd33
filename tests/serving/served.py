"""The real `masthead serve`, as a process of its own, and what it leaves behind."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MASTHEAD = str(Path(sys.executable).with_name("masthead"))


@dataclass
class Answer:
    """What came back for a request."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Served:
    """A `masthead serve` under way."""

    def __init__(self, home: Path, *words: str, **environment: str) -> None:
        self.home = home
        self.port = free_port()
        self._name = urlsplit(environment.get("MASTHEAD_ADDRESS", "")).netloc or f"127.0.0.1:{self.port}"
        self._out, self._err = home.with_name("out.txt"), home.with_name("err.txt")
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [MASTHEAD, "serve", "--port", str(self.port), *words],
                cwd=home.parent,
                env=environment_for(home) | environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        self.until(lambda: "Ctrl-C" in self.said or self.process.poll() is not None)

    @property
    def said(self) -> str:
        """What it told the person who started it."""
        return self._out.read_text()

    @property
    def log(self) -> str:
        """What it logged."""
        return self._err.read_text()

    def parts(self) -> dict[str, int]:
        """The number of the process of each part, and `answering` for the one that answers requests."""
        found = {}
        for number, words in _processes(self.process.pid):
            name = re.search(r"serving\.(\w+)", words)
            if name:
                found[name[1]] = number
        for number, _ in _processes(found.get("web", -1)):
            found["answering"] = number
        return found

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Send a request by the address set; `X_Forwarded_Proto="https"` is the header X-Forwarded-Proto."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            said = {"Host": self._name} | {k.replace("_", "-"): v for k, v in headers.items()}
            asking.request(method, path, body, said)
            answer = asking.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            asking.close()

    def until(self, true: Callable[[], bool], seconds: float = 60) -> None:
        """Wait for something to come true."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, self.said + self.log
            time.sleep(0.05)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end; gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def served(home: Path, *words: str, **environment: str) -> Iterator[Served]:
    """Serve `home` until the block ends."""
    here = Served(home, *words, **environment)
    try:
        yield here
    finally:
        here.end()


def environment_for(home: Path) -> dict[str, str]:
    """The tests' own, with `home` and the database under test and no other setting."""
    keep = ("MASTHEAD_DATABASE_URL", "MASTHEAD_UNSYNCED_DATABASE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MASTHEAD_", "DJANGO_")) or k in keep}
    return kept | {"MASTHEAD_HOME": str(home), "MASTHEAD_LANGUAGE": "en"}


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def alive(number: int) -> bool:
    """Whether a process of that number runs; one that only waits to be noted as ended does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _processes(parent: int) -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and _parent(folder) == parent:
                yield int(folder.name), (folder / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue


def _parent(folder: Path) -> int:
    return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
