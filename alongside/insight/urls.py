"""Addresses of what a change would do. They hold names and values of local choices, and nothing of anybody."""

from django.urls import path

from alongside.insight import views

app_name = "insight"
urlpatterns = [
    path("what-if/", views.what_if, name="what-if"),
    path("what-if/table.csv", views.table, name="table"),
    path("what-if/cases/", views.prepare, name="prepare"),
    path("what-if/cases/delete/", views.delete, name="delete"),
]
