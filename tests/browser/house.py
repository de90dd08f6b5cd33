"""An organisation with something of every sort in it, so that every page has something to show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from PIL import Image
from tests.browser.site import Site
from tests.newsroom.desk import Desk, approved, letters, ready, size, text, use
from tests.permissions.addresses import ADDRESSES
from tests.permissions.routes import Route, every_route
from tests.public.outlet import corrected, published, withdrawn
from tests.witness.others import Log

from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.invitations import invite
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.tokens import make_token
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Item
from masthead.newsroom.register.commands import register_system
from masthead.newsroom.remedies.commands import answer, ask, close
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.retention.setting import set_hold
from masthead.newsroom.retention.subjects import EVERYTHING
from masthead.newsroom.review.commands import break_glass, run_checks, waive
from masthead.newsroom.review.models import Finding
from masthead.newsroom.webhooks.commands import add_endpoint
from masthead.newsroom.webhooks.events import Event
from masthead.newsroom.witness.commands import add_log
from masthead.newsroom.witness.models import Alarm
from masthead.vocabulary import Role, Task, Tier, WaiverReason

STORY = """# Flood repairs

A second phase will cost £900,000, the council heard. “We never got a penny,” Ruth Tan said.
Call 07700 900123.

- Mill Lane is first

> The river does not read minutes.

