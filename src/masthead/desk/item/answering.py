"""Answers the pages of this room share."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from masthead.desk.doing import done
from masthead.desk.item.once import Once
from masthead.errors import MastheadError
from masthead.newsroom.items.deliveries import MarkUsed


def see_other(name: str, *args: Any, query: str = "", at: str = "") -> HttpResponse:
    """After a form was taken: look at the page of that name (303, RFC 9110 section 15.4.4)."""
    place = reverse(name, args=args) + (f"?{query}" if query else "") + (f"#{at}" if at else "")
    answer = HttpResponseRedirect(place)
    answer.status_code = 303
    return answer


def taken[T](form: BaseForm, field: str, hand_in: Callable[[], T]) -> T | None:
    """What `hand_in` gives, or None where it refused: then `field` says why, and what was typed stays."""
    try:
        return hand_in()
    except MastheadError as error:
        form.add_error(field, str(error))
        return None


def done_once[T](form: Once, command: Callable[[], T]) -> T | None:
    """As `done`; where something else came under the form's mark, it says so and is given another one."""

    def marked() -> T | None:
        try:
            return command()
        except MarkUsed as used:
            form.once_more(used)
            return None

    return done(form, marked)


def form_page(
    request: HttpRequest, template: str, form: BaseForm, *, may_be_kept: bool = False, **shown: Any
) -> HttpResponse:
    """A page with a form; 422 where it was sent and not taken.

    `may_be_kept` is whether the browser may keep it, to be asked for anew: a page that it may not keep, it
    cannot show again with what was typed once somebody goes back without scripts.
    """
    status = 422 if form.is_bound else 200
    answer = render(request, template, {"form": form, **shown}, status=status)
    if may_be_kept and not form.is_bound:
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer
