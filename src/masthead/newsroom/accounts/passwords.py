"""Passwords that are guessed first: those made of words that anyone who attacks this desk would try."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from masthead.language import Message
from masthead.newsroom.accounts.models import Account, Organisation

STEMS = (
    "masthead", "password", "passwort", "motdepasse", "motsdepasse", "contrasena", "wachtwoord",
    "adgangskode", "azerty", "qwerty", "qwertz", "letmein", "bienvenue", "welcome", "123456",
)  # fmt: skip
"""In the languages around us; Django's own list of common passwords is English above all."""
SHORTEST = 5
"""Letters that a name has at least for a password not to hold it: shorter ones stand in other words."""
SPELT = str.maketrans("013457@$!", "oieastasi")


class Guessable:
    """Refuse a password that holds a stem, the outlet's name, or the name or address of whose it is."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise `ValidationError` and say what the password may hold."""
        names = list(Organisation.objects.values_list("name", flat=True))
        if user is not None:
            names.append(user.email.split("@")[0])
            names += [user.person.name] if user.person is not None else []
        refuse(password, *names)

    def get_help_text(self) -> str:
        """What is asked, before one is chosen."""
        return str(Message("No word for “password”, and no name of the outlet or of yours."))


def refuse(password: str, *names: str) -> None:
    """Raise `ValidationError` where the password holds a stem or one of these names, or a word of one."""
    written = {squeezed(password), squeezed(password.translate(SPELT))}
    words = {squeezed(word) for name in names for word in (name, *re.split(r"[\W_]+", name))}
    refused = {*STEMS, *(word for word in words if len(word) >= SHORTEST)}
    if any(word in each for word in refused for each in written):
        raise ValidationError(
            str(
                Message(
                    "This password is among the first that someone would try: it holds a word for “password”,"
                    " a row of keys, or the name of the outlet, of a person or of their address."
                )
            ),
            code="password_guessable",
        )


def squeezed(text: str) -> str:
    """Letters and digits alone, small and without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if each.isalnum())
