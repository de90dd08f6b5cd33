"""Django's name for this app."""

from django.apps import AppConfig


class ItemsConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.items"
    label = "items"
