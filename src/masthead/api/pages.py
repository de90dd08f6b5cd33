"""What anybody may read: the description of the API, for software and for people; and wrong addresses."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from masthead.api import problems
from masthead.api.application import description
from masthead.api.reference import reference_of
from masthead.newsroom.accounts.access import public
from masthead.newsroom.accounts.models import Organisation


@public
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    response = JsonResponse(description())
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public
def reference(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    kinds = sorted((*problems.KINDS.values(), problems.INVALID, problems.BROKEN), key=_by_status)
    house = Organisation.objects.first()
    page = {
        "api": reference_of(description()),
        "problems": kinds,
        "outlet": house.name if house else "",
    }
    return render(request, "api/reference.html", page)


@public
@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """An address of the API that is not there."""
    return problems.refused(problems.no_address())


def _by_status(kind: problems.Kind) -> tuple[int, str]:
    return kind.status, kind.slug
