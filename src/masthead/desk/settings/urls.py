"""Addresses of this room."""

from django.urls import path

from masthead.desk.settings import views

urlpatterns = [path("", views.show, name="settings")]
