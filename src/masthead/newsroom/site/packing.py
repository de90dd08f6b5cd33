"""Pages of the desk and answers of the API as gzip, for those who take it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from masthead.newsroom.public.serving.reply import takes_gzip

EXACT = "/api/"
"""Below it a packed answer keeps a strong ETag, so that software can name a state with `If-Match`."""


class _Bare(GZipMiddleware):
    """The same bytes each time.

    What Django appends hides the length of a page that has a form's token. An answer of the API has none, and
    no other site can have a browser ask for it: it takes a header.
    """

    max_random_bytes = 0


class Packing(GZipMiddleware):
    """Django's, but that `gzip;q=0` is a refusal, and that an answer of the API has a strong tag as gzip too.

    Django makes the tag weak, and a weak one never holds a change to a state (RFC 9110, section 13.1.1). What
    is packed is other bytes, so its tag is another: that of the state with `-gzip` (section 8.8.3.3).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, packed or as it is."""
        if not takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        if not request.path.startswith(EXACT):
            return super().process_response(request, response)
        tag = response.headers.get("ETag", "")
        packed = _Bare(self.get_response).process_response(request, response)
        if tag.startswith('"') and ("Content-Encoding" in packed.headers or packed.status_code == 304):
            packed.headers["ETag"] = f'{tag[:-1]}-gzip"'
        return packed
