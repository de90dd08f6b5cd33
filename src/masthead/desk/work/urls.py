"""Addresses of this room."""

from django.urls import path

from masthead.desk.work import views

urlpatterns = [
    path("", views.work, name="work"),
    path("waiting/", views.waiting, name="waiting"),
    path("search/", views.find, name="search"),
]
