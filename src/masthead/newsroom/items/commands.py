"""Bring an item in; add a version, a source, an AI use.

Files are read, hashed and kept before the transaction; inside it stand only rows.
"""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from masthead.errors import NotFound, Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.items.deliveries import Taken, only_once, taken_before
from masthead.newsroom.items.draft import (
    Draft,
    SourceRow,
    UseRow,
    add_source_row,
    add_use_row,
    check_part,
    draft,
    use_field,
    version_fields,
)
from masthead.newsroom.items.erased import Erased, is_erased
from masthead.newsroom.items.given import Answers, Delivery, Given, UseGiven, its_own_source
from masthead.newsroom.items.left import is_no_more
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.items.reading import document_of
from masthead.newsroom.prepared import Prepared
from masthead.newsroom.said import folded, key, titled
from masthead.reading.document import Document


def new_public_id() -> str:
    """A random id of 128 bits, in 26 letters and digits that a person can type."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def item_called(public_id: str) -> Item:
    """The item of that id, or of the one id that begins so (six letters at least)."""
    wanted = folded(public_id).lower()
    found = list(Item.objects.filter(public_id__startswith=wanted)[:2]) if len(wanted) >= 6 else []
    if len(found) != 1:
        raise NotFound(Message("No single item goes by that id."), Message("Look for it among the items."))
    return found[0]


_NEWEST = Prepared(
    lambda item: Version.objects.filter(item=item).select_related("item").order_by("-number")[:1]
)


def newest(item: Item) -> Version:
    """The newest version of an item; every item has one."""
    version = _NEWEST.first(item.pk)
    assert version is not None  # noqa: S101 - an item is added together with its first version
    return version


def add_item(
    actor: Actor,
    given: Given,
    *,
    sources: Sequence[Given] = (),
    uses: Sequence[UseGiven] = (),
    title: str = "",
    language: str = "auto",
    public_interest: bool | None = None,
    realistic: bool | None = None,
    protected: bool = False,
    once: Delivery | None = None,
) -> Version:
    """Bring a new item in with its first version, what it was made from and what AI did.

    `language` is a BCP 47 tag or `auto`. An item may be *protected* from its first moment on. What this
    person handed in before is not taken again: its version is given back, see `deliveries.taken_before`,
    which raises `MarkUsed` where it was something else. Raises `CannotRead` where the file is not something
    we read.
    """
    once = once and once.bringing(given, sources)
    if known := taken_before(actor, once, None, now=datetime.now(UTC)):
        return known
    prepared = draft(actor, given, sources, uses, language, once)
    item, answers = _new_item(actor, prepared, protected), Answers(title, public_interest, realistic)
    written: list[Version] = []

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.WORK_ON_ITEM, now=r.now)
        only_once(actor, once, None, now=r.now)
        r.add(item)
        written.append(prepared.write(r, item, answers))
        return {"medium": item.medium, "through": actor.through, **version_fields(written[0])}

    try:
        record(Kind.ITEM_ADDED, actor=actor.person_id, decide=decide)
    except Taken as meanwhile:
        return meanwhile.version
    return written[0]


def _new_item(actor: Actor, prepared: Draft, protected: bool) -> Item:
    return Item(
        public_id=new_public_id(),
        medium=prepared.document.medium,
        author_id=actor.person_id,
        protected=protected,
    )


def add_version(
    actor: Actor,
    base: Version,
    given: Given,
    *,
    sources: Sequence[Given] = (),
    uses: Sequence[UseGiven] = (),
    answers: Answers = Answers(),  # noqa: B008 - frozen
    language: str = "auto",
    once: Delivery | None = None,
) -> Version:
    """Add the version that follows `base`; see `Draft.write` for what carries over.

    The same bytes are a version of their own only where `answers` or `uses` say something new of the item.
    `language` is as for `add_item`, but that the same words stay in the language they were said to be in.
    `once` is as for `add_item`.
    Raises `Stale` where someone added a version meanwhile, so that nobody's work is passed over unseen.
    """
    once = once and once.bringing(given, sources)
    if known := taken_before(actor, once, base.item, now=datetime.now(UTC)):
        return known
    prepared = draft(actor, given, sources, uses, language, once)
    if language == "auto" and prepared.document.canonical_sha256 == base.canonical_sha256:
        prepared = replace(prepared, language=base.language)
    anew = says_anew(base, answers) or says_uses_anew(base, uses)
    refuse_same(base, prepared.document, but_for=anew)
    written: list[Version] = []

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.WORK_ON_ITEM, now=r.now)
        only_once(actor, once, base.item, now=r.now)
        still_newest(base)
        written.append(prepared.write(r, base.item, answers, base))
        return {"through": actor.through, **version_fields(written[0])}

    try:
        record(Kind.VERSION_ADDED, actor=actor.person_id, decide=decide)
    except Taken as meanwhile:
        return meanwhile.version
    return written[0]


def says_anew(base: Version, answers: Answers) -> bool:
    """Whether `answers` say something other than what is on record of `base`."""
    said = (titled(answers.title) or None, answers.public_interest, answers.realistic)
    known = (base.title, base.public_interest, base.realistic)
    return any(new is not None and new != old for new, old in zip(said, known, strict=True))


def says_uses_anew(base: Version, uses: Sequence[UseGiven]) -> bool:
    """Whether `uses` say of an AI use on record that it was of another tier."""
    known = {(key(use.system), use.task, use.tier) for use in base.ai_uses.all()}
    return any((key(use.system), use.task or "", use.tier) not in known for use in uses)


def refuse_same(base: Version, document: Document, *, but_for: bool = False) -> None:
    """Refuse a new version of another medium, or with no change at all `but_for` what else is said of it."""
    if document.medium != base.item.medium:
        raise Refused(
            Message("A new version must be the same kind of media as the item."),
            Message("Bring it in as an item of its own."),
        )
    if document.sha256 == base.sha256 and not but_for:
        raise Refused(
            Message("This is the newest version already, byte for byte."),
            Message("Change the file first, or leave things as they are."),
        )


def still_newest(base: Version) -> None:
    """Raise `Stale` where `base` is no longer the newest version, `Erased` where the item is no more.

    The newest may be a draft that an older backup brought back, and that was erased again: a version that
    follows it is taken all the same.
    """
    last = newest(base.item)
    if is_erased(last.sha256) and is_no_more(base.item):
        raise Erased
    if last.id != base.id:
        raise Stale(
            Message("Someone added a version of this item meanwhile."),
            Message("Look at the newest version, then do the same again."),
        )


def _not_out(version: Version) -> None:
    """What the audience was told rests on the sources and AI uses the version had when it went out."""
    if version.item.publications.filter(version=version).exists():
        raise published_already()


def published_already() -> Refused:
    """The refusal of anything more about a version that is out."""
    return Refused(
        Message("This version is published, and what was told of it rests on what was on record."),
        Message("Publish a correction that says so."),
    )


def add_source(actor: Actor, version: Version, given: Given) -> Source:
    """Add what a version was made from, which no version is. Checks that ran before it no longer count."""
    row = SourceRow.keep(given)
    added: list[Source] = []

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.WORK_ON_ITEM, now=r.now)
        still_newest(version)
        _not_out(version)
        if version.sources.filter(sha256=row.sha256).exists():
            raise Refused(
                Message("That source is on record already."),
                Message("Add another, or leave things as they are."),
            )
        if version.item.versions.filter(sha256=row.sha256).exists():
            raise its_own_source()
        added.append(add_source_row(r, version, row))
        return {"item": version.item.public_id, "source_sha256": row.sha256, "through": actor.through}

    record(Kind.SOURCE_ADDED, actor=actor.person_id, decide=decide)
    return added[0]


USE_RECORDED = Kind.AI_USE_RECORDED
"""The kind of entry with which an AI use comes to a version that is there, one at a time or many."""


class OnRecordAlready(Refused):
    """The very same thing is on record: whoever says it twice changes nothing."""


def _not_said_yet(version: Version, use: UseGiven) -> None:
    """Refuse the very same AI use a second time: a form sent twice is one thing said."""
    start, end = use.part or (None, None)
    same = version.ai_uses.filter(task=use.task or "", tier=use.tier, start=start, end=end)
    if any(key(known.system) == key(use.system) for known in same):
        raise OnRecordAlready(
            Message("That AI use is on record already."),
            Message("Record another, or leave things as they are."),
        )


def record_use(actor: Actor, version: Version, use: UseGiven) -> AIUse:
    """Record one more AI use on a version."""
    document = document_of(version)
    check_part(use, document)
    added: list[AIUse] = []

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.WORK_ON_ITEM, now=r.now)
        still_newest(version)
        _not_out(version)
        _not_said_yet(version, use)
        added.append(add_use_row(r, version, UseRow(use, actor.person_id, actor.through), document.text))
        return {"item": version.item.public_id, "uses": [use_field(added[0])], "through": actor.through}

    record(USE_RECORDED, actor=actor.person_id, decide=decide)
    return added[0]


def protect(actor: Actor, item: Item, *, protected: bool) -> None:
    """Mark an item *protected*, a source being at risk, or lift the mark.

    Whoever may work on the item may protect it, at once; lifting the mark takes an editor.
    """

    def decide(r: Recording) -> Mapping[str, Any]:
        action = Action.WORK_ON_ITEM if protected else Action.SEE_PROTECTED
        role = require(actor, action, now=r.now)
        item.refresh_from_db()
        if bool(item.protected) == protected:
            raise Refused(
                Message("This item is protected already.")
                if protected
                else Message("This item is not protected."),
                Message("Leave things as they are."),
            )
        r.change(item, protected=protected)
        return {
            "item": item.public_id,
            "protected": protected,
            "role": role.value,
            "through": actor.through,
        }

    record(Kind.ITEM_PROTECTED, actor=actor.person_id, decide=decide)
