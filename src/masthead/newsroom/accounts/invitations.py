"""Invite a person to a login: a link that is shown once, used once, and kept only as a hash.

An invitation changes nothing on the record; the command that accepts it does.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead.clock import day_of
from masthead.errors import NotFound, Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, refuse_erased, require, require_to_give, roles
from masthead.newsroom.accounts.models import Account, Invitation, Person
from masthead.newsroom.accounts.permissions import Action

DAYS = 7
"""How long an invitation may be used."""


def invite(actor: Actor, person: Person, email: str = "") -> tuple[Invitation, str]:
    """A new invitation for `person`, and the secret of its link: shown now and never again.

    Earlier ones for the same person end. Refused for whoever has a login: it would be taken over.
    """
    now = timezone.now()
    may_give_login(actor, person, now)
    may_log_in(person, now)
    if Account.objects.filter(person=person).exists():
        raise Refused(
            Message("They have a login already, and nobody else chooses how they sign in."),
            Message("End the login first, which goes on record; then invite them anew."),
        )
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            _open(person).update(withdrawn_at=now)
            invitation = Invitation.objects.create(
                person=person,
                token_sha256=hashed(token),
                email=email.strip().lower(),
                invited_by_id=actor.person_id,
                made_at=now,
                expires_at=now + timedelta(days=DAYS),
            )
    except IntegrityError as error:
        raise Stale(
            Message("Someone else invited this person at the same moment."),
            Message("Use their link, or make a new one."),
        ) from error
    return invitation, token


def withdraw_invitation(actor: Actor, person: Person) -> None:
    """End the open invitations of `person`; their links lead nowhere from then on."""
    now = timezone.now()
    require(actor, Action.MANAGE_PEOPLE, now=now)
    if not end_invitations(person, now):
        raise Refused(
            Message("There is no open invitation for this person."), Message("Nothing needs to be done.")
        )


def end_invitations(person: Person, now: datetime) -> bool:
    """Have the links of open invitations lead nowhere; whether there was one."""
    return bool(_open(person).update(withdrawn_at=now))


def invitation_of(token: str) -> Invitation:
    """The invitation whose link holds `token`, while it may be used; `NotFound` otherwise, and why."""
    found = Invitation.objects.select_related("person").filter(token_sha256=hashed(token)).first()
    ask = Message("Ask a steward for a new link.")
    if found is None:
        raise NotFound(Message("This link leads nowhere: it is mistyped, or was never made here."), ask)
    if found.used_at:
        raise NotFound(
            Message("This link has been used already."),
            Message("Sign in with the password you chose then, or ask a steward for a new link."),
        )
    if found.withdrawn_at:
        raise withdrawn()
    if found.expires_at <= timezone.now():
        raise NotFound(Message("This link is too old to be used."), ask)
    return found


def open_invitation(person: Person) -> Invitation | None:
    """The invitation of `person` that may still be used."""
    return _open(person).filter(expires_at__gt=timezone.now()).first()


def may_give_login(actor: Actor, person: Person, now: datetime) -> None:
    """Raise `NotAllowed` unless `actor` may hand out what `person` may do: a login is all of it."""
    require_to_give(actor, roles(person.id, on=day_of(now)), now=now)


def withdrawn() -> NotFound:
    """What to tell whose link leads nowhere any more."""
    return NotFound(
        Message("This link was withdrawn, or a newer one was made."), Message("Ask a steward for a new link.")
    )


def may_log_in(person: Person, now: datetime) -> None:
    """Raise `Refused` where `person` is an office, their name was erased or their time here is over."""
    refuse_erased(person)
    if person.office:
        raise Refused(
            Message("An office has no login of its own."),
            Message("Whoever acts for it signs in as themselves."),
        )
    if person.ends_on and person.ends_on < day_of(now):
        raise Refused(
            Message("The time of this person here is over."), Message("Give them a later last day first.")
        )


def hashed(token: str) -> str:
    """What is kept of a link's secret. It has 256 random bits, so that one round is enough."""
    return sha256(token.encode()).hexdigest()


def _open(person: Person) -> QuerySet[Invitation]:
    return Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None)
