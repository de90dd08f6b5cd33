"""An organisation of many items to measure on: made once, kept under `build/`.

A few items go the whole way through the commands; the rest are copies of their rows under ids of their own,
each with its entries in the log. They are written straight to the tables: a hundred thousand times through
the commands would take a day. Run as `python -m bench.outlet ITEMS` with `MASTHEAD_HOME` set.
"""

import json
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import Model

from bench.texts import story_and_sources
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Account, Person
from masthead.newsroom.evidence import sealed
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry, LogHead, Node
from masthead.newsroom.evidence.vouched import Vouched, new_id
from masthead.newsroom.items.commands import add_item, new_public_id
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.register.commands import add_use_case, decide_on, register_system
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import CheckRun, Finding, Publication, SignOff, Waiver
from masthead.newsroom.site.founding import found
from masthead.newsroom.worklist import catch_up
from masthead.tlog.frontier import Frontier
from masthead.vocabulary import Profile, Role, SystemStatus, Task, Tier, WaiverReason

TABLES: tuple[tuple[type[Vouched], str], ...] = (
    (Item, "id"),
    (Version, "item"),
    (Source, "version__item"),
    (AIUse, "version__item"),
    (CheckRun, "version__item"),
    (Finding, "run__version__item"),
    (Waiver, "item"),
    (SignOff, "version__item"),
    (Publication, "item"),
)
UNDER_HAND = 50
"""One item in so many is not out."""
BATCH = 500
READY = "bench.json"
AUTHOR = "Ann Author 0"


def make(items: int) -> None:
    """Found the organisation and fill it, once; whatever a cut-off run left is to be thrown away first."""
    for _ in found("The Harbour Post", "Harbour Press Ltd", "Ada Steward", Profile.SMALL, origin="bench/log"):
        pass
    steward = Actor(named("Ada Steward").id)
    editor = Actor(add_person(steward, "Ed Editor", [Role.EDITOR]).id)
    authors = [Actor(add_person(steward, f"Ann Author {n}", [Role.CONTRIBUTOR]).id) for n in range(10)]
    system = register_system(steward, "Scribe 3", named("Ada Steward"), provider="Acme")
    add_use_case(steward, system, Tier.T2)
    decide_on(steward, system, SystemStatus.APPROVED)
    samples = [_sample(author, editor, how) for author in authors for how in ("out", "check", "sign", "mend")]
    out, under_hand = samples[::4], [each for n, each in enumerate(samples) if n % 4]
    _copy(out, under_hand, items - len(samples))
    catch_up()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mine = Item.objects.filter(author_id=authors[0].person_id).order_by("-pk")
    shown = mine.filter(publications=None).filter(versions__check_runs__isnull=False).first()
    told = {"item": (shown or mine[0]).public_id, "items": Item.objects.count()}
    (Path(settings.MASTHEAD_HOME) / READY).write_text(json.dumps(told), encoding="utf-8")


def _sample(author: Actor, editor: Actor, how: str) -> Item:
    """One item of a thousand words with three sources: out, unchecked, to sign off, or to mend."""
    story, sources = story_and_sources(1_000)
    others = [Given(f"source-{n}.md", each.encode()) for n, each in enumerate(sources)]
    if how in ("out", "sign"):
        others.append(Given("all.md", story.encode()))
    version = add_item(
        author,
        Given("story.md", f"{story}\n\n{author.person_id}".encode()),
        sources=others,
        uses=[UseGiven("Scribe 3", Task.SUMMARY, Tier.T2)],
        title=f"Flood repairs to cost three times the first estimate: {how}",
        language="en",
    )
    if how != "check":
        run = commands.run_checks(author, version)
        for each in run.findings.all() if how in ("out", "sign") else ():
            commands.waive(editor, version, each, WaiverReason.CHECK_MISTAKEN)
    if how == "out":
        commands.sign_off(editor, version)
        commands.publish(author, version)
    return version.item


