"""A worker in a process of its own; ends when its standard input does."""

import os
import sys
import threading

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.newsroom.site.web"
django.setup()

from masthead.newsroom.jobs import work  # noqa: E402 - needs the settings

if __name__ == "__main__":
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    work(stop, lease=float(sys.argv[1]))
