"""How parent and child talk: one JSON object and any number of binary blobs, each with its length.

A frame is the mark `MHF2`, the number of parts (4 bytes, big-endian), the length of each part (8 bytes
each), then the parts; the first is the JSON object. A negative length is that of a part which does not
follow: it lies in memory both ends share, after those before it there, because a pipe takes a large part
in small bites and wakes both ends for each. Nothing is ever unpickled: the child has handled
hostile files, so that what comes from it is data to be doubted.
"""

import json
import os
import struct
from collections.abc import Iterator, Sequence
from typing import Any

type Json = dict[str, Any]

MARK = b"MHF2"
MOST_PARTS = 1000
_CHUNK = 1 << 20
LARGE = 1 << 18
"""Bytes from which a part goes through shared memory, where there is some."""


class Garbled(ValueError):
    """What came is not a frame."""


class TooLarge(Garbled):
    """What was announced is larger than what we take."""


def write(fd: int, header: Json, blobs: Sequence[bytes] = (), shared: int | None = None) -> None:
    """Send one frame; large parts go through `shared`, a file of memory that the reader has open too.

    Raises `OSError` if the other end is gone, `ValueError` if `header` is not JSON.
    """
    parts = [json.dumps(header, allow_nan=False).encode("ascii"), *blobs]
    apart = [shared is not None and len(part) >= LARGE for part in parts]
    lengths = [-len(part) if away else len(part) for part, away in zip(parts, apart, strict=True)]
    place = 0
    for part, away in zip(parts, apart, strict=True):
        if away and shared is not None:
            _put(shared, part, place)
            place += len(part)
    follow = [part for part, away in zip(parts, apart, strict=True) if not away]
    for part in (struct.pack(f">4sI{len(parts)}q", MARK, len(parts), *lengths), *follow):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(fd, rest[:_CHUNK]) :]


def read(fd: int, largest: int, shared: int | None = None) -> tuple[Json, list[bytes]]:
    """Wait for one frame whose parts together are at most `largest` bytes. See `write` for `shared`.

    Raises `EOFError` where the other end closed, `TooLarge` or `Garbled` where it sent something else;
    after these the stream is useless.
    """
    mark, count = struct.unpack(">4sI", _exactly(fd, 8))
    if mark != MARK or not 1 <= count <= MOST_PARTS:
        raise Garbled("not a frame")
    lengths = struct.unpack(f">{count}q", _exactly(fd, 8 * count))
    if sum(map(abs, lengths)) > largest:
        raise TooLarge("a frame larger than allowed")
    if shared is None and min(lengths) < 0:
        raise Garbled("a part in memory that is not shared")
    first, *blobs = _parts(fd, lengths, shared)
    try:
        header = json.loads(first)
    except (ValueError, RecursionError) as error:
        raise Garbled("not JSON") from error
    if not isinstance(header, dict):
        raise Garbled("not a JSON object")
    return header, blobs


def _parts(fd: int, lengths: Sequence[int], shared: int | None) -> Iterator[bytes]:
    place = 0
    for length in lengths:
        if length < 0 and shared is not None:
            yield _take(shared, -length, place)
            place -= length
        else:
            yield _exactly(fd, length)


def _put(shared: int, part: bytes, place: int) -> None:
    rest = memoryview(part)
    while rest:
        written = os.pwrite(shared, rest, place)
        rest, place = rest[written:], place + written


def _take(shared: int, length: int, place: int) -> bytes:
    pieces = []
    while length:
        piece = os.pread(shared, length, place)
        if not piece:
            raise Garbled("shared memory holds less than was said")
        pieces.append(piece)
        length, place = length - len(piece), place + len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _exactly(fd: int, length: int) -> bytes:
    pieces = []
    while length:
        piece = os.read(fd, min(length, _CHUNK))
        if not piece:
            raise EOFError("the other end closed")
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
