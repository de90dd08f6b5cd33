"""Django's name for this app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.api"
    label = "api"
