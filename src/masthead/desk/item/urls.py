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
    path("<str:public_id>/", item.item, name="item"),
    path("<str:public_id>/check", checks.check, name="check"),
    path("<str:public_id>/findings/<str:fingerprint>/waive", waiving.waive, name="waive"),
    path("<str:public_id>/sources/add", sources.add, name="add_source"),
    path("<str:public_id>/uses/add", uses.add, name="add_use"),
    path("<str:public_id>/versions/new", versions.new, name="new_version"),
    path("<str:public_id>/versions/<int:number>/file", files.version_file, name="file"),
    path("<str:public_id>/sources/<uuid:pk>/file", files.source_file, name="source_file"),
    path("<str:public_id>/protect", protecting.protect, name="protect"),
]
