"""What the record says of a person: roles, login and last day, when and by whom."""

from dataclasses import dataclass
from datetime import datetime

from masthead.language import Message
from masthead.newsroom.accounts.models import LoginGrant, Person, RoleGrant
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.said import readable
from masthead.vocabulary import LABELS, Role


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry about a person, as a colleague reads it."""

    at: datetime
    by: str
    """The name of who did it; empty where nobody is named."""
    what: Message
    place: int


def history(person: Person) -> list[Happened]:
    """What was recorded about `person`, the newest first."""
    grants = {grant.pk: Role(grant.role) for grant in person.grants.all()}
    logins = LoginGrant.objects.filter(person=person).values_list("pk", flat=True)
    tables = [model._meta.db_table for model in (Person, RoleGrant, LoginGrant)]
    digests = RowDigest.objects.filter(table__in=tables, row__in=[person.pk, *grants, *logins])
    roles: dict[int, list[Role]] = {}
    for digest in digests:
        place: int = digest.entry_id
        roles.setdefault(place, []).extend([grants[digest.row]] if digest.row in grants else [])
    entries = Entry.objects.filter(place__in=roles).order_by("-place")
    names = dict(
        Person.objects.filter(pk__in=entries.values_list("actor", flat=True)).values_list("pk", "name")
    )
    return [
        Happened(
            entry.recorded_at,
            readable(names.get(entry.actor, "")) if entry.actor else "",
            _words(Kind(entry.kind), roles[entry.place]),
            entry.place,
        )
        for entry in entries
    ]


def _words(kind: Kind, roles: list[Role]) -> Message:
    named = ", ".join(str(LABELS[role]) for role in roles)
    match kind.name:
        case "ORGANISATION_SET_UP":
            return Message("Founded this record, as %(roles)s", {"roles": named})
        case "PERSON_ADDED" if roles:
            return Message("Added, as %(roles)s", {"roles": named})
        case "PERSON_ADDED":
            return Message("Added, without a role")
        case "ROLE_GRANTED":
            return Message("Role given: %(roles)s", {"roles": named})
        case "ROLE_ENDED":
            return Message("Role ended: %(roles)s", {"roles": named})
        case "LOGIN_GIVEN":
            return Message("Login given")
        case "LOGIN_ENDED":
            return Message("Login ended")
        case "DATA_ERASED":
            return Message("Name and login erased")
        case _:
            return Message("Last day changed")
