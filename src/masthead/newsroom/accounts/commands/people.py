"""Set up the organisation; add people; give and end roles; say until when someone is here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from masthead.clock import day_of
from masthead.errors import Refused
from masthead.labels.dates import spoken
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, refuse_erased, require, require_to_give
from masthead.newsroom.accounts.invitations import end_invitations
from masthead.newsroom.accounts.models import Organisation, Person, RoleGrant
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.said import folded, key
from masthead.vocabulary import Role


def set_up(name: str, publisher: str, first: str, roles: Sequence[Role], *, through: str) -> Person:
    """Found the organisation with its first person. `publisher` holds editorial responsibility.

    Raises `Refused` where there is one already, or where a name is empty.
    """
    name, publisher, first = _said(name), _said(publisher or name), _said(first)
    person = Person(name=first)

    def decide(r: Recording) -> Mapping[str, Any]:
        if Organisation.objects.exists():
            raise Refused(
                Message("There is an organisation here already."),
                Message("Use it, or choose another folder with MASTHEAD_HOME."),
            )
        r.add(Organisation(name=name, publisher=publisher))
        r.add(person)
        _grant(r, person, roles)
        return {"name": name, "publisher": publisher, "person": str(person.id), "through": through}

    record(Kind.ORGANISATION_SET_UP, actor=person.id, decide=decide)
    return person


def add_person(
    actor: Actor, name: str, roles: Sequence[Role], *, office: bool = False, ends_on: date | None = None
) -> Person:
    """Add a person or an office with roles. Names are unique, whatever their case; no last day is past.

    An administrator adds people without a role or as administrators; the rest a steward gives.
    """
    person = Person(name=_said(name), office=office, ends_on=ends_on)

    def decide(r: Recording) -> Mapping[str, Any]:
        require_to_give(actor, roles, now=r.now)
        if ends_on is not None and ends_on < day_of(r.now):
            raise Refused(
                Message(
                    "The last day, %(day)s, is past: they could do nothing here.", {"day": spoken(ends_on)}
                ),
                Message("Give today or a later day, or none where there is no end."),
            )
        if Person.objects.filter(key=key(person.name)).exists():
            raise Refused(
                Message("Someone here goes by that name already."),
                Message("Give a name that tells them apart."),
            )
        r.add(person)
        _grant(r, person, roles)
        return {
            "person": str(person.id),
            "office": office,
            "roles": [role.value for role in roles],
            "through": actor.through,
        }

    record(Kind.PERSON_ADDED, actor=actor.person_id, decide=decide)
    return person


def grant_role(actor: Actor, person: Person, role: Role) -> None:
    """Give a person one more role: any but the administrator's only a steward gives.

    Giving a role that is held changes nothing and is refused.
    """

    def decide(r: Recording) -> Mapping[str, Any]:
        require_to_give(actor, [role], now=r.now)
        refuse_erased(person)
        if person.grants.filter(role=role, ended_at=None).exists():
            raise Refused(Message("They hold that role already."), Message("Nothing needs to be done."))
        _grant(r, person, [role])
        return {"person": str(person.id), "role": role.value, "through": actor.through}

    record(Kind.ROLE_GRANTED, actor=actor.person_id, decide=decide)


def end_role(actor: Actor, person: Person, role: Role) -> None:
    """End a role at once, and an open invitation with the last of them.

    That of the last steward who stays cannot end: nobody could give it back.
    """

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MANAGE_PEOPLE, now=r.now)
        grant = person.grants.filter(role=role, ended_at=None).first()
        if grant is None:
            raise Refused(Message("They do not hold that role."), Message("Look which roles they hold."))
        if role is Role.STEWARD and not _other_stewards(person):
            raise Refused(
                Message("This is the last steward: nobody could give the role back."),
                Message("Give someone else the steward role first."),
            )
        # Not before it was given, though the clock was set back since.
        r.change(grant, ended_at=max(r.now, grant.granted_at))
        if not person.grants.filter(ended_at=None).exists():
            end_invitations(person, r.now)
        return {"person": str(person.id), "role": role.value, "through": actor.through}

    record(Kind.ROLE_ENDED, actor=actor.person_id, decide=decide)


def set_end(actor: Actor, person: Person, ends_on: date | None) -> None:
    """Say which day is a person's last, or with None that there is none. The day after they may do nothing.

    It may be past, for somebody who has left, but not lie before they were added. Refused for the last
    steward who stays: the day after, nobody could give the role back.
    """

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MANAGE_PEOPLE, now=r.now)
        now = Person.objects.get(pk=person.pk)
        refuse_erased(now)
        if now.ends_on == ends_on:
            raise Refused(Message("That is on record already."), Message("Nothing needs to be done."))
        _must_have_been_here(now, ends_on)
        steward = now.grants.filter(role=Role.STEWARD, ended_at=None).exists()
        if ends_on is not None and steward and not _other_stewards(now):
            raise Refused(
                Message("This is the last steward who stays."),
                Message("Give someone else the steward role first."),
            )
        r.change(now, ends_on=ends_on)
        return {
            "person": str(person.id),
            "ends_on": ends_on.isoformat() if ends_on else None,
            "through": actor.through,
        }

    record(Kind.PERSON_ENDS, actor=actor.person_id, decide=decide)


def _must_have_been_here(person: Person, on: date | None) -> None:
    # The time a person was added is that of their id, a UUIDv7: `entry` names the latest change.
    added = day_of(datetime.fromtimestamp((person.id.int >> 80) / 1000, UTC))
    if on is not None and on < added:
        raise Refused(
            Message(
                "%(day)s cannot be their last day: they were added on %(added)s.",
                {"day": spoken(on), "added": spoken(added)},
            ),
            Message("Give the day they left, today or a later one, or none where there is no end."),
        )


def _other_stewards(person: Person) -> bool:
    """Whether another steward stays. One whose time ends does not count: the day after, nobody is left."""
    stay = RoleGrant.objects.filter(role=Role.STEWARD, ended_at=None, person__ends_on=None)
    return stay.exclude(person=person).exists()


def _grant(r: Recording, person: Person, roles: Sequence[Role]) -> None:
    for role in dict.fromkeys(roles):
        r.add(RoleGrant(person=person, role=role, granted_at=r.now))


def _said(name: str) -> str:
    kept = folded(name)
    if not kept or len(kept) > 200:
        raise Refused(
            Message("A name must have between 1 and 200 characters."),
            Message("Give it again, shorter or at all."),
        )
    return kept
