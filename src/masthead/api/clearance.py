"""May this be published, and if not why not."""

from datetime import UTC, datetime

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from masthead.api.giving.clearance import ClearanceOut
from masthead.api.handling import found, found_by
from masthead.api.operation import Answer, operation
from masthead.api.showing import clearance_json
from masthead.api.taking import AskedIn, ExternalName, ItemId, SourceName
from masthead.newsroom.connections.asking import about
from masthead.newsroom.connections.bringing import Named
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.items.models import Item

router = Router(tags=["Clearance"])
BY_NAME = "/items/by-external-id/{source}/{external_id}/clearance"
BY_ID = "/items/{item_id}/clearance"
HASH = Query(
    None,
    pattern="^[0-9a-f]{64}$",
    description="SHA-256 of the bytes you are about to publish; left out, the newest version on record.",
)
OUT = {200: ClearanceOut}


@operation(
    router, "GET", BY_NAME, Scope.CLEARANCE, OUT, summary="Ask the gate, by your own id", problems=(404,)
)
def ask_by_name(
    request: HttpRequest, source: SourceName, external_id: ExternalName, content_sha256: str | None = HASH
) -> Answer:
    """Clear, or every obstacle at once with its ways out; signed, and good for five minutes."""
    return _told(found_by(request, Named(source, external_id)), content_sha256)


@operation(
    router,
    "POST",
    BY_NAME,
    Scope.CLEARANCE,
    OUT,
    summary="Ask about content by your own id",
    problems=(404,),
    files=True,
)
def ask_with_content_by_name(
    request: HttpRequest, source: SourceName, external_id: ExternalName, body: AskedIn
) -> Answer:
    """As below, by your own id."""
    return _told_of(found_by(request, Named(source, external_id)), body)


@operation(
    router, "GET", BY_ID, Scope.CLEARANCE, OUT, summary="Ask whether it may be published", problems=(404,)
)
def ask(request: HttpRequest, item_id: ItemId, content_sha256: str | None = HASH) -> Answer:
    """Clear, or every obstacle at once with its ways out; signed, and good for five minutes."""
    return _told(found(request, item_id), content_sha256)


@operation(
    router,
    "POST",
    BY_ID,
    Scope.CLEARANCE,
    OUT,
    summary="Ask about content sent along",
    problems=(404,),
    files=True,
)
def ask_with_content(request: HttpRequest, item_id: ItemId, body: AskedIn) -> Answer:
    """About content sent along: other bytes of the same canonical form are covered, anything else is not."""
    return _told_of(found(request, item_id), body)


def _told(item: Item, sha256: str | None) -> Answer:
    return Answer(clearance_json(about(item, now=datetime.now(UTC), sha256=sha256)))


def _told_of(item: Item, body: AskedIn) -> Answer:
    return Answer(clearance_json(about(item, now=datetime.now(UTC), content=body.content.given())))
