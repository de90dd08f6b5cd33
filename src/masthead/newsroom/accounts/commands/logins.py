"""Give a person a login and end it. The login is no evidence; that a person was given one is."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead.errors import NotAllowed, Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, refuse_erased, require
from masthead.newsroom.accounts.invitations import (
    end_invitations,
    invitation_of,
    may_give_login,
    may_log_in,
    withdrawn,
)
from masthead.newsroom.accounts.models import Account, Invitation, LoginGrant, Person
from masthead.newsroom.accounts.permissions import MAY, Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record

type Ground = Callable[[Recording], UUID | None]
"""Asked under the lock: who stands behind this login. Raises where nobody does."""


def accept_invitation(token: str, email: str, password: str | None) -> Account:
    """The login that an invitation promises, with this address and password; None for a passkey instead.

    It leads nowhere where they have a login by now, or where whoever invited may not give their roles.
    """
    invitation = invitation_of(token)

    def invited(r: Recording) -> UUID:
        now = invitation_of(token)
        try:
            may_give_login(Actor(now.invited_by_id), now.person, r.now)
        except NotAllowed as error:
            raise withdrawn() from error
        if Account.objects.filter(person=now.person).exists():
            raise withdrawn()
        Invitation.objects.filter(pk=invitation.pk).update(used_at=r.now)
        return invitation.invited_by_id

    return _give(invitation.person, email, password, Actor(invitation.person_id, "desk"), invited)


def first_login(person: Person, email: str, *, hashed: str) -> Account:
    """The login of whoever founds the organisation, while nobody has one.

    `hashed` is the password as Django keeps it.
    """

    def nobody_yet(r: Recording) -> None:
        if Account.objects.exclude(person=None).exists():
            raise Refused(Message("Someone can log in here already."), Message("Ask them for an invitation."))

    account = Account(person=person, email=address(email), password=hashed)
    return _record(person, account, Actor(person.id, "desk"), nobody_yet)


def give_login(actor: Actor, person: Person, email: str, password: str) -> Account:
    """A login whose password somebody else chose: for a terminal. An invitation is the better way."""

    def allowed(r: Recording) -> UUID:
        may_give_login(actor, person, r.now)
        return actor.person_id

    return _give(person, email, password, actor, allowed)


def _give(person: Person, email: str, password: str | None, actor: Actor, ground: Ground) -> Account:
    may_log_in(person, timezone.now())
    account = Account.objects.filter(person=person).first() or Account(person=person, email=address(email))
    if password is None:
        account.set_unusable_password()
    else:
        _strong(password, account)
        account.set_password(password)  # slow on purpose, so before the lock

    return _record(person, account, actor, ground)


def _record(person: Person, account: Account, actor: Actor, ground: Ground) -> Account:
    def decide(r: Recording) -> Mapping[str, Any]:
        behind = ground(r)
        refuse_erased(person)
        if account._state.adding:
            not_taken(account.email)
        _end_grants(r, person)
        end_invitations(person, r.now)
        r.add(LoginGrant(person=person, given_at=r.now, invited_by_id=behind))
        account.save()
        return {
            "person": str(person.id),
            "invited_by": str(behind) if behind else None,
            "through": actor.through,
        }

    record(Kind.LOGIN_GIVEN, actor=actor.person_id, decide=decide)
    return account


keeping: list[Callable[[Person], None]] = []
"""Asked before a login goes with its address, under the lock: raises where something stands against that."""


def end_login(actor: Actor, person: Person) -> None:
    """Take a person's login away: signed out everywhere at once, address, password and keys gone.

    What they did stays theirs. The last login that may manage people cannot end: nobody could give another.
    """

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MANAGE_PEOPLE, now=r.now)
        account = Account.objects.filter(person=person).first()
        if account is None:
            raise Refused(Message("This person has no login."), Message("Nothing needs to be done."))
        if not _managers().exclude(pk=account.pk).exists():
            raise Refused(
                Message("This is the last login that may invite anyone."),
                Message("Invite another steward first."),
            )
        if not _end_grants(r, person):
            r.add(LoginGrant(person=person, given_at=r.now, ended_at=r.now))
        for stands_against in keeping:
            stands_against(person)
        end_invitations(person, r.now)
        account.delete()
        return {"person": str(person.id), "through": actor.through}

    record(Kind.LOGIN_ENDED, actor=actor.person_id, decide=decide)


def change_email(account: Account, email: str) -> None:
    """Another address to log in with. No evidence: who the person is does not change."""
    email = address(email)
    if email != account.email:
        not_taken(email)
        account.email = email
        try:
            with transaction.atomic():
                account.save(update_fields=["email"])
        except IntegrityError as error:  # someone took it this very moment
            raise _taken() from error


def address(email: str) -> str:
    """`email` in lower case; `Refused` where it is no address."""
    kept = email.strip().lower()
    try:
        validate_email(kept)
    except ValidationError as error:
        raise Refused(
            Message("That is not an e-mail address."),
            Message("Give one such as name@example.org."),
        ) from error
    return kept


def not_taken(email: str) -> None:
    """Raise `Refused` where another login has this address; whose it is stays unsaid."""
    if Account.objects.filter(email=email).exists():
        raise _taken()


def _taken() -> Refused:
    return Refused(Message("This address cannot be used here."), Message("Give another, or ask a steward."))


def _strong(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(
            Message("This password is too easy to guess."),
            Message("Choose a longer one, without names or words that many choose."),
        ) from error


def _managers() -> QuerySet[Account]:
    """Logins of people who may manage people and are here to stay."""
    return Account.objects.filter(
        person__grants__role__in=MAY[Action.MANAGE_PEOPLE],
        person__grants__ended_at=None,
        person__ends_on=None,
        is_active=True,
    )


def _end_grants(r: Recording, person: Person) -> bool:
    grants = list(LoginGrant.objects.filter(person=person, ended_at=None))
    r.take(LoginGrant, *(grant.pk for grant in grants))
    for grant in grants:
        # Not before it was given, though the clock was set back since.
        r.change(grant, ended_at=max(r.now, grant.given_at))
    return bool(grants)
