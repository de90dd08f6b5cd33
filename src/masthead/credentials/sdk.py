"""The one place that knows how the C2PA SDK is set up: no network, no thumbnails, trust only as given.

A context does not survive `fork()`, and costs 0.07 ms: each call makes its own.
"""

from collections.abc import Iterable
from typing import Any

from c2pa import Context

EMBEDDED = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Media types whose credential is written into the file."""

SIDECAR = frozenset({"text/html", "text/markdown", "text/plain"})
"""Media types whose credential is a file beside it."""

EXTENDED_KEY_USAGES = (
    "1.3.6.1.5.5.7.3.4",  # e-mail protection
    "1.3.6.1.5.5.7.3.36",  # document signing (RFC 9336)
    "1.3.6.1.4.1.62558.2.1",  # C2PA claim signing
)
"""What a signer's certificate may be for: C2PA Technical Specification, section "Certificate profile"."""


def context(trust: Iterable[bytes] = ()) -> Context:
    """An SDK context that believes the given PEM roots (of signers and of time stamps) and nobody else.

    The SDK's own look at what it has signed is off: `signing` reads it back itself, and asks for more.
    """
    settings: dict[str, Any] = {
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
        "builder": {"thumbnail": {"enabled": False}},
    }
    anchors = "\n".join(pem.decode("ascii", errors="replace").strip() for pem in trust)
    if anchors:
        settings["trust"] = {
            "user_anchors": anchors + "\n",
            "trust_config": "".join(f"{oid}\n" for oid in EXTENDED_KEY_USAGES),
        }
    return Context.from_dict(settings)
