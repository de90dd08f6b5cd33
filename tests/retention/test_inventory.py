"""The inventory names every place where somebody's words could stand: it cannot fall behind the tables."""

import pytest
from django.apps import apps
from django.db.models import BinaryField, CharField, FileField, GenericIPAddressField, JSONField, TextField

from masthead.newsroom.evidence.kinds import FIELDS as OF_KINDS
from masthead.newsroom.evidence.kinds import IMPLICIT, Kind, Opens
from masthead.newsroom.retention.inventory import COLUMNS, FIELDS, HOW, NO_WORDS, TOLD_WORDS, Holds, held_in

SAYS_SOMETHING = (BinaryField, CharField, FileField, GenericIPAddressField, JSONField, TextField)
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


@pytest.mark.parametrize("table", sorted(MODELS))
def test_every_column_that_can_say_something_is_in_the_inventory(table):
    columns = {
        str(each.column) for each in MODELS[table]._meta.concrete_fields if isinstance(each, SAYS_SOMETHING)
    }
    assert COLUMNS.get(table, {}).keys() == columns, f"say in retention/inventory.py what {table} holds"


def test_the_inventory_names_no_table_that_is_gone():
    assert COLUMNS.keys() <= MODELS.keys()


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.name)
def test_every_sealed_field_is_in_the_inventory(kind):
    for name in (*OF_KINDS[kind].opens, *IMPLICIT):
        assert held_in(kind.name, name) in Holds, f"say in retention/inventory.py what {name} holds"


def test_no_sealed_field_of_the_inventory_is_gone():
    known = {name for fields in OF_KINDS.values() for name in fields.opens} | set(IMPLICIT)
    assert FIELDS.keys() <= known
    assert {(kind.name, name) for kind in Kind for name in OF_KINDS[kind].opens} >= NO_WORDS | TOLD_WORDS


def test_nothing_that_opens_holds_words_of_people():
    for kind, fields in OF_KINDS.items():
        for name, opens in fields.opens.items():
            if opens is not Opens.NEVER:
                assert held_in(kind.name, name) not in (Holds.WORDS, Holds.NAME, Holds.LOGIN, Holds.ASKED)


def test_every_sort_says_how_it_goes():
    assert HOW.keys() == set(Holds)
