"""Addresses of this room."""

from django.urls import path

from masthead.desk.witnesses import views

urlpatterns = [
    path("", views.witnesses, name="witnesses"),
    path("new/", views.new_witness, name="new_witness"),
    path("logs/new/", views.new_log, name="new_witnessed_log"),
    path("alarms/<slug:public_id>/", views.alarm, name="alarm"),
    path("<uuid:pk>/end/", views.end, name="end_witness"),
]
