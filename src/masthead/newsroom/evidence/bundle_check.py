"""Check a bundle: what `masthead log verify --bundle` does, without a database.

`verify_masthead.py` does the same with none of this code; the tests hold the two to one answer.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Never

from masthead.errors import CannotRead
from masthead.language import Message
from masthead.newsroom.evidence import attested, sealed
from masthead.newsroom.evidence.attested import NOBODY, OTHER_PARTS, Attested, Broken, Given, Head
from masthead.newsroom.evidence.attested import need as _need
from masthead.newsroom.evidence.kinds import (
    FIELDS,
    IMPLICIT,
    OF_THE_VERSION,
    PUBLICATIONS,
    Kind,
    Opens,
    opening_of,
)
from masthead.tlog import checkpoint, note
from masthead.tlog.proofs import verify_inclusion

_MEMBERS = {"masthead_bundle", "origin", "checkpoint", "entries", "content"}
MEMBERS = {1: _MEMBERS, 2: _MEMBERS | {"handovers", "stamps"}}
"""What a bundle holds, by its form."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of a bundle: its place, kind and opened fields."""

    place: int
    kind: Kind
    opened: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """What a bundle shows. `why` is None where it is intact; `signed` whether that was checked with a key.

    `compared` is whether the checkpoint that was kept earlier is this one: None where it is of another size,
    which a bundle cannot tell of. `kept_checked` is whether its own signature is of the key that was given,
    or of one that this leads to.
    """

    why: Message | None
    signed: bool
    origin: str = ""
    size: int = 0
    root: bytes = b""
    entries: tuple[Shown, ...] = ()
    content_sha256: str | None = None
    attested: Attested = NOBODY
    compared: bool | None = None
    kept_checked: bool = False
    same: tuple[str, ...] = ()
    """Which of the files that were brought are what was published: content, disclosure."""

    @property
    def intact(self) -> bool:
        """Whether it all holds together; whose it is, only where `signed`."""
        return self.why is None


def check(content: bytes, given: Given) -> BundleVerdict:
    """Check the bytes of a bundle with what was given. `CannotRead` if it does not even say it is one."""
    whole = _read(content)
    attested.read_given(given)
    try:
        return _checked(whole, content, given)
    except Broken as broken:
        return BundleVerdict(broken.why, signed=False)
    except (TypeError, LookupError, AttributeError, ValueError, OverflowError, RecursionError):
        return BundleVerdict(OTHER_PARTS, signed=False)


def compare_files(verdict: BundleVerdict, files: Mapping[str, bytes]) -> BundleVerdict:
    """Hold files that were brought, by `content` and `disclosure`, to what the last entry says went out."""
    if not verdict.intact or not files:
        return verdict
    last = verdict.entries[-1]
    if last.kind is Kind.WITHDRAWN:
        return BundleVerdict(Message("The item was withdrawn: nothing of it is published."), signed=False)
    for what, field, why in (
        ("content", "published_sha256", Message("The file you gave is not what was published.")),
        ("disclosure", "disclosure_sha256", Message("The disclosure you gave is not what was published.")),
    ):
        if what in files and sha256(files[what]).hexdigest() != last.opened[field]:
            return BundleVerdict(why, signed=False)
    return replace(verdict, same=tuple(files))


def _read(content: bytes) -> Mapping[str, Any]:
    try:
        whole: Mapping[str, Any] = json.loads(
            content.decode(), parse_float=_no_floats, parse_constant=_no_floats
        )
        if type(whole["masthead_bundle"]) is not int or whole["masthead_bundle"] not in MEMBERS:
            raise ValueError("another form")
    except (TypeError, LookupError, ValueError, OverflowError, RecursionError) as error:
        raise CannotRead(
            Message("This cannot be read as a bundle."),
            Message("Download bundle.json again from where the item was published, and do not edit it."),
        ) from error
    return whole


def _no_floats(_: str) -> Never:
    raise ValueError("the log's JSON holds no floats")


