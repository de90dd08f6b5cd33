"""The steps in which a new desk is set up, one thing a page."""

from django.urls import path

from masthead.desk.people import setup

urlpatterns = [
    path("outlet", setup.outlet, name="setup_outlet"),
    path("you", setup.you, name="setup_you"),
    path("profile", setup.profile, name="setup_profile"),
]
