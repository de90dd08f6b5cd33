"""Every address, by whose door it is."""

from django.urls import include, path

from masthead.desk.people import setup
from masthead.newsroom.site import health

urlpatterns = [
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
    path("api/v1/", include("masthead.api.urls")),
    path("desk/", include("masthead.desk.urls")),
    path("account/", include("masthead.desk.people.account_urls")),
    path("setup", setup.begin, name="setup"),
    path("setup/", include("masthead.desk.people.setup_urls")),
    path("", include("masthead.newsroom.public.urls")),
]
handler404 = "masthead.desk.failing.not_found"
handler500 = "masthead.desk.failing.broken"
handler403 = "masthead.desk.failing.forbidden"
handler400 = "masthead.desk.failing.bad"
