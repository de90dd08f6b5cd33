"""Each column that holds anything of somebody is emptied by the erasure that the inventory names for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.apps import apps
from tests.newsroom.desk import letters, text, use
from tests.newsroom.logins import client_of
from tests.retention import planted

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.evidence.fields import fields_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies.commands import answer
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.inventory import COLUMNS, Holds, held_in
from masthead.newsroom.retention.subjects import item_of, person_called
from masthead.newsroom.retention.words import Ground
from masthead.newsroom.review.commands import break_glass, review_break_glass, run_checks
from masthead.newsroom.worklist import catch_up

MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
STAY = {
    # What was told to the audience is kept with the publication, without title and quotations.
    ("review_publication", "facts"),
}


def values(*sorts: Holds) -> dict[tuple[str, str], set[Any]]:
    """What stands in every column that holds any of these: by table and column."""
    found = {}
    for table, columns in COLUMNS.items():
        for column, holds in columns.items():
            if holds in sorts and (table, column) not in STAY:
                model = MODELS[table]
                name = next(f.attname for f in model._meta.concrete_fields if f.column == column)
                kept = {repr(each) for each in model._base_manager.values_list(name, flat=True)}
                found[table, column] = kept - {"None", "''", "'[erased]'"}
    return found


def sealed(*sorts: Holds) -> dict[tuple[str, str], int]:
    """How many sealed fields hold any of these, by kind and field."""
    found: dict[tuple[str, str], int] = {}
    for entry in Entry.objects.all():
        kind = Kind(entry.kind).name
        for field in fields_of(entry):
            if (
                held_in(kind, field.name) in sorts
                and not field.erased
                and field.value not in (b"null", b'""')
            ):
                found[kind, field.name] = found.get((kind, field.name), 0) + 1
    return found


def past_the_gate(desk) -> Item:
    """An item that went out past the gate, was reviewed, corrected, asked about, answered and withdrawn."""
    item = planted.draft(desk, planted.Words())
    version = items.newest(item)
    items.add_source(desk.author, version, text("Later words.", "later.md"))
    run_checks(desk.author, version)
    break_glass(
        desk.editor, version, "Umbrabird told us it could not wait.", review_within=timedelta(hours=24)
    )
    public.publish(desk.editor, version, site_folder(item))
    review_break_glass(desk.other_editor, version.break_glass, upheld=True, note="Umbrabird was right.")
    asked = planted.question(desk, item, planted.Words())
    answer(desk.steward, asked, "So it is.", show_question=True)
    mended = text(f"Marigoldstreet was right {letters(7)}.")
    public.correct(
        desk.editor, item, mended, "A word was wrong.", uses=(use(),),
        sources=(), folder=site_folder(item),
    )  # fmt: skip
    public.withdraw(desk.editor, item, "It was not so.", site_folder(item))
    return item


def test_nothing_that_stood_in_a_column_of_content_is_left(small):
    other = planted.Words(
        "Another", "Otherwise it is another's.", "Another source.", "another.md", "Otherwise"
    )
    planted.draft(small, replace(other, back="Another note.", external="cms-another"))
    catch_up()
    stays, stays_sealed = values(*CONTENT), sealed(*CONTENT)
    item = past_the_gate(small)
    catch_up()
    planted_now = {where: found - stays[where] for where, found in values(*CONTENT).items()}
    empty = {where for where, found in planted_now.items() if not found}
    assert empty <= NOT_OF_ITEMS, "plant something there, or the test tries less than it says"
    commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    after = values(*CONTENT)
    left = {where: found & after[where] for where, found in planted_now.items() if found & after[where]}
    assert left == {}
    # Of what went out stays what opened with it: the hash of the form, in the entries of what is public.
    sealed_left = {
        where: count - stays_sealed.get(where, 0)
        for where, count in sealed(*CONTENT).items()
        if count > stays_sealed.get(where, 0)
    }
    assert {name for _, name in sealed_left} <= {"canonical_sha256"}


CONTENT = (Holds.STORY, Holds.ASKED, Holds.WORDS)
NOT_OF_ITEMS = {
    ("assurance_correctiveaction", "closed_because"),
    ("assurance_evidence", "note"),
    ("integrity_restoration", "note"),
    ("policy_answer", "note"),
    ("retention_hold", "reason"),
    ("retention_hold", "lifted_because"),
    ("retention_schedule", "reason"),
    ("retention_minimum", "reason"),
    ("witness_alarm", "note"),
    # No form of a browser was sent, and nothing was fetched.
    ("items_version", "sent_sha256"),
    ("items_version", "address"),
    ("items_source", "address"),
    ("review_signoff", "canonical_sha256"),
    ("review_signoff", "said_sha256"),
    ("review_publication", "sidecar_sha256"),
    ("review_finding", "nearest"),
}


def test_nothing_that_stood_in_a_column_of_names_or_logins_is_left(small):
    client_of(small.steward).get("/desk/")
    stays = values(Holds.NAME, Holds.LOGIN)
    leaver = planted.leaver(small)
    client_of(Actor(leaver.person.id)).get("/desk/")
    planted_now = {where: found - stays[where] for where, found in values(Holds.NAME, Holds.LOGIN).items()}
    assert {table for (table, _), found in planted_now.items() if found} >= {
        "accounts_person", "accounts_account", "django_session", "connections_token",
    }  # fmt: skip
    commands.erase(small.steward, person_called(leaver.name), Ground.OBJECTED)
    after = values(Holds.NAME, Holds.LOGIN)
    assert {where: found & after[where] for where, found in planted_now.items() if found & after[where]} == {}
