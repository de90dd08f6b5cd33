"""What a deployment may choose and what each choice does: changed on the machine, not in a browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.desk.settings.checklist import house
from masthead.desk.settings.reading import groups, restart_needed
from masthead.desk.signing import key_trouble
from masthead.errors import NotReady
from masthead.newsroom.accounts.access import needs
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.keys_shown import KeysShown, shown


@needs(Action.SEE_SETTINGS)
def show(request: HttpRequest) -> HttpResponse:
    """Every setting."""
    told = {"groups": groups(), "restart": restart_needed(), "file": settings.MASTHEAD_HOME / "config.toml"}
    told |= {"log_keys": _keys(), "key_trouble": key_trouble()}
    return render(request, "desk/settings/settings.html", {"here": "settings", **house(), **told})


def _keys() -> KeysShown | None:
    """The keys of the log; None where there is no log, or not even its first key is known."""
    try:
        return shown(settings.MASTHEAD_HOME)
    except NotReady:
        return None
