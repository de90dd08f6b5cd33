"""Run a command from a form: what it refuses is shown on the form, and what was typed stays."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from masthead.errors import MastheadError, NotAllowed, NotFound


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form to read; None where the page was only opened. What is sent may be empty."""
    return request.POST if request.method == "POST" else None


def done[T](form: BaseForm, command: Callable[[], T]) -> T | None:
    """What `command` gives, or None where it refused: then the form says what happened and what to do.

    `NotAllowed` and `NotFound` come through: no other answer in the form would change them.
    """
    try:
        return command()
    except (NotAllowed, NotFound):
        raise
    except MastheadError as error:
        form.add_error(None, str(error))
        return None


def did(form: BaseForm, command: Callable[[], object]) -> bool:
    """Whether `command` went through, whatever it gives; where it refused, the form says so as for `done`."""

    def told() -> bool:
        command()
        return True

    return done(form, told) is True
