"""What the API says when it refuses: problem details (RFC 9457), in the words of the terminal and the pages.

`type` is a URN that stays the same for a kind of refusal in every language and release; `detail` says what
happened and `remedy` what to do next. Nothing of the request is repeated but the names of its fields.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError

from masthead.errors import (
    CannotRead,
    Damaged,
    MastheadError,
    NotAllowed,
    NotFound,
    NotReady,
    ReadOnly,
    Refused,
    Stale,
)
from masthead.gate.refusal import NotCleared
from masthead.language import Message
from masthead.newsroom.connections.once import InHand, OtherRequest
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.evidence import trouble
from masthead.newsroom.review.reading import obstacle_json

MEDIA_TYPE = "application/problem+json"
URN = "urn:masthead:problem:"

log = logging.getLogger(__name__)


class Unauthorized(MastheadError):
    """No token, or none that may be used."""


class OutOfScope(NotAllowed):
    """The token was not made for this."""


class TooMany(MastheadError):
    """Too many requests in too short a time."""


class Changed(Stale):
    """The item is no longer as the request's `If-Match` says."""


class Unsupported(CannotRead):
    """The body is of a kind that this address does not take."""


class TooLarge(CannotRead):
    """The body is larger than this deployment takes."""


class Malformed(CannotRead):
    """The body or a header is not what it says it is."""


class WrongMethod(MastheadError):
    """This address knows other methods."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its slug in the URN, its HTTP status, its title."""

    slug: str
    status: int
    title: Message


INVALID = Kind("invalid", 422, Message("The request is not valid"))
BROKEN = Kind("broken", 500, Message("Something broke here"))
KINDS: dict[type[MastheadError], Kind] = {
    Unauthorized: Kind("unauthorized", 401, Message("A token is needed")),
    OutOfScope: Kind("out-of-scope", 403, Message("The token was not made for this")),
    TooMany: Kind("too-many-requests", 429, Message("Too many requests")),
    InHand: Kind("in-hand", 409, Message("The same request is in hand")),
    OtherRequest: Kind("key-used", 422, Message("The idempotency key was used for another request")),
    Changed: Kind("precondition-failed", 412, Message("It changed meanwhile")),
    Unsupported: Kind("unsupported-media-type", 415, Message("The body is of a kind not taken here")),
    TooLarge: Kind("too-large", 413, Message("The body is too large")),
    Malformed: Kind("malformed", 400, Message("The request cannot be read")),
    WrongMethod: Kind("method-not-allowed", 405, Message("That cannot be done at this address")),
    NotCleared: Kind("not-cleared", 409, Message("Not cleared for publication")),
    NotAllowed: Kind("not-allowed", 403, Message("Not allowed")),
    Stale: Kind("stale", 409, Message("It changed meanwhile")),
    Refused: Kind("refused", 409, Message("The rules say no")),
    NotFound: Kind("not-found", 404, Message("Not found")),
    CannotRead: Kind("cannot-read", 422, Message("This cannot be read")),
    ReadOnly: Kind("read-only", 503, Message("This record is read-only just now")),
    Damaged: Kind("damaged", 500, Message("Stored evidence does not agree with itself")),
    NotReady: Kind("not-ready", 503, Message("Something must be set up first")),
    MastheadError: Kind("unavailable", 503, Message("Not available just now")),
}
"""The most particular first."""
LONG = 3600
"""Seconds after which to ask again where a person has to put something right first."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: where it stands (a JSON Pointer or a name), and why."""

    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """A problem as it is sent."""

    kind: Kind
    what: str
    remedy: str
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The members of the problem."""
        return {
            "type": URN + self.kind.slug,
            "title": str(self.kind.title),
            "status": self.kind.status,
            "detail": self.what,
            "remedy": self.remedy,
            **self.more,
        }


def kind_of(error: MastheadError) -> Kind:
    """What kind of problem an error is."""
    return next(kind for of, kind in KINDS.items() if isinstance(error, of))


def answered(said: Said) -> HttpResponse:
    """The response."""
    response = JsonResponse(said.to_json(), status=said.kind.status, content_type=MEDIA_TYPE)
    if said.kind.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="masthead"'
    if said.kind.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS) or (
        said.kind is KINDS[InHand]
    ):
        response["Retry-After"] = str(LONG if said.kind is KINDS[ReadOnly] else 1)
    return response


def refused(error: MastheadError) -> HttpResponse:
    """The response to an error of ours: obstacles included where the gate said no."""
    more: dict[str, Any] = {"on_record": True} if error.on_record else {}
    if isinstance(error, NotCleared):
        more["obstacles"] = [obstacle_json(each) for each in error.clearance.obstacles]
    return answered(Said(kind_of(error), str(error.what), str(error.remedy), more))


def invalid(errors: Iterable[FieldError]) -> HttpResponse:
    """The response to fields that are not as the schema says."""
    found = [{"field": each.field, "detail": each.why} for each in errors]
    names = ", ".join(each["field"] for each in found)
    what = Message("These fields are not as they should be: %(fields)s.", {"fields": names})
    remedy = Message("Correct them as the description of the API says, then send it again.")
    return answered(Said(INVALID, str(what), str(remedy), {"errors": found}))


def told(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The response to anything that went wrong; a fault of ours says nothing of what it was."""
    if isinstance(error, HttpError) and isinstance(error.__cause__, Exception):
        error = error.__cause__  # ninja says of every body that it cannot be parsed; the cause says why
    if isinstance(error, MastheadError):
        return refused(error)
    if isinstance(error, ValidationError):
        return invalid(FieldError(_place(each["loc"]), str(_why(each))) for each in error.errors)
    if isinstance(error, AuthenticationError):
        return refused(no_token())
    if isinstance(error, RequestDataTooBig):
        return refused(too_large())
    if isinstance(error, HttpError | MultiPartParserError | SuspiciousOperation | UnicodeError):
        return refused(malformed())
    if isinstance(error, Http404):
        return refused(no_address())
    if isinstance(error, Exception) and (given_up := trouble.in_words(error)) is not None:
        log.error("The database gave up: %s", type(error).__qualname__)
        return refused(given_up)
    raise error


