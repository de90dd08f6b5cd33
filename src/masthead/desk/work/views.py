"""What a person has to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.newsroom.accounts.access import signed_in


@signed_in
def work(request: HttpRequest) -> HttpResponse:
    """My work."""
    return render(request, "desk/work/work.html", {"here": "work"})
