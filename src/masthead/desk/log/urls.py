"""Addresses of this room."""

from django.urls import path

from masthead.desk.log import views

urlpatterns = [
    path("", views.log, name="log"),
    path("<int:place>/", views.entry, name="entry"),
    path("<int:place>/proof", views.proof, name="entry_proof"),
]
