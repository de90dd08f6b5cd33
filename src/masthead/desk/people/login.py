"""How a person comes to a login and changes its address; what allauth has no page for."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.account.views import logout
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter as second_factor_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from masthead.desk.doing import did, done, posted
from masthead.desk.forms import Email
from masthead.desk.people import post
from masthead.desk.people.adapters import INVITED
from masthead.desk.people.address import site
from masthead.desk.people.forms import ADDRESS, HINT, PASSWORD
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.access import entrance, signed_in, someone
from masthead.newsroom.accounts.commands import accept_invitation, change_email
from masthead.newsroom.accounts.commands.logins import address
from masthead.newsroom.accounts.invitations import invitation_of
from masthead.newsroom.accounts.models import Account

DAY = 24 * 3600
PASSKEY = "passkey"


class Acceptance(forms.Form):
    """Where a person says how they will sign in."""

    email = Email(
        label=ADDRESS,
        help_text=gettext_lazy("You sign in with it. Colleagues who manage people see it, nobody else."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How will you sign in?"),
        choices=[
            ("password", Message("With a password")),
            (PASSKEY, Message("With a passkey: the finger, face or PIN of your device")),
        ],
        initial="password",
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=PASSWORD,
        help_text=HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    use_required_attribute = False  # who chooses a passkey gives no password

    def clean(self) -> dict[str, object]:
        """Ask for a password only where that is the way."""
        if self.cleaned_data.get("way") == PASSKEY:
            self.errors.pop("password", None)
        return self.cleaned_data


@entrance
@never_cache
@require_safe
def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address, so that no later page tells it on."""
    invitation_of(token)
    request.session[INVITED] = token
    return redirect("account_invitation")


@entrance
@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest) -> HttpResponse:
    """Accept an invitation: say how you will sign in, and be signed in."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="signup")
    if limited:
        return limited
    token = str(request.session.get(INVITED, ""))
    found = invitation_of(token)
    form = Acceptance(posted(request), initial={"email": found.email})
    if form.is_valid():
        said = form.cleaned_data
        password = None if said["way"] == PASSKEY else said["password"]
        account = done(form, lambda: accept_invitation(token, said["email"], password))
        if account is not None:
            return _signed_in(request, account, by_passkey=password is None)
    page = {"form": form, "invited": found, "other": request.user.is_authenticated}
    return render(request, "account/invitation.html", page)


def _signed_in(request: HttpRequest, account: Account, *, by_passkey: bool) -> HttpResponse:
    return sign_in(request, account, reverse("mfa_add_webauthn" if by_passkey else "desk:work"))


def sign_in(request: HttpRequest, account: Account, onward: str) -> HttpResponse:
    """Sign in whose login was made this moment, in a session of their own; a second proof is still asked for.

    Who just showed the link need not show at once again who they are, to add a passkey for instance.
    """
    request.session.flush()  # whoever was signed in here before
    record_authentication(request, account, method="invitation", reauthenticated=True)
    response: HttpResponse = perform_login(request, account, email_verification="none", redirect_url=onward)
    return response


@entrance
def closed(request: HttpRequest) -> HttpResponse:
    """Where others have a sign-up: a login comes by invitation."""
    return render(request, "account/signup_closed.html")


class NewAddress(forms.Form):
    """Another address to sign in with."""

    email = Email(
        label=gettext_lazy("New e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


@signed_in
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]  # allauth has no types
def email(request: HttpRequest) -> HttpResponse:
    """Change the address one signs in with; where mail goes out, only after it was confirmed."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="manage_email")
    if limited:
        return limited
    account = someone(request).account
    form = NewAddress(posted(request))
    if form.is_valid():
        wanted = form.cleaned_data["email"]
        command = _ask if post.possible() else _change
        if did(form, lambda: command(request, account, wanted)):
            return redirect("desk:me")
    page = {"form": form, "account": account, "mail": post.possible(), "here": "me"}
    return render(request, "account/email.html", page)


def _ask(request: HttpRequest, account: Account, wanted: str) -> None:
    to = address(wanted)
    said = {"account": account.pk, "from": account.email, "to": to}
    path = reverse("account_confirm_email", args=[signing.dumps(said, salt=_SALT)])
    post.mail_new_address(to, f"{site(request)}{path}")
    messages.success(
        request, str(Message("A mail is on its way to the new address. Open the link in it to confirm."))
    )


_SALT = "masthead.change-email"


def _change(request: HttpRequest, account: Account, wanted: str) -> None:
    before = account.email
    change_email(account, wanted)
    # allauth keeps a list of its own, by which the old address would still let someone in.
    EmailAddress.objects.filter(user=account).delete()
    if before != account.email:
        post.tell_of_change(account, "account/email/email_changed")
    messages.success(request, str(Message("You sign in with %(to)s from now on.", {"to": account.email})))


@signed_in
@never_cache
def confirm_email(request: HttpRequest, signed: str) -> HttpResponse:
    """The page that the link in the mail leads to: one click makes the address one's own."""
    account = someone(request).account
    try:
        said = signing.loads(signed, salt=_SALT, max_age=DAY)
    except signing.BadSignature:
        said = {}
    if said.get("account") != account.pk or said.get("from") != account.email:
        raise NotFound(
            Message("This link is too old, was used already, or is for another login."),
            Message("Ask for a new one on your own page."),
        )
    form = forms.Form(posted(request))
    if request.method == "POST" and did(form, lambda: _change(request, account, said["to"])):
        return redirect("desk:me")
    page = {"form": form, "wanted": said["to"], "here": "me"}
    return render(request, "account/email_confirm.html", page)


def sign_out(request: HttpRequest) -> HttpResponse:
    """The page that asks, and the leaving: whoever goes back on a shared machine is shown nothing kept."""
    answer: HttpResponse = logout(request)
    if not request.user.is_authenticated:
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@signed_in
def second_factors(request: HttpRequest) -> HttpResponse:
    """One's own page says it all."""
    return redirect("desk:me")


@signed_in
@never_cache
@require_safe
def totp_code(request: HttpRequest) -> HttpResponse:
    """The picture that an authenticator app scans, for the secret this session is about to keep."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise NotFound(
            Message("No authenticator app is being added just now."), Message("Begin on your own page.")
        )
    adapter = second_factor_adapter()
    url = adapter.build_totp_url(someone(request).account, secret)
    return HttpResponse(adapter.build_totp_svg(url), content_type="image/svg+xml")
