"""Begin a process of its own on the home folder and the database under test."""

import os


def go() -> None:
    """Load Django as the tests' own process has it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.newsroom.site.web"
    import django

    django.setup()
