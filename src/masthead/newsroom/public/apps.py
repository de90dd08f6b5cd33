"""Django's name for this app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.public"
    label = "public"
