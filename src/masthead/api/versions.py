"""The versions of an item, what each was made from, and what AI did to it."""

from django.http import HttpRequest
from ninja import Router

from masthead.api.bearer import caller_of
from masthead.api.giving.items import ItemOut, SourcesOut, UsesOut, VersionsOut
from masthead.api.handling import checked, found, handed, item_answer, matched_newest
from masthead.api.operation import Answer, operation, turn_of
from masthead.api.showing import source_json, use_json, version_json
from masthead.api.taking import ContentIn, HandedIn, ItemId, Taken, UseIn
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.items import commands
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.review.commands import run_checks
from masthead.newsroom.review.models import CheckRun, Publication

router = Router(tags=["Versions"])


class SourceIn(Taken):
    """What the newest version was made from."""

    content: ContentIn
    check: bool = True


class RecordedUseIn(UseIn):
    """An AI use of the newest version."""

    check: bool = True


@operation(
    router,
    "GET",
    "/items/{item_id}/versions",
    Scope.READ,
    {200: VersionsOut},
    summary="List the versions",
    problems=(404,),
)
def list_versions(request: HttpRequest, item_id: ItemId) -> Answer:
    """Every version, the newest first."""
    item = found(request, item_id)
    out = set(Publication.objects.filter(item=item).values_list("version", flat=True))
    rows = item.versions.order_by("-number")
    return Answer({"versions": [version_json(each, published=each.pk in out) for each in rows]})


@operation(
    router,
    "POST",
    "/items/{item_id}/versions",
    Scope.WRITE,
    {201: ItemOut},
    summary="Add a version",
    problems=(404,),
    changes=True,
    matches=True,
    files=True,
)
def add_version(request: HttpRequest, item_id: ItemId, body: HandedIn) -> Answer:
    """Send `If-Match`, so that a version that someone else added meanwhile is not passed over."""
    item = found(request, item_id)
    version = turn_of(request).recorded(Version)
    if version is None:
        base = matched_newest(request, item)
        new = handed(body)
        version = commands.add_version(
            caller_of(request).actor,
            base,
            new.given,
            sources=new.sources,
            uses=new.uses,
            answers=new.answers,
            language=new.language,
        )
    return _after(request, item, version, check=body.check)


@operation(
    router,
    "GET",
    "/items/{item_id}/sources",
    Scope.READ,
    {200: SourcesOut},
    summary="List the sources of the newest version",
    problems=(404,),
)
def list_sources(request: HttpRequest, item_id: ItemId) -> Answer:
    """What the newest version was made from."""
    version = newest(found(request, item_id))
    return Answer({"sources": [source_json(each) for each in version.sources.all()]})


@operation(
    router,
    "POST",
    "/items/{item_id}/sources",
    Scope.WRITE,
    {201: ItemOut},
    summary="Add a source to the newest version",
    problems=(404,),
    changes=True,
    matches=True,
    files=True,
)
def add_source(request: HttpRequest, item_id: ItemId, body: SourceIn) -> Answer:
    """The checks look again, since they knew less."""
    item = found(request, item_id)
    source = turn_of(request).recorded(Source)
    if source is None:
        base = matched_newest(request, item)
        source = commands.add_source(caller_of(request).actor, base, body.content.given())
    return _after(request, item, source.version, check=body.check)


@operation(
    router,
    "GET",
    "/items/{item_id}/ai-uses",
    Scope.READ,
    {200: UsesOut},
    summary="List the AI uses of the newest version",
    problems=(404,),
)
def list_ai_uses(request: HttpRequest, item_id: ItemId) -> Answer:
    """What AI did to the newest version."""
    version = newest(found(request, item_id))
    return Answer({"ai_uses": [use_json(each) for each in version.ai_uses.all()]})


@operation(
    router,
    "POST",
    "/items/{item_id}/ai-uses",
    Scope.WRITE,
    {201: ItemOut},
    summary="Record an AI use on the newest version",
    problems=(404,),
    changes=True,
    matches=True,
)
def record_ai_use(request: HttpRequest, item_id: ItemId, body: RecordedUseIn) -> Answer:
    """The checks look again, since they knew less."""
    item = found(request, item_id)
    use = turn_of(request).recorded(AIUse)
    if use is None:
        base = matched_newest(request, item)
        use = commands.record_use(caller_of(request).actor, base, body.given())
    return _after(request, item, use.version, check=body.check)


@operation(
    router,
    "POST",
    "/items/{item_id}/checks",
    Scope.WRITE,
    {200: ItemOut},
    summary="Run the checks on the newest version",
    problems=(404,),
    changes=True,
)
def check_item(request: HttpRequest, item_id: ItemId) -> Answer:
    """Even where they ran before: a system's credential may have come to be trusted since."""
    item = found(request, item_id)
    if turn_of(request).recorded(CheckRun) is None:
        run_checks(caller_of(request).actor, newest(item))
    return item_answer(item)


def _after(request: HttpRequest, item: Item, version: Version, *, check: bool) -> Answer:
    if check:
        checked(request, version)
    return item_answer(item, status=201)
