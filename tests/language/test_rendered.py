"""Every page that a person can open speaks their language, and marks what is in another."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.item.pages import story
from tests.language.rendered import Page, in_english, is_english
from tests.newsroom.desk import Desk, approved, ready, text, use
from tests.newsroom.logins import login_of
from tests.permissions.routes import every_route

from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.invitations import invite
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.connections.tokens import make_token
from masthead.newsroom.items.commands import protect
from masthead.newsroom.public import commands as public
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.standing import current_run
from masthead.newsroom.webhooks.commands import add_endpoint, send_test
from masthead.newsroom.webhooks.events import Event
from masthead.vocabulary import WaiverReason

AWAY = re.compile(
    r"^(https?:|mailto:|//|#|/static/|/api/v1/.+|/(en|fr)/|/account/logout)|\.(json|atom|xml|txt|svg)\b"
)
MOST = 400
READER = os.environ.get("MASTHEAD_READER", "fr")
"""The language that the pages are read in."""


@pytest.fixture
def busy(small: Desk) -> Desk:
    """The organisation with something on every page."""
    approved(small)
    story(small, uses=[use("Unheard of")], title="Flood repairs", language="en")
    waived = story(small, title="Mill Lane", language="en")
    run = current_run(waived)
    assert run is not None
    for finding in run.findings.all()[:1]:
        review.waive(small.editor, waived, finding, WaiverReason.OWN_CALCULATION)
    protect(small.author, waived.item, protected=True)
    ready(small, use(), words="The tide turned.")
    out = ready(small, use()).item
    folder = public.site_folder(out)
    public.publish(small.editor, out.versions.get(), folder)
    question, _ = ask(out, "Which tool wrote this?", language="en", reach="mole@example.org")
    public.answer_question(small.other_editor, question, "Ink did.", show_question=True)
    ask(out, "And why?", language="en")
    public.correct(
        small.editor,
        out,
        text("The river's banks held."),
        "It held.",
        uses=(use(),),
        sources=(),
        folder=folder,
    )
    glass = story(small, "Nobody in the 14 streets was harmed.", title="Night", language="en")
    review.break_glass(small.editor, glass, "A flood.", review_within=timedelta(hours=24))
    public.publish(small.editor, glass, public.site_folder(glass.item))
    invite(small.steward, named("Ann Author"))
    today = datetime.now(UTC)
    make_token(
        small.steward, "The CMS", named("Ed Editor"), [Scope.READ], today.date() + timedelta(9), now=today
    )
    send_test(
        small.steward,
        add_endpoint(small.steward, "https://93.184.215.14/hook", [Event.ITEM_PUBLISHED]).endpoint,
    )
    return small


def reading(actor: Actor | None) -> Client:
    """A browser of somebody who reads `READER`, logged in where `actor` is given."""
    client = Client(headers={"Accept-Language": READER})
    if actor is not None:
        account = login_of(actor)
        account.language = READER
        account.save()
        client.force_login(account)
    return client


def walked(client: Client) -> Iterator[tuple[str, Page]]:
    """Every page reached by following links, from every address that needs no more than its name."""
    routes = [route for route in every_route() if route.name and not route.parameters and route.access]
    todo = [reverse(route.name) for route in routes if not route.access.by_token and "^" not in route.pattern]  # type: ignore[union-attr]
    seen: set[str] = set()
    while todo:
        address = todo.pop(0)
        if AWAY.search(address) or re.sub(r"\d+", "0", address) in seen:
            continue
        seen.add(re.sub(r"\d+", "0", address))
        assert len(seen) < MOST, seen
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code == 302:
            continue
        page = Page(answer.content.decode())
        yield address, page
        here = address.partition("?")[0]
        for link in page.links:
            path = link.partition("#")[0]
            todo.append(here + path if path.startswith("?") else path)
        for action in page.asks:
            told = client.post(action or here, {})
            if told.headers.get("Content-Type", "").startswith("text/html") and told.status_code != 302:
                yield f"POST {action or here}", Page(told.content.decode())


@pytest.mark.parametrize("who", ["steward", "editor", "author", "nobody"])
def test_every_page_speaks_the_language_of_its_reader(busy: Desk, who: str):
    client = reading(getattr(busy, who, None))
    seen: set[str] = set()
    wrong: dict[str, str] = {}
    for address, page in walked(client):
        seen.add(address)
        for said in in_english(page, READER):
            wrong.setdefault(said, address)
    assert len(seen) > (15 if who == "nobody" else 40)
    assert wrong == {}


def test_a_language_is_named_in_itself(small: Desk):
    page = Page(reading(small.editor).get("/desk/me/").content.decode())
    named_so = {said.text: said.language for said in page.said}
    assert named_so["English"] == "en"


def test_english_on_a_french_page_is_seen():
    page = Page(
        '<html lang="fr"><p>This field is required.</p><p lang="en">Sources and versions</p><p>Nov. 22</p>'
        '<p data-restore="Restore what I typed">Bien</p><p>l\'IA</p><code>Published</code></html>'
    )
    assert list(in_english(page)) == [
        "This field is required.",
        "Nov. 22",
        "Restore what I typed",
        "l'IA",
    ]
    assert is_english("Version 3 of 4 November 2026", "fr") is False
    assert is_english("Skip to the content", "fr")
