"""The desk as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
application = get_wsgi_application()

# Only now are the apps there to import from.
from masthead.newsroom.worklist.following import follow  # noqa: E402

follow()
