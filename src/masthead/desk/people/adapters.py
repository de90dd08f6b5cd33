"""What Masthead asks of django-allauth: no sign-up, no login after someone's last day, mail that may fail."""

from io import BytesIO
from typing import Any

import qrcode
import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount import app_settings as provider_settings
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from qrcode.image.svg import SvgPathFillImage

from masthead.clock import today
from masthead.desk.people import patience, post
from masthead.errors import Refused, Unavailable
from masthead.language import Message
from masthead.newsroom.accounts.commands import accept_invitation
from masthead.newsroom.accounts.invitations import invitation_of
from masthead.newsroom.accounts.models import Account, Organisation

INVITED = "invitation"
"""Where a session keeps the secret of the invitation it came by, until that is accepted."""

WORDS = {
    "account_inactive": Message("This login has ended. Ask a steward."),
    "email_password_mismatch": Message(
        "This address and this password do not belong together. Check both and try again."
    ),
    "enter_current_password": Message("This is not your password. Try again."),
    "incorrect_password": Message("This is not your password. Try again."),
    "incorrect_code": Message(
        "This code does not fit. Wait for the next one and type that. If that does not fit either, check the"
        " clock of your phone: it may be half a minute off, not more."
    ),
    "invalid_password_reset": Message("This link is too old or was used already. Ask for a new one."),
    "too_many_login_attempts": patience.CODES,  # of a second proof: passwords say it by themselves
    "rate_limited": patience.CODES,
    "no_password": Message("Choose a password first, or you could not get in without this provider."),
    "cannot_delete_authenticator": Message("This cannot be taken away now."),
    "cannot_generate_recovery_codes": Message("Add a passkey or an authenticator app first."),
}
"""What allauth says, in our words."""


def display(account: Account) -> str:
    """How a login is called: by the name of its person."""
    return account.person.name if account.person else ""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Logins."""

    error_messages = DefaultAccountAdapter.error_messages | WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a login comes by invitation."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Let nobody in whose time here is over, or who is nobody here."""
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return refused or (None if may_work(user) else redirect("account_inactive"))

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of this very site are gone to after a login."""
        host = self.request.get_host()
        return (url or "").startswith("/") and url_has_allowed_host_and_scheme(url, host)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by; one for all where the server does not tell it."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return "0.0.0.0"  # noqa: S104 - no address

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try at a password, or refuse it."""
        self._tries = patience.Tries(request, str(credentials.get("email", "")))
        self._tries.count()

    def _rollback_login_failed_rl_usage(self) -> None:
        self._tries.take_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        patience.Tries(request, str(credentials.get("email", ""))).forget()

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """What is said of an error; of too many codes also by the status of the page."""
        if code in ("too_many_login_attempts", "rate_limited"):
            patience.refuse(self.request, patience.CODES_WAIT)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Go on to the desk; this device is known from now on."""
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        patience.know(answer, user.email)
        return answer

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Whether this is their password.

        A password kept by older rounds of hashing is hashed anew at that, which would end this very session.
        """
        before, right = user.password, bool(super().reauthenticate(user, password))
        user.refresh_from_db(fields=["password"])
        if right and user.password != before:
            update_session_auth_hash(self.request, user)
        return right

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return str(redirect("desk:me").url)

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: Any = None, email: Any = None
    ) -> None:
        """Tell someone by mail that their login was changed; a mail server that is down stops nothing."""
        post.tell_of_change(user, template_prefix)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | WORDS

    def get_totp_issuer(self) -> str:
        """What an authenticator app calls this desk."""
        return _outlet()

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, dark on white also in dark mode."""
        kept = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage, border=3).save(kept)
        return kept.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a passkey is for: this host, under the outlet's name."""
        kept: dict[str, str] = super().get_public_key_credential_rp_entity()
        return kept | {"name": _outlet()}

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002 - allauth's word
        """What a passkey is called until its person gives it a name."""
        count = user.authenticator_set.filter(type=type).count()  # type: ignore[attr-defined]  # allauth's
        return str(Message("Passkey %(number)s", {"number": count + 1}))


class Provider(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The organisation's own provider of logins. It never makes a login for someone who was not invited."""

    error_messages = DefaultSocialAccountAdapter.error_messages | WORDS

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up: a login comes by invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join whom the provider vouches for to their login, or to the invitation they came with."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        vouched = [each.email.lower() for each in sociallogin.email_addresses if each.verified]
        token = request.session.get(INVITED)
        if token:
            account: Account | None = _invited(token, vouched)
            del request.session[INVITED]
        else:
            account = Account.objects.filter(email__in=vouched).first()
        if account is not None:
            sociallogin.connect(request, account)

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Only where the provider says so of this very address."""
        return False

    def get_requests_session(self) -> requests.Session:
        """Ask the provider; where it gives no answer, say so."""
        return _Asking()

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to one's own page."""
        return str(redirect("desk:me").url)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Say in one line that it did not work, where to log in another way."""
        if kwargs.get("error") == "cancelled":
            return
        messages.error(
            request,
            str(Message("Your provider did not let you in. Try again, or sign in with your password.")),
        )
        raise ImmediateHttpResponse(redirect("account_login"))


class _Asking(requests.Session):
    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", provider_settings.REQUESTS_TIMEOUT)
        try:
            answer = super().request(*args, **kwargs)
        except requests.RequestException as error:
            raise _silent() from error
        if answer.status_code >= 500:
            raise _silent()
        return answer


def _silent() -> Unavailable:
    return Unavailable(
        Message("Your provider of logins gives no answer."),
        Message("Try again in a minute, or sign in with your password or passkey."),
    )


def _invited(token: str, vouched: list[str]) -> Account:
    address = vouched[0] if vouched else invitation_of(token).email
    if not address:
        raise Refused(
            Message("Your provider does not say which address is yours."),
            Message("Accept the invitation with a password instead."),
        )
    return accept_invitation(token, address, None)


def may_work(account: Account) -> bool:
    """Whether the person of this login still works here today."""
    person = account.person
    if person is None:
        return False
    return person.ends_on is None or person.ends_on >= today()


def _outlet() -> str:
    found = Organisation.objects.first()
    return found.name if found else "Masthead"
