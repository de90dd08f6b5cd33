"""The record of AI use that a disclosure is derived from, and its form at rest."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from masthead.labels.record import Change, EarlierCheck, Record, Use
from masthead.language import Message
from masthead.newsroom.items.erased import ERASED_HASH, is_erased
from masthead.newsroom.items.models import Item, Source, Version
from masthead.newsroom.review.models import BreakGlass, Finding, Publication, SignOff
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.said import key
from masthead.vocabulary import Level, Medium, Task, Tier

SHOWN = 120
"""Characters of a part's words that the audience is shown."""

TRACED = ("numbers", "dates", "quotations", "names", "links")
REVIEWED = ("reviewed", "self_signed", "office")
COUNTED = ("looked_for", "found", "waived", "unwaived")
TRACING = "traceability"
UNTOLD = "personal_data"
"""The check of whose findings nothing is told: to say that some stayed would point at whoever they are of."""
LATER = (
    *("published_on", "corrections", "withdrawn", "second_review", "content_sha256"),
    *("checked_since", "checked_earlier", "ungated"),
)
"""What is not kept with a publication, as it is known only afterwards."""


def record_of(
    version: Version, ground: SignOff | BreakGlass | None, *, seen: OnRecord | None = None
) -> Record:
    """The record of a version that is to go out on `ground`; None for a correction nobody reviewed yet.

    `seen` is as for `facts_of`.
    """
    seen = seen or OnRecord(version)
    gone = _sources_gone(seen)
    counts: Mapping[str, int] = seen.run.counts if seen.run and not gone else {}
    findings = [each for each in seen.findings if not (gone and each.check_id == TRACING)]
    counted = Counts(
        sources=len(seen.sources),
        looked_for=sum(counts.get(f"traceability.{kind}", 0) for kind in TRACED),
        found=sum(counts.get(f"traceability.{kind}_found", 0) for kind in TRACED),
        waived=len({each.fingerprint for each in seen.findings} & seen.waivers.keys()),
        unwaived=len(
            {each.fingerprint for each in findings if each.level != Level.NOTE} - seen.waivers.keys()
        ),
        stayed=_stayed(seen, findings),
        checked=seen.run is not None,
        sources_erased=gone,
    )
    self_signed = isinstance(ground, SignOff) and ground.person_id in seen.makers
    return compose(seen, ground, counted, self_signed=self_signed)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a record counts: sources, facts looked for and found in them, findings waived and not waived.

    Notes are no findings that anybody would mend. `checked` is whether the checks have looked at all.
    """

    sources: int
    looked_for: int
    found: int
    waived: int
    unwaived: int
    stayed: tuple[tuple[str, int], ...]
    checked: bool
    sources_erased: bool = False


def _sources_gone(seen: OnRecord) -> bool:
    """Whether the checks looked when sources had been erased: what they say of sources is then of nothing.

    A version that follows carries none of them over; one that kept their rows finds that they are not read.
    """
    told = {each.code for each in seen.findings if each.check_id == TRACING}
    if seen.sources:
        return "source_not_read" in told and any(is_erased(source.sha256) for source in seen.sources)
    if not told:
        return False
    earlier = Source.objects.filter(version__item=seen.item, version__number__lt=seen.version.number)
    return earlier.filter(sha256__startswith=ERASED_HASH).exists()


def compose(
    seen: OnRecord, ground: SignOff | BreakGlass | None, counts: Counts, *, self_signed: bool
) -> Record:
    """A record from its parts. Editorial responsibility rests with the organisation's publisher."""
    house, item, version = seen.house, seen.item, seen.version
    known = {name: system.provider for name, system in seen.systems.items()}
    return Record(
        outlet=house.name,
        medium=Medium(item.medium),
        language=version.language,
        title=version.title,
        uses=tuple(
            Use(
                use.system,
                use.for_task or Task.OTHER,
                use.at_tier,
                known.get(key(use.system)) or None,
                _shortened(use.quote) or None,
            )
            for use in seen.uses
        ),
        reviewed=isinstance(ground, SignOff),
        responsible=house.publisher,
        public_interest=version.public_interest,
        realistic=version.realistic,
        self_signed=self_signed,
        office=ground.person.name if isinstance(ground, SignOff) and ground.person.office else None,
        break_glass=isinstance(ground, BreakGlass),
        sources=counts.sources,
        looked_for=counts.looked_for,
        found=counts.found,
        waived=counts.waived,
        unwaived=counts.unwaived,
        stayed=counts.stayed,
        checked=counts.checked,
        sources_erased=counts.sources_erased,
    )


