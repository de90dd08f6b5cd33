"""The page of one item as it is served, from the record as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from masthead import labels
from masthead.errors import Damaged, NotFound, NotReady, Refused
from masthead.labels.record import Record
from masthead.language import Message
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.files import BUNDLE, CREDENTIAL, RECORD, content_name
from masthead.newsroom.public.page import Page, PublicChange
from masthead.newsroom.public.pages import changes_of, page_of
from masthead.newsroom.public.projection import newest_out
from masthead.newsroom.public.proving import proven
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.review.models import Publication, Withdrawal
from masthead.newsroom.review.standing import withdrawal
from masthead.newsroom.review.telling import COUNTED, as_published


@dataclass(frozen=True, slots=True)
class Told:
    """What is out of an item: the publication, its record, its withdrawal if any, and its proof.

    `proof` is empty while no checkpoint covers it: a moment, unless a run was cut off; where something that
    it would show was erased; and where it is `doubted`, as it does not verify or the record is damaged.
    """

    out: Publication
    record: Record
    gone: Withdrawal | None
    proof: bytes
    doubted: bool = False

    @property
    def names(self) -> list[str]:
        """The files that stand beside the page, without the proof; none once the item is withdrawn."""
        if self.gone is not None:
            return []
        content = content_name(self.out.media_type)
        return [content, *([content + CREDENTIAL] if self.out.sidecar_sha256 else []), RECORD]


def public_item(public_id: str) -> Item:
    """A published item by its id; `NotFound` for any other, in the same words."""
    item = Item.objects.filter(public_id=public_id, publications__isnull=False).first()
    if item is None:
        raise NotFound(
            Message("There is no page at this address."),
            Message("Check the address, or begin at the front page."),
        )
    return item


def told_of(item: Item, asking: Asking) -> Told:
    """What is out of a published item."""
    out, gone = newest_out(item), withdrawal(item)
    proof, doubted = b"", False
    try:
        proof = proven((gone or out).entry.place, earliest=True)
    except (NotReady, Refused):
        pass
    except Damaged:
        doubted = True
    return Told(out, as_published(out, today=asking.today), gone, proof, doubted)


def page(told: Told, asking: Asking) -> Page:
    """The page in the language asked for, with the addresses it is served at."""
    changes = changes_of(told.out, told.record)
    made = page_of(told.out, told.record, told.proof, asking.language, told.names, changes)
    here = asking.whole(f"/items/{told.out.item.public_id}/")
    files = made.files if told.proof else tuple(each for each in made.files if each.name != BUNDLE)
    return replace(
        made,
        editions=(),
        files=files,
        contact=None,
        json_ld=labels.json_ld(told.record, page=here),
        doubted=told.doubted,
    )


def as_data(told: Told, asking: Asking) -> Mapping[str, Any]:
    """What the page tells, for software."""
    made, record = page(told, asking), told.record
    return {
        "item": made.public_id,
        "url": asking.whole(f"/items/{made.public_id}/"),
        "outlet": made.outlet,
        "title": made.title,
        "medium": record.medium.value,
        "language": record.language,
        "published_on": record.published_on,
        "withdrawn": _change(made.withdrawn) if made.withdrawn else None,
        "corrections": [{**_change(each), "difference": _words(each)} for each in made.changes],
        **_what_ai_did(made, record),
        **_who_answers(made),
        "content": None
        if told.gone
        else {"media_type": told.out.media_type, "sha256": told.out.content_sha256},
        "proof": _proof(made),
        "files": [each.name for each in made.files],
    }


def _what_ai_did(made: Page, record: Record) -> Mapping[str, Any]:
    """What the audience is told of it, what the checks counted, and each use."""
    return {
        "disclosure": {
            "line": made.disclosure.line,
            "mark": made.disclosure.mark,
            "details": [{"term": term, "said": said} for term, said in made.disclosure.details],
            "source_type": made.disclosure.source_type,
        },
        "checks": _checks(record),
        "uses": [
            {"system": use.system, "provider": use.provider, "task": use.task, "tier": use.tier}
            for use in record.uses
        ],
    }


def _who_answers(made: Page) -> Mapping[str, Any]:
    """Who did what with it, and what they answered the audience."""
    return {
        "steps": [
            {"who": each.who, "role": str(each.role), "on": each.on, "what": str(each.what)}
            for each in made.steps
        ],
        "questions": [
            {"asked": each.asked or None, "answer": each.answer, "by": str(each.by), "on": each.on}
            for each in made.questions
        ],
    }


def _proof(made: Page) -> Mapping[str, Any] | None:
    proof = made.proof
    if proof is None:
        return None
    return {
        "origin": proof.origin,
        "place": proof.place,
        "size": proof.size,
        "root": proof.root,
        "by": proof.by,
        "witnesses": [{"name": each.name, "on": each.on, "size": each.size} for each in proof.witnesses],
        "entries": [{"place": each.place, "what": str(each.what)} for each in proof.opened],
    }


def _checks(record: Record) -> Mapping[str, Any]:
    """When the checks looked at it, and what they counted; None each where they have not."""
    since = "after it went out" if record.checked_since else "not yet"
    looked = record.checked or record.checked_since
    counts = {name: getattr(record, name) if looked else None for name in COUNTED}
    if record.sources_erased:
        counts |= {"looked_for": None, "found": None, "sources": None}
    kept = {"sources_on_record": not record.sources_erased}
    return {"looked": "before it went out" if record.checked else since, **counts, **kept}


def _change(change: PublicChange) -> Mapping[str, Any]:
    return {"on": change.on, "note": str(change.note)}


def _words(change: PublicChange) -> Mapping[str, Any]:
    """What the page shows of the words of a change; `what` is `same`, `added` or `removed`, without words."""
    told = change.difference
    return {
        "passages": [
            {
                "title": each.title,
                "pieces": [{"what": what, "words": words or None} for what, words in each.pieces],
            }
            for each in told.passages
        ],
        "more": told.more,
        "taken_out": told.taken_out,
        "changed_again": told.changed_again,
        "left_out": told.left_out,
        "too_long": told.too_long,
    }
