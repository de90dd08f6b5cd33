"""The checklist in force: what the organisation holds itself to, since when, and where that stands.

Only read here: drafting another one together is not there yet.
"""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.errors import NotReady
from masthead.newsroom.accounts.access import needs
from masthead.newsroom.accounts.models import Organisation
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.policy.commands import controls, in_force
from masthead.newsroom.policy.listing import answered, explained, listed
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.witness.status import evidence
from masthead.vocabulary import LABELS, Profile


@needs(Action.SEE_CHECKLIST)
def checklist(request: HttpRequest) -> HttpResponse:
    """The revision in force with its controls, and what the questions to people brought."""
    try:
        revision = in_force()
    except NotReady:
        return render(request, "desk/settings/checklist.html", {"here": "checklist", "codes": explained()})
    now = datetime.now(UTC)
    told = {
        "here": "checklist",
        "revision": revision,
        "profile": LABELS[Profile(revision.profile)],
        "adopted_by": revision.adopted_by.called,
        "controls": listed(controls(revision)),
        "questions": answered(now, evidence(now)),
        "codes": explained(),
    }
    return render(request, "desk/settings/checklist.html", told)


def house() -> dict[str, object]:
    """Whose desk it is and from which profile it started; nothing before it was set up."""
    of, revision = Organisation.objects.first(), PolicyRevision.objects.order_by("-number").first()
    return {"house": of, "profile": LABELS[Profile(revision.profile)] if revision else None}
