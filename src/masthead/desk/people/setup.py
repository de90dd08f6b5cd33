"""The first run: whoever started the desk says whose it is and gets the first login.

Each step keeps what was said in the session, so that going back or loading a page again loses nothing; only
the last writes the record. Once there is an organisation, nobody comes here any more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from masthead import declaration
from masthead.desk.doing import done, posted
from masthead.desk.forms import Email, Measured
from masthead.desk.people.forms import ADDRESS, HINT, PASSWORD
from masthead.desk.people.login import sign_in
from masthead.language import Message
from masthead.newsroom.accounts.access import entrance
from masthead.newsroom.accounts.commands import first_login
from masthead.newsroom.accounts.models import Account, Person
from masthead.newsroom.accounts.passwords import refuse
from masthead.newsroom.policy.listing import listed
from masthead.newsroom.site.founding import found
from masthead.newsroom.site.setup_code import fits, forget, needed, setup_code
from masthead.vocabulary import Profile

KEPT = "setup"
STEPS = ("setup_outlet", "setup_you", "setup_profile")


class Code(forms.Form):
    """The code that the terminal shows."""

    code = Measured(
        label=gettext_lazy("Setup code"),
        max_length=60,
        help_text=gettext_lazy(
            "The terminal in which Masthead was started shows it. It also stands in the file setup.code "
            "beside the database."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """The code, where it is the one in force."""
        code: str = self.cleaned_data["code"]
        if not fits(code):
            raise forms.ValidationError(str(Message("This is not the code. Look at the terminal again.")))
        return code


class Outlet(forms.Form):
    """Whose desk this is."""

    name = Measured(
        label=gettext_lazy("Name of the outlet"),
        max_length=200,
        help_text=gettext_lazy("As your audience knows it: it stands at the head of every page."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    publisher = Measured(
        label=gettext_lazy("Who holds editorial responsibility"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "The publisher, a company or a person, in law. Empty if it is the outlet itself."
        ),
    )


class You(forms.Form):
    """Who sets it up."""

    person = Measured(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = Email(
        label=ADDRESS,
        help_text=gettext_lazy("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=PASSWORD,
        help_text=HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, known: bool, outlet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.outlet = known, outlet
        if known:
            self.fields["password"].required = False
            self.fields["password"].help_text = gettext_lazy("You chose one already. Empty to keep it.")

    def clean_password(self) -> str:
        """The password, where it is hard to guess."""
        password: str = self.cleaned_data["password"]
        if password or not self.known:
            refuse(password, self.outlet)
            name = self.data.get("person", "")
            validate_password(password, Account(email=self.data.get("email", ""), person=Person(name=name)))
        return password


class ProfileChoice(forms.Form):
    """From which defaults the desk starts."""

    profile = forms.ChoiceField(
        label=gettext_lazy("Profile"),
        choices=[
            (
                Profile.SMALL.value,
                Message(
                    "As a team: someone other than its author signs off what AI touched; ten starter controls"
                ),
            ),
            (
                Profile.SOLO.value,
                Message("Alone: you may sign off your own work, and the audience is told that you did."),
            ),
        ],
        initial=Profile.SMALL.value,
        widget=forms.RadioSelect,
    )


HEADINGS = {
    Profile.SMALL: Message("What you hold yourselves to as a team"),
    Profile.SOLO: Message("What you hold yourself to alone"),
}

type Step = Callable[[HttpRequest, dict[str, Any]], HttpResponse]


def _step(view: Step) -> Callable[[HttpRequest], HttpResponse]:
    """A page of the wizard: for who gave the code, while there is no organisation."""

    @entrance
    @never_cache
    @sensitive_post_parameters("password")
    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        if not needed():
            return redirect("account_login")
        kept = request.session.get(KEPT, {})
        if not constant_time_compare(kept.get("code", ""), setup_code()):
            return redirect("setup")
        missing = _missing(kept)
        if missing and STEPS.index(request.resolver_match.url_name) > STEPS.index(missing):  # type: ignore[union-attr]  # resolved
            return redirect(missing)
        return view(request, kept)

    return asked


def _missing(kept: dict[str, Any]) -> str:
    """The first step that was not answered yet."""
    if "name" not in kept:
        return "setup_outlet"
    return "" if "password" in kept else "setup_you"


@entrance
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    if not needed():
        return redirect("account_login")
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="signup")
    if limited:
        return limited
    setup_code()
    form = Code(posted(request))
    if form.is_valid():
        request.session.cycle_key()
        request.session[KEPT] = request.session.get(KEPT, {}) | {"code": setup_code()}
        return redirect("setup_outlet")
    return render(request, "account/setup/code.html", {"form": form})


@_step
def outlet(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    """The outlet and its publisher."""
    form = Outlet(posted(request), initial=kept)
    if form.is_valid():
        request.session[KEPT] = kept | form.cleaned_data
        return redirect("setup_you")
    return render(request, "account/setup/outlet.html", {"form": form})


@_step
def you(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    """The first person and their login. Of the password only its hash is kept."""
    form = You(posted(request), initial=kept, known="password" in kept, outlet=kept["name"])
    if form.is_valid():
        said = form.cleaned_data
        password = make_password(said["password"]) if said["password"] else kept["password"]
        request.session[KEPT] = kept | said | {"password": password}
        return redirect("setup_profile")
    return render(request, "account/setup/you.html", {"form": form})


@_step
def profile(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    """The profile; then the record is begun, and who began it is signed in."""
    form = ProfileChoice(posted(request))
    if form.is_valid():
        chosen = Profile(form.cleaned_data["profile"])
        account = done(form, lambda: _found(kept, chosen))
        if account is not None:
            forget()
            return sign_in(request, account, reverse("desk:work"))
    told = {"form": form, "kept": kept, "offered": _offered()}
    return render(request, "account/setup/profile.html", told)


def _offered() -> list[dict[str, object]]:
    """What each profile holds its organisation to, to be read before one is chosen."""
    catalogue = declaration.load()
    return [
        {"heading": heading, "controls": listed(catalogue.controls_for(profile))}
        for profile, heading in HEADINGS.items()
    ]


def _found(kept: dict[str, Any], chosen: Profile) -> Account:
    for _ in found(kept["name"], kept["publisher"], kept["person"], chosen):
        pass
    return first_login(Person.objects.earliest("id"), kept["email"], hashed=kept["password"])
