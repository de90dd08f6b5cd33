"""The forms of this room."""

from django import forms

from masthead.desk.forms import Measured
from masthead.language import Message
from masthead.newsroom.remedies.commands import LONGEST
from masthead.newsroom.remedies.words import CLOSINGS, Closing


class AnswerForm(forms.Form):
    """An answer, and whether the question is shown beside it."""

    text = Measured(
        label=Message("Your answer"),
        help_text=Message(
            "Everybody can read it on the page of the item, under your role and not your name."
        ),
        max_length=2 * LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    show_question = forms.BooleanField(
        label=Message("Show the question beside the answer"),  # type: ignore[arg-type]  # shown late, in the reader's language
        help_text=Message("Only if you have read it and nobody can be recognised in it."),  # type: ignore[arg-type]  # shown late, in the reader's language
        required=False,
    )


class CloseForm(forms.Form):
    """Why a question is not answered."""

    reason = forms.ChoiceField(
        label=Message("We do not answer this question, because"),  # type: ignore[arg-type]  # shown late, in the reader's language
        choices=lambda: [(closing.value, str(CLOSINGS[closing])) for closing in Closing],
        widget=forms.RadioSelect,
    )
