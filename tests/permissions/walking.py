"""The walk: every route, by everyone, about everything there is, beside what is written by hand.

It gives a sentence for each answer that is not the one written. What is expected is read from `table` and
`addresses` alone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core.cache import caches
from django.http import HttpResponse
from django.urls import reverse
from tests.newsroom.desk import size
from tests.permissions.addresses import ADDRESSES, WITHOUT_SAMPLE, Line
from tests.permissions.house import NOBODY, NOWHERE, PEOPLE, House, Thing
from tests.permissions.routes import Route, every_route
from tests.permissions.sending import BY_TOKEN, POSTED
from tests.permissions.table import MAY, NO_DRAFTS, SEEN

from masthead.newsroom.evidence.served import newest
from masthead.tlog.tiles import covering

IN, LOGIN, REFUSED, HIDDEN = "in", "sent to the login", "refused", "not there"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")

FOR_OPEN = ("editor", "administrator", NOBODY)
"""Who tries what is open: it knows nobody, so these stand for all."""

FIXED: Mapping[str, str] = {
    "name": "items",
    "form": "atom",
    "part": "1",
    "number": "1",
    "token": "a" * 43,
    "uidb36": "1",
    "key": "a-b",
    "provider_id": "own",
}
"""Parts of addresses that stand for nothing anybody owns, or for a secret that is the way in itself."""

ADDRESSES_AS_THEY_ARE = {"api:nothing": "/api/v1/no/such/place"}
"""Routes with no address of their own."""

AT_THE_DOOR = ("sessions", "usersessions")
"""Tables that grow with who comes by."""

NAMES: Mapping[str, Mapping[str, object]] = {
    "public:item_file": {"name": "item.jsonld"},
    "public:to_item": {"public_id": "a" * 26},  # adds a stroke to any address, and looks at nothing
}


@dataclass(frozen=True)
class Try:
    """One route, asked by someone, about one thing."""

    line: Line
    who: str
    thing: Thing
    address: str

    def __str__(self) -> str:
        about = f" about {self.thing.sort.replace('_', ', ')}" if self.line.about != "-" else ""
        return f"{self.line.name} by {self.who}{about}"


def tries(house: House, names: Iterable[str] = ()) -> Iterator[Try]:
    """All there is to try; of the routes of these names only, where some are given."""
    for route in every_route():
        line = ADDRESSES.get(route.name)
        if line is None:
            raise AssertionError(f"{route.name} is not in tests/permissions/addresses.py: add a line for it.")
        if route.name in WITHOUT_SAMPLE or (names and route.name not in names):
            continue
        for who in FOR_OPEN if line.open else (*PEOPLE, NOBODY):
            for thing in house.about(line.about, who):
                yield Try(line, who, thing, _address(route, thing))


def _address(route: Route, thing: Thing) -> str:
    if route.name in ADDRESSES_AS_THEY_ARE:
        return ADDRESSES_AS_THEY_ARE[route.name]
    known = FIXED | thing.parts | NAMES.get(route.name, {})
    if route.name == "public:log_tile":
        known["path"] = list(covering(newest().size))[-1].path.removeprefix("tile/")
    missing = [name for name in route.parameters if name not in known]
    if missing:
        raise AssertionError(
            f"{route.name} has {' and '.join(missing)} in its address, of which there is no sample: put one"
            " into tests/permissions/house.py, or the route into WITHOUT_SAMPLE with the reason."
        )
    return reverse(route.name, kwargs={name: known[name] for name in route.parameters})


def expected(line: Line, who: str, thing: Thing) -> str:
    """What is written of it: who may come at all, and then whether that thing is there for them."""
    if not line.open:
        if who == NOBODY:
            return REFUSED if line.scope else LOGIN
        if line.actions and not any(who in MAY[action] for action in line.actions):
            return REFUSED
    return IN if _there(line, who, thing.sort) else HIDDEN


def _there(line: Line, who: str, sort: str) -> bool:
    if sort == NOWHERE:
        return False
    seen = SEEN.get(who, "").split()
    match line.about:
        case "item" | "question":
            return sort in seen
        case "draft" | "name":
            return sort in seen and who not in NO_DRAFTS
        case "publication":
            return sort in seen and "published" in sort
        case "out":
            return "published" in sort
        case "token":
            return sort == "own" or who in MAY["manage connections"]
        case "taking" | "passkey" | "new address":
            return sort == "own"
    return True


def wrong_when_read(house: House, names: Iterable[str] = ()) -> Iterator[str]:
    """Every route asked to show what it shows. What takes a form alone says so (405): that is tried below."""
    sent_away: set[tuple[str, str]] = set()
    for each in tries(house, names):
        if each.line.about == "taking" or (each.line.name, each.who) in sent_away:
            continue  # shown to nobody, as it is taken once; or stopped at the door, where all is tried below
        if each.line.method in UNSAFE:
            answer, may = _knocked(house, each), _may_knock(each)
        else:
            answer, may = _asked(house, each, "GET"), expected(each.line, each.who, each.thing)
        got = told(each, answer)
        if got != may and not (may == HIDDEN and answer.status_code == 405):
            yield f"{each}: {may} by the table, and {got} ({answer.status_code})"
        if may == got and may in (LOGIN, REFUSED):
            sent_away.add((each.line.name, each.who))
        for thing in () if each.line.about == "link" else _secrets(house, each.who):
            if answer.status_code == 200 and thing.secret.encode() in answer.content:
                yield f"{each}: tells of something {thing.sort} that is not theirs to see"


def _knocked(house: House, each: Try) -> HttpResponse:
    """An operation that changes things, asked with a parameter it does not know: it does nothing."""
    return _sent(house, each, each.line.method, f"{each.address}?unheard-of=1")


def _may_knock(each: Try) -> str:
    said = expected(each.line, each.who, each.thing)
    return IN if said == HIDDEN else said


def wrong_when_changed(house: House, names: Iterable[str] = ()) -> Iterator[str]:
    """Every route asked to change something by everyone who may not; nothing is recorded."""
    begun: set[tuple[str, str]] = set()
    first = tables()
    for each in tries(house, names):
        may = expected(each.line, each.who, each.thing)
        if may == IN:
            continue
        before = size()
        for method in _methods(each, first=(each.line.name, each.who) not in begun):
            answer = _asked(house, each, method)
            got = told(each, answer)
            # A manager of connections sees the token of another, and cannot take it all the same.
            fine = {may} | ({REFUSED} if each.line.about == "taking" else set())
            if got not in fine and not (method != "POST" and answer.status_code == 405):
                yield f"{method} {each}: {may} by the table, and {got} ({answer.status_code})"
        if size() != before:
            yield f"{each}: something went on record"
        begun.add((each.line.name, each.who))
    for name, rows in tables().items():
        if rows != first[name]:
            yield f"{name} is not what it was before those who may not were sent away"


def without_effect(house: House, names: Iterable[str]) -> Iterator[str]:
    """Of routes that change something, those that change none for the first who may. The house changes."""
    tried: set[str] = set()
    for each in tries(house, names):
        if each.line.name in tried or expected(each.line, each.who, each.thing) != IN:
            continue
        tried.add(each.line.name)
        before = tables()
        answer = _asked(house, each, each.line.method or "POST")
        if tables() == before:
            yield f"{each}: nothing came of it ({answer.status_code})"


def tables() -> dict[str, str]:
    """What each table of ours holds, but for what the door itself keeps of whoever knocks."""
    return {
        model._meta.label: "\n".join(sorted(map(repr, model._default_manager.values_list())))
        for model in apps.get_models()
        if model._meta.app_label not in AT_THE_DOOR and model._meta.label not in AT_THE_DOOR
    }


def _methods(each: Try, *, first: bool) -> tuple[str, ...]:
    """By token, an operation's own. At the desk every one, those that no form sends about one thing each."""
    if each.line.method:
        return (each.line.method,)
    return UNSAFE if first else UNSAFE[:1]


