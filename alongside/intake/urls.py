"""Addresses of recording a call; a draft is named by its uuid, an entry by a letter and a number."""

from django.urls import path

from alongside.intake import file_views, views

app_name = "intake"
urlpatterns = [
    path("call/", views.start, name="start"),
    path("call/begin/", views.begin, name="begin"),
    path("call/file/", file_views.file, name="file"),
    path("call/<uuid:draft_id>/now/", views.now, name="now"),
    path("call/<uuid:draft_id>/people/", views.people, name="people"),
    path("call/<uuid:draft_id>/children/", views.children, name="children"),
    path("call/<uuid:draft_id>/check/", views.check, name="check"),
    path("call/<uuid:draft_id>/drop/", views.drop, name="drop"),
    path("call/<uuid:draft_id>/add/", views.add, name="add"),
    path("call/<uuid:draft_id>/entry/<slug:ref>/", views.item, name="item"),
    path("call/<uuid:draft_id>/entry/<slug:ref>/remove/", views.remove, name="remove"),
    path("call/<uuid:draft_id>/<slug:name>/", views.one_page, name="page"),
]