def broken() -> HttpResponse:
    """500: a fault of ours."""
    return answered(
        Said(
            BROKEN,
            str(Message("Something broke here, and it is our fault. What was recorded before stands.")),
            str(Message("Try again; if it goes on, tell whoever runs this desk when it happened.")),
        )
    )


WHY: dict[str, Message] = {
    "missing": Message("It is missing."),
    "extra_forbidden": Message("There is no such field."),
    "twice": Message("It is given twice."),
    "string_too_short": Message("It is too short."),
    "string_too_long": Message("It is too long."),
    "too_long": Message("There are too many."),
    "string_pattern_mismatch": Message("It is not of the form that the description gives."),
    "enum": Message("It is none of the values that the description lists."),
    "one_form": Message("Give text or base64, one of the two."),
    "whole_part": Message("Give start and end, or neither."),
    "base64": Message("It is not base64."),
}


def _why(error: Mapping[str, Any]) -> Message:
    """Why a field is refused, in our words: those of the parser are English and may repeat what was sent."""
    return WHY.get(str(error.get("type")), Message("It is not of the kind that the description gives."))


def _place(where: Iterable[Any]) -> str:
    """The place of a field: `body` and the name of its parameter say nothing to whoever sent it."""
    parts = [str(part) for part in where]
    return ".".join(parts[2:] if parts[:1] == ["body"] and len(parts) > 2 else parts[1:]) or parts[0]


def no_token() -> Unauthorized:
    """What to tell who brings no token that may be used."""
    return Unauthorized(
        Message("This request has no token that may be used."),
        Message("Send `Authorization: Bearer mh_…` with a token that is neither revoked nor past its day."),
    )


def out_of_scope(scope: Scope) -> OutOfScope:
    """What to tell whose token lacks a scope."""
    return OutOfScope(
        Message("This token was not made for that: it lacks the scope “%(scope)s”.", {"scope": scope}),
        Message("Have a token made at the desk under “Connections” that may."),
    )


def no_address() -> NotFound:
    """What to tell who asks for an address that is not there."""
    return NotFound(Message("There is nothing at this address."), Message("See the addresses at /api/v1/."))


def malformed() -> Malformed:
    """What to tell who sent something that is not what it says it is."""
    return Malformed(
        Message("The body cannot be read as what it says it is."),
        Message("Send JSON in UTF-8, or multipart/form-data with a field `data` that holds JSON."),
    )


def too_large() -> TooLarge:
    """What to tell who sent too much at once."""
    return TooLarge(
        Message("The body is larger than this deployment takes."),
        Message("Send a smaller file, or have `max_upload` raised in config.toml."),
    )
