"""Django's settings for the bare limit."""

from masthead.newsroom.site.web import *  # noqa: F403 - the very settings, and one address more

ROOT_URLCONF = "bench.bare"