def _asked(house: House, each: Try, method: str) -> HttpResponse:
    if each.line.scope:
        return _sent(house, each, method, each.address)
    client = house.clients[each.who]
    if method == "GET":
        return client.get(each.address)
    data = POSTED.get(each.line.name, {})
    if method == "POST":
        return client.post(each.address, data)
    return client.generic(method, each.address, json.dumps(data).encode(), "application/json")


def _sent(house: House, each: Try, method: str, address: str) -> HttpResponse:
    caches["memory"].clear()  # how often a token asks is counted, and this one asks often
    said = {"Authorization": f"Bearer {house.tokens[each.who]}"} if each.who != NOBODY else {}
    body = BY_TOKEN.get(each.line.name)
    sent = b"" if body is None else json.dumps(body).encode()
    return house.clients[NOBODY].generic(method, address, sent, "application/json", headers=said)


def told(each: Try, answer: HttpResponse) -> str:
    """What an answer comes to."""
    to_login = answer.status_code == 302 and answer["Location"].startswith("/account/login/")
    if to_login and not each.line.open:
        return LOGIN
    if answer.status_code == 403 or (answer.status_code == 401 and each.line.scope):
        return REFUSED
    if answer.status_code == 404 and each.line.about != "-":
        return HIDDEN
    return "broken" if answer.status_code == 500 else IN


def _secrets(house: House, who: str) -> Iterator[Thing]:
    for kind in ("draft", "question"):
        for thing in house.about(kind, who):
            hidden = thing.sort not in SEEN.get(who, "").split() or (kind == "draft" and who in NO_DRAFTS)
            if thing.secret and hidden:
                yield thing
