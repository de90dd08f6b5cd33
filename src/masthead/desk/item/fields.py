"""Form fields that take what people paste and drop, whatever is in it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.newsroom.said import NO_CHARACTER
from masthead.reading.limits import USUAL

ACCEPT = ".md,.markdown,.html,.htm,.txt,.docx,.pdf,image/jpeg,image/png,image/webp"
"""What can be read here; the file itself is looked at, not its name."""

LONGEST = USUAL.characters
"""Characters of a pasted text: more would not be read."""
TOO_LONG = gettext_lazy(
    "This text is too long to be taken in at once. Bring it in parts: "
    "what you pasted still stands in the field."
)


def plain[F: forms.Field](field: F) -> F:
    """Have a field not say that it is optional: one of several ways, or a question with a third answer."""
    setattr(field, "template_name", "desk/item/part/plain_field.html")  # noqa: B010 - unknown to the stubs
    return field


class Words(Measured):
    """Text as typed: white space kept, one sign for a new line, what is no character replaced."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        if self.max_length is None:
            self.widget.attrs |= {"data-longest": LONGEST, "data-too-long": TOO_LONG}

    def to_python(self, value: Any) -> str:
        """The words; nothing where there is only white space."""
        words = super().to_python(value) or ""
        if self.max_length is None and len(words) > LONGEST:
            raise forms.ValidationError(TOO_LONG)
        kept = NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", words).replace("\r\n", "\n").replace("\r", "\n")
        return kept if kept.strip() else ""


class Line(Measured):
    """One line of text; what is no character is replaced."""

    def to_python(self, value: Any) -> str:
        """The line without white space around it."""
        return str(super().to_python(NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", str(value or ""))))


class FilesInput(forms.FileInput):
    """A field for several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files; `clean` gives a list of them."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Each file; an empty one is not left out unsaid."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(Files, self).clean(each, initial) for each in given]


class Answer(forms.TypedChoiceField):
    """Yes, no, or not answered: True, False, None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[
                ("yes", gettext_lazy("Yes")),
                ("no", gettext_lazy("No")),
                ("", gettext_lazy("Not answered, so taken as yes")),
            ],
            coerce={"yes": True, "no": False}.get,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )
        plain(self)
