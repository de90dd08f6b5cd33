"""Addresses of this room."""

from django.urls import path

from masthead.desk.questions import views

urlpatterns = [
    path("", views.questions, name="questions"),
    path("<slug:public_id>/", views.question, name="question"),
    path("<slug:public_id>/close", views.close, name="close_question"),
    path("<slug:public_id>/forget", views.forget, name="forget_asker"),
]
