"""One organisation for the whole walk: someone of each role, and something of each kind to ask for.

Who asks is called by their role; `nobody` has no login, and `no role` works here without one. What is asked
for is of a sort, by what it is to whoever asks: `own`, `other`, and for items how they stand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_bytes, token_hex
from time import time

from allauth.mfa.models import Authenticator
from django.core import signing
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData
from tests.api.software import token
from tests.newsroom.desk import Desk, approved, letters, ready, text, use
from tests.newsroom.logins import client_of, login_of
from tests.permissions.table import ROLES
from tests.witness.others import Log

from masthead import clock
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.connections.models import ExternalId
from masthead.newsroom.connections.models import Token as TokenRow
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.tokens import make_token
from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public.commands import publish, site_folder
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.retention.setting import set_hold
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import On
from masthead.newsroom.review.commands import run_checks
from masthead.newsroom.review.standing import current_run
from masthead.newsroom.webhooks.commands import add_endpoint, send_test
from masthead.newsroom.webhooks.events import SUBSCRIBABLE
from masthead.newsroom.witness.alarms import open_about
from masthead.newsroom.witness.commands import add_log
from masthead.vocabulary import Role

NOBODY, NO_ROLE = "nobody", "no role"
PEOPLE = (*ROLES, NO_ROLE)
NOWHERE = "not there"
BEGUN = ("own", "own_protected", "other", "other_protected")
OUT = ("own_published", "other_published", "other_published_protected")
MAKERS = ("contributor", "editor")
"""Roles that have items of their own."""


type Made = tuple[Item, str]
"""An item, and the word of its draft."""

type Filed = tuple[tuple[str, str], "tuple[Thing, ...]"]
"""A kind and who asks, empty for everyone; and what they are tried with."""


@dataclass(frozen=True)
class Thing:
    """What an address can be about: what it is to whoever asks, what of it stands in the address."""

    sort: str
    parts: Mapping[str, object] = field(default_factory=dict)
    secret: str = ""
    """A word that only who sees its drafts may read."""


@dataclass(frozen=True)
class House:
    """Who asks, with which browser and which token, and what there is."""

    desk: Desk
    clients: Mapping[str, Client]
    tokens: Mapping[str, str]
    things: Mapping[tuple[str, str], tuple[Thing, ...]]
    """By kind and by who asks."""

    def about(self, kind: str, who: str) -> tuple[Thing, ...]:
        """What an address of this kind is tried with by them."""
        return self.things.get((kind, who)) or self.things[kind, ""]


def built(desk: Desk) -> House:
    """The organisation, with all there is in it."""
    approved(desk)
    people = {role.value: _person(desk, role) for role in Role} | {NO_ROLE: _person(desk)}
    clients = {who: _browser(actor) for who, actor in people.items()}
    items = {"": {sort: _item(desk, desk.author, sort) for sort in (*BEGUN[2:], *OUT[1:])}}
    for who in MAKERS:
        items[who] = {sort: _item(desk, people[who], sort) for sort in (*BEGUN[:2], *OUT[:1])}
    things = dict(_items(items)) | dict(_questions(items[""])) | dict(_same_for_all(desk))
    for kind, made in (("token", _tokens), ("new address", _addresses), ("passkey", _passkeys)):
        of = made(desk, {**people, "": desk.author})
        for who in people:
            own = (Thing("own", of[who]), Thing("other", of[""]))
            things[kind, who] = (*own, *((Thing(NOWHERE, _nowhere()),) if kind == "token" else ()))
            things[kind, NOBODY] = things[kind, ""] = own[1:]
    things |= {("taking", who): found for (kind, who), found in things.items() if kind == "token"}
    secrets = {who: token(desk, actor) for who, actor in people.items()}
    return House(desk, clients | {NOBODY: Client(raise_request_exception=False)}, secrets, things)


def _person(desk: Desk, *roles: Role) -> Actor:
    name = f"Sam {roles[0].value}" if roles else "Sam Nothing"
    return Actor(add_person(desk.steward, name, roles).id)


def _browser(actor: Actor) -> Client:
    """A browser in which someone has just shown who they are."""
    client = client_of(actor)
    client.raise_request_exception = False  # what breaks is told like any other answer
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def _item(desk: Desk, author: Actor, sort: str) -> tuple[Item, str]:
    """An item with a source, a finding and a name of other software; and a word of its draft."""
    secret = f"hush{token_hex(6)}"
    if sort in OUT:
        version = ready(replace(desk, author=author), use())
        publish(desk.editor, version, site_folder(version.item))
        version = add_version(author, version, text(f"It rose 77 metres, {secret}."), language="en")
    else:
        words = f"The banks of the {secret} broke {letters(len(sort))}. It rose 77 metres."
        version = add_item(
            author, text(words), sources=[text(f"{secret}.", "notes.md")], uses=[use()],
            title=f"On {secret}", language="en",
        )  # fmt: skip
    run_checks(author, version)
    ExternalId.objects.create(source="press", external_id=secret, item=version.item)
    if sort.endswith("protected"):
        protect(author, version.item, protected=True)
    return version.item, secret


def _items(
    items: Mapping[str, Mapping[str, tuple[Item, str]]],
) -> Iterator[tuple[tuple[str, str], tuple[Thing, ...]]]:
    nowhere = Thing(NOWHERE, _parts("a" * 26, 1, _nowhere()["pk"], "0" * 64, "nowhere"))
    made = {who: tuple(_thing(*each) for each in found.items()) for who, found in items.items()}
    for who in (*PEOPLE, NOBODY, ""):
        own = made.get(who, ()) if who else ()
        for kind in ("item", "draft", "publication"):
            yield (kind, who), (*own, *made[""], nowhere)
        yield ("name", who), (*own, *made[""])
    public = [each for found in made.values() for each in found]
    yield ("out", ""), (*public, nowhere)


def _thing(sort: str, made: tuple[Item, str]) -> Thing:
    item, secret = made
    version = Version.objects.filter(item=item).latest("number")
    source = version.sources.first() or item.versions.earliest("number").sources.first()
    run = current_run(version)
    assert source is not None
    assert run is not None
    finding = run.findings.earliest("pk")
    parts = _parts(item.public_id, version.number, source.pk, finding.fingerprint, secret)
    return Thing(sort, parts, secret)


def _parts(item: str, number: int, source: object, finding: str, name: str) -> dict[str, object]:
    desk = {"public_id": item, "number": number, "pk": source, "fingerprint": finding}
    return desk | {"item_id": item, "finding_id": finding, "source": "press", "external_id": name}


def _questions(items: Mapping[str, Made]) -> Iterator[Filed]:
    asked = {}
    for sort in OUT[1:]:
        item = items[sort][0]
        asked[sort] = ask(item, f"Which river, {token_hex(6)}?", language="en", reach="mole@example.org")
    found = [
        Thing(sort, {"public_id": each.public_id}, each.text.split()[2].rstrip("?"))
        for sort, (each, _) in asked.items()
    ]
    yield ("question", ""), (*found, Thing(NOWHERE, {"public_id": "a" * 26}))
    links = [Thing("own", {"link": link}) for _, link in asked.values()]
    yield ("link", ""), (*links, Thing(NOWHERE, {"link": "a" * 26}))


def _same_for_all(desk: Desk) -> Iterator[Filed]:
    endpoint = add_endpoint(desk.steward, "https://93.184.215.14/masthead", SUBSCRIBABLE).endpoint
    delivery = send_test(desk.steward, endpoint)
    other = Person.objects.get(pk=desk.other_editor.person_id)
    for kind, row in (
        ("system", AISystem.objects.get()), ("person", other), ("webhook", endpoint), ("delivery", delivery),
    ):  # fmt: skip
        there = {"pk": row.pk, f"{kind}_id": row.pk, "role": "editor"}
        yield (
            (kind, ""),
            (Thing("other", there), Thing(NOWHERE, _nowhere() | {f"{kind}_id": _nowhere()["pk"]})),
        )
    held = set_hold(desk.steward, Subject(On.PERSON, other.pk), "A claim.")
    yield ("hold", ""), (Thing("other", {"pk": held.pk}), Thing(NOWHERE, _nowhere()))
    yield ("kept", ""), (Thing("other", {"kept": "drafts"}), Thing(NOWHERE, {"kept": "nothing"}))
    yield from _witnesses(desk)
    yield ("entry", ""), (Thing("other", {"place": 1}), Thing(NOWHERE, {"place": 10**6}))
    yield ("-", ""), (Thing("own"),)


def _witnesses(desk: Desk) -> Iterator[Filed]:
    """A log that we witness, which has shown two histories."""
    log = Log().grow(3)
    party = add_log(desk.steward, str(log.key), "https://93.184.215.14/log")
    fork = log.copy().grow(1, "other")
    log.grow(1).push(0)
    fork.push(4)
    digest = sha256(log.key.name.encode()).hexdigest()
    alarm = open_about(log.key.name).public_id
    nowhere = (Thing(NOWHERE, _nowhere() | {"public_id": "a" * 22, "digest": "0" * 64}),)
    yield ("party", ""), (Thing("other", {"pk": party.pk}), *nowhere)
    yield ("alarm", ""), (Thing("other", {"public_id": alarm}), *nowhere)
    yield ("seen", ""), (Thing("other", {"digest": digest}), *nowhere)


def _nowhere() -> dict[str, object]:
    return {"pk": "0199a6f0-0000-7000-8000-00000000000a", "role": "editor"}


def _tokens(desk: Desk, people: Mapping[str, Actor]) -> dict[str, dict[str, object]]:
    """For each a token that waits to be taken."""
    now = datetime.now(UTC)
    found: dict[str, dict[str, object]] = {}
    for who, actor in people.items():
        login_of(actor)
        person = Person.objects.get(pk=actor.person_id)
        made: TokenRow = make_token(
            desk.steward, "Press", person, [Scope.READ], clock.day_of(now) + timedelta(30), now=now
        )
        found[who] = {"pk": made.pk}
    return found


def _addresses(_: Desk, people: Mapping[str, Actor]) -> dict[str, dict[str, object]]:
    """For each the link by which they confirm a new address."""
    found: dict[str, dict[str, object]] = {}
    for who, actor in people.items():
        account = login_of(actor)
        said = {"account": account.pk, "from": account.email, "to": f"new-{account.email}"}
        found[who] = {"signed": signing.dumps(said, salt="masthead.change-email")}
    return found


def _passkeys(_: Desk, people: Mapping[str, Actor]) -> dict[str, dict[str, object]]:
    """For each a passkey on record."""
    found: dict[str, dict[str, object]] = {}
    for who, actor in people.items():
        data = {"name": "Key", "credential": _credential()}
        key = Authenticator.objects.create(user=login_of(actor), type=Authenticator.Type.WEBAUTHN, data=data)
        found[who] = {"pk": key.pk}
    return found


def _credential() -> dict[str, object]:
    """What a browser hands over for a new passkey, of a key that nobody has."""
    public = ES256({1: 2, 3: -7, -1: 1, -2: token_bytes(32), -3: token_bytes(32)})
    named = AttestedCredentialData.create(Aaguid.NONE, identity := token_bytes(16), public)
    seen = AuthenticatorData.create(
        bytes(32), AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, named
    )
    said = {
        "clientDataJSON": websafe_encode(b'{"type": "webauthn.create", "challenge": "", "origin": ""}'),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", seen, {}))),
    }
    name = websafe_encode(identity)
    return {"id": name, "rawId": name, "type": "public-key", "response": said}
