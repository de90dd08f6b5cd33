"""Who works here, in which role, until when; who may log in."""

from masthead.newsroom.accounts.commands.logins import (
    accept_invitation,
    change_email,
    end_login,
    first_login,
    give_login,
)
from masthead.newsroom.accounts.commands.people import add_person, end_role, grant_role, set_end, set_up

__all__ = [
    "accept_invitation",
    "add_person",
    "change_email",
    "end_login",
    "end_role",
    "first_login",
    "give_login",
    "grant_role",
    "set_end",
    "set_up",
]
