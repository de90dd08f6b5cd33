"""Addresses of this room."""

from django.urls import path

from masthead.desk.style import views

urlpatterns = [path("", views.style, name="style")]
