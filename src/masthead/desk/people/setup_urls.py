"""Set up a new desk, one thing a page."""

from django.urls import path

from masthead.desk.people import setup

urlpatterns = [
    path("", setup.begin, name="setup"),
    path("/outlet", setup.outlet, name="setup_outlet"),
    path("/you", setup.you, name="setup_you"),
    path("/profile", setup.profile, name="setup_profile"),
]
