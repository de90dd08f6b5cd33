"""Addresses of this room."""

from django.urls import path

from masthead.desk.data import views

urlpatterns = [
    path("", views.data, name="data"),
    path("erase/", views.erase, name="erase"),
    path("hold/", views.hold, name="hold"),
    path("hold/<uuid:pk>/lift/", views.lift, name="lift_hold"),
    path("keep/<str:kept>/", views.keep, name="keep"),
    path("keep/<str:kept>/least/", views.least, name="least"),
]
