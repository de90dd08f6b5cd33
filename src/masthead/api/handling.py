"""What the operations about one item share: find it, hold it to `If-Match`, have it checked, give it back."""

from contextlib import suppress

from django.http import HttpRequest

from masthead.api.bearer import caller_of
from masthead.api.operation import Answer
from masthead.api.problems import Changed, out_of_scope
from masthead.api.showing import item_json
from masthead.api.tags import etag, matched
from masthead.api.taking import BroughtIn, HandedIn
from masthead.errors import Stale
from masthead.language import Message
from masthead.newsroom.connections.bringing import Handed, Named
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.sight import item_seen, seen_or_none
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.given import not_its_own_source
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review import commands
from masthead.newsroom.review.standing import current_run


def found(request: HttpRequest, public_id: str) -> Item:
    """The item of our id, where this token may see it."""
    return item_seen(caller_of(request), public_id=public_id)


def found_by(request: HttpRequest, name: Named) -> Item:
    """The item of that external name, where this token may see it."""
    return item_seen(caller_of(request), **_called(name))


def known_by(request: HttpRequest, name: Named) -> Item | None:
    """The same; None where there is none or it is hidden."""
    return seen_or_none(caller_of(request), **_called(name))


def _called(name: Named) -> dict[str, str]:
    return {"external_ids__source": name.source, "external_ids__external_id": name.external_id}


def wants_protected(request: HttpRequest, body: BroughtIn) -> bool:
    """Whether the item is to be protected; refuses a token that would not see what it brought in."""
    if body.protected and not caller_of(request).has(Scope.PROTECTED):
        raise out_of_scope(Scope.PROTECTED)
    return bool(body.protected)


def hold_to_match(request: HttpRequest, item: Item | None) -> None:
    """Refuse with `Changed` where `If-Match` names another state, or `If-None-Match: *` finds an item."""
    turn = getattr(request, "turn", None)
    if turn is not None and turn.cut_off:
        return  # it was held to it the first time, and is what changed the item since
    wanted = request.headers.get("If-Match")
    fresh_only = request.headers.get("If-None-Match") == "*"
    if wanted is None and not (fresh_only and item is not None):
        return
    if item is not None and not fresh_only and matched(wanted or "", etag(item_json(item))):
        return
    raise Changed(
        Message("The item is no longer as you know it; nothing was changed."),
        Message("Read it again, look at what changed, then send it with the new ETag."),
    )


def matched_newest(request: HttpRequest, item: Item) -> Version:
    """The newest version of the item as the request knows it.

    Read before the tags are compared: one that is added in between makes them differ, and one that is added
    after that is refused by the command, which takes the newest version alone.
    """
    version = newest(item)
    hold_to_match(request, item)
    return version


def handed(body: HandedIn) -> Handed:
    """What is handed over, as the commands take it."""
    given, sources = body.content.given(), tuple(source.given() for source in body.sources)
    not_its_own_source(given, sources)
    return Handed(
        given=given,
        sources=sources,
        uses=tuple(use.given() for use in body.ai_uses),
        answers=body.answers(),
        language=body.language,
    )


def checked(request: HttpRequest, version: Version) -> None:
    """Have the checks look at a version, unless they know all of it already.

    Where a source or an AI use came in meanwhile, whoever brought it has them look again.
    """
    if current_run(version) is None:
        with suppress(Stale):
            commands.run_checks(caller_of(request).actor, version)


def item_answer(item: Item, *, status: int = 200) -> Answer:
    """An item, with its ETag and its address."""
    body = item_json(Item.objects.get(pk=item.pk))
    headers = {"ETag": etag(body)}
    if status == 201:
        headers["Location"] = f"/api/v1/items/{item.public_id}"
    return Answer(body, status, headers)
