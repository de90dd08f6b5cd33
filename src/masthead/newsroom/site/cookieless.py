"""Where software and monitors ask no cookie counts: it is taken away, so that nothing behind can read one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

DOORS = ("/api/", "/health", "/ready")


class Cookieless:
    """Middleware, before sessions. What answers without cookies does not say that it differs by them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on without the cookies."""
        if not request.path_info.startswith(DOORS):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = self.get_response(request)
        varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
        kept = ", ".join(name for name in varies if name and name.lower() != "cookie")
        if kept:
            response.headers["Vary"] = kept
        elif "Vary" in response.headers:
            del response.headers["Vary"]
        return response
