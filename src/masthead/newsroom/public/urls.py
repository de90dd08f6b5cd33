"""The public addresses. Each may be asked for in a language by `/en` or `/fr` in front of it."""

from django.urls import path, re_path

from masthead.newsroom.public.views import (
    about_log,
    asking,
    feeds,
    items,
    lists,
    machines,
    questions,
    served,
    verifying,
    witnessing,
)
from masthead.newsroom.witness import alarms

app_name = "public"
urlpatterns = [
    path("", lists.home, name="home"),
    path("index.json", lists.home_data, name="home_data"),
    path("register", lists.register, name="register"),
    path("register.json", lists.register_data, name="register_data"),
    path("corrections", lists.corrections, name="corrections"),
    path("corrections.json", lists.corrections_data, name="corrections_data"),
    path("items/<slug:public_id>", items.to_page, name="to_item"),
    path("items/<slug:public_id>/", items.page, name="item"),
    path("items/<slug:public_id>/item.json", items.data, name="item_data"),
    path("items/<slug:public_id>/ask", asking.ask_about, name="ask"),
    path("items/<slug:public_id>/<str:name>", items.file, name="item_file"),
    path("questions/<slug:link>", questions.question, name="question"),
    path("questions/<slug:link>.json", questions.question_data, name="question_data"),
    path("verify", verifying.verify, name="verify"),
    re_path(r"^feeds/(?P<name>items|corrections)\.(?P<form>atom|json)$", feeds.feed, name="feed"),
    path("log", about_log.to_log, name="to_log"),
    path("log/", about_log.log, name="log"),
    path("log/index.json", about_log.log_data, name="log_data"),
    path("log/checkpoint", served.checkpoint, name="checkpoint"),
    path("log/keys", served.keys, name="log_keys"),
    path("log/witness/add-checkpoint", witnessing.add_checkpoint, name="add_checkpoint"),
    path("log/witness/key", witnessing.key, name="witness_key"),
    path(f"{alarms.FOLDER}/<slug:public_id>.json", witnessing.alarm, name="alarm"),
    path("log/witness/<slug:digest>/checkpoint", witnessing.view, name="witness_view"),
    re_path(r"^log/tile/(?P<path>.+)$", served.tile, name="log_tile"),
    path(".well-known/masthead.json", machines.well_known, name="well_known"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("sitemap.xml", machines.site_map, name="site_map"),
    path("sitemap-<int:part>.xml", machines.site_map_part, name="site_map_part"),
    path("robots.txt", machines.robots, name="robots"),
]
