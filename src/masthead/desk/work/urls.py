"""Addresses of this room."""

from django.urls import path

from masthead.desk.work import views

urlpatterns = [
    path("", views.work, name="work"),
    path("waiting/", views.work, name="waiting"),
    path("me/", views.work, name="me"),
    path("register/", views.work, name="register"),
    path("log/", views.work, name="log"),
    path("people/", views.work, name="people"),
    path("settings/", views.work, name="settings"),
]
