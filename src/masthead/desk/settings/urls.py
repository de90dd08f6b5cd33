"""Addresses of this room."""

from django.urls import path

from masthead.desk.settings import checklist, views

urlpatterns = [
    path("", views.show, name="settings"),
    path("checklist/", checklist.checklist, name="checklist"),
]
