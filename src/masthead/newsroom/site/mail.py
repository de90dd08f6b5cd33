"""Mail, where a server for it is set; a server that is down breaks no page.

What is sent can be had another way too: an invitation stands on the page of who made it.
"""

import logging
from collections.abc import Sequence
from smtplib import SMTPException
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

logger = logging.getLogger("masthead.mail")

SECONDS = 8
"""How long a mail server may take to answer: a person waits meanwhile."""
HERE = ("localhost", "127.0.0.1", "::1")


def mailers(url: str) -> dict[str, Any]:
    """Django's setting MAILERS for the setting `mail_url`; without one, mail goes nowhere."""
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    parts = urlsplit(url)
    from_the_start = parts.scheme == "smtps"
    later = not from_the_start and parts.hostname not in HERE
    return {
        "default": {
            "BACKEND": f"{__name__}.Mail",
            "OPTIONS": {
                "host": parts.hostname,
                "port": parts.port or (465 if from_the_start else 587 if later else 25),
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_ssl": from_the_start,
                "use_tls": later,
                "timeout": SECONDS,
            },
        }
    }


class Mail(EmailBackend):
    """Django's own, but that a failure is a line in the log: of which kind, never to whom."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were sent: none where the server is down, slow or says no."""
        try:
            return super().send_messages(email_messages) or 0
        except (OSError, SMTPException) as error:
            logger.warning("mail was not sent", extra={"told": {"error": type(error).__qualname__}})
            return 0
