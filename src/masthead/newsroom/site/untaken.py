"""What was sent with no session or an earlier mark, or to a read-only record: laid before its sender again.

It is not taken, and nothing of it is kept here: whoever is not signed in has no place with us, and on a
machine that several share the next to sign in is not always the one who wrote. It stands on the page that
answers, in the browser that sent it, until it is sent again. *Back* alone does not bring it back in every
browser, as no browser may keep a page of the desk.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from masthead.errors import MastheadError
from masthead.newsroom.public.showing.site import outlet

SHORT = 80
"""Characters up to which what a field holds goes along unseen."""
MARK = "csrfmiddlewaretoken"


def untaken(request: HttpRequest, status: int = 403, error: MastheadError | None = None) -> HttpResponse:
    """The page with what was sent and the way to send it again, where `ours`; `error` says why not now."""
    sent = [(name, said) for name, all_said in request.POST.lists() for said in all_said if name != MARK]
    told = {
        "back": not request.user.is_authenticated,
        "error": error,
        "path": request.get_full_path(),
        "shown": [each for each in sent if _long(each[1])],
        "along": [each for each in sent if not _long(each[1])],
        "files": [file.name for each in request.FILES.lists() for file in each[1]],
        "outlet": outlet(),
    }
    answer = render(request, "desk/untaken.html", told, status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def ours(request: HttpRequest) -> bool:
    """Whether a form of the desk sent this: browsers say whose page it stood on (RFC 6454).

    Forms of a login are none of these: a password is not laid before anyone.
    """
    if request.method != "POST" or not request.path.startswith("/desk/") or request.headers.get("HX-Request"):
        return False
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", "") in (own, *settings.CSRF_TRUSTED_ORIGINS)


def _long(said: str) -> bool:
    return len(said) > SHORT or "\n" in said
