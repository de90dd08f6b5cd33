"""The bytes of an answer, counted twice: as they come and as they unpack."""

import zlib
from http.client import HTTPResponse

from masthead.exchange.errors import not_http, too_large

_PIECE = 65_536
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
ACCEPTED = "gzip"


def content(answer: HTTPResponse, host: str, size: int) -> bytes:
    """The whole body, unpacked. Raises `TooLarge` beyond `size` bytes, `NotWanted` for one that is broken.

    Never more than `size` and one piece are held, however small what unpacks to them: 1 kB makes 1 MB.
    """
    packing = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    expected = answer.length
    if expected is not None and expected > size:
        raise too_large(host, size)
    unpack = _Unpacking(packing, host, size)
    came = 0
    # Not `read`: of a chunk that says it has less than no bytes, that takes all that comes.
    while piece := answer.read1(_PIECE):
        came += len(piece)
        if came > size:
            raise too_large(host, size)
        unpack.take(piece)
    if expected is not None and came < expected:
        raise not_http(host)
    return unpack.whole()


class _Unpacking:
    def __init__(self, packing: str, host: str, size: int) -> None:
        if packing not in ("identity", *_WINDOWS):
            raise not_http(host)
        self._packing = packing
        self._host = host
        self._size = size
        self._parts: list[bytes] = []
        self._began = False
        self._count = 0
        self._stream = self._new()

    def take(self, piece: bytes) -> None:
        self._began = True
        if self._packing == "identity":
            self._keep(piece)
            return
        try:
            self._unpack(piece)
        except zlib.error as error:
            raise not_http(self._host) from error

    def whole(self) -> bytes:
        if self._packing != "identity" and self._began and not self._stream.eof:
            raise not_http(self._host)
        return b"".join(self._parts)

    def _unpack(self, piece: bytes) -> None:
        while piece:
            if self._stream.eof:
                # Another member of the same file (RFC 1952 section 2.2).
                self._stream = self._new()
            self._keep(self._stream.decompress(piece, _PIECE))
            piece = self._stream.unconsumed_tail or self._stream.unused_data

    def _keep(self, part: bytes) -> None:
        self._count += len(part)
        if self._count > self._size:
            raise too_large(self._host, self._size)
        self._parts.append(part)

    def _new(self) -> "zlib._Decompress":
        return zlib.decompressobj(_WINDOWS.get(self._packing, zlib.MAX_WBITS))
