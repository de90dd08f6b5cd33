"""Pages as an outlet would publish them, and as an enemy would like it to."""

from datetime import date

from masthead.labels import disclose, json_ld
from masthead.labels.record import Change, Record, Use
from masthead.language import using
from masthead.newsroom.public.page import (
    Edition,
    File,
    Page,
    Passage,
    Picture,
    Proof,
    PublicChange,
    PublicDifference,
    Step,
    Who,
)
from masthead.vocabulary import Medium, Task, Tier

NAMES = {"en": "English", "fr": "Français"}
CHANGED = PublicDifference(
    (Passage((("same", "covering "), ("removed", ""), ("added", "twelve"), ("same", " streets"))),)
)
HOSTILE = '</title><script>alert(1)</script><style>*{display:none}</style>" onload="x'


def record(**changes: object) -> Record:
    """A reviewed story with one summary by AI, one correction; changed as a test needs."""
    fields: dict[str, object] = {
        "outlet": "The Harbour Post",
        "medium": Medium.TEXT,
        "language": "en",
        "title": "Flood repairs to cost three times the first estimate",
        "uses": (
            Use("Scribe 3", Task.SUMMARY, Tier.T2, "Lorem AI"),
            Use("Spellwright", Task.EDITING, Tier.T0),
        ),
        "reviewed": True,
        "responsible": "the duty editor",
        "public_interest": True,
        "sources": 4,
        "looked_for": 31,
        "found": 30,
        "waived": 1,
        "published_on": date(2026, 11, 12),
        "corrections": (Change(date(2026, 11, 13), "The number of streets is twelve, not twenty."),),
    }
    return Record(**(fields | changes))  # type: ignore[arg-type]  # a test may hand in any field


def page(of: Record | None = None, language: str = "en", **changes: object) -> Page:
    """The page of a record in one language, with everything a page can hold; changed as a test needs."""
    of = of or record()
    with using(language):
        told, data = disclose(of), json_ld(of)
    fields: dict[str, object] = {
        "outlet": of.outlet,
        "title": of.title,
        "item_language": of.language,
        "language": language,
        "disclosure": told,
        "public_id": "k3v9-q7wd",
        "item_url": "https://post.example/flood-repairs",
        "medium": of.medium,
        "published_on": of.published_on,
        "changes": tuple(PublicChange(c.on, c.note, CHANGED) for c in of.corrections),
        "withdrawn": of.withdrawn and PublicChange(of.withdrawn.on, of.withdrawn.note),
        "steps": (
            Step(Who.MACHINE, "AI system", date(2026, 11, 11), "Summarised source documents."),
            Step(Who.PERSON, "Reporter", date(2026, 11, 11), "Wrote the story from four sources."),
            Step(Who.MACHINE, "checks", date(2026, 11, 12), "Found one number in no source."),
            Step(Who.PERSON, "Editor", date(2026, 11, 12), "Reviewed and signed off this version."),
        ),
        "proof": Proof(
            "post.example/masthead", 41, 57, "9f2c" * 16, "post.example+1c9a3b7e", date(2026, 11, 12)
        ),
        "files": (
            File("bundle.json", "The proof"),
            File("story.md", "The story as published"),
            File("story.md.c2pa", "Its Content Credential"),
        ),
        "editions": tuple(Edition(tag, NAMES[tag], f"index.{tag}.html") for tag in NAMES if tag != language),
        "contact": "mailto:readers@post.example",
        "json_ld": data,
    }
    return Page(**(fields | changes))  # type: ignore[arg-type]  # a test may hand in any field


def photo() -> Page:
    """A picture that AI changed and that could pass for real."""
    of = record(
        medium=Medium.IMAGE,
        title="The quay under water",
        uses=(Use("Depict", Task.IMAGE_EDITING, Tier.T2, "Ipsum"),),
        corrections=(),
        sources=0,
        looked_for=0,
        waived=0,
    )
    return page(of, picture=Picture("quay under water.jpg", "A quay under water at dusk."))
