"""One's own page: the language of the desk, and how one signs in."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from masthead.desk.doing import posted
from masthead.desk.people.context import provider
from masthead.language import NAMES, Message, supported, using
from masthead.newsroom.accounts.access import signed_in, someone
from masthead.newsroom.accounts.models import Account, LoginGrant
from masthead.vocabulary import LABELS, Role

BROWSER = "browser"


class Language(forms.Form):
    """The language the desk speaks to one person."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the desk"),
        choices=[
            (BROWSER, gettext_lazy("As my browser asks")),
            *((tag, format_html('<span lang="{}">{}</span>', tag, name)) for tag, name in NAMES.items()),
        ],
        widget=forms.RadioSelect,
    )

    def clean_language(self) -> str:
        """The language, as an account keeps it."""
        chosen: str = self.cleaned_data["language"]
        return "" if chosen == BROWSER else chosen


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, how I sign in, in which language."""
    who = someone(request)
    form = Language(posted(request), initial={"language": who.account.language or BROWSER})
    if form.is_valid():
        who.account.language = form.cleaned_data["language"]
        who.account.save(update_fields=["language"])
        chosen = supported(who.account.language or getattr(request, "language", ""))
        with using(chosen), translation.override(chosen):
            messages.success(request, str(Message("The desk speaks this language to you now.")))
        return redirect("desk:me")
    page = {
        "here": "me",
        "form": form,
        "roles": [LABELS[role] for role in Role if role in who.roles],
        "ends_on": who.account.person.ends_on if who.account.person else None,
        "provider": provider(),
        "given": LoginGrant.objects.filter(person=who.id, ended_at=None).select_related("invited_by").first(),
        **_login(who.account),
    }
    return render(request, "desk/people/me.html", page)


def _login(account: Account) -> dict[str, object]:
    keys = list(Authenticator.objects.filter(user=account))
    codes = next((key for key in keys if key.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "has_password": account.has_usable_password(),
        "passkeys": sum(key.type == Authenticator.Type.WEBAUTHN for key in keys),
        "totp": any(key.type == Authenticator.Type.TOTP for key in keys),
        "codes": len(codes.wrap().get_unused_codes()) if codes else None,
        "devices": len(UserSession.objects.purge_and_list(account)),
        "joined": SocialAccount.objects.filter(user=account).exists(),
    }
