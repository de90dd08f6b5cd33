"""Forms of a login: allauth's, in our words."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Email
from masthead.desk.people import post
from masthead.desk.people.address import site

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ADDRESS = gettext_lazy("E-mail address")
PASSWORD = gettext_lazy("Password")
NEW = gettext_lazy("New password")
HINT = gettext_lazy(
    "At least 12 characters, without your name or the outlet's. Four words that have nothing to do with each"
    " other are good."
)
CODE = gettext_lazy("Code")


def said(
    form: forms.BaseForm, name: str, label: "str | _StrPromise", hint: "str | _StrPromise" = "", **attrs: str
) -> None:
    """Give a field our label and hint, and no placeholder: one vanishes when it is needed."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attrs


class Login(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Sign in with address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "login", ADDRESS, autocomplete="username webauthn")
        said(self, "password", PASSWORD)
        said(self, "remember", gettext_lazy("Stay signed in on this device for two weeks"))
        self.fields["remember"].required = False


class ChangePassword(account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Another password, told the one of now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "oldpassword", gettext_lazy("Current password"))
        said(self, "password1", NEW, HINT)
        del self.fields["password2"]


class SetPassword(account.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """A first password, where the login has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "password1", NEW, HINT)
        del self.fields["password2"]


class NewPassword(account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password, by the link in a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "password1", NEW, HINT)
        del self.fields["password2"]


class AskForNewPassword(forms.Form):
    """The address whose password is forgotten. What it answers is the same for every address."""

    email = Email(label=ADDRESS, widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Have the link mailed."""
        email: str = self.cleaned_data["email"]
        post.ask_for_new_password(email, site(request))
        return email


class SayPasswordAgain(account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "password", PASSWORD)


class Code(mfa.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(
            self,
            "code",
            CODE,
            gettext_lazy("From your authenticator app, or a recovery code."),
            inputmode="numeric",
        )


class CodeAgain(mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(
            self,
            "code",
            CODE,
            gettext_lazy("From your authenticator app, or a recovery code."),
            inputmode="numeric",
        )


class FirstCode(totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "code", CODE, gettext_lazy("Six digits, as the app shows them now."), inputmode="numeric")
