"""Items: list, bring in, bring up to date."""

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from masthead.api.bearer import caller_of
from masthead.api.cursor import page_of
from masthead.api.giving.items import ItemOut, ItemsOut
from masthead.api.handling import (
    checked,
    found,
    found_by,
    handed,
    hold_to_match,
    item_answer,
    known_by,
    matched_newest,
    wants_protected,
)
from masthead.api.operation import Answer, operation, turn_of
from masthead.api.showing import lines_json
from masthead.api.taking import BroughtIn, ExternalName, HandedIn, ItemId, SourceName
from masthead.errors import Stale
from masthead.newsroom.connections.bringing import Named, bring_in, bring_up
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.sight import seen_by
from masthead.newsroom.items.models import Item, Version

router = Router(tags=["Items"])
BOTH = {200: ItemOut, 201: ItemOut}


@operation(router, "GET", "/items", Scope.READ, {200: ItemsOut}, summary="List items, the newest first")
def list_items(
    request: HttpRequest,
    cursor: str | None = Query(None, max_length=64),
    limit: int = Query(50, ge=1, le=100),
    medium: str | None = Query(None, pattern="^(text|image)$"),
) -> Answer:
    """Items whose working record this token opens. Go on with `cursor` as long as `next` gives one."""
    items = seen_by(caller_of(request)).prefetch_related("versions", "external_ids")
    if medium:
        items = items.filter(medium=medium)
    page, following = page_of(items, cursor, limit)
    return Answer({"items": lines_json(page), "next": following})


@operation(
    router,
    "POST",
    "/items",
    Scope.WRITE,
    {201: ItemOut},
    summary="Bring an item in",
    changes=True,
    files=True,
)
def create_item(request: HttpRequest, body: BroughtIn) -> Answer:
    """Without a name of yours; send an idempotency key, so that a request sent twice makes one item."""
    protected = wants_protected(request, body)
    version = turn_of(request).recorded(Version)
    if version is None:
        version = bring_in(caller_of(request).actor, handed(body), protected=protected)
    return _brought(request, version, body, status=201)


@operation(
    router,
    "PUT",
    "/items/by-external-id/{source}/{external_id}",
    Scope.WRITE,
    BOTH,
    summary="Bring an item in, or up to date, under your own id",
    problems=(404,),
    changes=True,
    matches=True,
    files=True,
)
def put_item(request: HttpRequest, source: SourceName, external_id: ExternalName, body: BroughtIn) -> Answer:
    """The way for a CMS: send the state it has as often as it likes; only what is new is recorded.

    With `If-None-Match: *` an item that is there already is left as it is (412).
    """
    name, actor = Named(source, external_id), caller_of(request).actor
    protected, known = wants_protected(request, body), known_by(request, name)
    done = turn_of(request).recorded(Version)
    if known is None:
        # Also where the item is hidden: whatever can be wrong with the request is told alike, and only
        # whoever would have brought an item in learns that the name is taken.
        hold_to_match(request, None)
        try:
            brought = bring_in(actor, handed(body), name, protected=protected)
            return _brought(request, brought, body, status=201)
        except Stale:
            known = found_by(request, name)
            if request.headers.get("If-None-Match") == "*":
                raise
    if done is not None:
        return _brought(request, done, body, status=201 if done.number == 1 else 200)
    base = matched_newest(request, known)
    return _brought(request, bring_up(actor, base, handed(body), protected=body.protected), body)


@operation(
    router,
    "PUT",
    "/items/{item_id}",
    Scope.WRITE,
    {200: ItemOut},
    summary="Bring an item up to date",
    problems=(404,),
    changes=True,
    matches=True,
    files=True,
)
def update_item(request: HttpRequest, item_id: ItemId, body: BroughtIn) -> Answer:
    """As under your own id, but the item must be there."""
    item = found(request, item_id)
    wants_protected(request, body)
    version = turn_of(request).recorded(Version)
    if version is None:
        base = matched_newest(request, item)
        version = bring_up(caller_of(request).actor, base, handed(body), protected=body.protected)
    return _brought(request, version, body)


@operation(
    router,
    "GET",
    "/items/by-external-id/{source}/{external_id}",
    Scope.READ,
    {200: ItemOut},
    summary="Read an item by your own id",
    problems=(404,),
)
def read_item_by_name(request: HttpRequest, source: SourceName, external_id: ExternalName) -> Answer:
    """The item with its newest version; its ETag is for `If-Match`."""
    return item_answer(found_by(request, Named(source, external_id)))


@operation(
    router, "GET", "/items/{item_id}", Scope.READ, {200: ItemOut}, summary="Read an item", problems=(404,)
)
def read_item(request: HttpRequest, item_id: ItemId) -> Answer:
    """The item with its newest version; its ETag is for `If-Match`."""
    return item_answer(found(request, item_id))


def _brought(request: HttpRequest, version: Version, body: HandedIn, *, status: int = 200) -> Answer:
    if body.check:
        checked(request, version)
    return item_answer(Item.objects.get(pk=version.item_id), status=status)
