"""Make, take and revoke a token; know whose token it is that knocks.

Whoever makes a token never sees it, unless it acts for themselves or for someone who has no login: nobody
lends another's name to a machine. The person it acts for takes it, and is shown it once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from masthead.clock import day_of
from masthead.errors import NotAllowed, NotFound, Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require, roles
from masthead.newsroom.accounts.models import Account, LoginGrant, Person
from masthead.newsroom.accounts.permissions import Action, allowed
from masthead.newsroom.connections.models import Token
from masthead.newsroom.connections.scopes import ASKS, SEEING, Scope
from masthead.newsroom.connections.secret import digest, new_secret, well_formed
from masthead.newsroom.said import at_most
from masthead.vocabulary import Role

LONGEST = timedelta(days=366)
"""For how long a token may be made; then someone looks at it again."""

THROUGH = "api"
"""The door that the log names for what is done by token."""


WITHOUT_CONTENT = frozenset({Scope.REGISTER.value, Scope.WEBHOOKS.value})
"""Scopes that show nothing of any item."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Other software at the door: its token, the person it acts for, the roles they hold today."""

    token: Token
    actor: Actor
    roles: frozenset[Role]

    def has(self, scope: Scope) -> bool:
        """Whether the token was made for `scope`."""
        return scope.value in self.token.scopes

    def may(self, *actions: Action) -> bool:
        """Whether the person's roles allow one of `actions`. The command asks again."""
        return any(allowed(self.roles, action) for action in actions)


def make_token(
    actor: Actor, name: str, person: Person, scopes: Collection[Scope], expires_on: date, *, now: datetime
) -> Token:
    """A token that waits to be taken. `Refused` where it is not named, for nothing, or for too long."""
    require(actor, Action.MANAGE_CONNECTIONS, now=now)
    name = at_most(name, 100)
    if not name or not scopes:
        raise Refused(
            Message("A token is made for a named software, and for something it may do."),
            Message("Name the software, and choose what it may do."),
        )
    if not day_of(now) <= expires_on <= day_of(now) + LONGEST:
        raise Refused(
            Message("A token ends on a day within a year from now."),
            Message("Choose the last day it is used."),
        )
    _must_be_able(actor, person, [scope.value for scope in scopes], now=now)
    return Token.objects.create(
        name=name,
        person=person,
        scopes=sorted({scope.value for scope in scopes}),
        made_by_id=actor.person_id,
        made_on=day_of(now),
        expires_on=expires_on,
    )


def _must_be_able(actor: Actor, person: Person, scopes: Collection[str], *, now: datetime) -> None:
    """Whoever takes a token for someone without a login acts by it: no more than their own role lets them."""
    if actor.person_id == person.id or _has_login(person):
        return
    held = roles(actor.person_id, on=day_of(now))
    wanted = {
        Action.SEE_ITEM: bool(set(scopes) - WITHOUT_CONTENT),
        Action.SEE_PROTECTED: Scope.PROTECTED.value in scopes,
    } | {action: True for scope in scopes for action in _does(Scope(scope))}
    if any(asked and not allowed(held, action) for action, asked in wanted.items()):
        raise NotAllowed(
            Message("This token would let you see or do what your role does not."),
            Message("Have it made by someone who may do that, or for someone who signs in and takes it."),
        )


def _does(scope: Scope) -> set[Action]:
    """What a scope does, besides showing; what it shows is asked for apart."""
    return set(ASKS[scope]) - set(SEEING)


def _has_login(person: Person) -> bool:
    return Account.objects.filter(person=person, is_active=True).exists()


def takes(token: Token) -> Person:
    """Who may take a token: the person it acts for, or its maker where that person has no login."""
    return token.person if _has_login(token.person) else token.made_by


def take_token(actor: Actor, token: Token, *, now: datetime) -> str:
    """The secret, this once: only its hash is kept."""
    if actor.person_id != takes(token).id:
        raise NotAllowed(
            Message("This token acts for someone else."),
            Message("They take it themselves, under “Connections”."),
        )
    _must_be_able(actor, token.person, token.scopes, now=now)
    secret = new_secret()
    waiting = Token.objects.filter(pk=token.pk, digest="", revoked_at=None)
    if not waiting.update(digest=digest(secret), ending=secret[-4:]):
        raise Refused(
            Message("This token was taken already, or revoked. It is shown once only."),
            Message("Revoke it and have another made."),
        )
    return secret


def revoke_token(actor: Actor, token: Token, *, now: datetime) -> None:
    """End a token at once. The person it acts for may, and whoever manages connections."""
    if actor.person_id != token.person_id:
        require(actor, Action.MANAGE_CONNECTIONS, now=now)
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def token_called(token_id: UUID) -> Token:
    """The token of that id."""
    found = Token.objects.filter(pk=token_id).select_related("person", "made_by").first()
    if found is None:
        raise NotFound(
            Message("There is no such token."), Message("See those there are under “Connections”.")
        )
    return found


def every_token() -> QuerySet[Token]:
    """Every token ever made, the newest first."""
    return Token.objects.select_related("person", "made_by")


def caller(secret: str, *, now: datetime) -> Caller | None:
    """Whose token this is, if it may be used now; the day is noted once a day."""
    if not well_formed(secret):
        return None
    token = Token.objects.filter(digest=digest(secret)).select_related("person").first()
    today = day_of(now)
    if token is None or _by_itself(token, today) is not Standing.OPEN:
        return None
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    return Caller(token, Actor(token.person_id, THROUGH), roles(token.person_id, on=today))


def _over(person: Person, today: date) -> bool:
    """Whether someone's last day is past, or their login was ended: what they took themselves ends with both.

    Whoever never had a login took nothing; for them, a person "WordPress" say, others did.
    """
    if person.ends_on is not None and person.ends_on < today:
        return True
    return LoginGrant.objects.filter(person=person).exists() and not _has_login(person)


class Standing(StrEnum):
    """How a token stands."""

    WAITING = "waiting"
    OPEN = "open"
    GONE = "gone"
    POWERLESS = "powerless"
    OVER = "over"
    REVOKED = "revoked"


STANDINGS = {
    Standing.WAITING: Message("waits to be taken"),
    Standing.OPEN: Message("in use"),
    Standing.GONE: Message("opens nothing: the login or the time here of whom it acts for has ended"),
    Standing.POWERLESS: Message("opens nothing: whom it acts for has no role that lets it"),
    Standing.OVER: Message("past its last day"),
    Standing.REVOKED: Message("revoked"),
}


def standing(token: Token, today: date) -> Standing:
    """How a token stands on a day; it opens something only while it is `OPEN`."""
    found = _by_itself(token, today)
    if found in (Standing.OPEN, Standing.WAITING) and not lets(token, today):
        return Standing.POWERLESS
    return found


def _by_itself(token: Token, today: date) -> Standing:
    """The same whatever the roles of its person let it: who asks by it is told which one is missing."""
    if token.revoked_at is not None:
        return Standing.REVOKED
    if today > token.expires_on:
        return Standing.OVER
    if _over(token.person, today):
        return Standing.GONE
    return Standing.OPEN if token.digest else Standing.WAITING


def lets(token: Token, today: date) -> frozenset[Scope]:
    """Of what a token was made for, what the roles of its person let it do on a day."""
    held = roles(token.person_id, on=today)
    made_for = [scope for scope in Scope if scope.value in token.scopes]
    return frozenset(scope for scope in made_for if any(allowed(held, each) for each in ASKS[scope]))
