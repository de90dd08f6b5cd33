"""Addresses of this room."""

from django.urls import path

from masthead.desk.item.views import (
    bringing,
    checks,
    files,
    item,
    protecting,
    sources,
    uses,
    versions,
    waiving,
)

urlpatterns = [
    path("new", bringing.new, name="new"),
    path("<slug:public_id>/", item.item, name="item"),
    path("<slug:public_id>/check", checks.check, name="check"),
    path("<slug:public_id>/findings/<slug:fingerprint>/waive", waiving.waive, name="waive"),
    path("<slug:public_id>/sources/add", sources.add, name="add_source"),
    path("<slug:public_id>/uses/add", uses.add, name="add_use"),
    path("<slug:public_id>/versions/new", versions.new, name="new_version"),
    path("<slug:public_id>/versions/<int:number>/file", files.version_file, name="file"),
    path("<slug:public_id>/sources/<uuid:pk>/file", files.source_file, name="source_file"),
    path("<slug:public_id>/protect", protecting.protect, name="protect"),
]
