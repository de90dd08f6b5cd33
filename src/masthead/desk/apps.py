"""Django's name for this app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.desk"
    label = "desk"
