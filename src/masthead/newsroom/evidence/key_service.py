"""Keys of the log that are kept by a service: a KMS, a hardware module, an agent on another machine.

The setting `log_signer` names, as `package.module:callable`, what gives a `KeyService` when it is called
without arguments. It runs in this process, each time something is to be signed, as the database's driver
does; nothing is loaded that whoever looks after this machine has not named.

Nothing it says is believed: a signature that does not verify under the key that was asked for goes nowhere
(`signing`). What it raises is told by the kind of the error alone, for its words may hold a secret.
"""

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from django.conf import settings

from masthead.errors import NotReady, Unavailable
from masthead.language import Message
from masthead.tlog.note import Malformed, VerifierKey

SECONDS = 10.0
"""How long it may take to answer: others wait for a publication meanwhile."""


class KeyService(Protocol):
    """What others write: Ed25519 keys (RFC 8032) as 32 bytes, signatures as 64."""

    def public_key(self) -> bytes:
        """The key to take up at the next `masthead init`, `key rotate` or `key replace`."""
        ...

    def sign(self, public_key: bytes, message: bytes) -> bytes:
        """The signature by that key, which may be an earlier one; whatever is raised is a refusal."""
        ...


class ServiceSigner:
    """One key of the service."""

    def __init__(self, service: KeyService, key: VerifierKey) -> None:
        self._service = service
        self.key = key

    def sign(self, message: bytes) -> bytes:
        """Have the service sign. `Unavailable` where it does not, or not in time."""
        signature: bytes = _asked(lambda: self._service.sign(self.key.public_key, message))
        return signature


def service() -> KeyService | None:
    """The service that the setting names; None where it names none. `NotReady` where it is not there."""
    named: str = settings.MASTHEAD.log_signer
    if not named:
        return None
    module, _, name = named.partition(":")
    try:
        make = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise NotReady(
            Message("What the setting %(name)s names cannot be loaded.", {"name": "log_signer"}),
            Message(
                "Install it where Masthead is installed, and name it as package.module:callable in"
                " config.toml or in the environment as MASTHEAD_LOG_SIGNER."
            ),
        ) from error
    made: KeyService = _asked(make)
    return made


def newest(of: KeyService, origin: str) -> ServiceSigner:
    """The key that the service says to take up. `Unavailable` where it names none that can be trusted."""
    said = _asked(of.public_key)
    try:
        return ServiceSigner(of, VerifierKey(origin, bytes(said)))
    except (Malformed, TypeError, ValueError) as error:
        raise Unavailable(
            Message("The key service names something that is no Ed25519 key of 32 bytes."),
            Message("Nothing was changed. Look at what the setting log_signer names."),
        ) from error


def _asked(question: Callable[[], Any]) -> Any:
    """What the service answers, within the time it has."""
    answers: list[Any] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(question())
        except Exception as error:  # noqa: BLE001 - told by its kind below
            errors.append(error)

    # A thread that ends with the process: one that hangs must keep neither a publication nor the process.
    asking = threading.Thread(target=ask, name="key service", daemon=True)
    asking.start()
    asking.join(SECONDS)
    if answers:
        return answers[0]
    if not errors:
        raise Unavailable(
            Message("The key service did not answer within %(seconds)s seconds.", {"seconds": int(SECONDS)}),
            Message("Nothing was signed. See that it runs and can be reached, then do the same again."),
        )
    raise Unavailable(
        Message("The key service did not sign (%(why)s).", {"why": type(errors[0]).__name__}),
        Message("Nothing was signed. See that it runs and holds the log's key, then do the same again."),
    ) from None