def _stayed(seen: OnRecord, findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    """How many findings of each check and code nobody waived, each counted once as a waiver would be."""
    left = {
        each.fingerprint: f"{each.check_id}.{each.code}"
        for each in findings
        if each.level != Level.NOTE and each.check_id != UNTOLD and each.fingerprint not in seen.waivers
    }
    return tuple(sorted(Counter(left.values()).items()))


def _shortened(quote: str) -> str:
    """The words of a part, cut at a word where they would be a wall of text."""
    words = " ".join(quote.split())
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + "…"


def to_json(record: Record) -> dict[str, Any]:
    """The record as it is kept with a publication: what does not change afterwards."""
    kept = asdict(record)
    for later in LATER:
        del kept[later]
    if not record.sources_erased:
        del kept["sources_erased"]
    kept["stayed"] = [list(each) for each in record.stayed]
    return kept


def from_json(kept: Mapping[str, Any], **later: Any) -> Record:
    """The record a publication keeps, with what became known afterwards."""
    uses = tuple(
        Use(use["system"], Task(use["task"]), Tier(use["tier"]), use["provider"], use["part"])
        for use in kept["uses"]
    )
    # Records kept before it was told say nothing of what stayed.
    stayed = tuple((str(code), int(n)) for code, n in kept.get("stayed", ()))
    medium = Medium(kept["medium"])
    return Record(**{**kept, "medium": medium, "uses": uses, "stayed": stayed, **later})


def as_published(publication: Publication, *, today: date) -> Record:
    """The record of what is out now: as published, with every correction and the withdrawal since.

    A correction goes out before it is checked or reviewed, an emergency perhaps before it is checked: what
    came of it afterwards is told as it stands, and as later. What is kept with the publication never changes.
    """
    item = publication.item
    withdrawn = getattr(item, "withdrawal", None)
    glass = publication.break_glass or _unreviewed(item)
    return from_json(
        {**publication.facts, **_looked_at_since(publication)},
        published_on=item.publications.earliest("entry__place").published_at,
        content_sha256=publication.content_sha256,
        second_review=_second_review(glass, today),
        corrections=tuple(_changes(item)),
        break_glass=glass is not None,
        withdrawn=Change(withdrawn.withdrawn_at, withdrawn.reason) if withdrawn else None,
    )


def _looked_at_since(publication: Publication) -> dict[str, Any]:
    """What the checks, and of a correction the editors too, have said since it went out."""
    corrected = publication.correction_id is not None
    # Records kept before this was asked: no correction counted as checked when it went out, all else did.
    checked = publication.facts.get("checked", not corrected)
    if checked and not corrected:
        return {}
    seen = OnRecord(publication.version)
    now = record_of(publication.version, seen.live_sign_off, seen=seen)
    # Checked as a draft, and cut off before it was looked at again: what was counted then is what is known.
    counted = (*COUNTED, "stayed", "sources_erased") if now.checked or not checked else ()
    told = (*counted, *(REVIEWED if corrected else ()))
    earlier = _checked_earlier(publication) if corrected and not now.reviewed else None
    return {name: getattr(now, name) for name in told} | {
        "checked": checked,
        "checked_since": now.checked,
        "checked_earlier": earlier,
        "ungated": corrected,
    }


def _checked_earlier(publication: Publication) -> EarlierCheck | None:
    """The newest publication before this correction that somebody signed off, then or since."""
    outs = publication.item.publications.filter(entry__place__lt=publication.entry.place)
    for since, out in enumerate(outs.order_by("-entry__place").select_related("version", "entry"), 1):
        told = {**out.facts, **_signed_since(out)} if out.correction_id else out.facts
        if told["reviewed"]:
            at, corrected_at = out.published_at, publication.published_at
            return EarlierCheck(at, corrected_at, since, told["self_signed"])
    return None


def _signed_since(correction: Publication) -> dict[str, Any]:
    seen = OnRecord(correction.version)
    now = record_of(correction.version, seen.live_sign_off, seen=seen)
    return {name: getattr(now, name) for name in REVIEWED}


def _changes(item: Item) -> Iterator[Change]:
    """What changed since it first went out: corrections as noted, and later versions, which have no note."""
    for out in item.publications.order_by("entry__place").select_related("correction", "version", "entry"):
        if out.correction is not None:
            yield Change(out.published_at, out.correction.note)
        elif out.version.number > 1 and item.publications.filter(entry__place__lt=out.entry.place).exists():
            yield Change(out.published_at, Message("A new version was published."))


def _unreviewed(item: Item) -> BreakGlass | None:
    """A broken glass of the item that nobody has reviewed yet: a later version does not make it unsaid."""
    used = BreakGlass.objects.filter(version__item=item, publication__isnull=False, review=None)
    return used.order_by("-entry__place").first()


def _second_review(break_glass: BreakGlass | None, today: date) -> bool | None:
    if break_glass is None:
        return None
    if hasattr(break_glass, "review"):
        return True
    return False if break_glass.review_due.date() < today else None
