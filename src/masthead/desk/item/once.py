"""A form that is taken once: by its mark, and by what came with it."""

import json
import secrets
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from masthead.newsroom.items.deliveries import MarkUsed
from masthead.newsroom.items.given import Delivery
from masthead.newsroom.items.models import Version


def _once() -> str:
    return secrets.token_urlsafe(16)


def _sent(said: Any) -> Any:
    """A field's answer as it goes into the digest of a sending; a file by its content."""
    if isinstance(said, list):
        return [_sent(each) for each in said]
    if not isinstance(said, UploadedFile):
        return said
    digest = sha256()
    for chunk in said.chunks():
        digest.update(chunk)
    said.seek(0)
    return digest.hexdigest()


class Once(forms.Form):
    """A form that is taken once, however often it is sent."""

    once = forms.CharField(widget=forms.HiddenInput, initial=_once, required=False, max_length=64)

    made: Version | None = None
    """What was handed in from this very form before, where what was sent now is something else."""

    @property
    def delivery(self) -> Delivery | None:
        """This sending; None where the form came without its mark."""
        mark = self.cleaned_data["once"]
        sent = {name: _sent(said) for name, said in self.cleaned_data.items() if name != "once"}
        digest = sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
        return Delivery(mark, digest) if mark else None

    def once_more(self, used: MarkUsed) -> None:
        """Say that the mark was used, and give another one, so that sending it again is meant."""
        assert isinstance(self.data, QueryDict)  # noqa: S101 - as a browser sent it
        self.data = self.data.copy()
        self.data["once"] = _once()
        self.made = used.version
        said = gettext_lazy("This was not taken yet: its mark had been used. Look it over and send it again.")
        if used.version is not None:
            said = gettext_lazy(
                "You handed something in from this form already, and this is not the same. "
                "If you mean to add this as well, look it over and send it again."
            )
        self.add_error(None, said)
