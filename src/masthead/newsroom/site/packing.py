"""Pages of the desk as gzip, for those who take it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from masthead.newsroom.public.serving.reply import takes_gzip


class Packing(GZipMiddleware):
    """Django's, but that `gzip;q=0` is a refusal."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, packed or as it is."""
        if not takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        return super().process_response(request, response)
