"""Other software at the door, with a token of its own."""

import json
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.test.client import encode_multipart
from tests.newsroom.desk import TEXT, Desk

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.tokens import make_token, take_token, takes

ALL = tuple(Scope)
STORY = {"content": {"name": "story.md", "text": TEXT}, "title": "River", "language": "en"}


def token(desk: Desk, person: Actor, *scopes: Scope, days: int = 30) -> str:
    """The secret of a token that acts for `person`."""
    now = datetime.now(UTC)
    acts_for = Person.objects.get(pk=person.person_id)
    made = make_token(
        desk.steward, "WordPress", acts_for, scopes or ALL, now.date() + timedelta(days), now=now
    )
    return take_token(Actor(takes(made).id), made, now=now)


class Software:
    """A CMS, say: it sends JSON with its token and reads JSON."""

    def __init__(self, secret: str, **headers: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} | headers

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The response; header names with underscores for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"/api/v1{path}",
            b"" if body is None else json.dumps(body).encode(),
            "application/json",
            headers=self.headers | named,
        )

    def files(self, method: str, path: str, data: Any, files: dict[str, Any], **headers: str) -> HttpResponse:
        """The same as a multipart form, with a boundary drawn anew."""
        boundary = token_hex(16)
        body = encode_multipart(boundary, {"data": json.dumps(data), **files})
        kind = f"multipart/form-data; boundary={boundary}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, f"/api/v1{path}", body, kind, headers=self.headers | named)


def cms(desk: Desk, person: Actor, *scopes: Scope) -> Software:
    """Software that acts for `person`."""
    return Software(token(desk, person, *scopes))
