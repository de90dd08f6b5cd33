"""Mail to people about their login. Jobs hold ids alone; links are made when the mail is sent."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from masthead.errors import Unavailable
from masthead.language import Message, active, supported, using
from masthead.newsroom.accounts.actor import organisation
from masthead.newsroom.accounts.models import Account
from masthead.newsroom.jobs import Lane, enqueue, job

CHANGES = {
    "account/email/password_changed": Message("Your password was changed."),
    "account/email/password_reset": Message("Your password was changed with a link."),
    "account/email/password_set": Message("Your login was given a password."),
    "account/email/email_changed": Message("The address you sign in with was changed."),
    "mfa/email/totp_activated": Message("An authenticator app was added to your login."),
    "mfa/email/totp_deactivated": Message("The authenticator app was taken off your login."),
    "mfa/email/webauthn_added": Message("A passkey was added to your login."),
    "mfa/email/webauthn_removed": Message("A passkey was taken off your login."),
    "mfa/email/recovery_codes_generated": Message("New recovery codes were made for your login."),
    "socialaccount/email/account_connected": Message("A provider of logins was joined to your login."),
    "socialaccount/email/account_disconnected": Message("A provider of logins was taken off your login."),
}
"""What someone is told was done to their login, by allauth's name for it."""


def possible() -> bool:
    """Whether a mail server is set."""
    return bool(settings.MASTHEAD.mail_url)


def send(to: str, subject: Message, *paragraphs: Message | str) -> None:
    """Send one mail now, in the language spoken here; `Unavailable` where the server does not take it."""
    outlet = organisation().name
    body = "\n\n".join([*(str(each) for each in paragraphs), outlet])
    named = str(Message("%(name)s: %(said)s", {"name": outlet, "said": subject}))
    if not EmailMessage(named, body, settings.DEFAULT_FROM_EMAIL, [to]).send():
        raise Unavailable(
            Message("The mail server did not take the mail, so none was sent."),
            Message("Try again later, or hand over the link another way."),
        )


def mail_invitation(to: str, name: str, link: str, days: int) -> None:
    """Mail the link of an invitation, now, so that whoever invites learns whether it went out."""
    send(
        to,
        Message("you are invited"),
        Message("%(name)s, you are invited to work here. Choose how you sign in:", {"name": name}),
        link,
        Message(
            "The link works once, for %(n)s day.", {"n": days}, plural="The link works once, for %(n)s days."
        ),
    )


def mail_new_address(to: str, link: str) -> None:
    """Mail the link that shows an address is one's own, now."""
    send(
        to,
        Message("is this your address?"),
        Message("Someone wants to sign in with this address from now on. If it is you, confirm it:"),
        link,
        Message("The link works for a day. If it is not you, do nothing."),
    )


def ask_for_new_password(email: str, site: str) -> None:
    """Have a link for a new password mailed. The same is done whether anyone has that address.

    What waits already is told by the address and not by whose it is: else one answer would write more than
    another, which takes longer. Only an HMAC of the address is kept.
    """
    address = email.strip().lower()
    account = Account.objects.filter(email=address, is_active=True).first()
    number = account.pk if account else 0
    key = salted_hmac("masthead.new-password", address, algorithm="sha256").hexdigest()
    enqueue(mail_new_password, key=f"new password:{key}", account=number, site=site, language=active())


@job(attempts=4, seconds=60, lane=Lane.POST)
def mail_new_password(account: int, site: str, language: str) -> None:
    """Mail the link for a new password."""
    found = Account.objects.filter(pk=account, is_active=True).first()
    if found is None:
        return
    key = default_token_generator.make_token(found)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(found), "key": key}
    )
    with _speaking(found, language):
        send(
            found.email,
            Message("a new password"),
            Message("Someone, most likely you, asked for a new password. Choose it here:"),
            f"{site}{path}",
            Message("The link works once, for a day. If it was not you, do nothing."),
        )


def tell_of_change(account: Account, what: str) -> None:
    """Have someone told that their login was changed."""
    if possible() and what in CHANGES:
        enqueue(mail_change, key=f"change:{account.pk}:{what}", account=account.pk, what=what)


@job(attempts=4, seconds=60, lane=Lane.POST)
def mail_change(account: int, what: str) -> None:
    """Mail what was done to a login."""
    found = Account.objects.filter(pk=account).first()
    if found is None:
        return
    with _speaking(found, ""):
        send(
            found.email,
            Message("your login was changed"),
            CHANGES[what],
            Message("If it was not you, change your password and tell a steward at once."),
        )


def tell_of_end(email: str) -> None:
    """Tell someone that their login has ended: now, since the address is gone. A failure stops nothing."""
    if possible():
        with suppress(Unavailable):
            send(
                email,
                Message("your login has ended"),
                Message("A colleague ended your login, which is on record. You are signed out everywhere."),
                Message("If you did not expect it, ask a steward."),
            )


@contextmanager
def _speaking(account: Account, asked: str) -> Iterator[None]:
    """Speak to someone who is not at the door, in the language they chose or asked in."""
    language = supported(account.language or asked)
    with using(language), translation.override(language):
        yield
