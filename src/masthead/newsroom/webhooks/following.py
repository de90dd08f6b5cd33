"""Read the log on, and make a delivery for each endpoint that is told of an entry."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from masthead.newsroom.evidence import fields
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, LogHead, RowDigest
from masthead.newsroom.items.models import Item
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.webhooks.events import PUBLIC, TOLD, Event
from masthead.newsroom.webhooks.models import Delivery, Endpoint, Follower

AT_ONCE = 500
"""Entries that are read in one transaction."""


def follow() -> int:
    """Read the log to its end; gives how many deliveries were made.

    The place and the deliveries are written together, so that a crash anywhere loses none and doubles none,
    and of two at once the other finds nothing left.
    """
    made = 0
    while (size := _unread()) is not None:
        made += _read(size)
    return made


def _unread() -> int | None:
    """The size of the log, if there is something to read; None otherwise."""
    size = LogHead.objects.values_list("size", flat=True).first() or 0
    place = Follower.objects.values_list("place", flat=True).first() or 0
    return size if place < size else None


def _read(size: int) -> int:
    with transaction.atomic():
        Follower.objects.get_or_create(pk=1)
        follower = Follower.objects.select_for_update().get(pk=1)
        endpoints = list(Endpoint.objects.filter(active=True))
        until = min(size, follower.place + AT_ONCE) if endpoints else size
        made = _deliveries(follower.place, until, endpoints) if endpoints else []
        Delivery.objects.bulk_create(made)
        Follower.objects.filter(pk=1, place__lt=until).update(place=until)
    return len(made)


def _deliveries(start: int, until: int, endpoints: Iterable[Endpoint]) -> list[Delivery]:
    entries = list(
        Entry.objects.filter(place__gte=start, place__lt=until, kind__in=list(TOLD)).order_by("place")
    )
    data = _data(entries)
    now = datetime.now(UTC)
    return [
        Delivery(
            endpoint=endpoint,
            place=entry.place,
            event=event,
            item=said.get("item", ""),
            body=body(event, entry.recorded_at, said),
            next_at=now,
            made_at=now,
        )
        for entry in entries
        if (said := data.get(entry.place)) is not None
        for event in [TOLD[Kind(entry.kind)].event]
        for endpoint in endpoints
        if event in endpoint.events and endpoint.from_place <= entry.place
    ]


def body(event: Event, at: datetime, data: Mapping[str, str]) -> str:
    """The message as it is signed and sent: the shape that Standard Webhooks recommends."""
    said = {"type": event.value, "timestamp": at.astimezone(UTC).isoformat(), "data": dict(data)}
    return json.dumps(said, separators=(",", ":"), ensure_ascii=True)


def _data(entries: list[Entry]) -> dict[int, dict[str, str]]:
    """What is said of each entry, by place: of protected items what is public, of what was erased nothing."""
    kept, systems = _fields(entries), _systems(entries)
    protected = _protected({said["item"] for said in kept.values() if "item" in said})
    data = {}
    for entry in entries:
        told, said = TOLD[Kind(entry.kind)], kept[entry.place]
        chosen = {name: said[name] for name in told.fields if name in said}
        if told.system and entry.place in systems:
            chosen["system"] = systems[entry.place]
        whole = len(chosen) == len(told.fields) + told.system
        if whole and (told.event in PUBLIC or chosen.get("item") not in protected):
            data[entry.place] = chosen
    return data


def _fields(entries: list[Entry]) -> dict[int, dict[str, Any]]:
    names = {name for told in TOLD.values() for name in told.fields}
    return {entry.place: fields.values_of(entry, names) for entry in entries}


def _systems(entries: list[Entry]) -> dict[int, str]:
    rows = RowDigest.objects.filter(entry__in=entries, table=AISystem._meta.db_table)
    return {place: str(row) for place, row in rows.values_list("entry__place", "row")}


def untellable(delivery: Delivery) -> bool:
    """Whether it is about an item that came to be protected, and about nothing that is public."""
    return delivery.event not in PUBLIC and bool(delivery.item and _protected([delivery.item]))


def _protected(public_ids: Iterable[str]) -> set[str]:
    found = Item.objects.filter(public_id__in=list(public_ids), protected=True)
    return set(found.values_list("public_id", flat=True))
