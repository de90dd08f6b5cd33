from unicodedata import normalize

import pytest

from masthead.errors import Refused
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.register.commands import (
    add_use_case,
    decide_on,
    register_system,
    status_for,
    system_named,
)
from masthead.vocabulary import Role, SystemStatus, Tier


@pytest.mark.parametrize("said", ["ÉLOÏSE BRAS", "éloïse  bras", normalize("NFD", "Éloïse Bras")])
def test_a_person_is_found_whatever_the_case_of_accented_letters(small, said):
    added = add_person(small.steward, "Éloïse Bras", [Role.EDITOR])
    assert named(said).id == added.id
    with pytest.raises(Refused, match="goes by that name already"):
        add_person(small.steward, said, [Role.EDITOR])


def test_a_system_is_one_whatever_the_case_of_accented_letters(small):
    system = register_system(small.steward, "Élan 3", named("Ada Steward"))
    add_use_case(small.steward, system, Tier.T2)
    decide_on(small.steward, system, SystemStatus.APPROVED)
    assert system_named("ÉLAN 3").id == system.id
    assert status_for("élan 3", Tier.T2) is SystemStatus.APPROVED


def test_two_names_that_differ_stay_two(small):
    add_person(small.steward, "Eloise Bras", [Role.EDITOR])
    add_person(small.steward, "Éloïse Bras", [Role.EDITOR])
