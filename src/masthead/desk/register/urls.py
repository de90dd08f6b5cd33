"""Addresses of this room."""

from django.urls import path

from masthead.desk.register import answering, views

urlpatterns = [
    path("", views.register, name="register"),
    path("new", views.new_system, name="new_system"),
    path("<uuid:pk>/", views.system, name="system"),
    path("<uuid:pk>/use", views.add_use_case, name="add_use_case"),
    path("<uuid:pk>/terms", views.terms, name="terms"),
    path("<uuid:pk>/answers", answering.answers_for, name="answers_for"),
    path("<uuid:pk>/approve", views.approve, name="approve"),
    path("<uuid:pk>/pause", views.pause, name="pause"),
    path("<uuid:pk>/retire", views.retire, name="retire"),
]
