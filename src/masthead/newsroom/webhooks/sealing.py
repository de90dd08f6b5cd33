"""Endpoints' secrets: made here, shown once, kept sealed under a key that is not in the database."""

import base64
import secrets
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from standardwebhooks.webhooks import Webhook

from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.newsroom.turns import turn
from masthead.newsroom.webhooks.models import Delivery, Endpoint

KEY = Path("keys") / "webhooks.key"
_NONCE = 12


def new_secret() -> str:
    """A secret of 32 random bytes, as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def sealed(secret: str, endpoint: UUID) -> bytes:
    """`secret` as it is kept: AES-256-GCM, bound to the endpoint."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(make=True)).encrypt(nonce, secret.encode(), endpoint.bytes)


def opened(kept: bytes, endpoint: UUID) -> str:
    """What `sealed` sealed. `NotReady` where the key is another's or lost."""
    try:
        return AESGCM(_key()).decrypt(kept[:_NONCE], kept[_NONCE:], endpoint.bytes).decode()
    except InvalidTag as error:
        raise _lost() from error


def headers(endpoint: Endpoint, delivery: Delivery, now: datetime) -> dict[str, str]:
    """The headers of one try: id, time and signature; two signatures for a while after a rotation."""
    kept = [endpoint.secret]
    if endpoint.previous is not None and endpoint.previous_until and now < endpoint.previous_until:
        kept.append(endpoint.previous)
    signatures = [
        Webhook(opened(bytes(each), endpoint.id)).sign(delivery.message_id, now, delivery.body)
        for each in kept
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _key(*, make: bool = False) -> bytes:
    path: Path = settings.MASTHEAD_HOME / KEY
    if make and not path.exists():
        _make(path)
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _lost() from error


def _make(path: Path) -> None:
    lasting.made(path.parent)
    with turn(settings.MASTHEAD_HOME, "webhooks"):
        if path.exists():
            return
        # Secrets are sealed with it from now on, on record: it must not go with the power.
        lasting.replace(path, secrets.token_bytes(32), alone=True)


def _lost() -> NotReady:
    return NotReady(
        Message("The key that seals the secrets of webhooks is not in the home folder, or is another."),
        Message("Put keys/webhooks.key back from its backup, or make a new secret for each endpoint."),
    )
