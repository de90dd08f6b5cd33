"""Forms of passkeys. What a browser sends as one may be anything: allauth and fido2 raise as they stumble."""

import struct
from typing import Any

from allauth.mfa.webauthn import forms
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from masthead.desk.people.forms import said
from masthead.language import Message

STUMBLES = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    AssertionError,
    struct.error,
    InvalidSignature,
)
UNFIT = Message("This passkey does not let you in here. Try again, or take another way.")
LATE = Message("The answer of your device took too long, so it was not taken. Try again.")
NAME = gettext_lazy("Its name")
NAME_HINT = gettext_lazy("So that you can tell it apart: “my phone”.")


def _told(error: Exception) -> ValidationError:
    """What is said of a passkey that does not fit; other refusals, such as too many attempts, stay."""
    if isinstance(error, ValidationError) and getattr(error, "code", "") != "incorrect_code":
        return error
    # The question stands in the session and goes with it; an answer to it carries no clock.
    return ValidationError(str(UNFIT if auth.get_state() else LATE))


class Add(forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey to add."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "name", NAME, NAME_HINT)
        self.fields["name"].required = True
        said(
            self,
            "passwordless",
            gettext_lazy("Sign in with it alone, without a password"),
            gettext_lazy("The device then asks for your finger, face or PIN."),
        )
        self.fields["passwordless"].initial = True

    def clean(self) -> Any:
        """What was sent, where it is a passkey that answers what was asked."""
        try:
            return super().clean()
        except (ValidationError, *STUMBLES) as error:
            raise _told(error) from error


class Name(forms.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said(self, "name", NAME, NAME_HINT)


class _Shown:
    """Show a passkey one has."""

    def clean_credential(self) -> Any:
        """The passkey, where it is known and answers what was asked."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form beside which it stands
        except (ValidationError, *STUMBLES) as error:
            raise _told(error) from error


class Show(_Shown, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """As second proof."""


class ShowAgain(_Shown, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Before something that matters."""


class SignIn(_Shown, forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Instead of a password."""
