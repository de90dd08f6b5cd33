"""The forms of an item: what is asked, in plain words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from masthead.desk.item.fields import ACCEPT, Answer, Files, Line, Words, plain
from masthead.desk.item.once import Once
from masthead.desk.register.words import choices
from masthead.language import Message
from masthead.newsroom.items.draft import TAG
from masthead.newsroom.items.models import AIUse, Version
from masthead.vocabulary import LABELS, MEANINGS, SystemStatus, Task, WaiverReason

TIERS = MEANINGS
OTHER = "other"
REALISTIC = gettext_lazy("Could someone take it for a real photograph?")
"""What is asked of an item that is known to be a picture."""


class Sources(forms.Form):
    """What an item was made from."""

    source_files = Files(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Notes, transcripts, documents, recordings; several at once if you like."),
        required=False,
    )
    notes = Words(
        label=gettext_lazy("Pasted notes"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    addresses = Words(
        label=gettext_lazy("Web addresses"),
        help_text=gettext_lazy("One a line. Each page is fetched now and kept as it is today."),
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url", "spellcheck": "false"}),
        required=False,
    )

    @property
    def lines(self) -> list[str]:
        """The addresses, one each."""
        return list(dict.fromkeys(self.cleaned_data["addresses"].split()))


class AddSource(Sources):
    """At least one source."""

    def clean(self) -> dict[str, Any]:
        """Something must be given."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.get(name) for name in ("source_files", "notes", "addresses")):
            raise forms.ValidationError(gettext_lazy("Hand in a file, paste notes or give an address."))
        return given


def _file(label: Any, help_text: Any = "") -> forms.FileField:
    return plain(
        forms.FileField(
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.FileInput(attrs={"accept": ACCEPT}),
        )
    )


class Said(forms.Form):
    """What a person says of an item as a whole."""

    title = Line(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Left empty, it is the text's own first heading."),
        required=False,
        max_length=300,
    )
    public_interest = Answer(
        label=gettext_lazy("Is it about a matter of public interest?"),
        help_text=gettext_lazy(
            "Politics, money, health, rights, the news: what people need to know to take part."
        ),
    )
    realistic = Answer(
        label=gettext_lazy("If it is a picture: could someone take it for a real photograph?"),
        help_text=gettext_lazy("A drawing or a chart is no. When in doubt, yes."),
    )


class NewItem(Once, Sources, Said):
    """An item in one of three ways: pasted, handed in, or fetched."""

    text = plain(
        Words(
            label=gettext_lazy("Paste the text"),
            help_text=gettext_lazy("Plain text or Markdown."),
            widget=forms.Textarea(attrs={"class": "words", "dir": "auto", "rows": 14}),
            required=False,
        )
    )
    file = _file(
        gettext_lazy("Or hand in a file"),
        gettext_lazy("A text (Word, PDF, HTML, Markdown) or a picture (JPEG, PNG, WebP)."),
    )
    photo = plain(
        forms.FileField(
            label=gettext_lazy("Or take a picture"),
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        )
    )
    address = plain(
        Line(
            label=gettext_lazy("Or give its web address"),
            help_text=gettext_lazy("The page is fetched now and kept with its address and the time."),
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "spellcheck": "false"}),
            required=False,
            max_length=2000,
        )
    )
    language = Line(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Its tag, such as en, fr or ar. Left empty, it is told from the text."),
        required=False,
        max_length=35,
    )
    WAYS = ("text", "file", "photo", "address")

    def clean_language(self) -> str:
        """A tag, or `auto`."""
        said = str(self.cleaned_data["language"]) or "auto"
        if not TAG.fullmatch(said):
            raise forms.ValidationError(gettext_lazy("Say en, fr or another tag, or leave it empty."))
        return said

    def clean(self) -> dict[str, Any]:
        """Exactly one way must be taken."""
        given = super().clean() or self.cleaned_data
        taken = [name for name in self.WAYS if given.get(name)]
        if not taken and not self.errors:
            self.add_error("text", gettext_lazy("Paste a text, hand in a file or give an address."))
        if len(taken) > 1:
            self.add_error(
                taken[1], gettext_lazy("Choose one way: this came besides another. Bring it in by itself.")
            )
        return given


