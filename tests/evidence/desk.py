"""The smallest record: persons, and the revisions of a policy, changed by the smallest commands."""

from typing import Any
from uuid import UUID

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import fields_of, join, values_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.log import Receipt, Recording, record
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.policy.models import PolicyRevision

ITEM = "item-of-the-tests"
FORM = "ab" * 32
PUBLISHED = "cd" * 32


def add_person(name: str) -> tuple[Person, Receipt]:
    person = Person(name=name)

    def decide(r: Recording) -> dict[str, Any]:
        r.add(person)
        return {"person": str(person.id), "office": False, "roles": [], "through": "terminal"}

    return person, record(Kind.PERSON_ADDED, actor=person.id, decide=decide)


def rename(person: Person, name: str) -> Receipt:
    """Change a row. No command of the desk renames a person, so any kind stands for it."""

    def decide(r: Recording) -> dict[str, Any]:
        r.change(person, name=name)
        return {"person": str(person.id), "role": "editor", "through": "terminal"}

    return record(Kind.ROLE_GRANTED, actor=person.id, decide=decide)


def adopt(person: Person, number: int) -> PolicyRevision:
    revision = PolicyRevision(number=number, profile="solo", controls=[{"id": "x", "days": None, "n": 1}])

    def decide(r: Recording) -> dict[str, Any]:
        revision.adopted_by = person
        revision.adopted_at = r.now
        r.add(revision)
        return {"number": number, "profile": "solo", "controls": ["x"], "through": "terminal"}

    record(Kind.POLICY_ADOPTED, actor=person.id, decide=decide)
    return revision


def say(kind: Kind, actor: UUID | None = None, **said: Any) -> Receipt:
    """An entry of any kind about the tests' item; a new person stands for what it changes."""
    fields = dict.fromkeys(FIELDS[kind].opens, None) | {"through": "terminal"} | said
    if "item" in fields:
        fields["item"] = said.get("item", ITEM)

    def decide(r: Recording) -> dict[str, Any]:
        r.add(Person(name=f"Person {r.place}"))
        return fields

    return record(kind, actor=actor, decide=decide)


def publish_item(system: str = "Lingua") -> Receipt:
    """A published item: added, checked, signed off by an editor, published."""
    uses = [{"system": system, "task": "translation", "tier": "T1"}]
    about = {"canonical_sha256": FORM, "sources": 2, "uses": uses}
    places = [
        say(Kind.ITEM_ADDED, medium="text", number=1, content_sha256="ee" * 32, **about).place,
        say(
            Kind.VERSION_ADDED, number=2, content_sha256="99" * 32, **about | {"canonical_sha256": "77" * 32}
        ).place,
        say(Kind.CHECKS_RUN, canonical_sha256=FORM, ran={"traceability": "1"}, findings=["f"]).place,
        say(Kind.FINDING_WAIVED, role="editor", reason="witnessed", note="the source told me").place,
        say(Kind.SIGNED_OFF, canonical_sha256=FORM, role="editor", self_signed=False).place,
    ]
    return say(
        Kind.PUBLISHED,
        role="editor",
        media_type="text/html",
        published_sha256=PUBLISHED,
        canonical_sha256=FORM,
        disclosure_sha256="12" * 32,
        uses=uses,
        counts={"numbers": 3},
        rests_on=places,
        responsible="Ada Lovelace",
    )


def sealed_value(place: int, name: str) -> Any:
    return values_of(Entry.objects.get(place=place))[name]


def erase(place: int, name: str) -> None:
    """Destroy the salt and value of a field, as erasure does."""
    entry = Entry.objects.get(place=place)
    kept = [each.without_value() if each.name == name else each for each in fields_of(entry)]
    with lifted():
        Entry.objects.filter(place=place).update(sealed=join(kept))