def _checked(whole: Mapping[str, Any], content: bytes, given: Given) -> BundleVerdict:
    _need(sealed.canonical(whole) + b"\n" == content, Message("It is not as a bundle is written."))
    members = MEMBERS[whole["masthead_bundle"]]
    _need(whole.keys() == members, Message("It has other members than a bundle has."))
    lists = [whole.get(name, []) for name in ("entries", "handovers", "stamps")]
    _need(all(isinstance(each, list) for each in lists), OTHER_PARTS)
    with attested.reading(attested.KEYS_FORM):
        followed = attested.follow(given.key, whole.get("handovers", []))
    with attested.reading(attested.HEAD_FORM):
        head = attested.read_head(whole["checkpoint"], str(whole["origin"]), followed)
    with attested.reading(Message("A time stamp is not in the form that it must have.")):
        vouched = attested.attest(head, given, whole.get("stamps", []))
    _need(bool(whole["entries"]), Message("It holds no entries."))
    entries = tuple(_nth(n, entry, head.said) for n, entry in enumerate(whole["entries"], 1))
    _openings(entries)
    last = entries[-1]
    expected = None
    if last.kind is not Kind.WITHDRAWN:
        expected = {"media_type": last.opened["media_type"], "sha256": last.opened["published_sha256"]}
    _need(whole["content"] == expected, Message("It names other content than was published."))
    return BundleVerdict(
        None,
        given.key is not None,
        head.said.origin,
        head.said.size,
        head.said.root,
        entries,
        expected["sha256"] if expected else None,
        vouched,
        *_compared(head, given),
    )


def _compared(head: Head, given: Given) -> tuple[bool | None, bool]:
    """Whether the head kept is this one, and whether its own signature was checked."""
    if given.kept is None:
        return None, False
    kept = attested.read_kept(given.kept, head)
    if kept.said.size != head.said.size:
        return None, False
    attested.compare(kept, head.said.root)
    return True, kept.checked


def _nth(n: int, entry: Mapping[str, Any], head: checkpoint.Checkpoint) -> Shown:
    with attested.reading(
        Message("Of its entries, number %(n)s is not in the form that it must have.", {"n": n})
    ):
        return _entry(entry, head)


def _entry(entry: Mapping[str, Any], head: checkpoint.Checkpoint) -> Shown:
    _members(entry, {"place", "face", "digests", "opened", "proof"})
    place, face, digests = entry["place"], entry["face"], entry["digests"]
    _need(type(place) is int and 0 <= place < head.size, Message("An entry stands outside the checkpoint."))
    commitment = sha256(sealed.canonical(digests)).digest()
    expected = sealed.face(face["kind"], commitment)
    # As bytes: to Python, true is 1.
    _need(
        sealed.canonical(face) == sealed.canonical(expected),
        Message("Entry %(place)s: its commitment is of other fields.", {"place": place}),
    )
    leaf = sealed.face_leaf(face["kind"], commitment)
    path = [note.decode(part) for part in entry["proof"]]
    _need(
        verify_inclusion(leaf, place, head.size, path, head.root),
        Message("Entry %(place)s: it is not in the tree under the checkpoint.", {"place": place}),
    )
    opened = {}
    for field in entry["opened"]:
        _members(field, {"name", "salt", "value"})
        name, salt = field["name"], bytes.fromhex(field["salt"])
        found = sealed.field_digest(salt, name, sealed.canonical(field["value"])).hex()
        fresh = name not in opened and salt.hex() == field["salt"] and len(salt) == sealed.SALT_BYTES
        _need(
            fresh and digests.get(name) == found,
            Message("Entry %(place)s: what it opens is not what was sealed.", {"place": place}),
        )
        opened[name] = field["value"]
    return Shown(place, Kind(face["kind"]), opened)


def _openings(entries: Sequence[Shown]) -> None:
    last = entries[-1]
    _need(last.kind in PUBLICATIONS, Message("Its last entry is not a publication."))
    for entry in entries:
        always, sometimes = _opens(entry.kind, Opens.WITH_ITEM), _opens(entry.kind, Opens.WITH_VERSION)
        allowed = [always | sometimes] if entry.kind in OF_THE_VERSION else [always, always | sometimes]
        where = {"place": entry.place}
        _need(
            bool(always) and entry.opened.keys() in allowed,
            Message("Entry %(place)s: it does not open what its kind opens.", where),
        )
        form = entry.opened.get("canonical_sha256")
        same_version = form is None or form == last.opened.get("canonical_sha256", form)
        _need(
            entry.opened["item"] == last.opened["item"] and same_version,
            Message("Entry %(place)s: it is about another item or version.", where),
        )
    _need(
        last.kind is not Kind.PUBLISHED or any(_added_the_version(entry) for entry in entries),
        Message("The entry that brought in the version is missing."),
    )
    _need(
        [entry.place for entry in entries] == sorted({*last.opened["rests_on"], last.place}),
        Message("An entry that the publication rests on is missing."),
    )


def _added_the_version(entry: Shown) -> bool:
    return entry.kind in (Kind.ITEM_ADDED, Kind.VERSION_ADDED) and "canonical_sha256" in entry.opened


def _opens(kind: Kind, when: Opens) -> set[str]:
    return {name for name in (*FIELDS[kind].opens, *IMPLICIT) if opening_of(kind, name) is when}


def _members(value: Mapping[str, Any], names: set[str]) -> None:
    if not isinstance(value, dict) or value.keys() != names:
        raise ValueError("other members")
