"""Servers to fetch from: real ones on this machine, as well-behaved or as nasty as a test wants."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

type Answer = Callable[[socket.socket, "Asked"], None]


@dataclass
class Asked:
    """One request, as it came."""

    line: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def target(self) -> str:
        return self.line.split()[1]


@dataclass
class Site:
    """A server on 127.0.0.1 (or `::1`); `answers` maps targets to what to do, and `asked` is what came."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, target: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{target}"


def says(body: bytes = b"", status: str = "200 OK", **headers: str) -> Answer:
    """An answer; headers with `_` for `-`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return raw("\r\n".join([*lines, "", ""]).encode() + body)


def raw(content: bytes) -> Answer:
    return lambda line, _: line.sendall(content)


def packed(body: bytes) -> Answer:
    return says(gzip.compress(body, mtime=0), Content_Encoding="gzip", Content_Type="text/plain")


def endless(line: socket.socket, _: Asked) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        line.sendall(b"x" * 65_536)


def dripping(start: bytes) -> Answer:
    """Send `start`, then a byte at a time for as long as anyone listens."""

    def drip(line: socket.socket, _: Asked) -> None:
        line.sendall(start)
        pause = threading.Event()
        while True:
            pause.wait(0.02)
            line.sendall(b"x")

    return drip


@contextmanager
def site(*, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    """A server that runs until the block ends."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as listener:
        listener.settimeout(0.05)
        made = Site(listener.getsockname()[1])
        stop = threading.Event()
        thread = threading.Thread(target=_serve, args=(listener, made, tls, stop))
        thread.start()
        try:
            yield made
        finally:
            stop.set()
            thread.join()


def _serve(listener: socket.socket, made: Site, tls: ssl.SSLContext | None, stop: threading.Event) -> None:
    threads = []
    while not stop.is_set():
        with suppress(TimeoutError):
            line, _ = listener.accept()
            thread = threading.Thread(target=_answer, args=(line, made, tls), daemon=True)
            thread.start()
            threads.append(thread)
    for thread in threads:
        thread.join()


def _answer(line: socket.socket, made: Site, tls: ssl.SSLContext | None) -> None:
    line.settimeout(30)
    with suppress(OSError), line:
        if tls is not None:
            line = tls.wrap_socket(line, server_side=True)
        with line:
            asked = _read(line)
            if asked is not None:
                made.asked.append(asked)
                made.answers.get(asked.target, says(status="404 Not Found"))(line, asked)


def _read(line: socket.socket) -> Asked | None:
    came = b""
    while b"\r\n\r\n" not in came:
        piece = line.recv(65_536)
        if not piece:
            return None
        came += piece
    head, _, body = came.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
    if "x-slow" in headers:
        threading.Event().wait(1)
        return None
    while len(body) < int(headers.get("content-length", "0")):
        piece = line.recv(65_536)
        if not piece:
            return None
        body += piece
    return Asked(first, headers, body)
