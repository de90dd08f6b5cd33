"""Put the certificates of a time stamp into the order that DER asks for; pure.

The certificates of a stamp (`SignedData`, RFC 5652) are a SET, which DER writes in ascending order.
Authorities send them in the order of a file of theirs, as `openssl ts` does, and strict parsers refuse that.
Nothing signs the field: moving its parts changes no byte that a signature is over, and no length.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_SEQUENCE, _CERTIFICATES = 0x30, 0xA0


@dataclass(frozen=True, slots=True)
class _Part:
    """One element of DER: its tag, where it begins, where its content begins and ends."""

    tag: int
    start: int
    inner: int
    end: int


def in_order(answer: bytes) -> bytes:
    """`answer` with its certificates in ascending order. ValueError where it is laid out otherwise."""
    whole = _only(answer, _Part(0, 0, 0, len(answer)))
    token = _parts(answer, whole)[-1]
    data = _only(answer, _parts(answer, token)[-1])
    for part in _parts(answer, data):
        if part.tag == _CERTIFICATES:
            each = sorted(answer[one.start : one.end] for one in _parts(answer, part))
            return answer[: part.inner] + b"".join(each) + answer[part.end :]
    raise ValueError("no certificates")


def _only(content: bytes, within: _Part) -> _Part:
    (part,) = _parts(content, within)
    if part.tag != _SEQUENCE:
        raise ValueError("no sequence")
    return part


def _parts(content: bytes, within: _Part) -> list[_Part]:
    parts = list(_walk(content, within))
    if not parts:
        raise ValueError("nothing in it")
    return parts


def _walk(content: bytes, within: _Part) -> Iterator[_Part]:
    at = within.inner
    while at < within.end:
        # Tags above 30 and lengths that are left open do not occur in what is read here.
        if at + 2 > within.end or content[at] & 31 == 31 or content[at + 1] == 128:
            raise ValueError("no element")
        more = content[at + 1] & 127 if content[at + 1] > 127 else 0
        inner = at + 2 + more
        size = int.from_bytes(content[at + 2 : inner]) if more else content[at + 1]
        if inner + size > within.end:
            raise ValueError("an element is longer than what it is in")
        yield _Part(content[at], at, inner, inner + size)
        at = inner + size
