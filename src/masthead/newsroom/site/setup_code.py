"""The code that lets whoever started the desk set it up in a browser, and nobody else on the network.

It stands in `setup.code` in the home folder, for its owner alone, until there is an organisation.
"""

import os
import secrets
from hmac import compare_digest
from pathlib import Path

from django.conf import settings

from masthead.newsroom.accounts.models import Organisation
from masthead.newsroom.evidence import missing

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another."""
GROUPS, LENGTH = 4, 4
"""16 letters of 31 are 79 bits: nobody guesses them over a network."""


def needed() -> bool:
    """Whether the desk waits to be set up."""
    return not Organisation.objects.exists()


def setup_code() -> str:
    """The code in force, made if there is none yet; empty once there is an organisation.

    `Damaged` where a record was published from here and its database is gone: that is no beginning.
    """
    if not needed():
        forget()
        return ""
    missing.refuse(settings.MASTHEAD_HOME)
    try:
        return _file().read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _made()


def fits(said: str) -> bool:
    """Whether `said` is the code, whatever its case and hyphens; takes as long whichever letter is wrong."""
    code = setup_code()
    return bool(code) and compare_digest(_plain(said), _plain(code))


def forget() -> None:
    """Take the code away: there is an organisation now."""
    _file().unlink(missing_ok=True)


def _made() -> str:
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker
        return _file().read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as kept:
        kept.write(code + "\n")
    return code


def _plain(code: str) -> bytes:
    return "".join(letter for letter in code.lower() if letter.isalnum()).encode()


def _file() -> Path:
    home: Path = settings.MASTHEAD_HOME
    return home / "setup.code"
