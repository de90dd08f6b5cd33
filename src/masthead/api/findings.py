"""Findings: read them, filter them, waive one in the name of the person."""

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Path, Query

from masthead.api.bearer import caller_of
from masthead.api.giving.clearance import FindingsOut, WaiverOut
from masthead.api.handling import found
from masthead.api.operation import Answer, operation, turn_of
from masthead.api.showing import findings_json, time_json
from masthead.api.taking import ItemId, WaiverIn
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.items.commands import newest
from masthead.newsroom.review.commands import waive
from masthead.newsroom.review.commands.deciding import finding_called
from masthead.newsroom.review.models import Waiver
from masthead.vocabulary import Consequence, Level

router = Router(tags=["Findings"])


@operation(
    router,
    "GET",
    "/items/{item_id}/findings",
    Scope.READ,
    {200: FindingsOut},
    summary="List the findings of the newest version",
    problems=(404,),
)
def list_findings(
    request: HttpRequest,
    item_id: ItemId,
    level: Level | None = None,
    consequence: Consequence | None = None,
    check: str | None = Query(None, max_length=64),
    waived: bool | None = None,
) -> Answer:
    """In the order of the text. `consequence` is what the controls in force make of a finding."""
    told = findings_json(newest(found(request, item_id)))
    wanted = {"level": level, "consequence": consequence, "check": check, "waived": waived}
    asked = {name: value for name, value in wanted.items() if value is not None}
    told["findings"] = [
        each for each in told["findings"] if all(each[name] == value for name, value in asked.items())
    ]
    return Answer(told)


@operation(
    router,
    "POST",
    "/items/{item_id}/findings/{finding_id}/waiver",
    Scope.WAIVE,
    {201: WaiverOut},
    summary="Waive a finding",
    problems=(404,),
    changes=True,
)
def waive_finding(
    request: HttpRequest,
    item_id: ItemId,
    body: WaiverIn,
    finding_id: str = Path(..., pattern="^[0-9a-f]{6,64}$"),
) -> Answer:
    """A decision of the person this token acts for: have your software ask them each time."""
    version = newest(found(request, item_id))
    waiver = turn_of(request).recorded(Waiver) or waive(
        caller_of(request).actor, version, finding_called(version, finding_id), body.reason, body.note
    )
    told = {
        "finding": waiver.fingerprint,
        "reason": waiver.reason,
        "waived_at": time_json(waiver.waived_at),
    }
    return Answer(told, 201)
