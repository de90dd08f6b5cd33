"""Erase a person who worked here: their name, their login, and their name in what others noted."""

from collections.abc import Iterator
from datetime import datetime
from secrets import choice
from shlex import quote
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from masthead.clock import day_of
from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.models import Account, Invitation, LoginGrant, Organisation, Person, RoleGrant
from masthead.newsroom.connections.models import Done, Token
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.erased import ERASED_HASH, GONE
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.retention import mentions
from masthead.newsroom.retention.plan import Plan
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import On, Why
from masthead.newsroom.review.models import Publication
from masthead.newsroom.said import key
from masthead.vocabulary import SystemStatus

UNSEARCHED = Message(
    "items whose titles, texts, sources, names of files and quotations were not searched: %(n)d"
)
OTHERWISE = Message(
    "their name in another form, initials or a nickname say: only the whole name was looked for, as it is on"
    " record"
)
UNANSWERED = Message(
    "an AI system for which, or for a use of which, nobody answers then, until somebody is named in the"
    " register: %(systems)s",
    plural="%(n)d AI systems for which, or for a use of which, nobody answers then, until somebody is named"
    " in the register: %(systems)s",
)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def plan(subject: Subject, now: datetime) -> Plan:
    """What erasing this person comes to. `Refused` for an office; not yet, while they work here."""
    person = Person.objects.get(pk=subject.row)
    made = Plan(subject, {subject})
    if person.erased_on is None:
        _must_be_one(person)
        made.against += _to_end_first(person, now)
        _name(made, person, now)
    _login(made, person, now)
    _tokens(made, person, now)
    _answered_for(made, person)
    _stays(made, person)
    return made


def _must_be_one(person: Person) -> None:
    if person.office:
        raise Refused(
            Message("An office names nobody, so there is nobody to erase."),
            Message("Erase the person who acted for it, where they are on record under their name."),
        )


def _to_end_first(person: Person, now: datetime) -> list[Refused]:
    """What stands against erasing somebody who works here: their roles, by the commands that end them."""
    over = person.ends_on is not None and person.ends_on < day_of(now)
    grants = list(person.grants.filter(ended_at=None).order_by("granted_at"))
    if over or not grants:
        return []
    ends = ", ".join(
        f"`masthead person end {quote(person.name)} {quote(grant.role)} --by NAME`" for grant in grants
    )
    return [
        Refused(
            Message("The person to be erased still works here."),
            Message(
                "Give them a last day that is past, or end their roles; then erase: %(ends)s.", {"ends": ends}
            ),
        )
    ]


def _name(made: Plan, person: Person, now: datetime) -> None:
    # Random and never derived from the name: two who are erased are told apart, and that is all.
    stands_for = f"[erased {''.join(choice(LETTERS) for _ in range(8))}]"
    made.set_to(Person, person.pk, {"name": stands_for, "key": key(stands_for), "erased_on": day_of(now)})
    made.goes(Message("their name"), 1, "accounts_person.name", "accounts_person.key")
    for grant in RoleGrant.objects.filter(person=person, ended_at=None):
        # Not before it was given, though the clock was set back since; nor does a login, below.
        made.set_to(RoleGrant, grant.pk, {"ended_at": max(now, grant.granted_at)})
    name = mentions.Name(person.name)
    _in_rows(made, name)
    _in_entries(made, name)
    _in_names_of_tokens(made, name, person)
    public = mentions.in_public_words(name)
    made.stays(Message("words told to the audience in which their name stands: %(n)d"), public, Why.FREEDOM)
    answers_for = Publication.objects.filter(responsible=person.name).count()
    made.stays(Message("publications that name them as responsible: %(n)d"), answers_for, Why.DUTY)
    publisher = Organisation.objects.filter(publisher=person.name).count()
    made.stays(Message("their name as the publisher's"), publisher, Why.DUTY)


def _in_rows(made: Plan, name: mentions.Name) -> None:
    found: dict[str, int] = {}
    for model, row, column, without, subject in mentions.in_rows(name):
        made.set_to(model, row, {column: without})
        where = f"{model._meta.db_table}.{column}"
        found[where] = found.get(where, 0) + 1
        if subject is not None:
            made.touches.add(subject)
    made.goes(
        Message("their name in notes, reasons and questions: %(n)d"), sum(found.values()), *sorted(found)
    )


