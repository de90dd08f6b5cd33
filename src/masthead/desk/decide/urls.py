"""Addresses of this room."""

from django.urls import path

from masthead.desk.decide import comparing, correcting, glass, publishing, signing, timeline, withdrawing

urlpatterns = [
    path("<slug:public_id>/difference", comparing.difference, name="difference"),
    path("<slug:public_id>/sign-off", signing.sign_off, name="sign_off"),
    path("<slug:public_id>/publish", publishing.publish, name="publish"),
    path("<slug:public_id>/disclosure", publishing.disclosure, name="disclosure"),
    path("<slug:public_id>/break-glass", glass.break_glass, name="break_glass"),
    path("<slug:public_id>/second-review", glass.second_review, name="second_review"),
    path("<slug:public_id>/correct", correcting.correct, name="correct"),
    path("<slug:public_id>/withdraw", withdrawing.withdraw, name="withdraw"),
    path("<slug:public_id>/timeline", timeline.timeline, name="timeline"),
]
