"""Work in which every value that could name somebody is one of its own, so that it can be looked for."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.newsroom.desk import Desk, approved, letters, text, use
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.commands import add_person, end_role
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.connections.models import ExternalId, Token
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.items.models import Item
from masthead.newsroom.policy.commands import answer as answer_control
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.retention import clock_ahead
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import Finding
from masthead.vocabulary import Role, Task, Tier, WaiverReason

NAME = "Zebedee Quillfeather"


@dataclass
class Words:
    """Words found nowhere else."""

    title: str = "Vermilionquay scandal"
    story: str = "Marigoldstreet said in 1987 that 4711 barrels were dumped."
    source: str = "Interview with Nightjarwitness, who saw 4711 barrels."
    label: str = "nightjarwitness-tape.md"
    quote: str = "Marigoldstreet"
    waiver: str = "Ask Pellucidsource about it."
    back: str = "Take out Obsidianlead."
    external: str = "cms-heliotropeslug"
    asked: str = "Was Cormorantfigure paid?"
    reach: str = "peregrinereader@example.org"

    @property
    def all(self) -> list[str]:
        """The words to look for."""
        return [
            "Vermilionquay", "Marigoldstreet", "Nightjarwitness", "nightjarwitness-tape", "Pellucidsource",
            "Obsidianlead", "heliotropeslug", "4711 barrels",
        ]  # fmt: skip


def draft(desk: Desk, words: Words) -> Item:
    """An item that never went out, with all that can stand about one."""
    if not AISystem.objects.exists():
        approved(desk)
    version = items.add_item(
        desk.author,
        Given("story.md", words.story.encode(), None, None),
        sources=[Given(words.label, words.source.encode())],
        uses=[UseGiven("Ink", Task.EDITING, Tier.T2, (0, len(words.quote)))],
        title=words.title,
        language="en",
    )
    commands.run_checks(desk.author, version)
    finding = Finding.objects.filter(run__version=version, quote__isnull=False).first()
    if finding:
        commands.waive(desk.editor, version, finding, WaiverReason.WITNESSED, words.waiver)
    commands.send_back(desk.editor, version, words.back)
    ExternalId.objects.create(source="cms", external_id=words.external, item=version.item)
    return version.item


def withdrawn(desk: Desk, words: Words) -> Item:
    """The same, published and withdrawn."""
    item = draft(desk, words)
    version = items.newest(item)
    commands.run_checks(desk.author, version)
    for finding in Finding.objects.filter(run__version=version):
        if not item.waivers.filter(fingerprint=finding.fingerprint).exists():
            commands.waive(desk.editor, version, finding, WaiverReason.WITNESSED)
    commands.sign_off(desk.editor, version)
    public.publish(desk.editor, version, site_folder(item))
    public.withdraw(desk.editor, item, "It was not so.", site_folder(item))
    return item


def question(desk: Desk, item: Item, words: Words) -> Question:
    """A question about it, with a way to reach who asked."""
    asked, _ = remedies.ask(item, words.asked, language="en", reach=words.reach)
    return asked


@dataclass
class Leaver:
    """Somebody who worked here, under a name and an address found nowhere else."""

    person: Person
    name: str
    email: str
    items: list[Item] = field(default_factory=list)


def leaver(desk: Desk, name: str = NAME) -> Leaver:
    """Somebody who wrote, signed off, was talked about, signed in, and left."""
    person = add_person(desk.steward, name, [Role.EDITOR, Role.CONTRIBUTOR])
    gone = Leaver(person, name, f"{name.lower().replace(' ', '.')[:14]}@example.org")
    actor = Actor(person.id)
    client = client_of(actor)
    client.get("/desk/")
    account = person.account
    account.email = gone.email
    account.save()
    if not AISystem.objects.exists():
        approved(desk)
    version = items.add_item(
        actor,
        text(f"The river rose. {letters(len(name))}"),
        uses=[use()],
        sources=[text("It rose.")],
        title="River",
        language="en",
    )
    commands.run_checks(actor, version)
    commands.send_back(desk.editor, version, f"Ask {name.upper()} once more.")
    commands.sign_off(desk.editor, version)
    public.publish(desk.editor, version, site_folder(version.item))
    gone.items.append(version.item)
    other = items.add_item(desk.author, text("The river fell."), title="Fall", language="en")
    commands.run_checks(desk.author, other)
    commands.sign_off(actor, other)
    remedies.ask(version.item, f"Did {name.replace(' ', '   ')} see it?", language="en")
    today = datetime.now(UTC).date()
    Token.objects.create(
        name=f"The wire of {name}", person=person, scopes=["items"], made_by=person, made_on=today,
        expires_on=today,
    )  # fmt: skip
    for role in (Role.EDITOR, Role.CONTRIBUTOR):
        end_role(desk.steward, person, role)
    person.refresh_from_db()
    return gone


__all__ = ["NAME", "Leaver", "Words", "answer_control", "draft", "leaver", "named", "question", "withdrawn"]


def round_at(now: datetime) -> int:
    """A round of the clock at another time, which a person found right."""
    clock_ahead.gone(now)
    return go_round(now)
