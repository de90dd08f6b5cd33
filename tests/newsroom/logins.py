"""Logins and browsers for the people of an organisation under test."""

from functools import cache

from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.models import Account

PASSWORD = "a long enough pass phrase"


def login_of(actor: Actor) -> Account:
    """The login of a person, made where they have none yet; its password is `PASSWORD`."""
    account = Account.objects.filter(person_id=actor.person_id).first()
    if account is None:
        account = Account.objects.create(
            email=f"{actor.person_id.hex}@example.org",
            person_id=actor.person_id,
            password=_hashed(PBKDF2PasswordHasher.iterations),
        )
    return account


def client_of(actor: Actor) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(login_of(actor))
    return client


@cache
def _hashed(iterations: int) -> str:
    # Slow on purpose, so once for all tests with as many rounds: one with others is hashed anew at the login,
    # which ends every session.
    return make_password(PASSWORD)
