"""A founded organisation with a desk, and people with a browser each."""

from dataclasses import dataclass

import pytest
from django.test import Client
from tests.newsroom.conftest import small
from tests.newsroom.desk import Desk
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.vocabulary import Role

__all__ = ["small"]


@dataclass(frozen=True)
class Browsers:
    author: Client
    editor: Client
    other_editor: Client
    steward: Client
    auditor: Client
    administrator: Client
    freelancer: Client
    """A contributor who has nothing to do with the items of others."""


@pytest.fixture
def browsers(small: Desk) -> Browsers:
    def one(name: str, role: Role) -> Client:
        return client_of(Actor(add_person(small.steward, name, [role]).id))

    return Browsers(
        author=client_of(small.author),
        editor=client_of(small.editor),
        other_editor=client_of(small.other_editor),
        steward=one("Stu Steward", Role.STEWARD),
        auditor=one("Ava Auditor", Role.AUDITOR),
        administrator=one("Ada Administrator", Role.ADMINISTRATOR),
        freelancer=one("Fay Freelancer", Role.CONTRIBUTOR),
    )
