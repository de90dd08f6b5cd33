"""Forms about witnesses."""

from django import forms
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.newsroom.witness.alarms import LONGEST_NOTE

_AS_IT_IS = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class NewWitness(forms.Form):
    """Somebody who is asked to witness our log."""

    key = Measured(
        label=gettext_lazy("Public key of the witness"),
        max_length=500,
        help_text=gettext_lazy(
            "One line, from the name to the last letter, as they gave it to you: in person, by letter or on"
            " the telephone, not from the address below."
        ),
        widget=forms.TextInput(attrs=_AS_IT_IS),
    )
    address = Measured(
        label=gettext_lazy("Address"),
        max_length=2000,
        help_text=gettext_lazy(
            "Of another Masthead it ends in /log/witness; of other software, what comes before"
            " /add-checkpoint."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", **_AS_IT_IS}),
    )


class NewLog(NewWitness):
    """A log of somebody else that we witness."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # as it came
        self.fields["key"].label = gettext_lazy("Public key of the log")
        self.fields["address"].help_text = gettext_lazy(
            "Of another Masthead it ends in /log; of other software, what comes before /checkpoint."
        )


class EndAlarm(forms.Form):
    """What an alarm came to."""

    note = Measured(
        label=gettext_lazy("What was found out"),
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("Whom you asked, and what they said. It stays in our log, for us alone."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
