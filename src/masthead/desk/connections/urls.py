"""Addresses of this room."""

from django.urls import path

from masthead.desk.connections import tokens, webhooks

urlpatterns = [
    path("", tokens.connections, name="connections"),
    path("mine/", tokens.mine, name="my_tokens"),
    path("tokens/new/", tokens.new_token, name="new_token"),
    path("tokens/<uuid:pk>/", tokens.token, name="token"),
    path("tokens/<uuid:pk>/take/", tokens.take, name="take_token"),
    path("tokens/<uuid:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("webhooks/new/", webhooks.new_webhook, name="new_webhook"),
    path("webhooks/<uuid:pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/<uuid:pk>/change/", webhooks.change, name="change_webhook"),
    path("webhooks/<uuid:pk>/secret/", webhooks.new_secret, name="webhook_secret"),
    path("webhooks/<uuid:pk>/test/", webhooks.test, name="test_webhook"),
    path("webhooks/<uuid:pk>/turn/", webhooks.turn, name="turn_webhook"),
    path("webhooks/<uuid:pk>/remove/", webhooks.remove, name="remove_webhook"),
    path("deliveries/<uuid:pk>/again/", webhooks.again, name="redeliver"),
]
