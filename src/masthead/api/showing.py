"""The record as the API gives it: plain JSON, the same in every language but for what people are told."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from masthead import labels
from masthead.language import Message, supported, using
from masthead.newsroom.connections.asking import HINDERS, Hindrance, Told
from masthead.newsroom.connections.more import Instead
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.review.models import Publication, Withdrawal
from masthead.newsroom.review.reading import Stage, obstacle_json, stage, weighed
from masthead.newsroom.review.standing import current_run
from masthead.newsroom.review.telling import as_published

LARGEST_INSTEAD = 200_000
"""Bytes of a text that is given within an answer."""


def item_json(item: Item) -> dict[str, Any]:
    """An item with its newest version. Nothing in it depends on who asks or in which language."""
    version = newest(item)
    return {
        "id": item.public_id,
        "external_ids": external_json(item),
        "title": version.title,
        "medium": item.medium,
        "stage": stage(item).value,
        "protected": bool(item.protected),
        "version": {
            **version_json(version, published=Publication.objects.filter(version=version).exists()),
            "checked": current_run(version) is not None,
            "sources": [source_json(each) for each in version.sources.all()],
            "ai_uses": [use_json(each) for each in version.ai_uses.all()],
        },
    }


def external_json(item: Item) -> list[dict[str, str]]:
    """What other software calls an item."""
    return [{"source": e.source, "external_id": e.external_id} for e in item.external_ids.all()]


def version_json(version: Version, *, published: bool) -> dict[str, Any]:
    """A version without what it was made from."""
    return {
        "number": version.number,
        "title": version.title,
        "sha256": version.sha256,
        "canonical_sha256": version.canonical_sha256,
        "media_type": version.media_type,
        "language": version.language,
        "size": version.size,
        "public_interest": version.public_interest,
        "realistic": version.realistic,
        "added_at": time_json(version.added_at),
        "published": published,
    }


def source_json(source: Source) -> dict[str, Any]:
    """What a version was made from."""
    return {
        "label": source.label,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "size": source.size,
    }


def use_json(use: AIUse) -> dict[str, Any]:
    """One AI use."""
    return {
        "system": use.system,
        "task": use.task or None,
        "tier": use.tier,
        "start": use.start,
        "end": use.end,
        "recorded_through": use.recorded_through,
    }


def lines_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Many items in few words; the number of queries does not depend on theirs."""
    listed = list(items)
    stages = _stages([item.pk for item in listed])
    return [
        {
            "id": item.public_id,
            "external_ids": external_json(item),
            "title": item.title,
            "medium": item.medium,
            "stage": stages.get(item.pk, Stage.DRAFT).value,
            "protected": bool(item.protected),
            "version": max(version.number for version in item.versions.all()),
        }
        for item in listed
    ]


def _stages(ids: list[UUID]) -> dict[UUID, Stage]:
    found = dict.fromkeys(
        Publication.objects.filter(item__in=ids).values_list("item", flat=True), Stage.PUBLISHED
    )
    corrected = Publication.objects.filter(item__in=ids, correction__isnull=False)
    found |= dict.fromkeys(corrected.values_list("item", flat=True), Stage.CORRECTED)
    withdrawn = Withdrawal.objects.filter(item__in=ids)
    return found | dict.fromkeys(withdrawn.values_list("item", flat=True), Stage.WITHDRAWN)


def findings_json(version: Version) -> dict[str, Any]:
    """What the newest checks found in a version, and what they could not look for."""
    run = current_run(version)
    return {
        "version": version.number,
        "checked": run is not None,
        "not_run": {
            check: str(Message.from_json(why)) for check, why in (run.not_run if run else {}).items()
        },
        "findings": [
            {
                "id": found.fingerprint,
                "check": found.check_id,
                "code": found.code,
                "level": found.level,
                "consequence": weight.value,
                "waived": waived,
                "message": str(Message.from_json(found.message)),
                "quote": found.quote,
                "start": found.start,
                "end": found.end,
            }
            for found, weight, waived in weighed(version)
        ],
    }


def clearance_json(told: Told) -> dict[str, Any]:
    """The gate's answer and its signed form."""
    said, decided = told.said, told.clearance
    return {
        "item": said.item,
        "version": said.version,
        "content_sha256": said.content_sha256,
        "canonical_sha256": said.canonical_sha256,
        "match": told.match.value,
        "clear": said.clear,
        "obstacles": [
            *(_hindrance_json(each) for each in told.hindrances),
            *(obstacle_json(each) for each in decided.obstacles),
        ],
        "warnings": [obstacle_json(each) for each in decided.warnings],
        "overridden": [obstacle_json(each) for each in decided.overridden],
        "at": time_json(said.at),
        "valid_until": time_json(said.valid_until),
        "log_size": said.log_size,
        "signed": told.signed,
        "instead": _instead_json(told.instead) if told.instead else None,
    }


def _instead_json(instead: Instead) -> dict[str, Any]:
    content = instead.content
    return {
        "content_sha256": sha256(content).hexdigest(),
        "media_type": instead.media_type,
        "text": content.decode() if len(content) <= LARGEST_INSTEAD else None,
    }


def _hindrance_json(hindrance: Hindrance) -> dict[str, Any]:
    message, way = HINDERS[hindrance]
    return {
        "code": hindrance.value,
        "message": str(message),
        "ways_out": [str(way)],
        "commitments": [],
        "control": None,
        "finding": None,
        "system": None,
    }


def publication_json(publication: Publication) -> dict[str, Any]:
    """What went out, and what to tell the audience beside it, in the language of the item."""
    version = publication.version
    language = supported(version.language)
    with using(language):
        disclosed = labels.disclose(as_published(publication, today=datetime.now(UTC).date()))
    return {
        "item": version.item.public_id,
        "version": version.number,
        "stage": stage(version.item).value,
        "published_at": time_json(publication.published_at),
        "content_sha256": publication.content_sha256,
        "media_type": publication.media_type,
        "disclosure": {
            "language": language,
            "line": disclosed.line,
            "mark": disclosed.mark,
            "details": [{"term": term, "said": said} for term, said in disclosed.details],
        },
    }


def time_json(moment: datetime) -> str:
    """A moment in UTC, ISO 8601."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