Unbroken: {}
""".format("Donaudampfschiffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 2)

EVERYWHERE = {"desk:item", "desk:sign_off", "desk:publish", "desk:disclosure", "desk:timeline"}
"""Pages of an item that are looked at in each of its states; the others in the first two."""


@dataclass(frozen=True)
class House:
    """What is there, by what the parts of an address are called."""

    items: Mapping[str, Item]
    """By their state."""
    questions: Mapping[str, tuple[str, str]]
    """The number and the private link of each, by how it stands."""
    others: Mapping[str, Sequence[dict[str, Any]]]
    """What the addresses of other pages hold, by the name of the route or the room that it begins with."""

    def addresses(self) -> Iterator[tuple[Route, str]]:
        """Every address that may be opened, with its route."""
        for route in every_route():
            for kwargs in self._samples(route):
                yield route, reverse(route.name, kwargs=kwargs)

    def _samples(self, route: Route) -> Iterator[dict[str, Any]]:
        names = set(route.parameters)
        if not route.name or route.access is None or route.access.by_token:
            return
        if about_an_item(route.name):
            for state, item in self.items.items():
                if state in ("draft", "out") or route.name in EVERYWHERE:
                    yield {name: value for name, value in _of(item).items() if name in names}
        elif not names:
            yield {}
        else:
            yield from self.others.get(route.name, ())


def about_an_item(name: str) -> bool:
    """Whether the route of that name is a page of the desk about one item."""
    return name in ADDRESSES and ADDRESSES[name].about in ("item", "draft")


def _of(item: Item) -> dict[str, Any]:
    version = item.versions.order_by("number").last()
    assert version is not None
    found = Finding.objects.filter(run__version=version).order_by("order").last()
    source = version.sources.first()
    return {
        "public_id": item.public_id,
        "number": 1,
        "fingerprint": found.fingerprint if found else "0" * 64,
        "pk": source.pk if source else version.pk,
    }


def furnished(site: Site) -> House:
    """A house with drafts, what went out, what was corrected, withdrawn or asked, systems, connections."""
    desk = site.desk
    system = approved(desk)
    proposed = register_system(desk.editor, "Quill", named("Ada Steward"))
    items = _items(site)
    questions = {}
    for how in ("waiting", "answered", "closed"):
        question, link = ask(items["out"], f"Why is it {how}?", language="en", reach="reader@example.org")
        questions[how] = question.public_id, link
        if how == "answered":
            answer(desk.other_editor, question, "Because we said so.", show_question=True)
        if how == "closed":
            close(desk.other_editor, question, next(iter(Closing)))
    account, now = site.account("other_editor"), datetime.now(UTC)
    person = {"pk": desk.other_editor.person_id}
    token = make_token(
        desk.steward,
        "CMS",
        Person.objects.get(pk=desk.editor.person_id),
        [Scope.READ],
        (now + timedelta(30)).date(),
        now=now,
    )
    hook = add_endpoint(desk.steward, "https://cms.example.org/hook", list(Event))
    key = default_token_generator.make_token(account)
    party, alarm = _witnessed(desk)
    others = {
        **_for_each(("person", "end_role", "last_day", "invite", "end_login"), [person]),
        "desk:end_role": [{**person, "role": "editor"}],
        "desk:lift_hold": [{"pk": set_hold(desk.steward, EVERYTHING, "A claim.").pk}],
        "desk:keep": [{"kept": "drafts"}],
        "desk:least": [{"kept": "old-drafts"}],
        **_for_each(
            ("system", "add_use_case", "terms", "answers_for", "approve", "pause", "retire"),
            [{"pk": system.pk}, {"pk": proposed.pk}],
        ),
        "desk:question": [{"public_id": public_id} for public_id, _ in questions.values()],
        "desk:entry": [{"place": place} for place in (0, size() // 2, size() - 1)],
        **_for_each(("token", "take_token", "revoke_token"), [{"pk": token.pk}]),
        **_for_each(
            ("webhook", "change_webhook", "webhook_secret", "remove_webhook"),
            [{"pk": hook.endpoint.pk}],
        ),
        "desk:end_witness": [{"pk": party}],
        "desk:alarm": [{"public_id": alarm}],
        "account_come_in": [
            {"token": invite(desk.steward, add_person(desk.steward, "Nia New", [Role.CONTRIBUTOR]))[1]},
            {"token": "none"},
        ],
        "account_confirm_email": [{"signed": "none"}],
        "account_reset_password_from_key": [
            {"uidb36": user_pk_to_url_str(account), "key": key},
            {"uidb36": "0", "key": "none"},
        ],
        "public:item": [{"public_id": items[state].public_id} for state in ("out", "corrected", "gone")],
        "public:ask": [{"public_id": items["out"].public_id}],
        "public:question": [{"link": link} for _, link in questions.values()],
    }
    return House(items, questions, others)


def _witnessed(desk: Desk) -> tuple[UUID, str]:
    """A log that we witness, which has shown two histories."""
    log = Log().grow(3)
    party = add_log(desk.steward, str(log.key), "https://gazette.example.org/log")
    fork = log.copy().grow(1, "other")
    log.grow(1).push(0)
    fork.push(4)
    return party.pk, Alarm.objects.get().public_id


def _for_each(names: Iterable[str], samples: Sequence[dict[str, Any]]) -> dict[str, Sequence[dict[str, Any]]]:
    return {f"desk:{name}": samples for name in names}


def _items(site: Site) -> dict[str, Item]:
    desk = site.desk
    unchecked = add_item(desk.author, text("Nobody looked at this yet."), uses=[use()], title="Unchecked")
    draft = add_item(
        desk.author,
        text(STORY),
        sources=[text("No figure has been set.", "minutes.md")],
        uses=[use("Unheard of"), use("Ink", Task.HEADLINE, Tier.T1)],
        title="Flood repairs",
        language="en",
    )
    run_checks(desk.author, draft)
    waive(
        desk.editor, draft, Finding.objects.filter(run__version=draft)[0], WaiverReason.WITNESSED, "I saw it."
    )
    picture = add_item(desk.author, Given("bridge.png", _png()), uses=[], title="The bridge")
    run_checks(desk.author, picture)
    out = published(desk)
    fixed = published(desk)
    corrected(desk, fixed, words=f"It held after all, {letters(size())}.")
    gone = published(desk)
    withdrawn(desk, gone)
    broken = add_item(desk.author, text("It cannot wait."), uses=[use()], title="Now", language="en")
    run_checks(desk.author, broken)
    break_glass(desk.editor, broken, "The dam is about to go.", review_within=timedelta(hours=24))
    cleared = ready(desk, use())
    return {
        "draft": draft.item,
        "out": out,
        "unchecked": unchecked.item,
        "picture": picture.item,
        "corrected": fixed,
        "gone": gone,
        "glass": broken.item,
        "ready": cleared.item,
    }


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "#357").save(out, "PNG")
    return out.getvalue()
