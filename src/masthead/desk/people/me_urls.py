"""One's own page."""

from django.urls import path

from masthead.desk.people import me

urlpatterns = [path("", me.me, name="me")]
