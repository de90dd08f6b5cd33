"""Entity tags: what stands for a state of an item, and what a request says of the states it knows.

A tag is strong: it stands for these very bytes, which is what lets `If-Match` hold a change to it (RFC 9110,
sections 8.8.1 and 13.1.1). The same state as gzip is other bytes and so has a tag of its own, the first with
`-gzip` (section 8.8.3.3; `site.packing` adds it). Both stand for one state, and both are taken, whichever way
the request itself may be answered. A tag that something on the way made weak (`W/"…"`) is taken where it
saves an answer, and not where it would let a change through: section 13.1.1 leaves no choice.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import rfc8785

_PACKED = '-gzip"'


def etag(body: dict[str, Any]) -> str:
    """The entity tag of an item as given by `item_json`."""
    return f'"{sha256(rfc8785.dumps(body)).hexdigest()[:32]}"'


def matched(said: str, tag: str) -> bool:
    """Whether `If-Match` names the state of `tag`, by strong comparison."""
    return any(each in ("*", tag) for each in _listed(said))


def known(said: str, tag: str) -> bool:
    """Whether `If-None-Match` names the state of `tag`, by weak comparison."""
    return any(each.removeprefix("W/") in ("*", tag) for each in _listed(said))


def _listed(said: str) -> Iterator[str]:
    """The tags of a header, none with a comma in it, each as it stands for the bytes that are not packed."""
    for each in said.split(","):
        tag = each.strip()
        yield f'{tag.removesuffix(_PACKED)}"' if tag.endswith(_PACKED) else tag