def _copy(out: list[Item], under_hand: list[Item], count: int) -> None:
    rows = {item.pk: list(_rows(item)) for item in (*out, *under_hand)}
    head = LogHead.objects.get()
    frontier = Frontier.from_bytes(head.size, bytes(head.peaks))
    written: tuple[type[Model], ...] = (Entry, Node, *(model for model, _ in TABLES))
    for start in range(0, count, BATCH):
        fresh: dict[type[Model], list[Model]] = {}
        for n in range(start, min(start + BATCH, count)):
            # The one under hand is another one's turn by turn, so that each author has their share.
            pick = under_hand[n // UNDER_HAND % len(under_hand)] if n % UNDER_HAND == 0 else out[n % len(out)]
            _copied(rows[pick.pk], frontier, fresh)
        with transaction.atomic(), lifted():
            for model in written:
                model._default_manager.bulk_create(fresh.get(model, []))
            LogHead.objects.filter(pk=1).update(size=frontier.size, peaks=frontier.to_bytes())


def _rows(item: Item) -> Iterator[Vouched]:
    for model, path in TABLES:
        yield from model._default_manager.filter(**{path: item.pk}).select_related("entry")


def _copied(rows: list[Vouched], frontier: Frontier, fresh: dict[type[Model], list[Model]]) -> None:
    """Copy the rows of one item and their entries under new ids and at the next places."""
    ids: dict[Any, UUID] = {}
    name = new_public_id()
    for entry in sorted({row.entry for row in rows}, key=lambda entry: entry.place):
        ids[entry.pk] = new_id()
        leaf = secrets.token_bytes(32)
        place = frontier.size
        for node in frontier.append(leaf):
            fresh.setdefault(Node, []).append(Node(level=node.level, index=node.index, hash=node.hash))
        fresh.setdefault(Entry, []).append(
            Entry(
                id=ids[entry.pk],
                place=place,
                kind=entry.kind,
                recorded_at=entry.recorded_at,
                actor=entry.actor,
                commitment=leaf,
                leaf_hash=leaf,
                sealed=sealed.line_of(leaf[:16], "item", sealed.canonical(name)),
            )
        )
    for row in rows:
        ids[row.pk] = new_id()
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        copied = {
            key: ids.get(value, value) for key, value in values.items() if not isinstance(value, dict | list)
        }
        unique = {"public_id": name} if "public_id" in values else {"once": None} if "once" in values else {}
        fresh.setdefault(type(row), []).append(type(row)(**{**values, **copied, **unique}))


def cookies() -> dict[str, str]:
    """The session of an author and of an editor, as this machine's key signs it now."""
    return {who: session(named(name)) for who, name in (("author", AUTHOR), ("editor", "Ed Editor"))}


def session(person: Person) -> str:
    """The key of a new session of this person, with a login made where there is none."""
    email = f"{person.pk.hex}@example.org"
    account, _ = Account.objects.get_or_create(email=email, defaults={"person": person})
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def queries(told: dict[str, Any]) -> dict[str, int]:
    """How many queries each page asks to be made, after one visit."""
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from masthead.desk.item import kept
    from masthead.desk.work import mine

    counted: Counter[str] = Counter()
    for name, (who, address) in pages(told).items():
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = told["cookies"][who]
        for _ in range(2):
            kept.pages.clear()
            mine.KEPT.clear()
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address, HTTP_HOST="localhost")
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}")
            counted[name] = len(asked)
    return dict(counted)


def others() -> list[str]:
    """Ids of items of the author that are not out, other than the one that is opened over and over."""
    mine = Item.objects.filter(author=named(AUTHOR), publications=None).order_by("public_id")
    return list(mine.values_list("public_id", flat=True)[:200])


def pages(told: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """The pages to measure: who opens each, and where it is."""
    return {
        "my_work": ("author", "/desk/"),
        "waiting": ("editor", "/desk/waiting/"),
        "search": ("editor", "/desk/search/?q=flood"),
        "item": ("author", f"/desk/items/{told['item']}/"),
    }


if __name__ == "__main__":
    ready = Path(settings.MASTHEAD_HOME) / READY
    if not ready.is_file():
        make(int(sys.argv[1]))
    known = json.loads(ready.read_text(encoding="utf-8"))
    known |= {"cookies": cookies(), "others": others()}
    print(json.dumps({**known, "queries": queries(known)}))
