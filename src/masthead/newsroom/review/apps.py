"""Django's name for this app."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.review"
    label = "review"
