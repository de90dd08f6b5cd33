"""The addresses of the desk, and one that breaks with a person's name in its mouth."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from masthead.newsroom.accounts.access import public
from masthead.newsroom.site import urls

NAME = "Ann Author"


@public
def broken(request: HttpRequest, title: str) -> HttpResponse:
    raise RuntimeError(f"{NAME} wrote {title}")


urlpatterns = [path("broken/<str:title>", broken, name="broken"), *urls.urlpatterns]
handler404, handler500 = urls.handler404, urls.handler500
handler403, handler400 = urls.handler403, urls.handler400
