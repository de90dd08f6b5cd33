"""The desk as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from masthead import modes

# Under `masthead serve` this is so already; another WSGI server has a mask of its own.
modes.close()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
application = get_wsgi_application()

# Only now are the apps there to import from.
from masthead.newsroom.worklist.following import follow  # noqa: E402

follow()
