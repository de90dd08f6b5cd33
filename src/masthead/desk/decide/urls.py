"""Addresses of this room."""

from django.urls import path

from masthead.desk.decide import comparing, correcting, glass, publishing, signing, timeline, withdrawing

urlpatterns = [
    path("<str:public_id>/difference", comparing.difference, name="difference"),
    path("<str:public_id>/sign-off", signing.sign_off, name="sign_off"),
    path("<str:public_id>/publish", publishing.publish, name="publish"),
    path("<str:public_id>/disclosure", publishing.disclosure, name="disclosure"),
    path("<str:public_id>/break-glass", glass.break_glass, name="break_glass"),
    path("<str:public_id>/second-review", glass.second_review, name="second_review"),
    path("<str:public_id>/correct", correcting.correct, name="correct"),
    path("<str:public_id>/withdraw", withdrawing.withdraw, name="withdraw"),
    path("<str:public_id>/timeline", timeline.timeline, name="timeline"),
]
