"""Words that people wrote, of which some may be erased: `{% load readable %}`, `{{ words|readable }}`."""

from django import template

from masthead.newsroom.said import readable

register = template.Library()
register.filter("readable", readable)
