"""The style page."""

import re
from pathlib import Path

from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.newsroom.accounts.access import signed_in
from masthead.newsroom.said import counted

TOKEN = re.compile(r"--([a-z]+(?:-[a-z]+)*):\s*(#[0-9a-f]{3,6})")


class Sample(forms.Form):
    """One field of each sort."""

    title = Measured(
        label=gettext_lazy("Title"), help_text=gettext_lazy("As readers will see it."), max_length=300
    )
    words = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea, required=False)
    weight = forms.ChoiceField(
        label=gettext_lazy("Does it matter to readers?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    read = forms.BooleanField(label=gettext_lazy("I have read it"))


@signed_in
def style(request: HttpRequest) -> HttpResponse:
    """Tokens, type, forms and states; colours are read from the sheet, so that the page cannot lag behind."""
    sheet = Path(str(finders.find("public/masthead.css"))).read_text(encoding="utf-8")
    colours = dict.fromkeys(name for name, _ in TOKEN.findall(sheet))
    wrong = Sample({"title": "", "weight": "no", "read": "on"})
    return render(
        request,
        "desk/style/style.html",
        {"colours": colours, "form": Sample(auto_id="ok_%s"), "wrong": wrong, "number": counted(1204)},
    )
