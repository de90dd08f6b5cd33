"""The addresses of the desk, each room's in its own file."""

from django.urls import include, path

app_name = "desk"
urlpatterns = [
    path("", include("masthead.desk.work.urls")),
    path("items/", include("masthead.desk.item.urls")),
    path("items/", include("masthead.desk.decide.urls")),
    path("register/", include("masthead.desk.register.urls")),
    path("questions/", include("masthead.desk.questions.urls")),
    path("log/", include("masthead.desk.log.urls")),
    path("people/", include("masthead.desk.people.urls")),
    path("me/", include("masthead.desk.people.me_urls")),
    path("settings/", include("masthead.desk.settings.urls")),
    path("data/", include("masthead.desk.data.urls")),
    path("connections/", include("masthead.desk.connections.urls")),
    path("witnesses/", include("masthead.desk.witnesses.urls")),
    path("style/", include("masthead.desk.style.urls")),
]
