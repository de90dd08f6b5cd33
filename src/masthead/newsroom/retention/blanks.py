"""What is left of each row once what it says of an item goes: the columns that are set, and to what.

Each gives no columns where nothing is left to blank.
"""

from collections.abc import Callable, Iterable
from typing import Any

from masthead.language import Message
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.items.erased import GONE, Instead, erased_hash, is_erased
from masthead.newsroom.items.models import AIUse, Source, Version
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.review.models import BreakGlass, Finding, Publication, SentBack, SignOff, Waiver

NOTHING_FOUND = Message("What was found here was erased.")

type Columns = dict[str, Any]


def version(row: Version, instead: Instead) -> Columns:
    """Its title, hashes and address. Who is a maker hangs on which versions are alike: they stay alike."""
    if is_erased(row.sha256):
        return {}
    gone = {
        "title": "",
        "titled": False,
        "sha256": instead.of(row.sha256, row.title),
        "canonical_sha256": instead.of(row.canonical_sha256),
        "size": 0,
    }
    return gone | {"address": None, "fetched_at": None} | sent_with(row)


def sent_with(row: Version) -> Columns:
    """Hashes of all that came with it, sources too."""
    gone = {"once": None, "sent_sha256": None}
    return gone if row.once or row.sent_sha256 else {}


def source(row: Source, instead: Instead) -> Columns:
    """Its name, hash and address. One that carried over still shows as the same."""
    if is_erased(row.sha256):
        return {}
    digest = instead.of(row.sha256)
    return {"label": GONE, "sha256": digest, "size": 0, "address": None, "fetched_at": None}


def use(row: AIUse) -> Columns:
    """The words of the part it is about."""
    return {"quote": GONE} if row.quote not in ("", GONE) else {}


def finding(row: Finding) -> Columns:
    """All that it says of the text and of the sources."""
    if is_erased(row.fingerprint) and row.quote is None:
        return {}
    return {
        "fingerprint": erased_hash(), "message": NOTHING_FOUND.to_json(), "quote": None, "start": None,
        "end": None, "nearest": None,
    }  # fmt: skip


def waiver(row: Waiver) -> Columns:
    """Its note, and what tells which words it is about."""
    gone = {} if is_erased(row.fingerprint) else {"fingerprint": erased_hash()}
    return gone | ({"note": ""} if row.note else {})


def sign_off(row: SignOff | BreakGlass) -> Columns:
    """Hashes of what was signed."""
    if is_erased(row.said_sha256) and is_erased(row.canonical_sha256):
        return {}
    return {"canonical_sha256": erased_hash(), "said_sha256": erased_hash()}


def break_glass(row: BreakGlass) -> Columns:
    """The same, and the reason."""
    return sign_off(row) | ({"reason": GONE} if row.reason != GONE else {})


def sent_back(row: SentBack) -> Columns:
    """What was to be done."""
    return {"note": GONE} if row.note != GONE else {}


def publication(row: Publication) -> Columns:
    """Hashes, title and quotations; what else the audience was told stays."""
    if is_erased(row.content_sha256):
        return {}
    uses = [{**use, "part": None} for use in row.facts["uses"]]
    sidecar = {"sidecar_sha256": erased_hash()} if row.sidecar_sha256 else {}
    return {"content_sha256": erased_hash(), "facts": {**row.facts, "title": "", "uses": uses}, **sidecar}


def blank[Row: Vouched](
    made: Plan, rows: Iterable[Row], columns: Callable[[Row], Columns], what: Message
) -> None:
    """Have these rows blanked, and say so where any is: a source that carried over is told of once."""
    told: set[object] = set()
    names: set[str] = set()
    for row in rows:
        gone = columns(row)
        if gone:
            made.set_to(type(row), row.pk, gone)
            if isinstance(row, Waiver | SentBack | BreakGlass) and gone.keys() & {"note", "reason"}:
                made.wrote.add(row.person_id)
            names.update(f"{row._meta.db_table}.{each}" for each in gone)
            told.add(row.sha256 if isinstance(row, Source) else row.pk)
    made.goes(what, len(told), *sorted(names))
