"""One operation: what it asks of a token, what it answers, and whether it is done once under a key.

Every operation is declared here and nowhere else, so that none can forget to say who may.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from inspect import signature
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import ValidationError
from ninja.responses import Status

from masthead.api.bearer import Token, caller_of
from masthead.api.problems import Malformed
from masthead.language import Message
from masthead.newsroom.connections import once as doing
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.sight import item_seen
from masthead.newsroom.connections.tokens import Caller

PROBLEMS = (401, 403, 422, 429, 503)
LONGEST_KEY = 255

KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "description": "The same key with the same request is done once and answered alike, for 24 hours.",
}
MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}(-gzip)?"$'},
    "description": "The ETag of the item as you know it; where it changed meanwhile, nothing is done (412).",
}
FILES = {
    "type": "object",
    "properties": {
        "data": {"type": "string", "contentMediaType": "application/json", "description": "The same JSON."},
        "content": {"type": "string", "format": "binary", "description": "Stands for the field content."},
        "source": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "Each stands for one more of sources.",
        },
    },
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation gives: a JSON body, its status, and headers such as ETag and Location."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def operation[F: Callable[..., Answer]](
    router: Router,
    method: str,
    path: str,
    scope: Scope,
    answers: Mapping[int, Any],
    *,
    summary: str,
    problems: tuple[int, ...] = (),
    changes: bool = False,
    matches: bool = False,
    files: bool = False,
) -> Callable[[F], F]:
    """Declare the function below as an operation.

    `changes` is for what records: it takes an idempotency key, and the function a `turn` by that name.
    """
    extra = _extra(scope, method, problems, changes=changes, matches=matches, files=files)

    def declared(view: F) -> F:
        known = frozenset(signature(view).parameters)
        router.api_operation(
            [method],
            path,
            auth=Token(scope),
            response=dict(answers),
            operation_id=view.__name__,
            summary=summary,
            openapi_extra=extra,
        )(_once(view, known) if changes else _plain(view, known))
        return view

    return declared


def _extra(
    scope: Scope, method: str, problems: tuple[int, ...], *, changes: bool, matches: bool, files: bool
) -> dict[str, Any]:
    body = (400, 413, 415) if method in ("POST", "PUT") else ()
    codes = sorted({*PROBLEMS, *problems, *body, *((409,) if changes else ()), *((412,) if matches else ())})
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    extra: dict[str, Any] = {
        "x-scope": scope.value,
        "responses": {code: {"description": HTTPStatus(code).phrase, "content": problem} for code in codes},
        "parameters": [*([KEY] if changes else []), *([MATCH] if matches else [])],
    }
    if files:
        extra["requestBody"] = {"content": {"multipart/form-data": {"schema": FILES}}}
    return extra


def _plain(view: Callable[..., Answer], known: Collection[str]) -> Callable[..., Status[Any]]:
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Status[Any]:
        _refuse_unknown(request, known)
        return _sent(request, view(request, *args, **kwargs))

    return run


def _refuse_unknown(request: HttpRequest, known: Collection[str]) -> None:
    """A misspelt parameter is an error: who asks about other content than they mean must not be cleared.

    So is one that is given twice: only one of the two would be looked at.
    """
    wrong = [name for name in request.GET if name not in known]
    if wrong:
        raise ValidationError([{"type": "extra_forbidden", "loc": ("query", "parameters")}])
    twice = [name for name, values in request.GET.lists() if len(values) > 1]
    if twice:
        raise ValidationError([{"type": "twice", "loc": ("query", name)} for name in twice])


def _once(view: Callable[..., Answer], known: Collection[str]) -> Callable[..., Status[Any]]:
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Status[Any]:
        _refuse_unknown(request, known)
        caller = caller_of(request)
        key, now = _key(request), datetime.now(UTC)
        with doing.once(caller.token, key, _fingerprint(request) if key else "", now=now) as turn:
            if turn.answered is not None:
                kept = turn.answered
                _still_seen(caller, kept, kwargs)
                return _sent(request, Answer(kept.body, kept.status, kept.headers))
            request.turn = turn  # type: ignore[attr-defined]  # read by `turn_of`
            answer = view(request, *args, **kwargs)
            turn.answer(doing.Answer(answer.status, answer.body, answer.headers))
        return _sent(request, answer)

    return run


def _still_seen(caller: Caller, kept: doing.Answer, asked: Mapping[str, Any]) -> None:
    """Raise `NotFound` where what was answered is about an item that is hidden from the caller by now."""
    item_seen(caller, public_id=asked.get("item_id") or kept.body["id"])


def turn_of(request: HttpRequest) -> doing.Turn:
    """The turn of an operation that changes something."""
    turn = request.turn  # type: ignore[attr-defined]  # set above
    assert isinstance(turn, doing.Turn)  # noqa: S101 - only operations that change something ask
    return turn


def _sent(request: HttpRequest, answer: Answer) -> Status[Any]:
    request.api_headers = {**getattr(request, "api_headers", {}), **answer.headers}  # type: ignore[attr-defined]
    return Status(answer.status, answer.body)


def _key(request: HttpRequest) -> str | None:
    """The key of the header, a string of RFC 8941 or, as many write it, without its quotation marks."""
    said = request.headers.get("Idempotency-Key")
    if said is None:
        return None
    bare = said.strip()
    if len(bare) >= 2 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    if not bare or len(bare) > LONGEST_KEY or any(not " " <= c <= "~" for c in bare):
        raise Malformed(
            Message("The idempotency key is not one."),
            Message("Send 1 to 255 printable characters, a fresh UUID say, in the header Idempotency-Key."),
        )
    return bare


def _fingerprint(request: HttpRequest) -> str:
    """Stands for a request: its method, its address and what it says; a boundary drawn anew is no change."""
    if request.content_type == "multipart/form-data":
        parts = sorted((name, value) for name, values in request.POST.lists() for value in values)
        files = []
        for name, uploads in request.FILES.lists():
            for upload in uploads:
                upload.seek(0)
                files.append((name, upload.name, sha256(upload.read()).hexdigest()))
                upload.seek(0)
        said = json.dumps([parts, sorted(files)])
    else:
        said = sha256(request.body).hexdigest()
    matched = request.headers.get("If-Match", "")
    whole = json.dumps([request.method, request.get_full_path(), matched, said])
    return sha256(whole.encode()).hexdigest()