def _in_entries(made: Plan, name: mentions.Name) -> None:
    found = list(mentions.in_entries(name))
    for place, field, _ in found:
        made.destroy(place, field)
    items = {item for _, _, item in found if item}
    ids = Item.objects.filter(public_id__in=items).values_list("pk", flat=True)
    made.touches.update(Subject(On.ITEM, each) for each in ids)
    made.goes(
        Message("sealed fields of the log in which their name stands: %(n)d"), len(found), "evidence_entry"
    )


def _in_names_of_tokens(made: Plan, name: mentions.Name, person: Person) -> None:
    """What others called their software: no evidence, and theirs, so that it goes on working."""
    room = Token._meta.get_field("name").max_length
    found = {
        token.pk: name.out_of(token.name)[:room]
        for token in Token.objects.exclude(person=person)
        if name.in_(token.name)
    }
    made.goes(
        Message("their name in what tokens of others are called: %(n)d"), len(found), "connections_token.name"
    )
    if found:
        made.counts["others"] = made.counts.get("others", 0) + len(found)
        made.others.append(
            lambda: [Token.objects.filter(pk=pk).update(name=words) for pk, words in found.items()]
        )


def _login(made: Plan, person: Person, now: datetime) -> None:
    account = Account.objects.filter(person=person).first()
    if account is not None:
        pk = account.pk
        sessions = sum(1 for _ in _sessions(pk))
        made.goes(
            Message("their login: address, password, second factors, sign-ins: %(n)d"),
            1 + sessions, "accounts_account", "account_emailaddress", "mfa_authenticator",
            "socialaccount_socialaccount", "usersessions_usersession", "django_session",
        )  # fmt: skip
        made.counts["logins"] = 1
        made.others.append(lambda: [each.delete() for each in _sessions(pk)])
        made.others.append(lambda: Account.objects.filter(pk=pk).delete())
    for grant in LoginGrant.objects.filter(person=person, ended_at=None):
        made.set_to(LoginGrant, grant.pk, {"ended_at": max(now, grant.given_at)})
    made.deletes(Message("invitations to them: %(n)d"), Invitation.objects.filter(person=person))


def _sessions(account: Any) -> Iterator[Model]:
    """The sessions somebody is signed in with. What is in one is signed and packed: each has to be opened."""
    if not apps.is_installed("django.contrib.sessions"):
        return
    from django.contrib.sessions.models import Session

    for session in Session.objects.iterator(500):
        if session.get_decoded().get("_auth_user_id") == str(account):
            yield session


def _tokens(made: Plan, person: Person, now: datetime) -> None:
    tokens = Token.objects.filter(person=person).exclude(name=GONE)
    count = tokens.count()
    made.goes(
        Message("tokens of software that acted for them, which stop working: %(n)d"),
        count,
        "connections_token",
    )
    if count:
        gone = {"name": GONE, "scopes": [], "digest": "", "ending": ""}
        made.counts["others"] = made.counts.get("others", 0) + count
        made.others.append(lambda: tokens.filter(revoked_at=None).update(revoked_at=now))
        made.others.append(lambda: Token.objects.filter(person=person).update(**gone))
    made.deletes(Message("answers kept for that software: %(n)d"), Done.objects.filter(token__person=person))


def _answered_for(made: Plan, person: Person) -> None:
    """The AI systems that they, or a use of them, leave without anybody: somebody is to be named for each."""
    theirs = Q(accountable=person) | Q(use_cases__accountable=person)
    names = AISystem.objects.exclude(status=SystemStatus.RETIRED).filter(theirs).distinct()
    found = list(names.order_by("key").values_list("name", flat=True))
    said: dict[str, str | int | Message] = {"systems": ", ".join(found)}
    made.stays(Message(UNANSWERED.template, said, UNANSWERED.plural), len(found), Why.NOBODY)


def _stays(made: Plan, person: Person) -> None:
    entries = Entry.objects.filter(actor=person.pk).count()
    made.stays(Message("entries of the log by a random number, which named them: %(n)d"), entries, Why.CLAIMS)
    items = Version.objects.exclude(sha256__startswith=ERASED_HASH).values("item").distinct().count()
    made.stays(UNSEARCHED, items, Why.FREEDOM)
    if made.removed:
        made.stays(OTHERWISE, 1, Why.OUTSIDE)
