"""The disclosure for machines: schema.org in JSON-LD, in schema.org's own vocabulary only.

A use of AI stands where schema.org has a place for it: the page that tells how the thing was made is the
`subjectOf` the article or picture and `mentions` each AI system. Sources are never named, so `isBasedOn` is
left out.
"""

from masthead.clock import utc_day
from masthead.labels.line import line
from masthead.labels.record import Change, Record, Use
from masthead.labels.source_type import SCHEMA_ORG, source_type
from masthead.vocabulary import LABELS, MEANINGS, Medium

type JSON = str | int | float | bool | list["JSON"] | dict[str, "JSON"]


def json_ld(record: Record, *, url: str | None = None, page: str | None = None) -> dict[str, JSON]:
    """The record as one JSON-LD object in the active language, without empty values.

    `url` is where the article or picture is published, `page` where the page is that tells how it was made.
    """
    picture = record.medium is Medium.IMAGE
    declared = source_type(record)
    changes = [*record.corrections, *([record.withdrawn] if record.withdrawn else [])]
    data: dict[str, JSON | None] = {
        "@context": "https://schema.org",
        "@type": "ImageObject" if picture else "NewsArticle",
        "name" if picture else "headline": record.title,
        "url": url,
        "inLanguage": record.language if record.language != "und" else None,
        "datePublished": utc_day(record.published_on).isoformat() if record.published_on else None,
        "dateModified": utc_day(max(change.on for change in changes)).isoformat() if changes else None,
        "publisher": {"@type": "Organization", "name": record.outlet},
        "creditText": record.outlet,
        "digitalSourceType": SCHEMA_ORG[declared] if declared else None,
        "correction": [_correction(change) for change in changes],
        "creativeWorkStatus": "Withdrawn" if record.withdrawn else None,
        "subjectOf": _page(record, page),
    }
    if record.content_sha256:
        media: JSON = {"@type": "MediaObject", "sha256": record.content_sha256}
        data |= {"sha256": record.content_sha256} if picture else {"encoding": media}
    return _filled(data)


def _correction(change: Change) -> JSON:
    on = utc_day(change.on).isoformat()
    return {"@type": "CorrectionComment", "text": str(change.note), "datePublished": on}


def _page(record: Record, url: str | None) -> JSON:
    return _filled(
        {
            "@type": "WebPage",
            "url": url,
            "abstract": line(record),
            "mentions": [_system(use) for use in record.uses],
        }
    )


def _system(use: Use) -> JSON:
    told = f"{LABELS[use.task]}. {MEANINGS[use.tier]}"
    provider: JSON | None = {"@type": "Organization", "name": use.provider} if use.provider else None
    return _filled(
        {"@type": "SoftwareApplication", "name": use.system, "provider": provider, "description": told}
    )


def _filled(data: dict[str, JSON | None]) -> dict[str, JSON]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}
