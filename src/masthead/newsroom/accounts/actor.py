"""Who acts in a command, and through which door they said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from masthead.clock import day_of
from masthead.errors import NotAllowed, NotFound, NotReady, Refused
from masthead.language import Message
from masthead.newsroom.accounts.models import Organisation, Person, RoleGrant
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.prepared import Prepared
from masthead.newsroom.said import as_kept, key
from masthead.vocabulary import LABELS, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a door. At a terminal the name is as said there: nobody proved it, and the log says so."""

    person_id: UUID
    through: str = "terminal"


_HOUSE = Prepared(lambda: Organisation.objects.order_by("pk")[:1])
_HELD = Prepared(
    lambda person, day: RoleGrant.objects.filter(
        Q(person__ends_on=None) | Q(person__ends_on__gte=day),
        person=person,
        person__erased_on=None,
        ended_at=None,
    )
)


def organisation() -> Organisation:
    """The organisation this database serves; `NotReady` before `masthead init`."""
    found = _HOUSE.first()
    if found is None:
        raise NotReady(
            Message("There is no organisation here yet."),
            Message("Run `masthead init` in this folder first."),
        )
    return found


def named(name: str, *, erased: bool = False) -> Person:
    """The person or office of that name, whatever its case; `NotFound` with what to do.

    What stands for an erased name, in any of our languages, finds somebody only where `erased` is said:
    nobody acts under it.
    """
    found = Person.objects.filter(key=key(name)).first()
    if found is None and (kept := key(as_kept(name))) != key(name):
        found = Person.objects.filter(key=kept).first()
    if found is None or (found.erased_on and not erased):
        raise NotFound(
            Message("No person or office here goes by that name."),
            Message("Look among the people who work here, or add them."),
        )
    return found


def refuse_erased(person: Person) -> None:
    """Raise `Refused` where the name of `person` was erased: they get no role and no login any more."""
    if Person.objects.filter(pk=person.pk).exclude(erased_on=None).exists():
        raise Refused(
            Message("Their name was erased from the record, which knows them no more."),
            Message("Who comes back is added anew, as somebody else."),
        )


def roles(person_id: UUID, *, on: date) -> frozenset[Role]:
    """The roles a person holds on a day of the outlet's; none after their time, or once erased."""
    return frozenset(Role(grant.role) for grant in _HELD(person_id, on))


def require(actor: Actor, action: Action, *, now: datetime) -> Role:
    """The role that allows `actor` to do `action`; `NotAllowed` names the roles that may.

    Called inside `record()`, so that a role that ended meanwhile allows nothing.
    """
    held = roles(actor.person_id, on=day_of(now))
    for role in MAY[action]:
        if role in held:
            return role
    raise refusal(action)


def require_to_give(actor: Actor, given: Iterable[Role], *, now: datetime) -> None:
    """Raise `NotAllowed` unless `actor` may give these roles, or a login to who holds them.

    A login hands out every role of its person. An administrator, who sees no content, gives none that does.
    """
    require(actor, Action.MANAGE_PEOPLE, now=now)
    if any(role is not Role.ADMINISTRATOR for role in given):
        require(actor, Action.GIVE_ROLE, now=now)


def refusal(*actions: Action) -> NotAllowed:
    """What to tell someone whose role allows none of `actions`: who may."""
    may = dict.fromkeys(role for action in actions for role in MAY[action])
    return NotAllowed(
        Message("Your role does not allow this."),
        Message("Ask someone who may: %(roles)s.", {"roles": _listed(may)}),
    )


def _listed(members: Iterable[Role]) -> str:
    return ", ".join(str(LABELS[role]) for role in members)
