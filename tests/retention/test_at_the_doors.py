"""What other software, a reader and the log's own doors say once something is erased."""

from django.db import connection
from django.test import Client
from tests.api.software import cms
from tests.retention import planted

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import item_of, question_of
from masthead.newsroom.retention.words import Ground


def test_software_is_told_that_it_is_gone_and_nothing_of_it(small):
    words = planted.Words()
    item = planted.draft(small, words)
    software = cms(small, Actor(small.editor.person_id))
    before = software("GET", f"/items/{item.public_id}")
    assert before.status_code == 200
    commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    for path in (f"/items/{item.public_id}", f"/items/{item.public_id}/clearance", "/items"):
        said = software("GET", path)
        assert said.status_code < 500, path
        assert not [word for word in words.all if word in said.content.decode()], path
    by_name = software("GET", f"/items/by-external-id/cms/{words.external}")
    assert by_name.status_code == 404


def test_readers_see_the_answer_and_no_longer_the_question(small):
    from masthead.newsroom.public.commands import answer_question

    words = planted.Words()
    item = planted.leaver(small).items[0]
    asked = planted.question(small, item, words)
    answer_question(small.steward, asked, "He was not.", show_question=True)
    page = f"/items/{item.public_id}/"
    reader = Client()
    assert "Cormorantfigure" in reader.get(page).content.decode()
    commands.erase(small.steward, question_of(asked.public_id), Ground.OBJECTED)
    said = reader.get(page).content.decode()
    assert "He was not." in said
    assert "Cormorantfigure" not in said


def test_the_served_log_goes_on_from_where_it_was(small):
    item = planted.draft(small, planted.Words())
    publish_checkpoint()
    reader = Client()
    width = int(reader.get("/log/checkpoint").content.split(b"\n")[1])
    tile = f"/log/tile/0/000.p/{width}"
    before = b"".join(reader.get(tile))
    assert before
    commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    publish_checkpoint()
    assert b"".join(reader.get(tile)) == before


def test_each_connection_overwrites_what_it_deletes(small):
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
