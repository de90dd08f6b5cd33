"""Every address, by whose door it is."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("masthead.desk.urls")),
    path("account/", include("allauth.urls")),
]
handler404 = "masthead.desk.failing.not_found"
handler500 = "masthead.desk.failing.broken"
handler403 = "masthead.desk.failing.forbidden"
handler400 = "masthead.desk.failing.bad"
