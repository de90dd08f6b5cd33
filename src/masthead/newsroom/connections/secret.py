"""What a token looks like: `mh_`, 43 random letters and digits (256 bits), and six that check them.

The prefix and the checksum let scanners of leaked secrets find one without taking other text for it, and let
a mistyped one be refused without asking the database.
"""

import re
import secrets
import string
from hashlib import sha256
from zlib import crc32

PREFIX = "mh_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM = 43
CHECK = 6
FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{RANDOM + CHECK}}}")
"""The pattern to give to a scanner for secrets."""


def new_secret() -> str:
    """A fresh token."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return f"{PREFIX}{body}{_check(body)}"


def well_formed(secret: str) -> bool:
    """Whether this may be a token: of the right form, with its checksum."""
    if not FORM.fullmatch(secret):
        return False
    body = secret.removeprefix(PREFIX)
    return _check(body[:RANDOM]) == body[RANDOM:]


def digest(secret: str) -> str:
    """What is kept of a token. Of 256 random bits nothing slower than SHA-256 is needed."""
    return sha256(secret.encode()).hexdigest()


def _check(body: str) -> str:
    """The CRC-32 of the random part in base 62, as GitHub's tokens have it."""
    number, digits = crc32(body.encode()), ""
    for _ in range(CHECK):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
