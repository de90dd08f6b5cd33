"""Forms about other software."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.language import Message
from masthead.newsroom.accounts.listing import everybody
from masthead.newsroom.connections.scopes import SAID, Scope
from masthead.newsroom.webhooks.events import LABELS, SUBSCRIBABLE

USUAL = timedelta(days=90)
"""How long a token lasts where nobody says otherwise."""


class NewToken(forms.Form):
    """A token for a named software that acts for a person."""

    name = Measured(
        label=gettext_lazy("Software"),
        max_length=100,
        help_text=gettext_lazy("What will use it: “WordPress of the local desk”, say."),
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Acts for"),
        help_text=gettext_lazy(
            "It may do at most what this person may, and the log names them. Someone who signs in here takes "
            "the token themselves; for software of its own add a person without a login."
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=[(scope.value, SAID[scope]) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("No software signs off: that is a person's decision, given here."),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("At most a year from now. Then make another."),
    )

    def __init__(self, data: object = None, *, today: date) -> None:
        super().__init__(data, initial={"expires_on": today + USUAL})  # type: ignore[arg-type]  # as it came
        people = [each.person for each in (*everybody()["people"], *everybody()["offices"])]
        self.fields["person"].choices = [("", "—"), *((str(each.pk), each.name) for each in people)]  # type: ignore[attr-defined]  # a ChoiceField


def _events() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("What it is told"),
        choices=[
            (event.value, Message("%(what)s (%(event)s)", {"what": LABELS[event], "event": event.value}))
            for event in SUBSCRIBABLE
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ids and hashes alone are sent, and nothing of a protected item."),
    )


class Webhook(forms.Form):
    """An address that is told what happens."""

    url = Measured(
        label=gettext_lazy("Address"),
        max_length=2000,
        help_text=gettext_lazy("It begins with https://."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    events = _events()
