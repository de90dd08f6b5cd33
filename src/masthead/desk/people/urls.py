"""Addresses of this room."""

from django.urls import path

from masthead.desk.people import views

urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.new_person, name="new_person"),
    path("<uuid:pk>/", views.person, name="person"),
    path("<uuid:pk>/role/", views.give_role, name="give_role"),
    path("<uuid:pk>/role/<str:role>/end/", views.take_role, name="end_role"),
    path("<uuid:pk>/last-day/", views.last_day, name="last_day"),
    path("<uuid:pk>/invite/", views.invite, name="invite"),
    path("<uuid:pk>/invite/withdraw/", views.withdraw, name="withdraw_invitation"),
    path("<uuid:pk>/login/end/", views.end_login, name="end_login"),
]