class NewVersion(Once, Said):
    """The next version: the text as edited, or a file."""

    words = plain(
        Words(
            label=gettext_lazy("The text"),
            widget=forms.Textarea(attrs={"class": "long", "dir": "auto"}),
            required=False,
        )
    )
    file = _file(
        gettext_lazy("Or hand in a file"),
        gettext_lazy("It takes the place of the text above."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version.item.medium != "text":
            del self.fields["words"]
            self.fields["file"].label = gettext_lazy("The new file")
            self.fields["file"].help_text = self.fields["title"].help_text = ""
            self.fields["realistic"].label = REALISTIC
        self.uses = [(use, f"use-{number}") for number, use in enumerate(version.ai_uses.all())]
        for use, name in self.uses:
            self.fields[f"{name}-task"] = forms.ChoiceField(
                label=gettext_lazy("What for"), choices=_tasks(blank=not use.task), initial=use.task
            )
            self.fields[f"{name}-tier"] = forms.ChoiceField(
                label=gettext_lazy("How much it matters"), choices=choices(TIERS), initial=use.tier
            )

    def clean(self) -> dict[str, Any]:
        """A text is not emptied by a new version: there would be nothing to read."""
        given = super().clean() or self.cleaned_data
        if "words" in self.fields and not given.get("words") and not given.get("file") and not self.errors:
            self.add_error("words", gettext_lazy("There is no text left. Write it, or hand in a file."))
        return given

    def begin_at(self, place: tuple[int, int] | None) -> None:
        """Tell of the text that a finding stands above it, and at which words of it to begin.

        What was typed and sent is left as it is: the place is one in the words of the version.
        """
        if self.is_bound or "words" not in self.fields:
            return
        attrs = self.fields["words"].widget.attrs
        attrs["aria-describedby"] = "finding"
        if place:
            attrs["data-find"] = f"{place[0]}-{place[1]}"

    @property
    def use_fields(self) -> list[tuple[AIUse, Any, Any]]:
        """Each AI use on record, with the fields that put it right."""
        return [(use, self[f"{name}-task"], self[f"{name}-tier"]) for use, name in self.uses]


def _tasks(*, blank: bool = True) -> list[tuple[str, Any]]:
    none: list[tuple[str, Any]] = [("", gettext_lazy("Choose"))] if blank else []
    return none + [(task.value, LABELS[task]) for task in Task]


type Systems = tuple[tuple[str, SystemStatus], ...]


def _standing(name: str, status: SystemStatus) -> str:
    """The name of a system, and where it stands while it may not be used."""
    if status is SystemStatus.APPROVED:
        return name
    return str(Message("%(name)s (%(status)s)", {"name": name, "status": LABELS[status]}))


class AddUse(forms.Form):
    """One use of an AI system on a version."""

    system = forms.ChoiceField(label=gettext_lazy("Which AI system?"))
    other = Line(
        label=gettext_lazy("Its name, if it is another"),
        help_text=gettext_lazy("It is put on record as said; a steward then enters it in the register."),
        required=False,
        max_length=200,
    )
    task = forms.ChoiceField(label=gettext_lazy("What for?"), choices=_tasks)
    tier = forms.ChoiceField(
        label=gettext_lazy("How much does it matter to the audience?"),
        choices=choices(TIERS),
        widget=forms.RadioSelect,
    )
    words = Words(
        label=gettext_lazy("Which words?"),
        help_text=gettext_lazy("Paste the words it touched. Left empty, it counts for the whole."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
    )
    start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    end = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, systems: Systems, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, _standing(name, status)) for name, status in systems]
        field = self.fields["system"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        first = [("", gettext_lazy("Choose"))] if len(known) > 1 else []
        field.choices = [*first, *known, (OTHER, gettext_lazy("Another system"))]

    def clean(self) -> dict[str, Any]:
        """Another system must be named."""
        given = super().clean() or self.cleaned_data
        if given.get("system") == OTHER:
            if given.get("other"):
                given["system"] = given["other"]
            elif "other" not in self.errors:
                self.add_error("other", gettext_lazy("Say which system it was."))
        return given


class Waive(forms.Form):
    """Why a person publishes although a finding stands."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why may it stand?"),
        choices=[("", gettext_lazy("Choose")), *((each.value, LABELS[each]) for each in WaiverReason)],
    )
    note = Words(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For the record only; the audience never reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
