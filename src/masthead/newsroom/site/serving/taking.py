"""What one `masthead serve` holds and no other may: its home folder and its port."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from masthead.errors import NotReady
from masthead.language import Message

LOCK = "serving.lock"
AFTER_A_KILL = 10.0
"""Seconds that the processes of a serve that was killed have to leave the port."""


@contextmanager
def taken(home: Path) -> Iterator[bool]:
    """Hold `home` while serving it; gives whether the last to do so was killed. `NotReady` where one serves.

    The lock ends with its process, and the process's number stays in the file where it was killed.
    """
    with (home / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotReady(
                Message("This home folder is served already: %(home)s.", {"home": str(home)}),
                Message("Use that, or stop it first; another organisation needs a home folder of its own."),
            ) from error
        file.seek(0)
        killed = bool(file.read())
        _write(file.fileno(), str(os.getpid()))
        try:
            yield killed
        finally:
            _write(file.fileno(), "")


def _write(file: int, text: str) -> None:
    os.ftruncate(file, 0)
    os.write(file, text.encode())


def must_be_free(host: str, port: int, *, patience: float = 0.0) -> None:
    """Refuse with `NotReady` an address on which we cannot listen; look again for `patience` seconds.

    Asked before granian is: it shares the port with whoever listens there already, and says nothing.
    """
    until = monotonic() + patience
    while (error := _trouble(host, port)) is not None:
        if error.errno != errno.EADDRINUSE or monotonic() > until:
            raise _refusal(host, port, error) from error
        sleep(0.1)


def _trouble(host: str, port: int) -> OSError | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1)
    except OSError as error:
        return error
    return None


def _refusal(host: str, port: int, error: OSError) -> NotReady:
    if error.errno == errno.EADDRINUSE:
        return NotReady(
            Message("Port %(port)s of %(host)s is in use.", {"port": str(port), "host": host}),
            Message("Stop the program that uses it, or choose another with `--port`."),
        )
    if error.errno == errno.EACCES:
        return NotReady(
            Message("We may not listen on port %(port)s.", {"port": str(port)}),
            Message("Choose one above 1023 with `--port`, and let a proxy listen on 443."),
        )
    return NotReady(
        Message("This machine has no address %(host)s.", {"host": host}),
        Message("Give one of its own with `--host`, such as 127.0.0.1."),
    )
