"""A line to one checked address, that is cut when the time is up."""

import socket
import ssl
from collections.abc import Sequence
from functools import lru_cache
from http.client import HTTP_PORT, HTTPS_PORT, HTTPConnection, HTTPException, HTTPResponse
from io import BufferedReader
from ipaddress import IPv6Address
from time import monotonic
from typing import Any, ClassVar, cast

from masthead.exchange.addresses import Address
from masthead.exchange.place import Place

LONGEST_HEAD = 32_000
"""Bytes before the body. http.client takes 6.5 MB, and then looks for a boundary in it for minutes."""


class Deadline:
    """A moment, by a clock that nobody sets, after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self._at = monotonic() + seconds

    def within(self, seconds: float) -> "Deadline":
        """The same moment, or the one that is `seconds` away where that comes first."""
        sooner = Deadline(seconds)
        sooner._at = min(sooner._at, self._at)
        return sooner

    def left(self) -> float:
        """The seconds until then; TimeoutError once there are none."""
        left = self._at - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Plain(socket.socket):
    """Every wait for bytes ends at the deadline: who takes or sends one a second does not begin it anew."""

    deadline: Deadline

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*args, **options)

    def sendall(self, *args: Any, **options: Any) -> None:
        self.settimeout(self.deadline.left())
        super().sendall(*args, **options)


class _Secret(ssl.SSLSocket):
    """The same over TLS, where `sendall` is many of `send`."""

    deadline: Deadline

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*args, **options)

    def send(self, *args: Any, **options: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().send(*args, **options)


class _Head:
    """What an answer begins with, as far as that is no longer than it may be."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self._left = LONGEST_HEAD

    def readline(self, size: int = -1) -> bytes:
        line = self._file.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise HTTPException("what comes before the body is too long")
        return line

    def close(self) -> None:
        self._file.close()


class _Answer(HTTPResponse):
    def begin(self) -> None:
        file = self.fp
        self.fp = cast(BufferedReader, _Head(file))
        try:
            super().begin()
        except ValueError as error:
            # The parser of mail that http.client uses raises this too, of a header that no mail could have.
            raise HTTPException("what comes before the body cannot be read") from error
        finally:
            # Gone where it was closed on the way, whatever its type says.
            if cast("BufferedReader | None", self.fp) is not None:
                self.fp = file


class Line(HTTPConnection):
    """HTTP to `place` over one of `addresses`, which were looked at: no name is looked up again.

    The host's name still stands in the Host header, in TLS's server name, and is what the certificate must
    bear. No proxy of the environment comes between.
    """

    response_class = _Answer
    _defaults: ClassVar = {"http": HTTP_PORT, "https": HTTPS_PORT}

    def __init__(self, place: Place, addresses: Sequence[Address], deadline: Deadline, roots: str) -> None:
        self.default_port = self._defaults[place.scheme]
        super().__init__(place.host, place.port)
        self._place = place
        self._addresses = addresses
        self._deadline = deadline
        self._roots = roots

    def connect(self) -> None:
        """Connect to the first address that answers. Raises OSError, which TimeoutError and SSLError are."""
        self.sock = self._any()
        if self._place.scheme == "https":
            self.sock = self._secret(self.sock)

    def _any(self) -> socket.socket:
        for number, address in enumerate(self._addresses, start=1):
            # The last may take all the time there is; one before it leaves some to the next.
            share = len(self._addresses) - number + 1
            try:
                return self._to(address, self._deadline.left() / share)
            except OSError:
                if number == len(self._addresses):
                    raise
        raise OSError("no address")

    def _to(self, address: Address, seconds: float) -> socket.socket:
        family = socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET
        plain = _Plain(family, socket.SOCK_STREAM)
        try:
            plain.deadline = self._deadline
            plain.settimeout(seconds)
            plain.connect((str(address), self._place.port))
            plain.settimeout(self._deadline.left())
        except BaseException:
            plain.close()
            raise
        return plain

    def _secret(self, plain: socket.socket) -> ssl.SSLSocket:
        try:
            secret = _context(self._roots).wrap_socket(plain, server_hostname=self._place.host)
        except BaseException:
            plain.close()
            raise
        if isinstance(secret, _Secret):
            secret.deadline = self._deadline
        return secret


@lru_cache(maxsize=4)
def _context(roots: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if roots:
        context.load_verify_locations(roots)
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = _Secret
    return context
