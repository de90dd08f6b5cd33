"""Search bytes for a value in every form it could leak in: as it is, encoded, hashed, the hash encoded."""

import base64
import binascii
import html
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import md5, sha1, sha256, sha512
from urllib.parse import quote, quote_plus
from uuid import UUID

SHORTEST = 5
"""Bytes of the shortest value that is looked for: a shorter one stands somewhere by chance."""


def forms(value: str | bytes) -> Iterator[tuple[str, bytes]]:
    """A value in each form, with what that form is called."""
    raw = value.encode() if isinstance(value, str) else value
    yield "as it is", raw
    if isinstance(value, str):
        yield from _of_text(value)
    yield from _encoded("", raw)
    if isinstance(value, str):
        for kind, text in (("", value), ("folded", value.casefold()), ("line", f"{value}\n")):
            yield from _hashed(f"{kind} ", text.encode())
        yield from _hashed("of its SHA-256 ", sha256(raw).hexdigest().encode())
    else:
        yield from _hashed("", raw)


def of_hash(digest: bytes) -> Iterator[tuple[str, bytes]]:
    """A hash in each form, and its own hash, as of bytes and as of its letters."""
    yield "as it is", digest
    yield from _encoded("", digest)
    yield from _hashed("again ", digest)
    yield from _hashed("its letters ", digest.hex().encode())


def of_id(value: UUID) -> Iterator[tuple[str, bytes]]:
    """An id in each form."""
    yield "as it is", value.bytes
    yield "turned", value.bytes_le
    yield from forms(str(value))
    yield from forms(value.hex)
    yield from _encoded("", value.bytes)


def of_moment(value: datetime) -> Iterator[tuple[str, bytes]]:
    """A moment, finer than its day, in each form."""
    at = value.astimezone(UTC)
    for name, text in (
        ("ISO 8601", at.isoformat(timespec="seconds")[:19]),
        ("with a space", at.strftime("%Y-%m-%d %H:%M")),
        ("hour and minute with the day", at.strftime("%Y-%m-%dT%H:%M")),
        ("compact", at.strftime("%Y%m%dT%H%M")),
        ("seconds", str(int(at.timestamp()))),
        ("RFC 9110", at.strftime("%d %b %Y %H:%M")),
    ):
        yield name, text.encode()
        yield f"{name} in hex", text.encode().hex().encode()
        for kind, piece in _base64(text.encode()):
            yield f"{name} in {kind}", piece
    milliseconds = int(at.timestamp() * 1000)
    yield "seconds, eight bytes", (milliseconds // 1000).to_bytes(8, "big")
    yield "seconds, eight bytes turned", (milliseconds // 1000).to_bytes(8, "little")
    # The beginning of a UUID of version 7 (RFC 9562) is the millisecond in which it was made.
    yield "milliseconds, six bytes", milliseconds.to_bytes(6, "big")
    yield "milliseconds in hex", f"{milliseconds:012x}".encode()
    yield "milliseconds", str(milliseconds).encode()


def _of_text(value: str) -> Iterator[tuple[str, bytes]]:
    for name, text in (
        ("JSON", json.dumps(value)[1:-1]),
        ("JSON, capital hex", json.dumps(value)[1:-1].replace("\\u00e", "\\u00E")),
        ("HTML", html.escape(value)),
        ("HTML by number", "".join(f"&#{ord(letter)};" for letter in value)),
        ("address", quote(value)),
        ("form", quote_plus(value)),
        ("upper case", value.upper()),
        ("lower case", value.lower()),
    ):
        yield name, text.encode()
    for name in ("utf-16-le", "utf-16-be", "latin-1"):
        yield name, value.encode(name, errors="replace")


def _encoded(what: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield f"{what}hex", binascii.hexlify(raw)
    yield f"{what}capital hex", binascii.hexlify(raw).upper()
    yield f"{what}base32", base64.b32encode(raw).rstrip(b"=")
    for kind, piece in _base64(raw):
        yield f"{what}{kind}", piece


def _base64(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Both alphabets, wherever in a longer text it begins: without the letters that its neighbours share."""
    for before in range(3):
        first, last = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
        for kind, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
            yield f"{kind} at {before}", encode(bytes(before) + raw)[first:last]


def _hashed(what: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    for name, digest in (
        ("SHA-256", sha256(raw).digest()),
        ("leaf hash", sha256(b"\x00" + raw).digest()),
        ("SHA-1", sha1(raw, usedforsecurity=False).digest()),
        ("SHA-512", sha512(raw).digest()),
        ("MD5", md5(raw, usedforsecurity=False).digest()),
    ):
        yield f"{what}{name}", digest
        yield from _encoded(f"{what}{name} in ", digest)


def found(
    served: Mapping[str, bytes], wanted: Iterable[tuple[str, Iterable[tuple[str, bytes]]]]
) -> list[str]:
    """Where something that is wanted stands in what was served: a line for each."""
    whole = b"\x00\x00".join(served.values())
    lines = []
    for name, pieces in wanted:
        for form, piece in pieces:
            if len(piece) >= SHORTEST and piece in whole:
                places = [address for address, content in served.items() if piece in content]
                lines.append(f"{name} ({form}) in {', '.join(places)}")
    return lines
