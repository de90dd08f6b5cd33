"""Who may come through a route: declared on every view, deny by default.

A view says `@needs(Action.…)`, `@signed_in` or `@public`; views of other packages are named in a table of the
site. The gatekeeper asks `access_of` before a view runs and lets nobody through where nothing is declared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.models import Account
from masthead.newsroom.accounts.permissions import Action, allowed
from masthead.vocabulary import Role

type View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Access:
    """What a route asks: nothing (`open`), a login, or a login whose role allows one of `actions`."""

    actions: tuple[Action, ...] = ()
    open: bool = False
    entrance: bool = False
    """Whether the open route is the way in: a page before the login, which may keep a session."""
    by_token: bool = False
    """Whether the route looks at the token of other software itself, operation by operation."""


PUBLIC = Access(open=True)
ENTRANCE = Access(open=True, entrance=True)
SIGNED_IN = Access()
BY_TOKEN = Access(by_token=True)


def public[F: View](view: F) -> F:
    """Let anyone in, with no session and no cookie."""
    return _declared(view, PUBLIC)


def entrance[F: View](view: F) -> F:
    """Let anyone in, on the way to a login."""
    return _declared(view, ENTRANCE)


def signed_in[F: View](view: F) -> F:
    """Let in anyone who works here."""
    return _declared(view, SIGNED_IN)


def needs[F: View](*actions: Action) -> Callable[[F], F]:
    """Let in whoever has a role that allows one of `actions`."""
    if not actions:
        raise TypeError("name the action that the view needs")
    return lambda view: _declared(view, Access(actions))


def _declared[F: View](view: F, access: Access) -> F:
    view.access = access  # type: ignore[attr-defined]  # a mark on the function, read by `access_of`
    return view


def access_of(view: View) -> Access | None:
    """What a view declares; None where it declares nothing, which lets nobody in."""
    declared = getattr(view, "access", None)
    return declared if isinstance(declared, Access) else None


@dataclass(frozen=True, slots=True)
class Someone:
    """Who is at the door: the actor of their commands, their account, the roles they hold today."""

    actor: Actor
    account: Account
    name: str
    roles: frozenset[Role]

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.actor.person_id

    def may(self, action: Action) -> bool:
        """Whether their roles allow `action`: for what a page offers. The command asks again."""
        return allowed(self.roles, action)


def someone(request: HttpRequest) -> Someone:
    """Who asks, on a route that needs a login; the gatekeeper has seen to it."""
    found = getattr(request, "someone", None)
    if not isinstance(found, Someone):
        raise TypeError("only a route that needs a login knows who asks")
    return found
