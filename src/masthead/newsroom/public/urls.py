"""The public addresses. Each may be asked for in a language by `/en` or `/fr` in front of it."""

from django.urls import path, re_path

from masthead.newsroom.public.views import feeds, items, lists, verifying

app_name = "public"
urlpatterns = [
    path("", lists.home, name="home"),
    path("index.json", lists.home_data, name="home_data"),
    path("register", lists.register, name="register"),
    path("register.json", lists.register_data, name="register_data"),
    path("corrections", lists.corrections, name="corrections"),
    path("corrections.json", lists.corrections_data, name="corrections_data"),
    path("items/<slug:public_id>", items.to_page),
    path("items/<slug:public_id>/", items.page, name="item"),
    path("items/<slug:public_id>/item.json", items.data, name="item_data"),
    path("items/<slug:public_id>/<str:name>", items.file, name="item_file"),
    path("verify", verifying.verify, name="verify"),
    re_path(r"^feeds/(?P<name>items|corrections)\.(?P<form>atom|json)$", feeds.feed, name="feed"),
]
